package badge_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// object is a JSON object that a test edits.
type object = map[string]any

// Where the documents of the tests are.
const (
	issuerURL    = "https://issuer.example/profile"
	classURL     = "https://issuer.example/badges/1"
	assertionURL = "https://issuer.example/assertions/1"
	keyURL       = "https://issuer.example/key"
	listURL      = "https://issuer.example/revoked"
	context2     = "https://w3id.org/openbadges/v2"
	ada          = "ada@example.org"
)

var moment = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// olderWorld is an issuer of Open Badges 2.0 with its host. Tests edit the documents before they publish them.
type olderWorld struct {
	assertion, class, issuer, key, list object
	// extra are further documents, which are published under their URLs.
	extra  map[string]object
	host   *verifytest.Host
	from   map[string]string // where redirects lead
	limits verify.Limits
}

// newOlderWorld is one in which the hosted assertion is valid.
func newOlderWorld() *olderWorld {
	return &olderWorld{
		assertion: object{"@context": context2, "id": assertionURL, "type": "Assertion", "badge": classURL, "issuedOn": "2026-05-31T12:00:00+00:00",
			"recipient":    object{"type": "email", "hashed": true, "salt": "salt", "identity": hashed(ada, "salt")},
			"verification": object{"type": "HostedBadge"}, "evidence": "https://issuer.example/evidence/1", "narrative": "By hand."},
		class: object{"@context": context2, "id": classURL, "type": "BadgeClass", "name": "3-D Printmaster", "description": "Prints.", "image": "https://issuer.example/badges/1/image",
			"criteria": "https://issuer.example/badges/1/criteria", "issuer": issuerURL, "tags": []any{"print", "3d"},
			"alignment": []any{object{"targetName": "Printing", "targetUrl": "https://frame.example/print", "targetCode": "P-1"}}},
		issuer: object{"@context": context2, "id": issuerURL, "type": "Issuer", "name": "Example Makers", "url": "https://issuer.example", "email": "contact@issuer.example"},
		key:    object{"@context": context2, "id": keyURL, "type": "CryptographicKey", "owner": issuerURL, "publicKeyPem": signingPEM()},
		list:   object{"@context": context2, "id": listURL, "type": "RevocationList", "issuer": issuerURL, "revokedAssertions": []any{}},
		extra:  map[string]object{}, host: &verifytest.Host{}, from: map[string]string{},
	}
}

// signed turns the world into one in which the signed assertion is valid.
func (w *olderWorld) signed() *olderWorld {
	w.assertion["verification"] = object{"type": "signed", "creator": keyURL}
	w.assertion["id"] = "urn:uuid:6f2b4b1e-2f0a-4a0e-9c1b-111111111111"
	w.issuer["publicKey"], w.issuer["revocationList"] = keyURL, listURL
	return w
}

// hashed is a recipient's hash.
func hashed(value, salt string) string {
	sum := sha256.Sum256([]byte(value + salt))
	const digits = "0123456789abcdef"
	out := "sha256$"
	for _, b := range sum {
		out += string(digits[b>>4]) + string(digits[b&15])
	}
	return out
}

// publish puts all documents at their URLs.
func (w *olderWorld) publish(t testing.TB) {
	t.Helper()
	documents := maps.Clone(w.extra)
	for url, d := range map[string]object{classURL: w.class, issuerURL: w.issuer, keyURL: w.key, listURL: w.list} {
		if _, there := documents[url]; !there {
			documents[url] = d
		}
	}
	if id, _ := w.assertion["id"].(string); strings.HasPrefix(id, "https://") {
		if _, there := documents[id]; !there {
			documents[id] = w.assertion
		}
	}
	for url, d := range documents {
		if d != nil {
			w.host.Put(url, "application/ld+json", text(t, d))
		}
	}
}

func text(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Fetch and FetchFrom make the world a fetcher that redirects.
func (w *olderWorld) Fetch(ctx context.Context, url, accept string) ([]byte, string, error) {
	return w.host.Fetch(ctx, url, accept)
}

func (w *olderWorld) FetchFrom(ctx context.Context, url, accept string) ([]byte, string, string, error) {
	body, media, err := w.host.Fetch(ctx, url, accept)
	if to := w.from[url]; to != "" {
		return body, media, to, err
	}
	return body, media, url, err
}

// trusting is the policy that the tests start from.
func trusting() verify.Policy {
	p := badge.Policy(verify.IssuerSet(issuerURL))
	p.At = moment
	return p
}

// judge opens and verifies data, after the documents were published.
func (w *olderWorld) judge(t testing.TB, data []byte, p verify.Policy) (*badge.Badge, *verify.Report) {
	t.Helper()
	w.publish(t)
	b, err := badge.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return b, w.verify(t, b, p)
}

func (w *olderWorld) verify(t testing.TB, b *badge.Badge, p verify.Policy) *verify.Report {
	t.Helper()
	v, err := verify.New(verify.Config{Resources: w, Limits: w.limits})
	if err != nil {
		t.Fatal(err)
	}
	r, err := badge.Verify(t.Context(), v, b, p)
	if r == nil {
		t.Fatal(err)
	}
	want := map[verify.Verdict]error{verify.Invalid: verify.ErrInvalid, verify.Indeterminate: verify.ErrIndeterminate}[r.Verdict]
	if !errors.Is(err, want) {
		t.Errorf("verdict %v with the error %v", r.Verdict, err)
	}
	return r
}

// coded reports whether a check of the report has this code among its problems.
func coded(r *verify.Report, check, code string) bool {
	c, _ := r.Check(check)
	return slices.ContainsFunc(c.Problems, func(p verify.Problem) bool { return p.Code == code })
}

// warned reports whether a check has it among its warnings.
func warned(r *verify.Report, check, code string) bool {
	c, _ := r.Check(check)
	has := func(p verify.Problem) bool { return p.Code == code }
	return slices.ContainsFunc(c.Warnings, has) || slices.ContainsFunc(c.Parts, func(part verify.Result) bool { return slices.ContainsFunc(part.Warnings, has) })
}

// wantOlder fails unless the report has the verdict and, where code is not "", this code in this check.
func wantOlder(t testing.TB, r *verify.Report, verdict verify.Verdict, check, code string) {
	t.Helper()
	if r.Verdict != verdict || code != "" && !coded(r, check, code) {
		data, _ := json.MarshalIndent(r.Checks, "", " ")
		t.Errorf("verdict %v, want %v with %s in %s: %s", r.Verdict, verdict, code, check, data)
	}
}

// goneError is the answer 410, or another one.
type goneError int

func (e goneError) Error() string   { return "the host does not give it out" }
func (e goneError) HTTPStatus() int { return int(e) }

// signingKey is made once for all tests: RSA keys take their time.
var signingKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

var otherKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func signingPEM() string { return pemOf(signingKey()) }

func pemOf(key *rsa.PrivateKey) string {
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// olderJWS signs a payload with RS256 under a header of any kind.
func olderJWS(t testing.TB, key *rsa.PrivateKey, header string, payload []byte) []byte {
	t.Helper()
	input := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString(payload)
	sum := sha256.Sum256([]byte(input))
	sig, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return []byte(input + "." + base64.RawURLEncoding.EncodeToString(sig))
}
