package verify_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// presentationSample is a presentation by other people's software, and the policy that it was made for.
func presentationSample(t testing.TB, name string) ([]byte, verify.Policy) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "presentations", name))
	if err != nil {
		t.Fatal(err)
	}
	p := anyone()
	p.Challenge, p.Domain = "3b5a9d0e-6d0f-4f8e-9c1a-0d1d6a5f4b77", "https://jobs.example.net"
	return bytes.TrimSpace(data), p
}

// tryPresentation returns the verdict about a text; what cannot be read is invalid.
func tryPresentation(t testing.TB, v *verify.Verifier, text []byte, p verify.Policy) verify.Verdict {
	t.Helper()
	vp, err := vc.ParsePresentation(text, vc.Limits{})
	if err != nil {
		return verify.Invalid
	}
	r, err := v.VerifyPresentation(t.Context(), vp, p)
	if r == nil {
		t.Fatal(err)
	}
	return r.Verdict
}

// TestEveryMutationOfPresentationsFails changes genuine presentations in every place, the credentials
// inside included: none of the results may be valid.
func TestEveryMutationOfPresentationsFails(t *testing.T) {
	v := replayWorld(t)
	for _, name := range []string{"vp-two.json", "vp-enveloped.json"} {
		data, policy := presentationSample(t, name)
		var genuine any
		if err := json.Unmarshal(data, &genuine); err != nil {
			t.Fatal(err)
		}
		if got := tryPresentation(t, v, data, policy); got != verify.Valid {
			t.Fatalf("%s as it is: %v", name, got)
		}
		n := 0
		mutations(genuine, "", func(place string, changed any) {
			n++
			text, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			if tryPresentation(t, v, text, policy) == verify.Valid {
				t.Errorf("%s is valid with %s", name, place)
			}
		})
		if n < 500 {
			t.Errorf("%s: %d mutations only", name, n)
		}
		t.Logf("%s: %d mutations", name, n)
	}
}

// TestEveryLetterOfTokensCounts changes each letter of presentations in tokens.
func TestEveryLetterOfTokensCounts(t *testing.T) {
	v := replayWorld(t)
	for _, name := range []string{"vp-jwt-2.0.jwt", "vp-jwt-1.1.jwt"} {
		data, policy := presentationSample(t, name)
		if got := tryPresentation(t, v, data, policy); got != verify.Valid {
			t.Fatalf("%s as it is: %v", name, got)
		}
		for i, c := range data {
			changed := bytes.Clone(data)
			if changed[i] = 'A'; c == 'A' {
				changed[i] = 'B'
			}
			if tryPresentation(t, v, changed, policy) == verify.Valid {
				t.Fatalf("%s is valid with another letter at %d", name, i)
			}
		}
	}
}

// BenchmarkVerifyPresentation is the way from bytes to report, for two badges.
func BenchmarkVerifyPresentation(b *testing.B) {
	v := replayWorld(b)
	for _, name := range []string{"vp-two.json", "vp-jwt-2.0.jwt"} {
		b.Run(name, func(b *testing.B) {
			data, policy := presentationSample(b, name)
			for b.Loop() {
				if tryPresentation(b, v, data, policy) != verify.Valid {
					b.Fatal("not valid")
				}
			}
		})
	}
}

// FuzzVerifyPresentation: whatever is presented, there is a report with every check, and nothing that
// is not signed for the challenge is valid.
func FuzzVerifyPresentation(f *testing.F) {
	w := newWorld(f)
	p := newPeople(w, "did:key")
	token := p.issuer.SignJWT(verifytest.Claims(p.badge), "EdDSA", nil)
	genuine := [][]byte{p.signed(p.badge, token), p.token(nil, nil, p.badge, token)}
	seeds := append([][]byte{p.badge, p.signed(), p.token(nil, map[string]any{"nonce": "x"}, p.badge), verifytest.Presentation("did:example:h", nil, p.badge)}, genuine...)
	for _, s := range seeds {
		f.Add(s)
	}
	if len(seeds) != 6 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		vp, err := vc.ParsePresentation(data, vc.Limits{})
		if err != nil {
			return
		}
		r := w.show(t, data, invited())
		if r.Verdict == verify.Valid && !bytes.Contains(data, []byte(challenge)) && vp.JWS() == nil {
			t.Fatalf("valid without the challenge: %s", dump(r))
		}
		if n := len(vp.Credentials()); len(r.Credentials) != n && n > 0 {
			t.Fatalf("%d reports about %d credentials", len(r.Credentials), n)
		}
		for _, inner := range r.Credentials {
			if r.Verdict == verify.Valid && inner.Verdict != verify.Valid {
				t.Fatalf("valid with a credential that is not: %s", dump(r))
			}
		}
	})
}
