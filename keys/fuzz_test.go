package keys_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// seed adds the texts to the corpus, and fails where fewer of them than good are accepted: seeds
// that have ceased to be genuine would fuzz the refusal only.
func seed(f *testing.F, good int, accepted func(string) bool, texts ...string) {
	f.Helper()
	n := 0
	for _, text := range texts {
		f.Add(text)
		if accepted(text) {
			n++
		}
	}
	if n != good {
		f.Fatalf("%d of %d seeds are accepted, want %d", n, len(texts), good)
	}
}

// refusal fails unless err is a finding with one of the codes of the package.
func refusal(t *testing.T, err error) {
	t.Helper()
	var e *strict.Error
	if !errors.As(err, &e) {
		t.Fatalf("no finding: %v", err)
	}
	switch e.Code {
	case "key.malformed", "key.unresolved", "key.revoked", "proof.method":
	default:
		t.Fatalf("code %s", e.Code)
	}
}

// FuzzMultikey: what parses is written again as the same text, and is the same key as a JWK.
func FuzzMultikey(f *testing.F) {
	accepted := func(s string) bool { _, err := keys.ParseMultikey(s); return err == nil }
	seed(f, 6, accepted, ed25519Key, otherKey, p256Key, p384Key, rsaKey, "", "z", "z6Mk", "u7QHiE3kcjgaUf3D4wvWaGLVYYhW8Ylk5AyYYiKVHFwZtNA",
		"zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "z1"+ed25519Key[1:], "f"+"ed01", "🚀🚀")
	f.Fuzz(func(t *testing.T, text string) {
		k, err := keys.ParseMultikey(text)
		if err != nil {
			refusal(t, err)
			if k.Public() != nil {
				t.Fatal("a key beside the error")
			}
			return
		}
		if k.Multikey() != text {
			t.Fatalf("written as %s", k.Multikey())
		}
		if !k.Equal(k) || k.Equal(keys.Key{}) {
			t.Fatal("the key does not equal itself, or equals nothing")
		}
		if k.Kind() == keys.RSA {
			return
		}
		j, err := keys.ParseJWK(parse(t, jwkText(t, k, "")))
		if err != nil || !j.Key.Equal(k) {
			t.Fatalf("as a JWK it is another key: %v", err)
		}
	})
}

// checkFetched fails unless a URL that came from a DID is https with a name for a host, has no
// user information, query or fragment, and stays where it points.
func checkFetched(t *testing.T, did, text string) {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.Opaque != "" || u.Hostname() == "" {
		t.Fatalf("%q is no plain https URL", text)
	}
	if u.String() != text || strings.ToLower(u.Host) != u.Host {
		t.Fatalf("%q has another spelling, %q", text, u)
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil || strings.ContainsAny(host, "[]:%@ ") {
		t.Fatalf("%q names an address", text)
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	if strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") && strings.Trim(last[2:], "0123456789abcdef") == "" {
		t.Fatalf("%q names an address in another notation", text)
	}
	for _, p := range []string{u.Path, u.EscapedPath()} {
		if path.Clean(p) != p || !strings.HasPrefix(p, "/") || path.Base(p) != "did.json" || path.Dir(p) == "/" || strings.ContainsAny(p, "\\\x00\r\n") {
			t.Fatalf("%q climbs, or hides something: %q", text, p)
		}
	}
	back := "did:web:" + strings.Replace(u.Host, ":", "%3A", 1)
	if dir := path.Dir(u.EscapedPath()); did != back && did != back+strings.ReplaceAll(dir, "/", ":") || did == back && dir != "/.well-known" {
		t.Fatalf("%q is not the URL of %q", text, did)
	}
}

// FuzzDIDWeb: whatever follows did:web: leads to a harmless https URL or to no request at all.
func FuzzDIDWeb(f *testing.F) {
	accepted := func(s string) bool {
		net := &network{}
		_, _ = keys.Default(net).Controller(context.Background(), "did:web:"+s)
		return len(net.asked) == 1
	}
	seed(f, 6, accepted, "example.edu", "example.com%3A3000:user:alice", "w3c-ccg.github.io:user", "xn--bcher-kva.example", "example.edu:%C3%A9cole", "localhost%3A8443",
		"127.0.0.1", "0x7f.1", "2130706433", "[::1]", "example.edu:..:x", "example.edu:%2E%2E", "a%40b", "a%2Fb", "Example.edu", "example.edu.", "a:b:", "%3A443", "a%3A0", "a:%252e", "")
	f.Fuzz(func(t *testing.T, specific string) {
		did := "did:web:" + specific
		net := &network{}
		_, err := keys.Default(net).Controller(context.Background(), did)
		refusal(t, err)
		for _, asked := range net.asked {
			checkFetched(t, did, asked)
		}
		if errors.Is(err, errNotFound) != (len(net.asked) == 1) {
			t.Fatalf("asked for %q, and then %v", net.asked, err)
		}
	})
}

// FuzzDIDURL: no identifier, and no DID URL taken apart, does more than it says.
func FuzzDIDURL(f *testing.F) {
	split := func(s string) (did, fragment string) { did, fragment, _ = strings.Cut(s, "#"); return did, fragment }
	accepted := func(s string) bool {
		did, _ := split(s)
		doc, err := keys.Default(nil).Controller(context.Background(), did)
		if err != nil {
			return false
		}
		_, err = doc.Method(s, assert)
		return err == nil
	}
	seed(f, 3, accepted, "did:key:"+ed25519Key+"#"+ed25519Key, "did:key:"+p256Key+"#"+p256Key, jwkDID+"#0",
		"did:key:"+ed25519Key+"#"+p256Key, jwkDID, "did:web:example.edu#k", "did:example:1#k", "https://example.edu/#k", "https://u@example.edu/", "did:", "did:key:#", "http://x", "")
	f.Fuzz(func(t *testing.T, text string) {
		did, fragment := split(text)
		net := &network{}
		doc, err := keys.Default(net).Controller(context.Background(), did)
		for _, asked := range net.asked {
			if strings.HasPrefix(did, "did:") {
				checkFetched(t, did, asked)
			} else if asked != did || !strings.HasPrefix(asked, "https://") {
				t.Fatalf("asked for %q", asked)
			}
		}
		if err != nil {
			refusal(t, err)
			return
		}
		if doc.ID() != did || doc.Sources() != nil || len(net.asked) > 0 {
			t.Fatalf("the document is about %q, from %v", doc.ID(), doc.Sources())
		}
		m, err := doc.Method(text, assert)
		if err != nil {
			refusal(t, err)
			return
		}
		if m.ID != text || m.Controller != did || !m.Key.Equal(m.Key) {
			t.Fatalf("method is %+v", m)
		}
		if strings.HasPrefix(did, "did:key:") && (m.Key.Multikey() != fragment || "did:key:"+fragment != did) || strings.HasPrefix(did, "did:jwk:") && fragment != "0" {
			t.Fatalf("method is %+v", m)
		}
	})
}

// FuzzJWK: an accepted key has no secret, is for verifying, and is the same as Multikey.
func FuzzJWK(f *testing.F) {
	read := func(s string) (keys.JWK, strict.Value, error) {
		v, err := strict.Parse([]byte(s), strict.Limits{})
		if err != nil {
			return keys.JWK{}, v, err
		}
		j, err := keys.ParseJWK(v)
		return j, v, err
	}
	accepted := func(s string) bool { _, _, err := read(s); return err == nil }
	seed(f, 5, accepted, `{`+okp+`}`, `{`+ecJWK+`,"use":"sig","alg":"ES256"}`, rsaJWK(modulus(2048), 65537, `"alg":"RS256",`), `{`+okp+`,"key_ops":["verify"],"kid":"1"}`, jwkText(f, key(f, p384Key), ""),
		`{`+okp+`,"d":"AAAA"}`, `{"kty":"oct","k":"AAAA"}`, `{`+okp+`,"use":"enc"}`, `{"kty":"EC","crv":"P-256","x":"","y":""}`, `[]`, `{`)
	f.Fuzz(func(t *testing.T, text string) {
		j, v, err := read(text)
		if err != nil {
			if v.Exists() {
				refusal(t, err)
			}
			if j.Key.Public() != nil {
				t.Fatal("a key beside the error")
			}
			return
		}
		for _, secret := range []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"} {
			if v.Get(secret).Exists() {
				t.Fatalf("the secret %s is accepted", secret)
			}
		}
		if v.Get("use").Exists() && v.Get("use").Text() != "sig" || v.Get("key_ops").Exists() && !v.Get("key_ops").Has("verify") {
			t.Fatal("the key is not for verifying")
		}
		if j.ID != v.Get("kid").Text() || j.Algorithm != v.Get("alg").Text() || j.Issuer != v.Get("iss").Text() {
			t.Fatalf("key is %+v", j)
		}
		if k, err := keys.ParseMultikey(j.Key.Multikey()); err != nil || !k.Equal(j.Key) {
			t.Fatalf("as a Multikey it is another key: %v", err)
		}
	})
}

// FuzzController: a method that is given out stands in the document, once, and is listed.
func FuzzController(f *testing.F) {
	id := issuer + "#k"
	read := func(s string) (*keys.Controller, error) {
		return serve(issuer, s).Controller(context.Background(), issuer)
	}
	accepted := func(s string) bool {
		doc, err := read(s)
		if err != nil {
			return false
		}
		_, err = doc.Method(id, assert)
		_, bare := doc.Bare()
		return err == nil || bare
	}
	k := method("#k", issuer, ed25519Key, "")
	seed(f, 5, accepted, document(`"verificationMethod":[`+k+`]`, `"assertionMethod":["#k"]`), document(`"assertionMethod":[`+k+`]`), document(`"assertionMethod":`+k, `"keyAgreement":["#x"]`),
		method(issuer+"#k", issuer, p256Key, ""), `{`+okp+`}`,
		document(`"verificationMethod":[`+k+`,`+k+`]`, `"assertionMethod":["#k"]`), document(`"authentication":[`+k+`]`, `"assertionMethod":["#k"]`), document(`"deactivated":true`), `{"id":1}`, `[]`, `{`)
	f.Fuzz(func(t *testing.T, body string) {
		doc, err := read(body)
		if err != nil {
			refusal(t, err)
			return
		}
		if doc.ID() != issuer || len(doc.Sources()) != 1 {
			t.Fatalf("document is about %q, from %v", doc.ID(), doc.Sources())
		}
		var tree map[string]any
		if err := json.Unmarshal([]byte(body), &tree); err != nil {
			t.Fatal(err)
		}
		if m, ok := doc.Bare(); ok {
			if owner, _, _ := strings.Cut(m.ID, "#"); owner != issuer || m.Key.Public() == nil {
				t.Fatalf("bare method is %+v", m)
			}
		} else if tree["id"] != issuer {
			t.Fatalf("the document has the id %v", tree["id"])
		}
		for _, purpose := range []string{assert, authent} {
			m, err := doc.Method(id, purpose)
			if err != nil {
				refusal(t, err)
				continue
			}
			text, err := json.Marshal(tree[purpose])
			if err != nil {
				t.Fatal(err)
			}
			if !doc.Lists(id, purpose) || !strings.Contains(string(text), "#k") || m.ID != id || m.Controller == "" || m.Key.Public() == nil {
				t.Fatalf("method is %+v, listed in %s", m, text)
			}
			if _, ok := doc.WithKey(m.Key, purpose); !ok {
				t.Fatal("the method is not found by its key")
			}
		}
		for _, purpose := range []string{"", "id", "keyAgreement", "verificationMethod"} {
			if _, err := doc.Method(id, purpose); err == nil || doc.Lists(id, purpose) {
				t.Fatalf("found for %q", purpose)
			}
		}
	})
}
