package verify_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// foreign reads what other software signed.
func foreign(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// changing changes every occurrence of each old text, of which there has to be one.
func changing(pairs ...string) func(testing.TB, string) string {
	return func(t testing.TB, text string) string {
		t.Helper()
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) {
				t.Fatalf("there is no %q in %s", pairs[i], text)
			}
			text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
		}
		return text
	}
}

// readAs reads the bytes of a text in another encoding, as a program may that puts it into a database.
func readAs(c *charmap.Charmap) func(testing.TB, string) string {
	return func(t testing.TB, text string) string {
		t.Helper()
		out := make([]rune, len(text))
		for i := range len(text) {
			// Bytes that Windows-1252 has no character for are control characters to programs (WHATWG Encoding).
			if out[i] = c.DecodeByte(text[i]); out[i] == utf8.RuneError {
				out[i] = rune(text[i])
			}
		}
		return string(out)
	}
}

// verifyWith verifies without the cross-checks of world.verify.
func verifyWith(t testing.TB, v *verify.Verifier, text string) *verify.Report {
	t.Helper()
	c, err := vc.Parse([]byte(text), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := v.Verify(t.Context(), c, anyone())
	if r == nil {
		t.Fatal(err)
	}
	return r
}

// certain reports whether a hint is one about a cause that was made sure of.
func certain(hint string) bool { return strings.HasPrefix(hint, "The signature matches ") }

// TestCausesInForeignSamples changes what other software signed in the ways in which it comes to be changed. The
// genuine text is valid, the changed one is not, and the hint names the cause.
func TestCausesInForeignSamples(t *testing.T) {
	const complete, unicode, jcs = "badges/complete.json", "badges/unicode.json", "suites/eddsa-jcs-2022.json"
	for name, c := range map[string]struct {
		file   string
		change func(testing.TB, string) string
		code   string
		says   string
	}{
		"read as Latin-1":      {unicode, readAs(charmap.ISO8859_1), "proof.signature", "read as UTF-8."},
		"read as Windows-1252": {unicode, readAs(charmap.Windows1252), "proof.signature", "read as UTF-8."},
		"read as Latin-1 twice": {unicode, func(t testing.TB, s string) string {
			return readAs(charmap.ISO8859_1)(t, readAs(charmap.ISO8859_1)(t, s))
		}, "proof.signature", "twice"},
		"decomposed":                 {unicode, func(_ testing.TB, s string) string { return norm.NFD.String(s) }, "proof.signature", "NFC"},
		"line ends of Windows":       {complete, changing(`\n`, `\r\n`), "proof.signature", "LF in place of CR LF"},
		"line ends of old Macs":      {complete, changing(`\n`, `\r`), "proof.signature", "LF in place of CR LF"},
		"escaped for a page":         {unicode, changing("ü", "&uuml;", "≥", "&#8805;", "—", "&mdash;"), "proof.signature", "without the escapes of HTML"},
		"typographic":                {complete, changing("8000-1", "8000–1"), "proof.signature", ""},
		"invisible character":        {unicode, changing("Example University", "Example\u200b University"), "proof.signature", "invisible"},
		"byte order mark":            {unicode, changing("Prüfung bestanden", "\ufeffPrüfung bestanden"), "proof.signature", "byte order marks"},
		"no-break spaces":            {unicode, changing("Example University", "Example\u00a0University"), "proof.signature", "no-break"},
		"white space added":          {unicode, changing("Example University", "Example University "), "proof.signature", "white space"},
		"https to http":              {unicode, changing("https://example.edu", "http://example.edu"), "proof.signature", "https: again"},
		"milliseconds":               {complete, changing("2026-03-01T00:00:00Z", "2026-03-01T00:00:00.000Z"), "proof.signature", "without the fraction"},
		"offset for Z":               {complete, changing("2026-03-01T00:00:00Z", "2026-03-01T00:00:00+00:00"), "proof.signature", "Z in place of +00:00"},
		"microseconds and offset":    {unicode, changing("2026-03-02T09:00:00Z", "2026-03-02T09:00:00.000000+00:00"), "proof.signature", "without the fraction of seconds and with Z"},
		"milliseconds of the proof":  {complete, changing("2026-03-02T09:30:00Z", "2026-03-02T09:30:00.000Z"), "proof.signature", "dates of the proof written without the fraction"},
		"string as number":           {complete, changing(`"4711"`, `4711`), "proof.signature", "strings in place of numbers"},
		"added member":               {unicode, changing(`"validUntil"`, `"description":"summa cum laude","validUntil"`), "proof.signature", "without /description:"},
		"added member of a subject":  {unicode, changing(`"achievementType"`, `"humanCode":"X","achievementType"`), "proof.signature", "without /credentialSubject/achievement/humanCode:"},
		"added element":              {unicode, changing(`"collaboration"`, `"collaboration","leadership"`), "proof.signature", "without /credentialSubject/achievement/tag/2:"},
		"added status":               {unicode, changing(`"validUntil"`, `"credentialStatus":{"id":"urn:x:1","type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"1","statusListCredential":"https://x.example/1"},"validUntil"`), "proof.signature", "without /credentialStatus:"},
		"undefined member":           {unicode, changing(`"validUntil"`, `"honours":"summa","validUntil"`), "jsonld.undefined_term", "without /honours:"},
		"two undefined members":      {unicode, changing(`"validUntil"`, `"honours":"summa","rank":{"of":3},"validUntil"`), "jsonld.undefined_term", "/honours and 1 more"},
		"added with a bad IRI":       {unicode, changing(`"validUntil"`, `"evidence":[{"id":"evidence/1","type":["Evidence"],"name":"PhD"}],"validUntil"`), "jsonld.invalid_iri", "without /evidence/0:"},
		"null":                       {unicode, changing(`"validUntil"`, `"description":null,"validUntil"`), "jsonld.dropped", "without /description:"},
		"older context":              {unicode, changing("context-3.0.3.json", "context-3.0.2.json"), "proof.signature", "context-3.0.3.json in place of"},
		"context without version":    {unicode, changing("context-3.0.3.json", "context.json"), "jsonld.protected", "context-3.0.3.json in place of"},
		"no context of Open Badges":  {unicode, changing(",\n    \"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"", ""), "jsonld.undefined_term", "context-3.0.3.json added"},
		"extensions lost":            {"badges/1edtech-good.json", changing(",\n    \"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json\"", ""), "jsonld.undefined_term", "extensions.json added"},
		"a context too many":         {unicode, changing(`v3p0/context-3.0.3.json"`, `v3p0/context-3.0.3.json","https://unknown.example/v1"`), "jsonld.context", "without the context at /@context/2"},
		"another suite named":        {unicode, changing("eddsa-rdfc-2022", "eddsa-jcs-2022"), "proof.signature", "one of eddsa-rdfc-2022"},
		"draft's name of the suite":  {unicode, changing("eddsa-rdfc-2022", "eddsa-2022"), "proof.signature", "one of eddsa-rdfc-2022"},
		"JCS, suite renamed":         {jcs, changing("eddsa-jcs-2022", "eddsa-rdfc-2022"), "proof.signature", "one of eddsa-jcs-2022"},
		"member added to the proof":  {unicode, changing(`"proofPurpose"`, `"nonce":"1","proofPurpose"`), "proof.signature", "without /proof/nonce:"},
		"JCS, single values":         {jcs, changing("[\n   \"Profile\"\n  ]", `"Profile"`), "proof.signature", "a list around type at /issuer/type"},
		"JCS, in a list":             {jcs, changing("\"credentialSubject\": {", "\"credentialSubject\": [{", " },\n \"evidence\"", " }],\n \"evidence\""), "proof.signature", "no list around credentialSubject"},
		"JCS, added member":          {jcs, changing(`"validFrom"`, `"honours":1,"validFrom"`), "proof.signature", "without /honours:"},
		"JCS, contexts of the proof": {jcs, changing(",\n  \"@context\": [\n   \"https://www.w3.org/ns/credentials/v2\",\n   \"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"\n  ]", ""), "proof.signature", "contexts of the credential in the proof"},
		"JCS, read as Latin-1":       {jcs, readAs(charmap.ISO8859_1), "proof.signature", "read as UTF-8."},
		"P-384, added member":        {"badges/suite-ecdsa-p384.json", changing(`"validFrom"`, `"description":"x","validFrom"`), "proof.signature", "without /description:"},
		"disclosed, added member":    {"suites/ecdsa-sd-2023-all.json", changing(`"validFrom"`, `"description":"x","validFrom"`), "proof.signature", "without /description:"},
		"a proof set":                {"badges/proof-set.json", changing(`"validUntil"`, `"description":"x","validUntil"`), "proof.signature", "without /description:"},
	} {
		t.Run(name, func(t *testing.T) {
			v := replayWorldWith(t, verify.Limits{CauseTime: time.Hour})
			text := foreign(t, c.file)
			genuine := verifyWith(t, v, text)
			if p := check(t, genuine, "proof"); p.Outcome != verify.Passed || len(p.Hints) != 0 {
				t.Fatalf("as it was signed: %+v", p)
			}
			if c.code == "" {
				return
			}
			r := verifyWith(t, v, c.change(t, text))
			p := check(t, r, "proof")
			if r.Verdict != verify.Invalid || p.Outcome != verify.Failed || p.Reason != c.code {
				t.Fatalf("verdict %v, %+v", r.Verdict, p)
			}
			var sure []string
			for _, h := range p.Hints {
				if certain(h) {
					sure = append(sure, h)
				}
			}
			if len(sure) != 1 && c.says != "" || !strings.Contains(strings.Join(sure, ""), c.says) {
				t.Errorf("hints %q, want one with %q", p.Hints, c.says)
			}
		})
	}
}

// TestCausesOfOwnSamples: what none of the foreign samples holds.
func TestCausesOfOwnSamples(t *testing.T) {
	badge := func(issuer *verifytest.Issuer, edits map[string]any) []byte {
		return verifytest.Badge(issuer.ID, edits)
	}
	from := func(date string) map[string]any { return map[string]any{"validFrom": date} }
	const validFrom = `"validFrom":"`
	for name, c := range map[string]struct {
		suite  string
		edits  map[string]any
		change func(testing.TB, string) string
		says   string
	}{
		"line ends lost":         {suite, map[string]any{"description": "a\r\nb"}, changing(`a\r\nb`, `a\nb`), "CR LF in place of LF"},
		"composed":               {suite, map[string]any{"description": norm.NFD.String("Zürich")}, changing(norm.NFD.String("Zürich"), "Zürich"), "NFD"},
		"escapes lost":           {suite, map[string]any{"description": "R&amp;D &lt;b&gt;"}, changing(`\u0026`, "&", "&amp;", "&", "&lt;", "<", "&gt;", ">"), "such as &amp;"},
		"escapes of quotes":      {suite, map[string]any{"description": "&quot;R&amp;D&#039;s&quot;"}, changing(`\u0026`, "&", "&amp;", "&", "&#039;", "'", "&quot;", `\"`), "such as &quot;"},
		"typographic":            {suite, map[string]any{"description": "the \"city's\" air - and..."}, changing(`\"city's\"`, "“city’s”", "- and...", "– and…"), "plain quotation marks"},
		"http to https":          {suite, map[string]any{"evidence": []any{map[string]any{"id": "http://example.org/1", "type": []string{"Evidence"}}}}, changing("http://example.org/1", "https://example.org/1"), "http: again"},
		"signed misread":         {suite, map[string]any{"description": "ZÃ¼rich"}, changing("ZÃ¼rich", "Zürich"), "as Latin-1"},
		"signed misread, 1252":   {suite, map[string]any{"description": "â€“ 5"}, changing("â€“ 5", "– 5"), "as Windows-1252"},
		"fraction lost":          {suite, from("2026-01-01T00:00:00.000Z"), changing("00.000Z", "00Z"), "dates written with milliseconds (.000Z)"},
		"fraction lost in one":   {suite, from("2026-01-01T00:00:00.000Z"), changing(validFrom+"2026-01-01T00:00:00.000Z", validFrom+"2026-01-01T00:00:00Z"), "dates of the credential written with milliseconds (.000Z)"},
		"offset lost":            {suite, from("2026-01-01T00:00:00+00:00"), changing("+00:00", "Z"), "dates written with +00:00 in place of Z"},
		"fraction and offset":    {suite, from("2026-01-01T00:00:00.000+00:00"), changing(validFrom+"2026-01-01T00:00:00.000+00:00", validFrom+"2026-01-01T00:00:00Z"), "milliseconds and +00:00"},
		"microseconds":           {suite, from("2026-01-01T00:00:00.123000Z"), changing(validFrom+"2026-01-01T00:00:00.123000Z", validFrom+"2026-01-01T00:00:00.123Z"), "microseconds (.000000Z)"},
		"microseconds, offset":   {suite, from("2026-01-01T00:00:00.000000+00:00"), changing(validFrom+"2026-01-01T00:00:00.000000+00:00", validFrom+"2026-01-01T00:00:00Z"), "microseconds and +00:00"},
		"zone changed":           {suite, from("2026-01-01T00:00:00Z"), changing("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00"), "dates written in UTC"},
		"fraction lost in proof": {suite, from("2026-01-01T00:00:00.000Z"), changing(`"created":"2026-01-01T00:00:00.000Z`, `"created":"2026-01-01T00:00:00Z`), "dates of the proof written with milliseconds"},
		"one of two dates":       {suite, map[string]any{"validUntil": "2099-01-01T00:00:00.000Z"}, changing("00.000Z", "00Z"), "date at /validUntil written with milliseconds"},
		"string for a number":    {"eddsa-jcs-2022", map[string]any{"evidence": map[string]any{"type": "Evidence", "name": 5, "audience": "6"}}, changing(`"name":5`, `"name":"5"`), "numbers in place of strings at /evidence/name"},
		"numbers for strings":    {"eddsa-jcs-2022", map[string]any{"evidence": map[string]any{"type": "Evidence", "name": "5", "audience": "-6.5e1"}}, changing(`"5"`, `5`, `"-6.5e1"`, `-6.5e1`), "strings in place of numbers."},
		"white space cut off":    {suite, map[string]any{"description": "Build one.\n"}, changing(`one.\n`, `one.`), "white space at the end of /description"},
		"JCS, compacted":         {"eddsa-jcs-2022", map[string]any{"type": []string{"VerifiableCredential", "OpenBadgeCredential"}, "evidence": map[string]any{"type": "Evidence", "name": "x"}}, changing(`{"name":"x","type":"Evidence"}`, `[{"name":"x","type":["Evidence"]}]`), ""},
		"JCS, every list alone":  {"eddsa-jcs-2022", map[string]any{"evidence": []any{map[string]any{"type": []string{"Evidence"}, "name": "x"}}}, changing(`[{"name":"x","type":["Evidence"]}]`, `{"name":"x","type":["Evidence"]}`), "a list around evidence"},
	} {
		t.Run(name, func(t *testing.T) {
			w, issuer := newWorldWith(t, verify.Limits{CauseTime: time.Hour}), verifytest.NewIssuer("did:key", keys.Ed25519)
			signed := issuer.Sign(badge(issuer, c.edits), c.suite)
			want(t, w.verify(t, signed, anyone()), verify.Valid, "", "")
			r := w.verify(t, []byte(c.change(t, string(signed))), anyone())
			want(t, r, verify.Invalid, "proof", "proof.signature")
			if hints := check(t, r, "proof").Hints; c.says != "" && (len(hints) != 1 || !certain(hints[0]) || !strings.Contains(hints[0], c.says)) {
				t.Errorf("hints %q, want one with %q", hints, c.says)
			}
		})
	}
}

// TestNoCause: a word or a value that was changed has no cause that could be found, and none is made up.
func TestNoCause(t *testing.T) {
	v := replayWorldWith(t, verify.Limits{CauseTime: time.Hour})
	for _, c := range []struct {
		file   string
		change func(testing.TB, string) string
	}{
		{"badges/unicode.json", changing("Teamwork", "Leadership")},
		{"badges/unicode.json", changing("2099-12-31", "2100-12-31")},
		{"badges/unicode.json", changing("z52GNoSrRSmf", "z52GNoSrRSmg")},
		{"badges/unicode.json", changing(`"collaboration"`, `"collaboration","leadership"`, "Teamwork", "Leadership")},
		{"badges/complete.json", changing(`"creditsEarned": 6`, `"creditsEarned": 60`)},
		{"suites/eddsa-jcs-2022.json", changing("Build one", "Build two")},
		{"suites/ecdsa-sd-2023-all.json", changing(`"validFrom"`, `"description":"x","name2":1,"validFrom"`)},
	} {
		r := verifyWith(t, v, c.change(t, foreign(t, c.file)))
		p := check(t, r, "proof")
		if p.Outcome != verify.Failed {
			t.Fatalf("%+v", p)
		}
		for _, h := range p.Hints {
			if certain(h) {
				t.Errorf("%s: hint %q", c.file, h)
			}
		}
	}
}

// TestNoCauseByOtherWriting: what is the same to the canonical form is no cause, because it does not fail.
func TestNoCauseByOtherWriting(t *testing.T) {
	v := replayWorldWith(t, verify.Limits{CauseTime: time.Hour})
	for _, change := range []func(testing.TB, string) string{
		changing(`"creditsEarned": 6`, `"creditsEarned": 6.0`), changing(`"creditsEarned": 6`, `"creditsEarned": 60e-1`),
		changing("\n", " "), changing(`"Profile"`, `"Pro\u0066ile"`),
	} {
		if p := check(t, verifyWith(t, v, change(t, foreign(t, "badges/complete.json"))), "proof"); p.Outcome != verify.Passed {
			t.Errorf("%+v", p)
		}
	}
}

// TestSuspicions: what can be seen and not made sure of.
func TestSuspicions(t *testing.T) {
	v := replayWorldWith(t, verify.Limits{CauseTime: time.Hour})
	for old, c := range map[string][2]string{
		"Prüfung bestanden":  {"Pr\ufffdfung bestanden", "looks as if it was re-encoded"},
		"Teamwork badge":     {`Teamwork\tprize`, "control character"},
		"Example University": {`Example\r\nCollege`, "CR LF"},
	} {
		p := check(t, verifyWith(t, v, changing(old, c[0])(t, foreign(t, "badges/unicode.json"))), "proof")
		if p.Reason != "proof.signature" || len(p.Hints) != 1 || certain(p.Hints[0]) || !strings.Contains(p.Hints[0], c[1]) {
			t.Errorf("%s: %+v", c[0], p)
		}
	}
}

// TestDefinitions: which context has a term that none of the credential's has.
func TestDefinitions(t *testing.T) {
	v := replayWorldWith(t, verify.Limits{CauseTime: time.Hour})
	for name, c := range map[string]struct{ old, with, says string }{
		"in a context not named":  {`"validUntil"`, `"rubric":{"type":"CFRubric"},"validUntil"`, ""},
		"a type of extensions":    {`"validUntil"`, `"credentialSchema":[{"id":"https://x.example/1","type":"1EdTechJsonSchemaValidator2019"}],"validUntil"`, "ob/v3p0/extensions.json"},
		"capital letters":         {`"validUntil"`, `"ValidUntil"`, `"validUntil" has`},
		"a member elsewhere":      {`"tag": [`, `"validUntil":"2030-01-01T00:00:00Z","tag": [`, "not for objects like the one"},
		"only in a newer content": {`"validUntil"`, `"endorsementJwt":["x"],"validUntil"`, "newer content of"},
		"nobody's":                {`"validUntil"`, `"honours":"x","validUntil"`, "No context that this verifier knows"},
		"nobody's, with escapes":  {`"validUntil"`, `"a/b~c\"d":"x","validUntil"`, `"a/b~c\"d"`},
		"nobody's, very long":     {`"validUntil"`, `"` + strings.Repeat("x", 300) + `":"x","validUntil"`, ""},
	} {
		p := check(t, verifyWith(t, v, changing(c.old, c.with)(t, foreign(t, "badges/unicode.json"))), "proof")
		if p.Reason != "jsonld.undefined_term" || !strings.Contains(strings.Join(p.Hints, "\n"), c.says) {
			t.Errorf("%s: %+v", name, p)
		}
	}
}
