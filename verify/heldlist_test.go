package verify

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

// TestDemandIsComplete: whatever of a policy decides about a list is part of what lists are held under.
// A field that listPolicy copies and demandOf forgets would let one policy use what another verified.
func TestDemandIsComplete(t *testing.T) {
	full := Policy{
		Issuers: IssuerSet("did:example:a"), Binding: IssuerController, At: time.Unix(1, 0), Skew: 1, Suites: []string{"EdDSA"},
		Status: Required, Schema: Required, Resources: Required, Challenge: "c", Domain: "d", InlineContexts: true, RefuseLegacy: true, Experimental: true, Strict: true,
	}
	copied := reflect.ValueOf(*listPolicy(&full, "did:example:b"))
	var names []string
	for i := range copied.NumField() {
		if !copied.Field(i).IsZero() {
			names = append(names, copied.Type().Field(i).Name)
		}
	}
	if want := []string{"Issuers", "Binding", "Skew", "Suites", "RefuseLegacy", "Experimental", "Status", "Schema", "Resources", "Strict"}; !slices.Equal(names, want) {
		t.Errorf("a list is verified by %v; demandOf knows Binding, Skew, Suites, RefuseLegacy, Experimental and Strict", names)
	}
	base := Policy{}
	for name, p := range map[string]Policy{
		"binding": {Binding: IssuerController}, "skew": {Skew: 1}, "legacy": {RefuseLegacy: true}, "drafts": {Experimental: true}, "strict": {Strict: true}, "suites": {Suites: []string{"EdDSA"}}, "no suite": {Suites: []string{}},
	} {
		if demandOf(&p) == demandOf(&base) {
			t.Errorf("%s makes no difference", name)
		}
	}
}

func TestWindow(t *testing.T) {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	w := window{}.cut(at.Add(time.Hour), at).cut(at.Add(-time.Hour), at).cut(at.Add(2*time.Hour), at).cut(at.Add(-2*time.Hour), at)
	for offset, want := range map[time.Duration]bool{
		-time.Hour - 1: false, -time.Hour: true, 0: true, time.Hour - 1: true, time.Hour: false,
	} {
		if w.holds(at.Add(offset)) != want {
			t.Errorf("at %v: %v", offset, !want)
		}
	}
	if !(window{}).holds(at) || !(window{}).holds(time.Time{}) {
		t.Error("the zero window has ends")
	}
	if w := (window{}).cut(at, at); !w.holds(at) || w.holds(at.Add(-1)) {
		t.Error("a change at the moment itself has happened")
	}
}
