package badge

import (
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// ofOutcome is a result with this outcome, and a reason by which it is known again.
func ofOutcome(o verify.Outcome, reason string) verify.Result {
	r := verify.Result{Check: "proof", Outcome: o, Reason: reason}
	if o == verify.Failed || o == verify.Undecided {
		r.Problems = []verify.Problem{{Code: reason}}
	}
	return r
}

// TestWorstOfParts: the worst decides, in whatever order the parts come, and the first of its kind is the reason.
func TestWorstOfParts(t *testing.T) {
	good, bad, open, not := ofOutcome(verify.Passed, ""), ofOutcome(verify.Failed, "bad"), ofOutcome(verify.Undecided, "open"), ofOutcome(verify.Skipped, "not")
	bad2, open2 := ofOutcome(verify.Failed, "bad2"), ofOutcome(verify.Undecided, "open2")
	for name, tc := range map[string]struct {
		parts   []verify.Result
		outcome verify.Outcome
		reason  string
	}{
		"nothing":        {nil, verify.Skipped, "blocked"},
		"good":           {[]verify.Result{good, good}, verify.Passed, ""},
		"good, bad":      {[]verify.Result{good, bad}, verify.Failed, "bad"},
		"bad, good":      {[]verify.Result{bad, good}, verify.Failed, "bad"},
		"open, good":     {[]verify.Result{open, good}, verify.Undecided, "open"},
		"good, open":     {[]verify.Result{good, open}, verify.Undecided, "open"},
		"open, bad":      {[]verify.Result{open, bad}, verify.Failed, "bad"},
		"bad, open":      {[]verify.Result{bad, open}, verify.Failed, "bad"},
		"two bad ones":   {[]verify.Result{bad, bad2}, verify.Failed, "bad"},
		"two open ones":  {[]verify.Result{open, open2}, verify.Undecided, "open"},
		"not done, good": {[]verify.Result{not, good}, verify.Skipped, "not"},
		"good, not done": {[]verify.Result{good, not}, verify.Skipped, "not"},
		"not done, bad":  {[]verify.Result{not, bad}, verify.Failed, "bad"},
		"bad, not done":  {[]verify.Result{bad, not}, verify.Failed, "bad"},
		"open, not done": {[]verify.Result{open, not}, verify.Undecided, "open"},
	} {
		j := &olderJudge{proof: tc.parts}
		if r := j.proofResult(); r.Outcome != tc.outcome || r.Reason != tc.reason || len(r.Parts) != len(tc.parts) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	for name, tc := range map[string]struct {
		one, by verify.Result
		outcome verify.Outcome
		reason  string
	}{
		"good by good":     {good, good, verify.Passed, ""},
		"good by bad":      {good, bad, verify.Failed, "bad"},
		"good by open":     {good, open, verify.Undecided, "open"},
		"good by not done": {good, not, verify.Passed, ""},
		"bad by good":      {bad, good, verify.Failed, "bad"},
		"bad by bad":       {bad, bad2, verify.Failed, "bad"},
		"bad by open":      {bad, open, verify.Failed, "bad"},
		"open by good":     {open, good, verify.Undecided, "open"},
		"open by open":     {open, open2, verify.Undecided, "open"},
		"open by bad":      {open, bad, verify.Failed, "bad"},
		"not done by open": {not, open, verify.Undecided, "open"},
		"not done by bad":  {not, bad, verify.Failed, "bad"},
	} {
		if r := alsoBy(tc.one, tc.by); r.Outcome != tc.outcome || r.Reason != tc.reason || len(r.Problems) != len(tc.one.Problems)+len(tc.by.Problems) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func parsedText(t *testing.T, text string) strict.Value {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestRevokedBy: whatever is neither false, null nor absent is a revocation.
func TestRevokedBy(t *testing.T) {
	for text, revoked := range map[string]bool{
		`{}`: false, `{"revoked":false}`: false, `{"revoked":null}`: false, `{"revoked":true}`: true, `{"revoked":"false"}`: true, `{"revoked":0}`: true,
		`{"revoked":[]}`: true, `{"revoked":""}`: true, `{"revoked":{},"revocationReason":"x"}`: true, `{"revocationReason":"x"}`: false,
	} {
		if err := revokedBy(parsedText(t, text)); (err != nil) != revoked || err != nil && err.Code != "status.revoked" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestAmong: entries of a revocation list that name the badge revoke it, and one that names none makes the list useless.
func TestAmong(t *testing.T) {
	j := &olderJudge{o: older{value: parsedText(t, `{"id":"urn:x:1","uid":"u1"}`)}}
	for text, code := range map[string]string{
		`[]`: "", `["urn:x:2"]`: "", `["urn:x:1"]`: "status.revoked", `[{"id":"urn:x:1"}]`: "status.revoked", `[{"uid":"u1"}]`: "status.revoked", `["u1"]`: "status.revoked",
		`[{"id":"urn:x:1","revoked":false}]`: "", `[{"id":"urn:x:1","revoked":"false"}]`: "status.revoked", `[{"id":"urn:x:2","uid":"u1"}]`: "status.revoked",
		`[{}]`: "status.list_proof", `[7]`: "status.list_proof", `[[]]`: "status.list_proof", `[""]`: "status.list_proof", `[null]`: "status.list_proof", `[true,"urn:x:1"]`: "status.list_proof",
		`[{"uid":""}]`: "status.list_proof", `"urn:x:1"`: "status.revoked", `[{"id":"urn:x:2"},{"id":"urn:x:1","revocationReason":"x"}]`: "status.revoked",
	} {
		all := j.among(parsedText(t, `{"l":`+text+`}`).Get("l"), "/x")
		got := ""
		if len(all) > 0 {
			got = all[0].Code
		}
		if got != code || len(all) > 1 {
			t.Errorf("%s: %v", text, all)
		}
	}
	nameless := &olderJudge{o: older{value: parsedText(t, `{"id":"urn:x:1"}`)}}
	if all := nameless.among(parsedText(t, `[{"uid":"u1"}]`), "/x"); len(all) != 0 {
		t.Errorf("a badge without a uid: %v", all)
	}
}

// TestDifferences: a copy is compared in all members of either; that something is linked here and stands there is no
// difference, where it is the same thing.
func TestDifferences(t *testing.T) {
	for name, tc := range map[string]struct {
		copied, hosted string
		at             []string
	}{
		"same":                  {`{"id":"a","x":1}`, `{"x":1,"id":"a"}`, nil},
		"linked, and embedded":  {`{"badge":"urn:x:b"}`, `{"badge":{"id":"urn:x:b","name":"B"}}`, nil},
		"linked, and another":   {`{"badge":"urn:x:b"}`, `{"badge":{"id":"urn:x:c"}}`, []string{"/badge"}},
		"embedded, and another": {`{"badge":{"id":"urn:x:b","name":"A"}}`, `{"badge":{"id":"urn:x:b","name":"B"}}`, []string{"/badge"}},
		"nothing, and no id":    {`{"badge":7}`, `{"badge":{}}`, []string{"/badge"}},
		"more in the copy":      {`{"id":"a","evidence":"urn:x:e"}`, `{"id":"a"}`, []string{"/evidence"}},
		"less in the copy":      {`{"id":"a"}`, `{"id":"a","evidence":"urn:x:e"}`, []string{"/evidence"}},
		"other verification":    {`{"verify":{"type":"hosted"},"verification":1}`, `{"verification":{"type":"HostedBadge"}}`, nil},
		"a URL and no copy":     {`"urn:x:a"`, `{"id":"urn:x:a"}`, nil},
		"several":               {`{"a":1,"b":2}`, `{"a":2,"b":2,"c":3}`, []string{"/a", "/c"}},
	} {
		var at []string
		for _, err := range differences(parsedText(t, tc.copied), parsedText(t, tc.hosted)) {
			if at = append(at, err.Pointer); err.Code != codeChanged {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !slices.Equal(at, tc.at) {
			t.Errorf("%s: differs at %v", name, at)
		}
	}
}

// TestRepointed: findings about what is shown lead into the assertion, in the parts as well, and the original is kept.
func TestRepointed(t *testing.T) {
	was := verify.Result{Pointer: "/credentialSubject/id", Problems: []verify.Problem{{Pointer: "/credentialSubject"}, {Pointer: "/issuer"}},
		Parts: []verify.Result{{Pointer: "/credentialSubject/identifier/0", Problems: []verify.Problem{{Pointer: "/credentialSubject/identifier/0/salt"}}}}}
	r := repointed(was)
	if r.Pointer != "/recipient" || r.Problems[0].Pointer != "/recipient" || r.Problems[1].Pointer != "/issuer" || r.Parts[0].Pointer != "/recipient" || r.Parts[0].Problems[0].Pointer != "/recipient" {
		t.Errorf("%+v", r)
	}
	if was.Problems[0].Pointer != "/credentialSubject" || was.Parts[0].Pointer != "/credentialSubject/identifier/0" {
		t.Errorf("the original is changed: %+v", was)
	}
}
