package badge_test

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

var recipients = []verify.Recipient{badge.Email("ada@example.org"), badge.ID("did:example:ada"), badge.Identifier("name", "Ada"), badge.ID("")}

// vector is the specification's own example: sha256 of "a@example.com" and the salt "Kosher".
const vector = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"

// identity is a credential about somebody with one IdentityObject.
func identity(members string) string {
	return `{"credentialSubject":{"identifier":[{"type":"IdentityObject","identityType":"emailAddress",` + members + `}]}}`
}

func hexSHA256(s string) string { sum := sha256.Sum256([]byte(s)); return hex.EncodeToString(sum[:]) }

func hexMD5(s string) string { sum := md5.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }

// wantMatch asserts the answer of a recipient; the code is "" for a match.
func wantMatch(t *testing.T, r verify.Result, code string) {
	t.Helper()
	if code == "" {
		if r.Outcome != verify.Passed || len(r.Problems) != 0 || len(r.Parts) != 1 || r.Parts[0].Identity == "" || r.Parts[0].Pointer == "" {
			t.Errorf("no match: %+v", r)
		}
		return
	}
	outcome := map[string]verify.Outcome{"recipient.mismatch": verify.Failed, "recipient.unidentified": verify.Undecided}[code]
	if r.Outcome != outcome || r.Reason != code || len(r.Problems) != 1 || len(r.Parts) != 0 {
		t.Fatalf("%+v, want %s", r, code)
	}
	if p := r.Problems[0]; p.Code != code || p.Detail == "" || !strings.HasSuffix(p.Pointer, "/credentialSubject") {
		t.Errorf("%+v, want %s", p, code)
	}
}

func TestRecipient(t *testing.T) {
	email := badge.Email("a@example.com")
	salted := identity(`"hashed":true,"salt":"Kosher","identityHash":"` + vector + `"`)
	plain := identity(`"hashed":false,"identityHash":"a@example.com"`)
	byID := `{"credentialSubject":{"id":"did:example:ada"}}`
	for name, c := range map[string]struct {
		json string
		who  verify.Recipient
		code string // "" for a match
	}{
		"vector":                   {salted, email, ""},
		"vector, capitals":         {strings.Replace(salted, vector[7:], strings.ToUpper(vector[7:]), 1), email, ""},
		"vector, one digit off":    {change(t, salted, "ef399", "ef398"), email, "recipient.mismatch"},
		"vector, other salt":       {change(t, salted, "Kosher", "kosher"), email, "recipient.mismatch"},
		"vector, no salt":          {change(t, salted, `"salt":"Kosher",`, ""), email, "recipient.mismatch"},
		"vector, salt of null":     {change(t, salted, `"Kosher"`, "null"), email, "recipient.mismatch"},
		"vector, salt of array":    {change(t, salted, `"Kosher"`, `["Kosher"]`), email, "recipient.mismatch"},
		"vector, other address":    {salted, badge.Email("b@example.com"), "recipient.mismatch"},
		"vector, address and salt": {change(t, salted, `"salt":"Kosher",`, ""), badge.Email("a@example.comKosher"), ""},
		"vector, capital address":  {salted, badge.Email("A@example.com"), "recipient.mismatch"},
		"vector, cut":              {change(t, salted, "ef399", "ef3"), email, "recipient.mismatch"},
		"vector, longer":           {change(t, salted, "ef399", "ef39900"), email, "recipient.mismatch"},
		"vector, no hex":           {change(t, salted, "ef399", "ef39g"), email, "recipient.mismatch"},
		"vector, white behind":     {change(t, salted, "ef399", "ef399 "), email, "recipient.mismatch"},
		"vector, two dollars":      {change(t, salted, "sha256$", "sha256$$"), email, "recipient.mismatch"},
		"vector, no digits":        {change(t, salted, vector, "sha256$"), email, "recipient.mismatch"},
		"vector, no prefix":        {change(t, salted, "sha256$", ""), email, "recipient.mismatch"},
		"vector, empty prefix":     {change(t, salted, "sha256$", "$"), email, "recipient.mismatch"},
		"vector, capital prefix":   {change(t, salted, "sha256$", "SHA256$"), email, "recipient.mismatch"},
		"vector, other prefix":     {change(t, salted, "sha256$", "sha512$"), email, "recipient.mismatch"},
		"vector, prefix of md5":    {change(t, salted, "sha256$", "md5$"), email, "recipient.mismatch"},
		"vector, not hashed":       {change(t, salted, "true", "false"), email, "recipient.mismatch"},
		"vector, hashed in quotes": {change(t, salted, "true", `"true"`), email, "recipient.mismatch"},
		"vector, hashed unsaid":    {change(t, salted, `"hashed":true,`, ""), email, "recipient.mismatch"},
		"vector, other type":       {change(t, salted, "emailAddress", "userName"), email, "recipient.unidentified"},
		"vector, by type":          {change(t, salted, "emailAddress", "userName"), badge.Identifier("userName", "a@example.com"), ""},
		"vector, type's case":      {change(t, salted, "emailAddress", "emailaddress"), email, "recipient.unidentified"},

		"sha256, no salt":    {identity(`"hashed":true,"identityHash":"sha256$` + hexSHA256("a@example.com") + `"`), email, ""},
		"sha256, empty salt": {identity(`"hashed":true,"salt":"","identityHash":"sha256$` + hexSHA256("a@example.com") + `"`), email, ""},
		"sha256, no ASCII":   {identity(`"hashed":true,"salt":"ü","identityHash":"sha256$` + hexSHA256("zoë@example.comü") + `"`), badge.Email("zoë@example.com"), ""},
		"sha256, decomposed": {identity(`"hashed":true,"salt":"ü","identityHash":"sha256$` + hexSHA256("zoë@example.comü") + `"`), badge.Email("zoe\u0308@example.com"), "recipient.mismatch"},
		"sha256, Latin-1":    {identity(`"hashed":true,"identityHash":"sha256$` + hexSHA256("zo\xeb@example.com") + `"`), badge.Email("zoë@example.com"), "recipient.mismatch"},
		"md5, salted":        {identity(`"hashed":true,"salt":"s","identityHash":"md5$` + hexMD5("a@example.coms") + `"`), email, ""},
		"md5, no salt":       {identity(`"hashed":true,"identityHash":"md5$` + hexMD5("a@example.com") + `"`), email, ""},
		"md5, of another":    {identity(`"hashed":true,"identityHash":"md5$` + hexMD5("b@example.com") + `"`), email, "recipient.mismatch"},
		"md5 as sha256":      {identity(`"hashed":true,"identityHash":"sha256$` + hexMD5("a@example.com") + `"`), email, "recipient.mismatch"},

		"plain":                   {plain, email, ""},
		"plain, salt ignored":     {change(t, plain, `"hashed"`, `"salt":"not-used","hashed"`), email, ""},
		"plain, capitals":         {change(t, plain, "a@", "A@"), email, "recipient.mismatch"},
		"plain, trailing white":   {change(t, plain, "a@example.com", "a@example.com "), email, "recipient.mismatch"},
		"plain, hash handed in":   {salted, badge.Email(vector), "recipient.mismatch"},
		"plain, said to be hash":  {change(t, plain, "false", "true"), email, "recipient.mismatch"},
		"plain, value object":     {change(t, plain, `"a@example.com"`, `{"@value":"a@example.com"}`), email, "recipient.mismatch"},
		"plain, number":           {change(t, plain, `"a@example.com"`, `7`), badge.Email("7"), "recipient.mismatch"},
		"plain, empty asked":      {identity(`"hashed":false,"identityHash":""`), badge.Email(""), "recipient.unidentified"},
		"single object":           {`{"credentialSubject":{"identifier":{"identityType":"emailAddress","hashed":false,"identityHash":"a@example.com"}}}`, email, ""},
		"second of two":           {change(t, plain, "[", `[{"identityType":"emailAddress","hashed":false,"identityHash":"b@example.com"},`), email, ""},
		"beside a malformed":      {change(t, plain, "[", `["a@example.com",{"identityType":"emailAddress","hashed":1},`), email, ""},
		"strings only":            {`{"credentialSubject":{"identifier":["a@example.com"]}}`, email, "recipient.unidentified"},
		"as id":                   {`{"credentialSubject":{"id":"mailto:a@example.com"}}`, email, "recipient.unidentified"},
		"other case of the names": {change(t, plain, "identityHash", "IdentityHash"), email, "recipient.mismatch"},
		"no identifier":           {byID, email, "recipient.unidentified"},
		"no subject":              {`{}`, email, "recipient.unidentified"},

		"id":                    {byID, badge.ID("did:example:ada"), ""},
		"id, other":             {byID, badge.ID("did:example:eve"), "recipient.mismatch"},
		"id, prefix":            {byID, badge.ID("did:example:ad"), "recipient.mismatch"},
		"id, fragment":          {byID, badge.ID("did:example:ada#key"), "recipient.mismatch"},
		"id, capitals":          {byID, badge.ID("did:example:Ada"), "recipient.mismatch"},
		"id, absent":            {plain, badge.ID("did:example:ada"), "recipient.unidentified"},
		"id, number":            {`{"credentialSubject":{"id":7}}`, badge.ID("7"), "recipient.unidentified"},
		"id, empty":             {`{"credentialSubject":{"id":""}}`, badge.ID(""), "recipient.unidentified"},
		"id, bare subject":      {`{"credentialSubject":"did:example:ada"}`, badge.ID("did:example:ada"), "recipient.unidentified"},
		"id, array of one":      {`{"credentialSubject":[{"id":"did:example:ada"}]}`, badge.ID("did:example:ada"), ""},
		"id, two subjects":      {`{"credentialSubject":[{"id":"did:example:ada"},{"id":"did:example:eve"}]}`, badge.ID("did:example:ada"), "recipient.unidentified"},
		"id, second subject":    {`{"credentialSubject":[{"id":"did:example:eve"},{"id":"did:example:ada"}]}`, badge.ID("did:example:ada"), "recipient.unidentified"},
		"id, of the credential": {`{"id":"did:example:ada","credentialSubject":{"id":"did:example:eve"}}`, badge.ID("did:example:ada"), "recipient.mismatch"},
		// {"vc":{"credentialSubject":{}},"iss":"did:web:a","sub":"did:example:ada"}
		"id, sub claim":        {"eyJhbGciOiJFZERTQSJ9.eyJ2YyI6eyJjcmVkZW50aWFsU3ViamVjdCI6e319LCJpc3MiOiJkaWQ6d2ViOmEiLCJzdWIiOiJkaWQ6ZXhhbXBsZTphZGEifQ.c2ln", badge.ID("did:example:ada"), ""},
		"id, sub of the whole": {"eyJhbGciOiJFZERTQSJ9.eyJjcmVkZW50aWFsU3ViamVjdCI6e30sInN1YiI6ImRpZDpleGFtcGxlOmFkYSJ9.c2ln", badge.ID("did:example:ada"), "recipient.unidentified"},
	} {
		t.Run(name, func(t *testing.T) {
			wantMatch(t, c.who.Match(open(t, c.json).Credential()), c.code)
		})
	}
}

// TestRecipientIsNotTold: an id that may be an address of a person is in no sentence, however it is written.
func TestRecipientIsNotTold(t *testing.T) {
	for id, told := range map[string]bool{
		"did:example:ada": true, "urn:uuid:5bdc4a1e-2c31-4c57-9ff2-3a9f3a3b6a55": true, "https://example.edu/people/7": true,
		"mailto:ada@example.org": false, "mailto:ada%40example.org": false, "MAILTO:ada＠example.org": false, "acct:ada": false,
		"tel:+4930123456": false, "sms:+4930123456": false, "urn:tel:+4930123456": false, "https://example.org/?mail=ada": false,
		"https://example.org/ada%40example.org": false, "https://ada@example.org/": false, "Ada Lovelace": false,
	} {
		r := badge.ID("did:example:bob").Match(open(t, `{"credentialSubject":{"id":`+strconv.Quote(id)+`}}`).Credential())
		if r.Outcome != verify.Failed || len(r.Problems) != 1 || r.Problems[0].Code != "recipient.mismatch" {
			t.Fatalf("%s: %+v", id, r)
		}
		if got := strings.Contains(r.Problems[0].Detail, id); got != told {
			t.Errorf("%s: %q", id, r.Problems[0].Detail)
		}
	}
}

// TestRecipientOfNoType: an identifier without a type stands for nobody, also where none is asked for.
func TestRecipientOfNoType(t *testing.T) {
	for kind, want := range map[string]verify.Outcome{
		`"identityType":"userName",`: verify.Passed, ``: verify.Undecided, `"identityType":"",`: verify.Undecided, `"identityType":["userName"],`: verify.Undecided, `"identityType":7,`: verify.Undecided,
	} {
		c := open(t, `{"credentialSubject":{"identifier":{"type":"IdentityObject",`+kind+`"hashed":false,"identityHash":"ada"}}}`).Credential()
		if r := badge.Identifier("userName", "ada").Match(c); r.Outcome != want {
			t.Errorf("%s: %v", kind, r.Outcome)
		}
		if r := badge.Identifier("", "ada").Match(c); r.Outcome == verify.Passed {
			t.Errorf("%s: %+v", kind, r)
		}
	}
}

// TestRecipientOfEndorsement: what is endorsed has not earned the endorsement.
func TestRecipientOfEndorsement(t *testing.T) {
	for types, want := range map[string]verify.Outcome{
		`"type":["VerifiableCredential","OpenBadgeCredential"],"credentialSubject":{"type":"AchievementSubject",`:   verify.Passed,
		`"type":["VerifiableCredential","EndorsementCredential"],"credentialSubject":{"type":"EndorsementSubject",`: verify.Undecided,
		`"type":["VerifiableCredential"],"credentialSubject":{"type":"EndorsementSubject",`:                         verify.Undecided,
		`"type":["VerifiableCredential"],"credentialSubject":{`:                                                     verify.Passed,
	} {
		c := open(t, `{`+types+`"id":"did:example:ada"}}`).Credential()
		r := badge.ID("did:example:ada").Match(c)
		if r.Outcome != want || want == verify.Undecided && r.Problems[0].Code != "recipient.unidentified" {
			t.Errorf("%s: %+v", types, r)
		}
	}
}
