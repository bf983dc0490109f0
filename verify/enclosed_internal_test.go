package verify

import (
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// wrapped is a credential by urn:x:a, with an unsigned one by the same issuer under "inside".
func wrapped(t *testing.T, inside, beside string) *vc.Credential {
	t.Helper()
	c, err := vc.Parse([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2",{"id":"@id"}],"type":["VerifiableCredential"],"issuer":"urn:x:a",
		"credentialSubject":{"id":"urn:x:learner"},"proof":{"type":"DataIntegrityProof"},"inside":{"@context":["https://www.w3.org/ns/credentials/v2",{"id":"@id"}],"id":"urn:x:c","type":["VerifiableCredential"],"issuer":"urn:x:a",
		"credentialSubject":`+inside+`}`+beside+`}`), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCovering: only a proof that passed, by a key of the issuer, over all that is said speaks for what is inside.
func TestCovering(t *testing.T) {
	c := wrapped(t, `{"id":"urn:x:thing"}`, "")
	p := vc.ParseInside(c.Value().Get("inside"), vc.Limits{})
	if p.Err != nil {
		t.Fatal(p.Err)
	}
	foreign, untied := problem("proof.controller", "", "somebody else's"), problem("issuer.unbound", "/proof/verificationMethod", "untied")
	good := passed(checkProof)
	for name, tc := range map[string]struct {
		made   attempt
		counts bool
	}{
		"all statements":             {attempt{result: good, covers: allStatements}, true},
		"the whole text":             {attempt{result: good, covers: wholeText}, true},
		"by a key that is not bound": {attempt{result: good, covers: wholeText, unbound: untied}, true},
		"some statements":            {attempt{result: good, covers: someStatements}, false},
		"somebody else's key":        {attempt{result: good, covers: wholeText, contradiction: foreign}, false},
		"failed":                     {attempt{result: Findings(checkProof, problem("proof.signature", "", "")), covers: wholeText}, false},
		"undecided":                  {attempt{result: Findings(checkProof, problem("key.unresolved", "", "")), covers: wholeText}, false},
	} {
		r := &run{c: c, made: []attempt{tc.made}}
		n := NestedCredential{Pointer: p.Pointer, Credential: p.Credential, Enclosed: true}
		all := r.covering(n)
		if (len(all) == 1) != tc.counts {
			t.Errorf("%s: %d proofs count", name, len(all))
		}
		if tc.counts && tc.made.unbound != nil && (all[0].unbound.Code != "issuer.unbound" || all[0].unbound.Pointer != "/issuer") {
			t.Errorf("%s: %v", name, all[0].unbound)
		}
		if n.Enclosed = false; r.covering(n) != nil {
			t.Errorf("%s: counts where the profile does not allow it", name)
		}
	}
}

// TestApart: what is said about a node in two places, however deep, could be exchanged; a mere reference says nothing.
func TestApart(t *testing.T) {
	for name, tc := range map[string]struct {
		inside, beside string
		apart          bool
	}{
		"nothing twice":                   {`{"id":"urn:x:thing"}`, "", true},
		"the subject":                     {`{"id":"urn:x:thing"}`, `,"more":{"id":"urn:x:thing","name":"A"}`, false},
		"a subject among several":         {`[{"id":"urn:x:other"},{"id":"urn:x:thing"}]`, `,"more":{"id":"urn:x:thing","name":"A"}`, false},
		"a node within the subject":       {`{"id":"urn:x:thing","achievement":{"id":"urn:x:deep"}}`, `,"more":{"id":"urn:x:deep","name":"A"}`, false},
		"a node within a list within it":  {`{"id":"urn:x:thing","achievement":[{"id":"urn:x:deep"}]}`, `,"more":[[{"id":"urn:x:deep","name":"A"}]]`, false},
		"the credential":                  {`{"id":"urn:x:thing"}`, `,"more":{"id":"urn:x:c","name":"A"}`, false},
		"a reference":                     {`{"id":"urn:x:thing"}`, `,"more":[{"id":"urn:x:thing"},"urn:x:thing"]`, true},
		"nodes without an id":             {`{"name":"A"}`, `,"more":{"name":"A","of":{"name":"B"}}`, true},
		"another node":                    {`{"id":"urn:x:thing"}`, `,"more":{"id":"urn:x:thing2","name":"A"}`, true},
		"what looks like it in a context": {`{"id":"urn:x:thing"}`, `,"more":{"@context":{"id":"urn:x:thing","name":"urn:x:n"}}`, true},
		"the same term in both contexts":  {`{"id":"urn:x:thing"}`, `,"more":{"id":"@id","name":"A"}`, true},
	} {
		if v := wrapped(t, tc.inside, tc.beside).Value(); apart(v.Get("inside")) != tc.apart {
			t.Errorf("%s: %v", name, !tc.apart)
		}
	}
}

// TestShorten: what decided is told once, whichever it was, and there is a hint wherever something was left out.
func TestShorten(t *testing.T) {
	full := func() *trace { return &trace{told: maxTold - toldEach - 1} } // has room for one finding without words
	first, second := Problem{Code: "a"}, Problem{Code: "b"}
	for name, tc := range map[string]struct {
		result Result
		codes  string
		hints  int
	}{
		"the first decided":     {Result{Reason: "a", Problems: []Problem{first, second}}, "a", 1},
		"another decided":       {Result{Reason: "b", Problems: []Problem{first, second}}, "ab", 1},
		"none decided":          {Result{Reason: "absent", Problems: []Problem{first, second}}, "a", 1},
		"warnings are too many": {Result{Reason: "a", Problems: []Problem{first}, Warnings: []Problem{second}}, "a", 1},
		"all fit":               {Result{Reason: "a", Problems: []Problem{first}}, "a", 0},
	} {
		for _, part := range []bool{false, true} {
			results := []Result{tc.result}
			if part {
				results = []Result{{Parts: results}}
			}
			full().shorten(results)
			r := results[0]
			if part {
				r = r.Parts[0]
			}
			codes := ""
			for _, p := range r.Problems {
				codes += p.Code
			}
			if codes != tc.codes || len(r.Hints) != tc.hints || tc.hints > 0 && len(r.Warnings) != 0 {
				t.Errorf("%s (part: %v): %+v", name, part, r)
			}
		}
	}
}

// TestInsideWithoutCredential: one that could not be read has nothing that a proof could be over.
func TestInsideWithoutCredential(t *testing.T) {
	r := &run{v: &Verifier{}, c: wrapped(t, `{}`, ""), p: &Policy{}, trace: &trace{}}
	unread := &strict.Error{Code: "json.syntax", Offset: -1}
	for code, n := range map[string]NestedCredential{"json.syntax": {Pointer: "/inside", Err: unread, Enclosed: true}, "model.type": {Pointer: "/inside", Enclosed: true}} {
		report := r.insideOne(t.Context(), "x", n)
		if len(report.Checks) == 0 || report.Checks[0].Reason != code || report.Verdict != Invalid || report.Pointer != "/inside" {
			t.Errorf("%s: %+v", code, report)
		}
	}
}
