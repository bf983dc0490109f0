package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// TestColour: colours add nothing but themselves, and a stranger cannot choose one.
func TestColour(t *testing.T) {
	w := newWorld()
	data := encode(t, with(decode(t, w.weldingBadge(t)), "name", "\x1b[32m✓ VALID"))
	b, err := badge.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := v.Verify(t.Context(), b.Credential(), badge.Policy(verify.UnsafeAnyIssuer()))
	var plainText, coloured strings.Builder
	(&text{b: &plainText}).report(r, b)
	(&text{b: &coloured, colour: true}).report(r, b)
	stripped := regexp.MustCompile("\x1b\\[(1;|1m\x1b\\[)?[0-9]+m").ReplaceAllString(coloured.String(), "")
	if stripped != plainText.String() || coloured.Len() == plainText.Len() {
		t.Errorf("%q\n%q", stripped, plainText.String())
	}
	if strings.Count(coloured.String(), green+"✓ VALID") != 0 || !strings.HasPrefix(coloured.String(), bold+yellow+"? COULD NOT DECIDE"+reset) {
		t.Errorf("%q", coloured.String())
	}
}

// TestVouched: it is said whose word it is that a badge which is not valid states.
func TestVouched(t *testing.T) {
	for file, want := range map[string]string{
		"badges/simple.json":                           "",
		"badges/tampered-name.json":                    "What the badge says, which nobody vouches for:",
		"badges/proof-none.json":                       "What the badge says, which nobody vouches for:",
		"badges/forged-unlisted.json":                  "What the badge says, which nobody vouches for:",
		"badges/status-revoked.json":                   "What the badge says; its issuer said so, but it is not valid:",
		"badges/expired.json":                          "What the badge says; its issuer said so, but it is not valid:",
		"badges/status-unreachable.json":               "What the badge says; its issuer said so, but whether it is valid is open:",
		"badges/key-host-gone.json":                    "What the badge says, which nobody vouches for:",
		"badges/clr-tampered.json":                     "What the record says; its issuer said so, but it is not valid:",
		"presentations/vp-credential-tampered.json":    "What the presentation says, which nobody vouches for:",
		"badges/text-no-credential.json":               "",
		"badges/jwt-jwk-only.jwt":                      "What the badge says, which nobody vouches for:",
		"presentations/vp-jwt-credential-tampered.jwt": "What the badge says, which nobody vouches for:",
	} {
		out, _, _ := execute(t, "", "--evidence", evidence, filepath.Join(testdata, file))
		tidy(t, out)
		if want == "" && strings.Contains(out, "What the ") || !strings.Contains(flat(out), want) {
			t.Errorf("%s does not say %q:\n%s", file, want, out)
		}
	}
}

// TestNames: what has no name is told by what else there is.
func TestNames(t *testing.T) {
	for text, want := range map[string]string{
		`{"name":"A"}`: "credential A",
		`{"type":["VerifiableCredential","Degree","X"]}`: "credential Degree, X",
		`{"type":["VerifiableCredential"]}`:              "credential VerifiableCredential",
		`{"x":1}`:                                        "credential without a name",
		`{"type":["OpenBadgeCredential"],"credentialSubject":{"achievement":{"name":"B"}}}`:            "badge B",
		`{"type":["OpenBadgeCredential"],"name":"C","credentialSubject":{"achievement":{"name":"B"}}}`: "badge C achievement B",
		`{"type":["OpenBadgeCredential"]}`: "badge OpenBadgeCredential",
		`{"type":["EndorsementCredential"],"name":"E","credentialSubject":{"id":"urn:1","endorsementComment":"Good."}}`:                                 "endorsement E",
		`{"type":["ClrCredential"],"name":"R","credentialSubject":{"achievement":[{"name":"Z"}]}}`:                                                      "record R",
		`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1","badge":"https://a.example/b"}`:                     "badge its name is at https://a.example/b",
		`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1","badge":{"type":"BadgeClass","name":"N"}}`:          "badge N",
		`{"@context":"https://w3id.org/openbadges/v2","type":"BadgeClass","id":"https://a.example/1","name":"N","issuer":{"id":"https://a.example/i"}}`: "badge N",
	} {
		out, _, _ := execute(t, text, "--offline", "-")
		if !strings.Contains(flat(out), " vouches for: "+want+" ") {
			t.Errorf("%s is not shown as %q:\n%s", text, want, out)
		}
	}
}

// TestEndorsementAlone: an endorsement that is handed over by itself says what it is about.
func TestEndorsementAlone(t *testing.T) {
	out, _, _ := execute(t, `{"type":["EndorsementCredential"],"issuer":"urn:i","credentialSubject":{"id":"urn:1","endorsementComment":"Good."}}`, "--offline", "-")
	if !strings.Contains(flat(out), "issued by urn:i endorses urn:1 “Good.”") || strings.Contains(out, "earned by") {
		t.Errorf("%s", out)
	}
}

func TestLinks(t *testing.T) {
	for url, want := range map[string]string{
		"https://a.example/": "https://a.example/", "": "", "dat": "dat", "DATA:,x": "in the badge itself, text of 7 bytes",
		"data:text/html;charset=utf-8,<b>":  "in the badge itself, text/html of 32 bytes",
		"data:" + strings.Repeat("x", 2000): "in the badge itself, " + strings.Repeat("x", 100) + " of 2 kB",
	} {
		if got := link(url); got != want {
			t.Errorf("%.40q is shown as %q, not %q", url, got, want)
		}
	}
	for _, c := range [][3]string{{"", "", ""}, {"A", "", "A"}, {"", "b", "b"}, {"A", "b", "A (b)"}, {"a", "a", "a"}} {
		if got := named(c[0], c[1]); got != c[2] {
			t.Errorf("named(%q, %q) = %q", c[0], c[1], got)
		}
	}
	if got := named(strings.Repeat("long ", 1000), "did:web:a.example"); !strings.HasSuffix(got, more+" (did:web:a.example)") || len(got) > 200 {
		t.Errorf("%q", got)
	}
}

func TestSentences(t *testing.T) {
	for s, want := range map[string]string{"": "", "it is": "It is.", "It is.": "It is.", "did:web:x is": "did:web:x is.", "\"x\" is": "\"x\" is.", "é": "é."} {
		if got := sentence(s); got != want {
			t.Errorf("sentence(%q) = %q", s, got)
		}
	}
	for s, want := range map[string]string{"": "", "The key": "the key", "A key": "a key", "JWT is": "JWT is", "\"x\"": "\"x\"", "X": "X"} {
		if got := lower(s); got != want {
			t.Errorf("lower(%q) = %q", s, got)
		}
	}
}

// TestJSONIsWhole: the JSON has what the text cuts: each report inside, with its place and its checks.
func TestJSONIsWhole(t *testing.T) {
	r, status := invoke(t, "--json", "--evidence", evidence, filepath.Join(testdata, "badges", "clr-endorsed-expired.json"))
	if status != exitInvalid || len(r.Nested) != 2 || r.Nested[0].Verdict != "valid" || r.Nested[1].Verdict != "invalid" || len(r.Nested[1].Nested) != 1 {
		t.Fatalf("%+v", r)
	}
	inner := r.Nested[1].Nested[0]
	if r.Nested[1].Within != withinRecord || r.Nested[1].Pointer != "/credentialSubject/verifiableCredential/1" ||
		inner.Within != withinEndorsements || inner.Pointer != "/endorsement/0" || !inner.check("validity").has("validity.expired") {
		t.Errorf("%+v", inner)
	}
	long := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"name":"` + strings.Repeat("x", 10_000) + `"}`
	if out, _, _ := execute(t, long, "--offline", "--json", "-"); strings.Count(out, "x") < 10_000 {
		t.Errorf("the JSON is cut: %d bytes", len(out))
	}
}

// TestProofWords: where no signature was checked, none is said to match.
func TestProofWords(t *testing.T) {
	passed := verify.Result{Check: "proof", Outcome: verify.Passed, Parts: []verify.Result{{Outcome: verify.Passed, Suite: "ES256"}, {Outcome: verify.Failed, Suite: "RS256"}, {Outcome: verify.Passed}}}
	for _, c := range []struct {
		r    verify.Report
		want string
	}{
		{verify.Report{Format: vc.JWT}, "the signature matches (ES256)"},
		{verify.Report{Format: badge.FormatSigned}, "the signature matches (ES256)"},
		{verify.Report{Format: badge.FormatHosted}, "found where the issuer hosts it, and judged as it is there"},
		{verify.Report{Format: vc.Unsecured, Within: withinRecord}, "covered by the proof of the credential around it"},
	} {
		if got := proofWord(&c.r, passed); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
