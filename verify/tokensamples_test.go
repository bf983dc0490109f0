package verify_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// sample reads a credential that other software made.
func sample(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// recorded is a world of what the issuers of the samples publish.
func recorded(t testing.TB) *world {
	t.Helper()
	bundle, err := fetch.ParseBundle(sample(t, "sdjwt/evidence.json"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{Keys: keys.Default(fetch.NewReplayer(bundle))})
	if err != nil {
		t.Fatal(err)
	}
	return &world{verifier: v}
}

// tokenSamples are the samples, and what is to be known of each.
var tokenSamples = map[string]struct {
	suite, profile, name string
	undisclosed          int
}{
	"sdjwt/badge.sdjwt":       {"EdDSA", "vc-jose-cose-sd-jwt", "Teamwork", 6},
	"sdjwt/badge-all.sdjwt":   {"EdDSA", "vc-jose-cose-sd-jwt", "Teamwork", 3},
	"sdjwt/badge-bound.sdjwt": {"EdDSA", "vc-jose-cose-sd-jwt", "Teamwork", 6},
	"sdjwt/badge-none.sdjwt":  {"EdDSA", "vc-jose-cose-sd-jwt", "", 9},
	"sdjwt/vct.sdjwt":         {"ES256", "sd-jwt-vc", "", 7},
	"sdjwt/vct-bound.sdjwt":   {"ES256", "sd-jwt-vc", "", 7},
	"sdjwt/vct-older.sdjwt":   {"EdDSA", "sd-jwt-vc", "", 8},
	"cose/eddsa.cose":         {"EdDSA", "vc-jose-cose-cose", "Teamwork", 0},
	"cose/es256.cose":         {"ES256", "vc-jose-cose-cose", "Teamwork", 0},
	"cose/es384.cose":         {"ES384", "vc-jose-cose-cose", "Teamwork", 0},
	"cose/claims.cose":        {"EdDSA", "vc-jose-cose-cose", "Teamwork", 0},
	"cose/envelope.json":      {"ES256", "vc-jose-cose-cose", "Teamwork", 0},
}

func TestTokenSamples(t *testing.T) {
	w, files := recorded(t), 0
	for _, pattern := range []string{"sdjwt/*.sdjwt", "cose/*"} {
		found, err := filepath.Glob(filepath.Join("..", "testdata", filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		files += len(found)
	}
	if files != len(tokenSamples) {
		t.Errorf("there are %d samples, and %d are expected", files, len(tokenSamples))
	}
	for path, s := range tokenSamples {
		t.Run(path, func(t *testing.T) {
			r := w.verify(t, sample(t, path), anyone())
			want(t, r, verify.Valid, "", "")
			part := check(t, r, "proof").Parts[0]
			if part.Suite != s.suite || part.Profile != s.profile || r.Credential.Name != s.name {
				t.Errorf("suite %q, profile %q, name %q", part.Suite, part.Profile, r.Credential.Name)
			}
			c, err := vc.Parse(sample(t, path), vc.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if sd := c.SDJWT(); sd != nil && sd.Undisclosed() != s.undisclosed {
				t.Errorf("%d digests without disclosure, want %d", sd.Undisclosed(), s.undisclosed)
			}
		})
	}
	bound := sample(t, "sdjwt/badge-bound.sdjwt")
	want(t, w.verify(t, bound, asked("n-0S6_WzA2Mj", "https://verifier.example.com")), verify.Valid, "", "")
	want(t, w.verify(t, bound, asked("another", "")), verify.Invalid, "proof", "proof.challenge")
	want(t, w.verify(t, sample(t, "sdjwt/vct-bound.sdjwt"), asked("n-0S6_WzA2Mj", "https://verifier.example.com")), verify.Valid, "", "")
}

// TestProcessedPayload compares what was disclosed with what the sample's maker chose.
func TestProcessedPayload(t *testing.T) {
	for path, texts := range map[string]map[string]string{
		"sdjwt/badge.sdjwt": {"/name": `"Teamwork"`, "/description": "", "/credentialSubject/id": `"did:example:ada"`, "/credentialSubject/identifier/0/identityHash": `"ada@example.org"`,
			"/credentialSubject/identifier/1": "", "/credentialSubject/achievement/tag": `["collaboration"]`, "/_sd_alg": "", "/_sd": ""},
		"sdjwt/badge-none.sdjwt": {"/name": "", "/credentialSubject/identifier": "", "/credentialSubject/achievement/tag": `[]`, "/credentialSubject/_sd": ""},
		"sdjwt/vct.sdjwt":        {"/given_name": `"Ada"`, "/family_name": "", "/address/locality": `"Zürich"`, "/address/country": `"CH"`, "/address/street_address": "", "/nationalities": `["CH"]`, "/age_equal_or_over/18": "true"},
		"sdjwt/vct-bound.sdjwt":  {"/nationalities": `["GB"]`, "/address": ""},
	} {
		c, err := vc.Parse(sample(t, path), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for pointer, text := range texts {
			if got := c.Value().Lookup(pointer); got.Raw() != text || got.Exists() && got.Pointer() != pointer {
				t.Errorf("%s: %s is %s, want %s", path, pointer, got.Raw(), text)
			}
		}
	}
}

// TestTokenMutations changes every byte of every sample: none stays valid, and nothing panics.
func TestTokenMutations(t *testing.T) {
	w := recorded(t)
	for path := range tokenSamples {
		data := bytes.TrimSpace(sample(t, path))
		if strings.HasSuffix(path, ".json") {
			continue // what is around the data: URL is not signed
		}
		step := 1 + len(data)/400
		for i := 0; i < len(data); i += step {
			changed := slices.Clone(data)
			changed[i] ^= 1
			c, err := vc.Parse(changed, vc.Limits{})
			if err != nil {
				if _, ok := err.(*strict.Error); !ok {
					t.Fatalf("%s, byte %d: %v", path, i, err)
				}
				continue
			}
			if r, _ := w.verifier.Verify(t.Context(), c, anyone()); r.Verdict == verify.Valid {
				t.Errorf("%s stays valid with byte %d changed: %s", path, i, dump(r))
			}
		}
	}
}

// TestWithheldSamples takes the disclosures of a sample away one by one: it stays valid, unless it is
// bound to what was presented.
func TestWithheldSamples(t *testing.T) {
	w := recorded(t)
	for _, path := range []string{"sdjwt/vct.sdjwt", "sdjwt/badge-bound.sdjwt", "sdjwt/vct-bound.sdjwt"} {
		parts := strings.Split(string(bytes.TrimSpace(sample(t, path))), "~")
		for i := 1; i < len(parts)-1; i++ {
			data := []byte(strings.Join(slices.Delete(slices.Clone(parts), i, i+1), "~"))
			if code := parseCode(data); code != "" {
				if code != "sdjwt.disclosure" { // what was nested in the missing one is unused now
					t.Errorf("%s without disclosure %d: %s", path, i, code)
				}
				continue
			}
			if parts[len(parts)-1] == "" {
				want(t, w.verify(t, data, anyone()), verify.Valid, "", "")
			} else {
				want(t, w.verify(t, data, anyone()), verify.Invalid, "proof", "sdjwt.binding")
			}
		}
	}
}
