package verify_test

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const resourceURL = "https://university.example/syllabus.pdf"

func multihash(code byte, sum []byte) string {
	return "u" + base64.RawURLEncoding.EncodeToString(append([]byte{code, byte(len(sum))}, sum...))
}

// TestResources: a digest of each kind, right and wrong, of a document that is there or not.
func TestResources(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	body, other := []byte("the syllabus"), []byte("another one")
	s256, s384, s512 := sha256.Sum256(body), sha512.Sum384(body), sha512.Sum512(body)
	sri512 := "sha512-" + base64.StdEncoding.EncodeToString(s512[:])
	for _, c := range []struct {
		name    string
		members map[string]any
		verdict verify.Verdict
		code    string
	}{
		{"SHA-256", map[string]any{"digestSRI": sri256(body)}, verify.Valid, ""},
		{"SHA-384", map[string]any{"digestSRI": sri384(body)}, verify.Valid, ""},
		{"SHA-512", map[string]any{"digestSRI": sri512}, verify.Valid, ""},
		{"multihash of SHA-256", map[string]any{"digestMultibase": multihash(0x12, s256[:])}, verify.Valid, ""},
		{"multihash of SHA-384", map[string]any{"digestMultibase": multihash(0x20, s384[:])}, verify.Valid, ""},
		{"multihash of SHA-512", map[string]any{"digestMultibase": multihash(0x13, s512[:])}, verify.Valid, ""},
		{"multihash in base16", map[string]any{"digestMultibase": "f1220" + hex.EncodeToString(s256[:])}, verify.Valid, ""},
		{"both", map[string]any{"digestSRI": sri256(body), "digestMultibase": multihash(0x12, s256[:]), "mediaType": "application/pdf"}, verify.Valid, ""},
		{"one of two", map[string]any{"digestSRI": sri256(other) + " " + sri256(body)}, verify.Valid, ""},
		{"the strongest counts", map[string]any{"digestSRI": sri256(other) + " " + sri384(body)}, verify.Valid, ""},
		{"an option", map[string]any{"digestSRI": sri256(body) + "?ct=x"}, verify.Valid, ""},
		{"one that is not known beside", map[string]any{"digestSRI": sri256(body) + " sha3-AAAA"}, verify.Valid, ""},
		{"a hostile media type", map[string]any{"digestSRI": sri256(body), "mediaType": "a/b\r\nX: y"}, verify.Valid, ""},
		{"wrong", map[string]any{"digestSRI": sri256(other)}, verify.Invalid, "resource.digest"},
		{"wrong multihash", map[string]any{"digestMultibase": multihash(0x12, make([]byte, 32))}, verify.Invalid, "resource.digest"},
		{"the strongest is wrong", map[string]any{"digestSRI": sri256(body) + " " + sri384(other)}, verify.Invalid, "resource.digest"},
		{"one of both wrong", map[string]any{"digestSRI": sri256(body), "digestMultibase": multihash(0x12, make([]byte, 32))}, verify.Invalid, "resource.digest"},
		{"cut short", map[string]any{"digestSRI": "sha256-AAAA"}, verify.Invalid, "resource.malformed"},
		{"no base64", map[string]any{"digestSRI": "sha256-***"}, verify.Invalid, "resource.malformed"},
		{"no algorithm", map[string]any{"digestSRI": "sha256"}, verify.Invalid, "resource.malformed"},
		{"empty", map[string]any{"digestSRI": ""}, verify.Invalid, "resource.malformed"},
		{"a number", map[string]any{"digestSRI": 5}, verify.Invalid, "resource.malformed"},
		{"multihash cut short", map[string]any{"digestMultibase": multihash(0x12, s256[:31])}, verify.Invalid, "resource.malformed"},
		{"multihash of a wrong length", map[string]any{"digestMultibase": multihash(0x12, s512[:])}, verify.Invalid, "resource.malformed"},
		{"multibase of no base", map[string]any{"digestMultibase": "!x"}, verify.Invalid, "resource.malformed"},
		{"neither", map[string]any{"mediaType": "application/pdf"}, verify.Invalid, "resource.malformed"},
		{"algorithm not known", map[string]any{"digestSRI": "sha1-AAAA"}, verify.Indeterminate, "resource.unchecked"},
		{"multihash not known", map[string]any{"digestMultibase": multihash(0x1e, s256[:])}, verify.Indeterminate, "resource.unchecked"},
		{"nothing there", map[string]any{"id": resourceURL + "x", "digestSRI": sri256(body)}, verify.Indeterminate, "resource.unreachable"},
		{"over http", map[string]any{"id": "http://university.example/syllabus.pdf", "digestSRI": sri256(body)}, verify.Indeterminate, "resource.unreachable"},
		{"a URN", map[string]any{"id": "urn:uuid:1", "digestSRI": sri256(body)}, verify.Indeterminate, "resource.unreachable"},
		{"too long", map[string]any{"id": resourceURL + "/long", "digestSRI": sri256(make([]byte, 101))}, verify.Indeterminate, "resource.unreachable"},
		{"data", map[string]any{"id": "data:text/plain,the%20syllabus", "digestSRI": sri256(body)}, verify.Valid, ""},
		{"data in base64", map[string]any{"id": "data:text/plain;base64," + base64.StdEncoding.EncodeToString(body), "digestSRI": sri256(body)}, verify.Valid, ""},
		{"wrong data", map[string]any{"id": "data:text/plain,another%20one", "digestSRI": sri256(body)}, verify.Invalid, "resource.digest"},
		{"no data", map[string]any{"id": "data:text/plain", "digestSRI": sri256(body)}, verify.Invalid, "resource.malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorldWith(t, verify.Limits{ResourceBytes: 100})
			w.host.Put(resourceURL, "application/pdf", body)
			w.host.Put(resourceURL+"/long", "application/pdf", make([]byte, 101))
			entry := changed(map[string]any{"id": resourceURL}, c.members)
			badge := verifytest.Badge(issuer.ID, map[string]any{"relatedResource": []any{entry}})
			want(t, w.verify(t, issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil), anyone()), c.verdict, "resources", c.code)
		})
	}
}

// TestResourcePlaces: digests are looked for everywhere in the credential, but not in credentials inside
// it, in JSON literals and in proofs.
func TestResourcePlaces(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	wrong := map[string]any{"id": resourceURL, "digestSRI": sri256([]byte("another one"))}
	image := func(v map[string]any) map[string]any {
		return map[string]any{"credentialSubject": map[string]any{"id": "did:example:ada", "type": []string{"AchievementSubject"},
			"achievement": map[string]any{"id": "urn:uuid:1", "type": []string{"Achievement"}, "name": "n", "description": "d",
				"criteria": map[string]any{"narrative": "c"}, "image": changed(map[string]any{"type": "Image"}, v)}}}
	}
	for _, c := range []struct {
		name    string
		edits   map[string]any
		pointer string
	}{
		{"relatedResource", map[string]any{"relatedResource": []any{wrong}}, "/relatedResource/0"},
		{"a single one", map[string]any{"relatedResource": wrong}, "/relatedResource"},
		{"evidence", map[string]any{"evidence": []any{changed(wrong, map[string]any{"type": "Evidence"})}}, "/evidence/0"},
		{"image", image(wrong), "/credentialSubject/achievement/image"},
		{"render method", map[string]any{"renderMethod": []any{map[string]any{"type": "TemplateRenderMethod", "template": wrong}}}, "/renderMethod/0/template"},
		{"a credential inside", map[string]any{"evidence": []any{map[string]any{"type": []string{"VerifiableCredential"}, "relatedResource": wrong}}}, ""},
		{"a JSON literal", map[string]any{"evidence": []any{map[string]any{"type": "JsonSchema", "jsonSchema": wrong}}}, ""},
	} {
		w := newWorld(t)
		w.host.Put(resourceURL, "application/pdf", []byte("the syllabus"))
		r := w.verify(t, issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, c.edits)), "EdDSA", nil), anyone())
		got := check(t, r, "resources")
		if c.pointer == "" && got.Reason != "absent" || c.pointer != "" && (!has(got, "resource.digest") || got.Problems[0].Pointer != c.pointer) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// TestContextDigests: a context is answered from the contexts that the signature was checked with, by the
// digest that its publisher's file has.
func TestContextDigests(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	const v2, badges = "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	doc := func(url string, n int) contexts.Document { return contexts.Embedded().Lookup(url)[n] }
	sri := func(digest string) string {
		raw, err := hex.DecodeString(digest)
		if err != nil {
			t.Fatal(err)
		}
		return "sha256-" + base64.StdEncoding.EncodeToString(raw)
	}
	for _, c := range []struct {
		name, url, digest string
		verdict           verify.Verdict
		code              string
	}{
		{"as published", v2, sri(doc(v2, 0).Published), verify.Valid, ""},
		{"as embedded", v2, sri(doc(v2, 0).SHA256), verify.Valid, ""},
		{"as embedded, by SHA-384", v2, sri384(doc(v2, 0).Body()), verify.Valid, ""},
		{"older content", badges, sri(doc(badges, 0).Published), verify.Valid, ""},
		{"newer content", badges, sri(doc(badges, 1).Published), verify.Valid, ""},
		{"no content", badges, sri256([]byte("{}")), verify.Invalid, "resource.digest"},
	} {
		w := newWorld(t)
		badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"relatedResource": []any{map[string]any{"id": c.url, "digestSRI": c.digest}}}), suite)
		want(t, w.verify(t, badge, anyone()), c.verdict, "resources", c.code)
		if calls := w.host.Calls(); len(calls) != 0 {
			t.Errorf("%s: asked for %v", c.name, calls)
		}
	}
	// The one kind of digest that is not on record: another hash of a file whose bytes are not embedded.
	for _, d := range contexts.Embedded().All() {
		if d.Published == d.SHA256 || len(contexts.Embedded().Lookup(d.URL)) != 1 {
			continue
		}
		badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"relatedResource": []any{map[string]any{"id": d.URL, "digestSRI": sri384([]byte("x"))}}})), "EdDSA", nil)
		want(t, newWorld(t).verify(t, badge, anyone()), verify.Indeterminate, "resources", "resource.unreachable")
		break
	}
}

// TestResourceLevels: what a policy can make of the check, and that nothing is fetched before the proof.
func TestResourceLevels(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	with := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"relatedResource": []any{map[string]any{"id": resourceURL, "digestSRI": sri256([]byte("x"))}}}), suite)
	without := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	for _, c := range []struct {
		level   verify.Level
		badge   []byte
		verdict verify.Verdict
		code    string
		reason  string
	}{
		{verify.IfPresent, with, verify.Invalid, "resource.digest", "resource.digest"},
		{verify.IfPresent, without, verify.Valid, "", "absent"},
		{verify.Required, without, verify.Invalid, "resource.required", "resource.required"},
		{verify.Advisory, with, verify.Valid, "", ""},
		{verify.Off, with, verify.Valid, "", "off"},
		{verify.IfPresent, replace(t, with, "Found what was wrong", "Found what was right"), verify.Invalid, "", "blocked"},
	} {
		w := newWorld(t)
		w.host.Put(resourceURL, "", []byte("y"))
		p := anyone()
		p.Resources = c.level
		r := w.verify(t, c.badge, p)
		want(t, r, c.verdict, "resources", c.code)
		if got := check(t, r, "resources"); got.Reason != c.reason || c.level == verify.Advisory && !warns(got, "resource.digest") {
			t.Errorf("%+v", got)
		}
		if calls := w.host.Calls(); (c.reason == "blocked" || c.level == verify.Off) && len(calls) != 0 {
			t.Errorf("asked for %v", calls)
		}
	}
	for _, failure := range []error{errors.New("gone"), offline{}} {
		w := newWorld(t)
		w.host.Fail(resourceURL, failure)
		want(t, w.verify(t, with, anyone()), verify.Indeterminate, "resources", "resource.unreachable")
	}
	none, err := verify.New(verify.Config{Keys: keys.Default(nil)})
	if err != nil {
		t.Fatal(err)
	}
	want(t, (&world{verifier: none}).verify(t, with, anyone()), verify.Indeterminate, "resources", "resource.unreachable")
}

func TestManyResources(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	many := make([]any, 33)
	for i := range many {
		many[i] = map[string]any{"id": fmt.Sprintf("%s?%d", resourceURL, i), "digestSRI": sri256([]byte("x"))}
	}
	badge := func(list []any) []byte {
		return issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"relatedResource": list})), "EdDSA", nil)
	}
	w := newWorld(t)
	want(t, w.verify(t, badge(many), anyone()), verify.Indeterminate, "resources", "budget")
	if calls := w.host.Calls(); len(calls) != 0 {
		t.Errorf("asked for %v", calls)
	}
	want(t, w.verify(t, badge([]any{many[0], many[0]}), anyone()), verify.Invalid, "resources", "resource.malformed")
}
