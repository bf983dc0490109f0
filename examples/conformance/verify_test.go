package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const issuer = "https://university.example/issuers/1"

// signed is a credential or presentation in every form, by one key, as the suite writes it to a file.
func signed(t *testing.T, i *verifytest.Issuer) map[string][]byte {
	t.Helper()
	credential := verifytest.Badge(i.ID, nil)
	header := func(typ, cty string) map[string]any { return map[string]any{"typ": typ, "cty": cty} }
	jwt := i.SignJWT(credential, "ES256", header("vc+jwt", "vc"))
	presentation := verifytest.Presentation(i.ID, nil, jwt)
	cose := func(payload []byte, typ, cty string) []byte {
		message := i.SignCOSE(payload, "ES256", map[int64]any{3: cty, 16: typ})
		return []byte(base64.StdEncoding.EncodeToString(message) + "\n")
	}
	return map[string][]byte{
		"credential_jose":    jwt,
		"credential_sdjwt":   append(i.SignJWT(credential, "ES256", header("vc+sd-jwt", "vc")), '~'),
		"credential_cose":    cose(credential, "application/vc+cose", "application/vc"),
		"presentation_jose":  i.SignJWT(presentation, "ES256", header("vp+jwt", "vp")),
		"presentation_sdjwt": append(i.SignJWT(presentation, "ES256", header("vp+sd-jwt", "vp")), '~'),
		"presentation_cose":  cose(presentation, "application/vp+cose", "application/vp"),
	}
}

// method is the key file for an issuer, with a secret beside it as the suite has.
func method(i *verifytest.Issuer) []byte {
	return fmt.Appendf(nil, `{"id":%q,"type":"JsonWebKey","controller":%q,"publicKeyJwk":%s,"secretKeyJwk":{"kty":"EC","d":"AA"}}`, i.Method, i.ID, i.JWK())
}

// result runs the program on files with this content and returns what it wrote for the suite.
func result(t *testing.T, input, key []byte, feature string) answer {
	t.Helper()
	dir := t.TempDir()
	in, k, out := filepath.Join(dir, "in"), filepath.Join(dir, "key"), filepath.Join(dir, "out")
	for name, data := range map[string][]byte{in: input, k: key} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var stderr bytes.Buffer
	run(context.Background(), []string{"verify", "--input", in, "--key", k, "--feature", feature, "--output", out}, nil, io.Discard, &stderr)
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("%v; %s", err, &stderr)
	}
	var a struct {
		answer
		Report json.RawMessage `json:"report"`
	}
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return a.answer
}

func TestFeatures(t *testing.T) {
	for _, id := range []string{issuer, "did:web:university.example", "did:example:1"} {
		i := verifytest.NewIssuer(issuer, keys.P256)
		i.ID, i.Method = id, id+"#key-1"
		other := verifytest.NewIssuer(issuer, keys.P256)
		other.ID, other.Method = i.ID, i.Method
		for feature, input := range signed(t, i) {
			if a := result(t, input, method(i), feature); a.Result != "success" {
				t.Errorf("%s %s: %s: %s", id, feature, a.Result, a.Data)
			}
			if a := result(t, input, method(other), feature); a.Result != "failure" {
				t.Errorf("%s %s with the wrong key: %s", id, feature, a.Result)
			}
			for asked := range features {
				if a := result(t, input, method(i), asked); asked != feature && a.Result != "failure" {
					t.Errorf("%s read as %s: %s", feature, asked, a.Result)
				}
			}
		}
	}
}

// TestThumbprint: the suite names its keys by a kid that is no URL.
func TestThumbprint(t *testing.T) {
	i := verifytest.NewIssuer(issuer, keys.P256)
	var jwk map[string]any
	if err := json.Unmarshal(i.JWK(), &jwk); err != nil {
		t.Fatal(err)
	}
	jwk["kid"] = "73voMXFNmNlOEpuYCSJlh8eN0dscykoO6gBukgRS1uU"
	key, _ := json.Marshal(map[string]any{"id": issuer + "#1", "type": "JsonWebKey", "controller": issuer, "publicKeyJwk": jwk})
	for kid, want := range map[string]string{jwk["kid"].(string): "success", "another": "failure"} {
		token := i.SignJWT(verifytest.Badge(issuer, nil), "ES256", map[string]any{"typ": "vc+jwt", "kid": kid})
		if a := result(t, token, key, "credential_jose"); a.Result != want {
			t.Errorf("kid %s: %s: %s", kid, a.Result, a.Data)
		}
	}
}

func TestKeyFiles(t *testing.T) {
	i := verifytest.NewIssuer(issuer, keys.Ed25519)
	i.Method = issuer + "#1"
	token := i.SignJWT(verifytest.Badge(issuer, nil), "EdDSA", map[string]any{"typ": "vc+jwt"})
	secret := strings.Replace(string(i.JWK()), "{", `{"d":"AA",`, 1)
	for name, c := range map[string]struct{ key, want string }{
		"multikey":        {fmt.Sprintf(`{"id":%q,"type":"Multikey","publicKeyMultibase":%q}`, i.Method, i.Multikey), "success"},
		"JWK with secret": {secret, "success"},
		"empty":           {`{}`, "error"},
		"no JSON":         {`-----BEGIN PUBLIC KEY-----`, "error"},
		"another":         {fmt.Sprintf(`{"id":%q,"type":"Multikey","publicKeyMultibase":%q}`, i.Method, verifytest.NewIssuer(issuer, keys.Ed25519).Multikey), "failure"},
	} {
		if a := result(t, token, []byte(c.key), "credential_jose"); a.Result != c.want {
			t.Errorf("%s: %s: %s", name, a.Result, a.Data)
		}
	}
}

// TestRefused has what the suite refuses: media types, claims and envelopes.
func TestRefused(t *testing.T) {
	i := verifytest.NewIssuer(issuer, keys.P256)
	i.Method = issuer + "#1"
	sign := func(payload []byte, typ string) []byte {
		return i.SignJWT(payload, "ES256", map[string]any{"typ": typ})
	}
	credential := verifytest.Badge(issuer, nil)
	bare := func(id string) map[string]any {
		return map[string]any{"verifiableCredential": []any{map[string]any{
			"@context": "https://www.w3.org/ns/credentials/v2", "id": id, "type": "EnvelopedVerifiableCredential"}}}
	}
	for name, c := range map[string]struct {
		feature string
		input   []byte
	}{
		"media type":              {"credential_jose", sign(credential, "bad+typ")},
		"claims vc and vp":        {"credential_jose", sign(verifytest.Badge(issuer, map[string]any{"vc": "oops", "vp": "nooo"}), "vc+jwt")},
		"unsecured":               {"credential_jose", credential},
		"expired signature bytes": {"credential_jose", append(sign(credential, "vc+jwt")[:40], 'x')},
		"unsecured inside":        {"presentation_jose", sign(verifytest.Presentation(issuer, nil, credential), "vp+jwt")},
		"no envelope inside":      {"presentation_jose", sign(verifytest.Presentation(issuer, bare("not-a-credential")), "vp+jwt")},
		"nothing inside":          {"presentation_jose", sign(verifytest.Presentation(issuer, nil), "vp+jwt")},
		"no base64":               {"credential_cose", []byte("0oRYV%%%")},
		"empty":                   {"credential_sdjwt", nil},
	} {
		if a := result(t, c.input, method(i), c.feature); a.Result != "failure" || a.Data == "" {
			t.Errorf("%s: %s %q", name, a.Result, a.Data)
		}
	}
}

// TestForeignKeyInside: the suite gives the key of a presentation, and none for the credentials inside.
func TestForeignKeyInside(t *testing.T) {
	i, other := verifytest.NewIssuer(issuer, keys.P256), verifytest.NewIssuer(issuer, keys.P256)
	i.Method, other.Method = issuer+"#1", issuer+"#2"
	inside := other.SignJWT(verifytest.Badge(issuer, nil), "ES256", map[string]any{"typ": "vc+jwt"})
	token := i.SignJWT(verifytest.Presentation(issuer, nil, inside), "ES256", map[string]any{"typ": "vp+jwt"})
	if a := result(t, token, method(i), "presentation_jose"); a.Result != "success" {
		t.Errorf("%s: %s", a.Result, a.Data)
	}
	other.Method = i.Method // now it claims to be by the key that is known
	inside = other.SignJWT(verifytest.Badge(issuer, nil), "ES256", map[string]any{"typ": "vc+jwt"})
	token = i.SignJWT(verifytest.Presentation(issuer, nil, inside), "ES256", map[string]any{"typ": "vp+jwt"})
	if a := result(t, token, method(i), "presentation_jose"); a.Result != "failure" {
		t.Errorf("a forged credential inside: %s", a.Result)
	}
}

func TestUsage(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	for _, c := range []struct {
		args []string
		want int
	}{
		{nil, exitUsage}, {[]string{"issue"}, exitUsage}, {[]string{"verify"}, exitUsage}, {[]string{"replay"}, exitUsage},
		{[]string{"verify", "--nonsense"}, exitUsage}, {[]string{"verify", "--help"}, exitDone},
		{[]string{"verify", "--input", "x", "--key", "x", "--feature", "credential_xml", "--output", out}, exitUsage},
		{[]string{"verify", "--input", "absent", "--key", "absent", "--feature", "credential_jose", "--output", out}, exitNoInput},
		{[]string{"replay", "--endpoint", "file:///etc", "absent"}, exitUsage},
		{[]string{"replay", "--endpoint", "https://verifier.example", "absent"}, exitNoInput},
	} {
		if got := run(context.Background(), c.args, strings.NewReader(""), io.Discard, io.Discard); got != c.want {
			t.Errorf("%v: exit status %d, want %d", c.args, got, c.want)
		}
	}
}
