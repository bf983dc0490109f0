package vc_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Sound credentials of both data models, as names and values in order.
var (
	sound2 = []string{
		"@context", `["https://www.w3.org/ns/credentials/v2"]`,
		"id", `"urn:uuid:1"`,
		"type", `["VerifiableCredential"]`,
		"issuer", `"did:example:issuer"`,
		"validFrom", `"2024-01-01T00:00:00Z"`,
		"credentialSubject", `{"id":"did:example:subject","type":"Person","degree":"PhD"}`,
	}
	sound1 = []string{
		"@context", `["https://www.w3.org/2018/credentials/v1"]`,
		"id", `"urn:uuid:1"`,
		"type", `["VerifiableCredential"]`,
		"issuer", `"did:example:issuer"`,
		"issuanceDate", `"2024-01-01T00:00:00Z"`,
		"credentialSubject", `{"id":"did:example:subject","type":"Person","degree":"PhD"}`,
	}
)

// object writes the members of base, changed by pairs of name and value: a value replaces that of
// the same name, or is added at the end; an empty one removes it.
func object(base []string, pairs ...string) string {
	members := append([]string(nil), base...)
	for i := 0; i < len(pairs); i += 2 {
		found := false
		for j := 0; j < len(members); j += 2 {
			if members[j] == pairs[i] {
				members[j+1], found = pairs[i+1], true
			}
		}
		if !found {
			members = append(members, pairs[i], pairs[i+1])
		}
	}
	var b strings.Builder
	for j := 0; j < len(members); j += 2 {
		if members[j+1] != "" {
			b.WriteString(`,"` + members[j] + `":` + members[j+1])
		}
	}
	return "{" + strings.TrimPrefix(b.String(), ",") + "}"
}

func v2(pairs ...string) string { return object(sound2, pairs...) }
func v1(pairs ...string) string { return object(sound1, pairs...) }

// jwt writes an unsigned JWS; nothing in this package looks at the signature.
func jwt(header, payload string) string {
	e := base64.RawURLEncoding.EncodeToString
	return e([]byte(header)) + "." + e([]byte(payload)) + "." + e([]byte("signature"))
}

func parse(t testing.TB, text string) *vc.Credential {
	t.Helper()
	c, err := vc.Parse([]byte(text), vc.Limits{})
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return c
}

// wantFound compares what Conform finds with "code pointer" lines.
func wantFound(t *testing.T, c *vc.Credential, want ...string) {
	t.Helper()
	var got []string
	for _, e := range vc.Conform(c) {
		got = append(got, e.Code+" "+e.Pointer)
		if e.Detail == "" {
			t.Errorf("%s at %q has no sentence", e.Code, e.Pointer)
		}
		if at := c.Value().Root().Lookup(e.Pointer); e.Code != "budget" && (!at.Exists() || at.Offset() != e.Offset) {
			t.Errorf("%s: pointer %q and offset %d are not one place", e.Code, e.Pointer, e.Offset)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("breaches (-want +got):\n%s\nin %s", diff, c.Value().Raw())
	}
}

// wantError checks code, pointer and offset of an error.
func wantError(t *testing.T, err error, code, pointer string, offset int) {
	t.Helper()
	var e *strict.Error
	if !errors.As(err, &e) {
		t.Fatalf("error is %v; want a *strict.Error with %s", err, code)
	}
	if e.Code != code || e.Pointer != pointer || e.Offset != offset {
		t.Errorf("got %s at %q, byte %d (%s); want %s at %q, byte %d", e.Code, e.Pointer, e.Offset, e.Detail, code, pointer, offset)
	}
	if e.Detail == "" {
		t.Error("the error has no sentence")
	}
}
