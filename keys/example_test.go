package keys_test

import (
	"context"
	"fmt"

	"github.com/badgeproof/badgeproof/keys"
)

// A did:key holds its key, so nothing is fetched.
func ExampleResolver_Controller() {
	const id = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
	doc, err := keys.Default(nil).Controller(context.Background(), id)
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := doc.Method(id+"#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", "assertionMethod")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Type, m.Key.Kind(), m.Controller == id)
	// Output: Multikey Ed25519 true
}
