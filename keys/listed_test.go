package keys_test

import (
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// TestMethods: usable methods, by purpose, in document order, and no more than were asked for.
func TestMethods(t *testing.T) {
	const key = `"type":"Multikey","controller":"did:web:a.example","publicKeyMultibase":"z6MkpEFABSefNDpy6fkjMrNMh6923hFjGSzwobAAwG5yKwaF"`
	doc, err := strict.Parse([]byte(`{"id":"did:web:a.example","verificationMethod":[
		{"id":"did:web:a.example#one",`+key+`},
		{"id":"did:web:a.example#broken","type":"Multikey","controller":"did:web:a.example","publicKeyMultibase":"z6Mk"},
		{"id":"did:web:a.example#two",`+key+`},
		{"id":"did:web:a.example#login",`+key+`}],
		"assertionMethod":["did:web:a.example#broken","did:web:a.example#two","did:web:a.example#elsewhere","did:web:a.example#one"],
		"authentication":["did:web:a.example#login"]}`), strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := keys.ParseController("did:web:a.example", doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		purpose string
		n       int
		ids     []string
	}{
		{"assertionMethod", 9, []string{"#two", "#one"}},
		{"assertionMethod", 2, []string{"#two", "#one"}},
		{"assertionMethod", 1, []string{"#two"}},
		{"assertionMethod", 0, nil},
		{"assertionMethod", -1, nil},
		{"authentication", 9, []string{"#login"}},
		{"keyAgreement", 9, nil},
	} {
		var got []string
		for _, m := range c.Methods(want.purpose, want.n) {
			got = append(got, m.ID[len("did:web:a.example"):])
		}
		if len(got) != len(want.ids) {
			t.Errorf("%s, %d: %v, want %v", want.purpose, want.n, got, want.ids)
			continue
		}
		for i := range got {
			if got[i] != want.ids[i] {
				t.Errorf("%s, %d: %v, want %v", want.purpose, want.n, got, want.ids)
			}
		}
	}
}
