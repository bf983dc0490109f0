package keys_test

import (
	"context"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

// TestAllocations holds the cost of finding a key in a did:key: it is paid by every verification.
func TestAllocations(t *testing.T) {
	r, did := keys.Default(nil), "did:key:"+ed25519Key
	id := did + "#" + ed25519Key
	got := testing.AllocsPerRun(100, func() {
		doc, err := r.Controller(context.Background(), did)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := doc.Method(id, assert); err != nil {
			t.Fatal(err)
		}
	})
	if got > 8 {
		t.Errorf("%v allocations, at most 8", got)
	}
}

func BenchmarkDIDKey(b *testing.B) {
	for _, text := range []string{ed25519Key, p256Key, p384Key, rsaKey} {
		b.Run(string(key(b, text).Kind()), func(b *testing.B) {
			r, did := keys.Default(nil), "did:key:"+text
			id := did + "#" + text
			b.ReportAllocs()
			for b.Loop() {
				doc, err := r.Controller(context.Background(), did)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := doc.Method(id, assert); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDIDJWK(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := keys.Default(nil).Controller(context.Background(), jwkDID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDIDWeb(b *testing.B) {
	const did = "did:web:example.edu:issuers:1"
	r := serve("https://example.edu/issuers/1/did.json", webDocument(did))
	b.ReportAllocs()
	for b.Loop() {
		doc, err := r.Controller(context.Background(), did)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := doc.Method(did+"#key-1", assert); err != nil {
			b.Fatal(err)
		}
	}
}
