package badge_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/badge/bake"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// TestNoBadge names what is handed over in the place of a badge, and what is too old. Nothing is asked for it.
func TestNoBadge(t *testing.T) {
	w := newOlderWorld()
	v1 := "https://w3id.org/openbadges/v1"
	hostedV1 := object{"type": "hosted", "url": assertionURL}
	for name, c := range map[string]struct {
		document   object
		generation int
		verdict    verify.Verdict
		code       string
	}{
		"BadgeClass":         {w.class, 2, verify.Invalid, "ob2.class"},
		"issuer":             {w.issuer, 2, verify.Invalid, "ob2.class"},
		"profile":            {with(w.issuer, "type", []any{"Profile", "x"}), 2, verify.Invalid, "ob2.class"},
		"key":                {w.key, 2, verify.Invalid, "ob2.class"},
		"revocation list":    {w.list, 2, verify.Invalid, "ob2.class"},
		"endorsement":        {object{"@context": context2, "type": "Endorsement", "id": "https://a.example/e"}, 2, verify.Invalid, "ob2.class"},
		"1.1":                {object{"@context": v1, "type": "Assertion", "id": assertionURL, "uid": "1", "verify": hostedV1}, 1, verify.Indeterminate, "ob2.version"},
		"1.1 BadgeClass":     {object{"@context": v1, "type": "BadgeClass", "id": classURL}, 1, verify.Indeterminate, "ob2.version"},
		"1.0":                {object{"uid": "1", "recipient": object{"type": "email", "hashed": false, "identity": ada}, "badge": classURL, "verify": hostedV1}, 1, verify.Indeterminate, "ob2.version"},
		"1.0 BadgeClass":     {object{"name": "x", "criteria": classURL, "issuer": issuerURL}, 1, verify.Indeterminate, "ob2.version"},
		"0.5":                {object{"recipient": ada, "badge": object{"version": "0.5.0"}}, 1, verify.Indeterminate, "ob2.version"},
		"2.0 and 1.1, newer": {with(w.class, "@context", []any{v1, context2}), 2, verify.Invalid, "ob2.class"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			b, r := w.judge(t, text(t, c.document), trusting())
			wantOlder(t, r, c.verdict, "model", c.code)
			if b.Generation() != c.generation || len(w.host.Calls()) != 0 {
				t.Errorf("generation %d, asked for %v", b.Generation(), w.host.Calls())
			}
		})
	}
}

// TestNotOlder has documents that must not be taken for assertions of an older version.
func TestNotOlder(t *testing.T) {
	w := newOlderWorld()
	vc2 := "https://www.w3.org/ns/credentials/v2"
	for name, document := range map[string]object{
		"credential first": with(w.assertion, "@context", []any{vc2, context2}),
		"credential 1.1":   with(w.assertion, "@context", []any{"https://www.w3.org/2018/credentials/v1", context2}),
		"no context":       {"type": "Assertion", "id": assertionURL, "recipient": object{}},
		"another context":  with(w.assertion, "@context", "https://w3id.org/openbadges/v3"),
		"context by name":  with(w.assertion, "@context", object{"x": context2}),
		"another type":     with(w.assertion, "type", "VerifiableCredential"),
		"nothing":          {},
	} {
		t.Run(name, func(t *testing.T) {
			b, r := newOlderWorld().judge(t, text(t, document), trusting())
			if b.Generation() != 3 || r.Verdict == verify.Valid {
				t.Errorf("generation %d, verdict %v", b.Generation(), r.Verdict)
			}
		})
	}
}

// TestNeverACredential hands what Open read to the method for credentials: it is never valid there.
func TestNeverACredential(t *testing.T) {
	w := newOlderWorld()
	picture := bytes.Buffer{}
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	url, err := bake.InsertAssertion(picture.Bytes(), []byte(assertionURL))
	if err != nil {
		t.Fatal(err)
	}
	w.signed()
	for name, data := range map[string][]byte{
		"URL": url, "assertion": text(t, newOlderWorld().assertion), "JWS": olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)),
		"BadgeClass": text(t, w.class),
	} {
		b, r := w.judge(t, data, trusting())
		if b.Credential() == nil || b.Shown() == nil || r == nil {
			t.Fatalf("%s: there is no credential", name)
		}
		v, _ := verify.New(verify.Config{Resources: w})
		p := trusting()
		p.Issuers = verify.UnsafeAnyIssuer()
		for _, c := range []*badge.Badge{b, b.Resolved(r)} {
			if r, err := v.Verify(t.Context(), c.Credential(), p); err == nil || r.Verdict != verify.Invalid {
				t.Errorf("%s: verdict %v", name, r.Verdict)
			}
			if r, err := v.Verify(t.Context(), c.Shown(), p); err == nil || r.Verdict == verify.Valid {
				t.Errorf("%s: verdict %v of what is shown", name, r.Verdict)
			}
		}
	}
}

// TestBakedOlder judges images of every form.
func TestBakedOlder(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)
	for kind, plain := range map[string][]byte{"png": picture.Bytes(), "svg": svg} {
		hosted, signed := newOlderWorld(), newOlderWorld().signed()
		for name, c := range map[string]struct {
			world *olderWorld
			text  []byte
		}{
			"JSON": {hosted, text(t, hosted.assertion)}, "URL": {hosted, []byte(assertionURL)},
			"JWS": {signed, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, signed.assertion))},
		} {
			baked, err := bake.InsertAssertion(plain, c.text)
			if err != nil {
				t.Fatal(err)
			}
			b, r := c.world.judge(t, baked, trusting())
			wantOlder(t, r, verify.Valid, "", "")
			if r.Container != kind || b.Container() != kind || b.Resolved(r).Name() != "3-D Printmaster" {
				t.Errorf("%s in %s: container %s, name %q", name, kind, r.Container, b.Resolved(r).Name())
			}
		}
		baked, err := bake.InsertAssertion(plain, []byte("http://issuer.example/assertions/1"))
		if err != nil {
			t.Fatal(err)
		}
		_, r := hosted.judge(t, baked, trusting())
		wantOlder(t, r, verify.Indeterminate, "issuer", "hosted.url")
		baked, err = bake.InsertAssertion(plain, []byte("https://evil.example/a"))
		if err != nil {
			t.Fatal(err)
		}
		_, r = hosted.judge(t, baked, trusting())
		wantOlder(t, r, verify.Invalid, "issuer", "issuer.untrusted")
		anyone := trusting()
		anyone.Issuers = verify.UnsafeAnyIssuer()
		_, r = hosted.judge(t, baked, anyone)
		wantOlder(t, r, verify.Indeterminate, "proof", "hosted.unreachable")
	}
}

// TestBakedTwins has images that say two things, or something else than they should.
func TestBakedTwins(t *testing.T) {
	w := newOlderWorld()
	element := func(url string, inner []byte) []byte {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org"><o:assertion verify="` + url + `"><![CDATA[` + string(inner) + `]]></o:assertion></svg>`)
	}
	_, r := w.judge(t, element(assertionURL, text(t, w.assertion)), trusting())
	wantOlder(t, r, verify.Valid, "", "")
	for name, c := range map[string]struct {
		image []byte
		code  string
	}{
		"URL of another": {element(assertionURL+"0", text(t, w.assertion)), "bake.duplicate"},
		"no assertion":   {element(assertionURL, []byte(`{"a":1}`)), "bake.missing"},
		"no JSON":        {element(assertionURL, []byte(`nothing`)), "json.syntax"},
		"a credential":   {element(assertionURL, []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]}`)), "bake.missing"},
		"broken JSON":    {element(assertionURL, []byte(`{"@context":1,"@context":2}`)), "json.duplicate"},
	} {
		_, err := badge.Open(c.image)
		if e, ok := errors.AsType[*strict.Error](err); !ok || e.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}
