package keys_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Keys that the tests share: the key pairs of the W3C specifications' vectors, and the examples of
// the did:key specification.
const (
	ed25519Key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
	otherKey   = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	p256Key    = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"
	p521Key    = "z2J9gaYxrKVpdoG9A4gRnmpnRCcxU6agDtFVVBVdn1JedouoZN7SzcyREXXzWgt3gGiwpoHq7K68X4m32D8HgzG8wv3sY5j7"
	p384Key    = "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ"
	rsaKey     = "z4MXj1wBzi9jUstyPMS4jQqB6KdJaiatPkAtVtGc6bQEQEEsKTic4G7Rou3iBf9vPmT5dbkm9qsZsuVNjq8HCuW1w24nhBFGkRE4cd2Uf2tfrB3N7h4mnyPp1BF3ZttHTYv3DLUPi1zMdkULiow3M1GfXkoC6DoxDUm1jmN6GBj22SjVsr6dxezRVQc7aj9TxE7JLbMH1wh5X3kA58H3DFW8rnYMakFGbca5CB2Jf6CnGQZmL7o5uJAdTwXfy2iiiyPxXEGerMhHwhjTA1mKYobyk2CpeEcmvynADfNZ5MBvcCS7m3XkFCMNUYBS9NQ3fze6vMSUPsNa6GVYmKx2x6JrdEjCk3qRMMmyjnjCMfR4pXbRMZa3i"
)

// wantCode fails unless err is a *strict.Error with this code and a sentence; "" stands for no error.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if code == "" {
		if err != nil {
			t.Fatalf("unexpected error: %v", err)
		}
		return
	}
	var e *strict.Error
	if !errors.As(err, &e) {
		t.Fatalf("error is %v (%T), want code %s", err, err, code)
	}
	if e.Code != code {
		t.Fatalf("code is %s (%v), want %s", e.Code, err, code)
	}
	if e.Detail == "" {
		t.Errorf("%s has no sentence", code)
	}
}

// parse reads JSON that a test wrote.
func parse(t testing.TB, text string) strict.Value {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{})
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// key reads a Multikey that must be good.
func key(t testing.TB, multikey string) keys.Key {
	t.Helper()
	k, err := keys.ParseMultikey(multikey)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// jwkText writes a key as a JWK, with more members put before those of the key.
func jwkText(t testing.TB, k keys.Key, more string) string {
	t.Helper()
	b64 := base64.RawURLEncoding.EncodeToString
	switch public := k.Public().(type) {
	case ed25519.PublicKey:
		return fmt.Sprintf(`{%s"kty":"OKP","crv":"Ed25519","x":"%s"}`, more, b64(public))
	case [33]byte:
		point, err := secp256k1.ParsePubKey(public[:])
		if err != nil {
			t.Fatal(err)
		}
		raw := point.SerializeUncompressed()
		return fmt.Sprintf(`{%s"kty":"EC","crv":"secp256k1","x":"%s","y":"%s"}`, more, b64(raw[1:33]), b64(raw[33:]))
	case *ecdsa.PublicKey:
		point, err := public.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		n := len(point) / 2
		return fmt.Sprintf(`{%s"kty":"EC","crv":"%s","x":"%s","y":"%s"}`, more, k.Kind(), b64(point[1:1+n]), b64(point[1+n:]))
	}
	t.Fatalf("no JWK for %s", k.Kind())
	return ""
}

// answer is what the fake network has at a URL.
type answer struct {
	body      string
	mediaType string
	err       error
}

// network is a fake keys.Fetcher; it counts what it was asked for.
type network struct {
	answers map[string]answer
	mu      sync.Mutex
	asked   []string
	accept  []string
}

var errNotFound = errors.New("no such document")

func (n *network) Fetch(ctx context.Context, url, accept string) ([]byte, string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked, n.accept = append(n.asked, url), append(n.accept, accept)
	a, ok := n.answers[url]
	if !ok {
		return nil, "", errNotFound
	}
	return []byte(a.body), a.mediaType, a.err
}

// serve makes a resolver that has one JSON document at one URL.
func serve(url, body string) *keys.Resolver {
	return keys.Default(&network{answers: map[string]answer{url: {body: body, mediaType: "application/json"}}})
}

// vector reads a file of the official vectors, or skips the test.
func vector(t testing.TB, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "vectors", filepath.FromSlash(path)))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the official vectors are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// wantPointer fails unless the error points there.
func wantPointer(t *testing.T, err error, pointer string) {
	t.Helper()
	var e *strict.Error
	if errors.As(err, &e) && e.Pointer != pointer {
		t.Errorf("the error points to %q, want %q: %v", e.Pointer, pointer, err)
	}
}
