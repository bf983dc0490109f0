package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// TestInsideIsShown: what is inside a credential is told with its own verdict, indented below that of the whole.
func TestInsideIsShown(t *testing.T) {
	for name, tc := range map[string]struct {
		verdict string
		lines   []string
	}{
		"endorsed-credential.json": {"✓ VALID", []string{"    ✓ VALID  Example Council (did:web:council.example.org) endorses the badge", "“Well made, and fairly assessed.”", "every endorsement that counts is valid"}},
		"endorsed-expired.json":    {"✗ INVALID", []string{"    ✗ INVALID  Example Council (did:web:council.example.org) is said to endorse", "An endorsement does not pass: the credential was valid until"}},
		"clr-endorsed.json":        {"✓ VALID", []string{"    ✓ VALID  Teamwork, Badge, by Example University", "      ✓ VALID  Example Council (did:web:council.example.org) endorses the badge"}},
		"clr-endorsed-expired.json": {"✗ INVALID", []string{"    ✓ VALID  Teamwork, Badge, by Example University",
			"    ✗ INVALID  Teamwork, Badge, by Example University", "      ✗ INVALID  Example Council (did:web:council.example.org) is said to"}},
		"simple.json": {"✓ VALID", nil},
	} {
		out, _, _ := execute(t, "", "--evidence", evidence, filepath.Join(testdata, "badges", name))
		if !strings.HasPrefix(out, tc.verdict) {
			t.Errorf("%s: %s", name, out)
		}
		for _, l := range tc.lines {
			if !strings.Contains(out, l) {
				t.Errorf("%s does not say %q:\n%s", name, l, out)
			}
		}
		if tc.lines == nil && strings.Count(out, "VALID") != 1 {
			t.Errorf("%s has another verdict than its own:\n%s", name, out)
		}
	}
}

// TestOlderEndorsements: of an endorsement of Open Badges 2.0, the verdict is told, and why it is so.
func TestOlderEndorsements(t *testing.T) {
	const at = "https://owner.example/endorsements/1"
	for name, c := range map[string]struct {
		edit func(w *world, endorsement object)
		says string
	}{
		"valid": {func(*world, object) {}, "✓ VALID an endorsement of its achievement"},
		"another": {func(w *world, e object) {
			w.Put(at, "application/json", encode(t, with(e, "claim", object{"id": "https://maker.example/other"})))
		}, "✗ INVALID an endorsement of its achievement The endorsement is about"},
		"gone": {func(w *world, e object) { w.Fail(at, errors.New("no answer")) }, "? COULD NOT DECIDE an endorsement of its achievement"},
	} {
		w := newWorld()
		data := w.olderSigned(t)
		body, _, err := w.Fetch(t.Context(), at, "")
		if err != nil {
			t.Fatal(err)
		}
		c.edit(w, decode(t, body))
		out := w.show(t, data, "--issuer", olderIssuer)
		tidy(t, out)
		if !strings.Contains(flat(out), c.says) {
			t.Errorf("%s: does not say %q:\n%s", name, c.says, out)
		}
	}
}

// TestUnreadableInside: what stands in the place of a credential is told by where it stands.
func TestUnreadableInside(t *testing.T) {
	w := newWorld()
	out := w.show(t, w.recordOf(t, []any{"e30.e30.AA", object{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,x"}}))
	tidy(t, out)
	for _, s := range []string{"✗ INVALID without a name, by nobody that it names The credential has no @context.", "✗ INVALID something that cannot be read, at"} {
		if !strings.Contains(flat(out), s) {
			t.Errorf("does not say %q:\n%s", s, out)
		}
	}
}

// TestHintsAreMarked: a likely cause is called one, and stands where nothing else does.
func TestHintsAreMarked(t *testing.T) {
	file := filepath.Join(issuers, "credly-3-reencoded.json")
	out, _, _ := execute(t, "", "--evidence", filepath.Join(issuers, "evidence.json"), file)
	if strings.Count(out, "Likely cause: ") != 1 || strings.Count(out, " likely cause: ") != 1 || strings.Contains(out, "note: ") {
		t.Errorf("%s", out)
	}
	out, _, _ = execute(t, "", "--evidence", evidence, filepath.Join(testdata, "badges", "tampered-name.json"))
	if strings.Contains(strings.ToLower(out), "likely cause") {
		t.Errorf("a cause where none is known:\n%s", out)
	}
}
