package verify_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestTooManyPresented: beyond the limit nothing is looked at, and the verdict is not valid for it.
func TestTooManyPresented(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	for n, verdict := range map[int]verify.Verdict{256: verify.Valid, 257: verify.Indeterminate} {
		var all [][]byte
		for range n {
			all = append(all, p.badge)
		}
		r := w.show(t, verifytest.Presentation(p.holder.ID, nil, all...), anyone())
		code := ""
		if verdict != verify.Valid {
			code = "budget"
		}
		want(t, r, verdict, "model", code)
		if len(r.Credentials) != 256 {
			t.Errorf("%d credentials: %d reports", n, len(r.Credentials))
		}
	}
}

// TestHostilePresentation: a presentation of credentials that cost as much as possible ends in time.
func TestHostilePresentation(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	const nodes = 12
	var linked []string
	for i := range nodes {
		var others []string
		for j := range nodes {
			others = append(others, fmt.Sprintf(`{"id":"_:b%d","type":"Profile"}`, j))
		}
		linked = append(linked, fmt.Sprintf(`{"id":"_:b%d","type":"Profile","parentOrg":[%s]}`, i, strings.Join(others, ",")))
	}
	poison := replace(t, p.badge, `"issuer":{`, `"issuer":{"parentOrg":[`+strings.Join(linked, ",")+`],`)
	var all [][]byte
	for range 100 {
		all = append(all, poison)
	}
	vp := verifytest.Presentation(p.holder.ID, nil, all...)
	forged := verifytest.Attach(vp, p.holder.Proof(verifytest.Presentation(p.holder.ID, nil), suite, options()))
	start := time.Now()
	r := w.show(t, forged, invited())
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
	want(t, r, verify.Invalid, "model", "model.restructured")
	for _, inner := range r.Credentials {
		want(t, inner, verify.Invalid, "model", "model.restructured")
		if !has(check(t, inner, "proof"), "budget") {
			t.Fatalf("the work was done: %s", dump(inner))
		}
	}
}

// TestNestedTooDeep: presentations inside each other are refused at the first, however many there are.
func TestNestedTooDeep(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	data := p.badge
	for range 12 {
		data = verifytest.Presentation(p.holder.ID, nil, data)
	}
	r := w.show(t, data, anyone())
	want(t, r, verify.Invalid, "model", "model.value")
	if len(r.Credentials) != 1 || r.Credentials[0].Credentials != nil {
		t.Errorf("reports %v", r.Credentials)
	}
}
