package badge_test

import (
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// plainly is the identity of an address in plain text, hashedly that of its hash with a salt.
func plainly(address string) string {
	b, _ := json.Marshal(address)
	return identity(`"hashed":false,"identityHash":` + string(b))
}

func hashedly(hashed, salt string) string {
	b, _ := json.Marshal(salt)
	return identity(`"hashed":true,"salt":` + string(b) + `,"identityHash":"sha256$` + hexSHA256(hashed) + `"`)
}

// TestNearMisses: what is written in another way is no match, and a hint says how it differs. The words looked for
// are the ones that a person acts on.
func TestNearMisses(t *testing.T) {
	sum512 := sha512.Sum512([]byte("ada@example.org"))
	for name, c := range map[string]struct{ asked, json, says string }{
		"capital letter before @":    {"ada@example.org", plainly("Ada@example.org"), "same in lower case"},
		"capital letter behind @":    {"ada@example.org", plainly("ada@Example.ORG"), "domain in lower case"},
		"white space":                {"ada@example.org", plainly(" ada@example.org\n"), "white space"},
		"white space and capitals":   {"ada@example.org", plainly("Ada@example.org "), "white space around it and in lower case"},
		"white space asked":          {"ada@example.org ", plainly("ada@example.org"), "white space"},
		"no-break space":             {"ada@example.org", plainly("ada@example.org\u00a0"), "white space"},
		"zero width space":           {"ada@example.org", plainly("ada@\u200bexample.org"), "invisible"},
		"byte order mark":            {"ada@example.org", plainly("\ufeffada@example.org"), "invisible"},
		"mailto":                     {"ada@example.org", plainly("mailto:ada@example.org"), "mailto:"},
		"mailto, capitals":           {"ada@example.org", plainly("MAILTO:ada@example.org"), "mailto:"},
		"mailto asked":               {"mailto:ada@example.org", plainly("ada@example.org"), "mailto:"},
		"decomposed":                 {"zoë@example.org", plainly("zoe\u0308@example.org"), "NFC"},
		"full width":                 {"ada@example.org", plainly("ａｄａ@example.org"), "NFKC"},
		"domain in ASCII":            {"ada@bücher.example", plainly("ada@xn--bcher-kva.example"), "xn--"},
		"domain in Unicode":          {"ada@xn--bcher-kva.example", plainly("ada@Bücher.example"), "xn--"},
		"tag":                        {"ada@example.org", plainly("ada+badges@example.org"), "plus sign"},
		"tag asked":                  {"ada+badges@example.org", plainly("ada@example.org"), "plus sign"},
		"many":                       {"ada@example.org", plainly(" mailto:Ada+x@Example.org"), "several"},
		"hash in the plain":          {"ada@example.org", plainly("sha256$" + hexSHA256("ada@example.org")), "does not say that it is hashed"},
		"plain in the hash":          {"ada@example.org", identity(`"hashed":true,"identityHash":"ada@example.org"`), "plain text"},
		"hashed unsaid":              {"ada@example.org", identity(`"identityHash":"ada@example.org"`), "malformed"},
		"hash, capital before @":     {"Ada@example.org", hashedly("ada@example.orgs", "s"), "in lower case"},
		"hash, capital behind @":     {"ada@Example.org", hashedly("ada@example.orgs", "s"), "domain in lower case"},
		"hash, of a capital":         {"ada@example.org", hashedly("Ada@example.orgs", "s"), "capital letter at its beginning"},
		"hash, of capitals":          {"ada@example.org", hashedly("ADA@EXAMPLE.ORGs", "s"), "upper case"},
		"hash, white space asked":    {" ada@example.org", hashedly("ada@example.orgs", "s"), "white space"},
		"hash, of mailto":            {"ada@example.org", hashedly("mailto:ada@example.orgs", "s"), "with mailto:"},
		"hash, mailto asked":         {"mailto:ada@example.org", hashedly("ada@example.orgs", "s"), "without mailto:"},
		"hash, of decomposed":        {"zoë@example.org", hashedly("zoe\u0308@example.orgs", "s"), "NFD"},
		"hash, decomposed asked":     {"zoe\u0308@example.org", hashedly("zoë@example.orgs", "s"), "NFC"},
		"hash, domain in ASCII":      {"ada@bücher.example", hashedly("ada@xn--bcher-kva.examples", "s"), "xn--"},
		"hash, domain in Unicode":    {"ada@xn--bcher-kva.example", hashedly("ada@bücher.examples", "s"), "domain in Unicode"},
		"hash, tag asked":            {"ada+badges@example.org", hashedly("ada@example.orgs", "s"), "plus sign"},
		"hash, two ways":             {"Ada+x@example.org", hashedly("ada@example.orgs", "s"), "in lower case and without the tag"},
		"hash, salt before":          {"ada@example.org", hashedly("sada@example.org", "s"), "salt before"},
		"hash, no salt":              {"ada@example.org", hashedly("ada@example.org", "s"), "without the salt"},
		"hash, Latin-1":              {"zoë@example.org", hashedly("zo\xeb@example.orgs", "s"), "Latin-1"},
		"hash, salt and capitals":    {"Ada@example.org", hashedly("sada@example.org", "s"), "in lower case, with the salt before"},
		"hash, no algorithm":         {"ada@example.org", change(t, hashedly("ada@example.orgs", "s"), "sha256$", ""), "name of the algorithm"},
		"hash, algorithm in capital": {"ada@example.org", change(t, hashedly("ada@example.orgs", "s"), "sha256$", "SHA-256$"), "name of the algorithm"},
		"hash, unknown algorithm":    {"ada@example.org", identity(`"hashed":true,"identityHash":"sha512$` + hex.EncodeToString(sum512[:]) + `"`), "malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			c.json = change(t, c.json, `"type":"IdentityObject"`, `"type": "IdentityObject"`) // the text is one that can be changed
			r := badge.Email(c.asked).Match(open(t, c.json).Credential())
			wantMatch(t, r, "recipient.mismatch")
			if len(r.Hints) != 1 || !strings.Contains(r.Hints[0], c.says) {
				t.Errorf("hints %q, want one with %q", r.Hints, c.says)
			}
			wantNoValue(t, r, c.asked)
		})
	}
}

// wantNoValue: what a report says of an address holds neither it nor the part of it that is a person's.
func wantNoValue(t *testing.T, r verify.Result, address string) {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, personal := range []string{"ada", "zo", "example.org", address} {
		if strings.Contains(strings.ToLower(string(text)), strings.ToLower(personal)) {
			t.Errorf("%s holds %q", text, personal)
		}
	}
}

// TestFarMisses: other values get no hint, however near they look.
func TestFarMisses(t *testing.T) {
	for _, json := range []string{
		plainly("ada@example.com"), plainly("adam@example.org"), plainly("ada@example.org.evil.example"), plainly("ada.l@example.org"),
		plainly("+ada@example.org"), plainly(""), plainly("@"), hashedly("eve@example.orgs", "s"), hashedly("", ""), hashedly("s", "s"),
		plainly(strings.Repeat("a", 5000)), hashedly("ada@example.org"+strings.Repeat("S", 5000), strings.Repeat("S", 5000)+"x"),
	} {
		r := badge.Email("ada@example.org").Match(open(t, json).Credential())
		wantMatch(t, r, "recipient.mismatch")
		if len(r.Hints) != 0 {
			t.Errorf("%.200s: hints %q", json, r.Hints)
		}
		wantNoValue(t, r, "ada@example.org")
	}
}

// TestOtherTypes: a value under another type than the one asked for leaves the question open, with a hint.
func TestOtherTypes(t *testing.T) {
	for name, c := range map[string]struct {
		who        verify.Recipient
		json, says string
	}{
		"address in the id":     {badge.Email("ada@example.org"), `{"credentialSubject":{"id":"mailto:ada@example.org"}}`, "as an id"},
		"id is the address":     {badge.Email("ada@example.org"), `{"credentialSubject":{"id":"ada@example.org"}}`, "ask for that type"},
		"id of an identifier":   {badge.ID("ada@example.org"), plainly("ada@example.org"), "ask for that type"},
		"mailto of identifier":  {badge.ID("mailto:ada@example.org"), hashedly("ada@example.orgs", "s"), "without mailto:"},
		"type spelled badly":    {badge.Email("ada@example.org"), change(t, plainly("ada@example.org"), "emailAddress", "email"), `"email"`},
		"extension of the type": {badge.Email("ada@example.org"), change(t, plainly("ada@example.org"), "emailAddress", "ext:mail"), `"ext:mail"`},
	} {
		r := c.who.Match(open(t, c.json).Credential())
		wantMatch(t, r, "recipient.unidentified")
		if len(r.Hints) != 1 || !strings.Contains(r.Hints[0], c.says) {
			t.Errorf("%s: hints %q", name, r.Hints)
		}
		wantNoValue(t, r, "ada@example.org")
	}
	for _, c := range [][2]string{{"did:example:Ada", "did:example:ada"}, {"https://example.org/ada/", "https://example.org/ada"}, {"did:example:ada#key", "did:example:ada"}} {
		r := badge.ID(c[0]).Match(open(t, `{"credentialSubject":{"id":"`+c[1]+`"}}`).Credential())
		wantMatch(t, r, "recipient.mismatch")
		if len(r.Hints) != 1 {
			t.Errorf("%s: hints %q", c, r.Hints)
		}
	}
}

// TestTypes: every type of identifier that the specification lists, and extensions, in plain text and hashed.
func TestTypes(t *testing.T) {
	for _, kind := range []string{
		"name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress", "nationalIdentityNumber", "isbn", "issn",
		"lisSourcedId", "oneRosterSourcedId", "sisSourcedId", "ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId", "ltiUserId",
		"identifier", "ext:x-Account.1_a",
	} {
		for _, of := range []func(string, string) string{func(v, _ string) string { return plainly(v) }, func(v, salt string) string { return hashedly(v+salt, salt) }} {
			text := change(t, of("4711-Ä", "salt"), "emailAddress", kind)
			c := open(t, text).Credential()
			r := badge.Identifier(kind, "4711-Ä").Match(c)
			wantMatch(t, r, "")
			if p := r.Parts[0]; p.Identity != kind || p.Pointer != "/credentialSubject/identifier/0" || (len(p.Hints) > 0) != (kind == "name") {
				t.Errorf("%+v", p)
			}
			wantMatch(t, badge.Identifier(kind, "4711-B").Match(c), "recipient.mismatch")
			wantMatch(t, badge.Identifier(kind+"x", "4711-Ä").Match(c), "recipient.unidentified")
		}
	}
	// "id" is where the subject's own id stands, and no type.
	c := open(t, change(t, plainly("did:example:ada"), "emailAddress", "id")).Credential()
	wantMatch(t, badge.ID("did:example:ada").Match(c), "recipient.unidentified")
}

// foreign is a recipient of another package.
type foreign struct{ verify.Recipient }

func TestAnyOf(t *testing.T) {
	home, work, did := badge.Email("ada@home.example"), badge.Email("ada@work.example"), badge.ID("did:example:ada")
	badgeOf := func(id, address string) string {
		return `{"credentialSubject":{` + id + `"identifier":[{"identityType":"name","hashed":false,"identityHash":"Ada"},` +
			`{"identityType":"emailAddress","hashed":true,"salt":"s","identityHash":"sha256$` + hexSHA256(address+"s") + `"}]}}`
	}
	hers, others := badgeOf(`"id":"did:example:ada",`, "ada@work.example"), badgeOf(`"id":"did:example:eve",`, "eve@work.example")
	for name, c := range map[string]struct {
		who               verify.Recipient
		json, code, where string
	}{
		"the second matches":      {badge.AnyOf(home, work), hers, "", "/credentialSubject/identifier/1"},
		"the first counts":        {badge.AnyOf(did, work), hers, "", "/credentialSubject/id"},
		"the order is the caller": {badge.AnyOf(work, did), hers, "", "/credentialSubject/identifier/1"},
		"one":                     {badge.AnyOf(work), hers, "", "/credentialSubject/identifier/1"},
		"nested":                  {badge.AnyOf(badge.AnyOf(home), badge.AnyOf(did)), hers, "", "/credentialSubject/id"},
		"another package's":       {badge.AnyOf(home, foreign{work}), hers, "", "/credentialSubject/identifier/1"},
		"nil beside one":          {badge.AnyOf(nil, work), hers, "", "/credentialSubject/identifier/1"},
		"none matches":            {badge.AnyOf(home, work, did), others, "recipient.mismatch", ""},
		"another's, one open":     {badge.AnyOf(badge.Identifier("userName", "ada"), work), others, "recipient.mismatch", ""},
		"one wrong, one right":    {badge.AnyOf(home, did), badgeOf(`"id":"did:example:ada",`, "eve@work.example"), "", "/credentialSubject/id"},
		"all open":                {badge.AnyOf(badge.Identifier("userName", "ada"), badge.Identifier("ext:a", "ada")), hers, "recipient.unidentified", ""},
		"nobody named":            {badge.AnyOf(work, did), `{"credentialSubject":{}}`, "recipient.unidentified", ""},
		"nothing asked":           {badge.AnyOf(), hers, "recipient.unidentified", ""},
		"nil asked":               {badge.AnyOf(nil), hers, "recipient.unidentified", ""},
		"empty asked":             {badge.AnyOf(badge.Email(""), badge.ID("")), hers, "recipient.unidentified", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.who.Match(open(t, c.json).Credential())
			wantMatch(t, r, c.code)
			if c.code == "" && r.Parts[0].Pointer != c.where {
				t.Errorf("matched %+v, want %s", r.Parts[0], c.where)
			}
		})
	}
}

// TestAnyOfHints: what a near miss has to say is not lost among several values.
func TestAnyOfHints(t *testing.T) {
	who := badge.AnyOf(badge.Email("eve@example.org"), badge.Email("Ada@example.org"), badge.Email("ada@Example.org"), badge.Email("Ada@example.org"))
	r := who.Match(open(t, plainly("ada@example.org")).Credential())
	wantMatch(t, r, "recipient.mismatch")
	if len(r.Hints) != 2 || r.Hints[0] == r.Hints[1] {
		t.Errorf("hints %q", r.Hints)
	}
}

// TestContradiction: an identifier that matches counts beside one of its type that does not, in whichever order.
func TestContradiction(t *testing.T) {
	hers := `{"identityType":"emailAddress","hashed":false,"identityHash":"ada@example.org"}`
	hashed := `{"identityType":"emailAddress","hashed":true,"identityHash":"sha256$` + hexSHA256("ada@example.org") + `"}`
	other := `{"identityType":"emailAddress","hashed":false,"identityHash":"eve@example.org"}`
	for _, list := range []string{hers + "," + other, other + "," + hers, hashed + "," + other, other + "," + hashed} {
		wantMatch(t, badge.Email("ada@example.org").Match(open(t, `{"credentialSubject":{"identifier":[`+list+`]}}`).Credential()), "")
	}
	wantMatch(t, badge.Email("ada@example.org").Match(open(t, `{"credentialSubject":{"identifier":[`+other+`]}}`).Credential()), "recipient.mismatch")
}

// TestMismatchSaysNothingPersonal: the id of somebody else is told, unless it is an address.
func TestMismatchSaysNothingPersonal(t *testing.T) {
	for id, told := range map[string]bool{
		"did:example:eve": true, "https://example.org/people/4711": true, "mailto:eve@example.org": false, "tel:+15551234567": false,
		"TEL:+15551234567": false, "https://example.org/eve@example.org": false, "urn:x:" + strings.Repeat("e", 300): false,
	} {
		r := badge.ID("did:example:ada").Match(open(t, fmt.Sprintf(`{"credentialSubject":{"id":%q}}`, id)).Credential())
		wantMatch(t, r, "recipient.mismatch")
		if strings.Contains(r.Problems[0].Detail, id) != told {
			t.Errorf("%s: %s", id, r.Problems[0].Detail)
		}
	}
}

// TestManyIdentities: a badge with very many identities costs no more than reading them; what a stranger calls
// their types is not repeated at length.
func TestManyIdentities(t *testing.T) {
	one := `{"identityType":"emailAddress","hashed":true,"salt":"s","identityHash":"sha256$` + hexSHA256("x") + `"},`
	many := `{"credentialSubject":{"identifier":[` + strings.Repeat(one, 20_000) + `{"identityType":"` + strings.Repeat("ü", 5000) + `"}]}}`
	c := open(t, many).Credential()
	r := badge.Email("Ada@example.org").Match(c)
	wantMatch(t, r, "recipient.mismatch")
	r = badge.ID("did:example:ada").Match(c)
	wantMatch(t, r, "recipient.unidentified")
	if len(r.Problems[0].Detail) > 1000 {
		t.Errorf("%d bytes of detail", len(r.Problems[0].Detail))
	}
}
