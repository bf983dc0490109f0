package keys_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
)

const (
	issuer  = "https://example.edu/issuers/1"
	assert  = "assertionMethod"
	authent = "authentication"
)

// method writes a Multikey method; more is put before its members.
func method(id, controller, multikey, more string) string {
	return fmt.Sprintf(`{%s"id":%q,"type":"Multikey","controller":%q,"publicKeyMultibase":%q}`, more, id, controller, multikey)
}

// document writes a controller document of the issuer.
func document(members ...string) string {
	return `{"id":"` + issuer + `",` + strings.Join(members, ",") + `}`
}

// resolve reads a controller document of the issuer.
func resolve(t *testing.T, body string) (*keys.Controller, error) {
	t.Helper()
	return serve(issuer, body).Controller(context.Background(), issuer)
}

func TestControllerMethod(t *testing.T) {
	k1, k2 := method(issuer+"#k1", issuer, ed25519Key, ""), method(issuer+"#k2", issuer, p256Key, "")
	relative := method("#k1", issuer, ed25519Key, "")
	foreign := method("did:web:other.example#k1", "did:web:other.example", otherKey, "")
	for name, c := range map[string]struct {
		body, id, purpose, code string
	}{
		"control: by reference":            {document(`"verificationMethod":[`+k1+`]`, `"assertionMethod":["`+issuer+`#k1"]`), issuer + "#k1", assert, ""},
		"control: one of two":              {document(`"verificationMethod":[`+k1+`,`+k2+`]`, `"assertionMethod":["`+issuer+`#k2","`+issuer+`#k1"]`), issuer + "#k1", assert, ""},
		"control: embedded":                {document(`"assertionMethod":[` + k1 + `]`), issuer + "#k1", assert, ""},
		"control: single values":           {document(`"verificationMethod":`+k1, `"assertionMethod":"`+issuer+`#k1"`), issuer + "#k1", assert, ""},
		"control: single embedded":         {document(`"assertionMethod":` + k1), issuer + "#k1", assert, ""},
		"control: relative reference":      {document(`"verificationMethod":[`+k1+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, ""},
		"control: relative id":             {document(`"verificationMethod":[`+relative+`]`, `"assertionMethod":["`+issuer+`#k1"]`), issuer + "#k1", assert, ""},
		"control: relative both":           {document(`"verificationMethod":[`+relative+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, ""},
		"control: relative embedded":       {document(`"assertionMethod":[` + relative + `]`), issuer + "#k1", assert, ""},
		"control: authentication":          {document(`"verificationMethod":[`+k1+`]`, `"authentication":["#k1"]`), issuer + "#k1", authent, ""},
		"control: referenced twice":        {document(`"verificationMethod":[`+k1+`]`, `"assertionMethod":["#k1","`+issuer+`#k1"]`), issuer + "#k1", assert, ""},
		"control: of another controller":   {document(`"verificationMethod":[`+foreign+`]`, `"assertionMethod":["did:web:other.example#k1"]`), "did:web:other.example#k1", assert, ""},
		"control: another one is unusable": {document(`"verificationMethod":[`+k1+`,`+method("#bad", issuer, "zBad", "")+`]`, `"assertionMethod":["#bad","#k1"]`), issuer + "#k1", assert, ""},
		"control: another one is twice":    {document(`"verificationMethod":[`+k1+`,`+k2+`,`+k2+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, ""},
		"not listed":                       {document(`"verificationMethod":[` + k1 + `]`), issuer + "#k1", assert, "proof.method"},
		"listed for something else":        {document(`"verificationMethod":[`+k1+`]`, `"authentication":["#k1"]`), issuer + "#k1", assert, "proof.method"},
		"listed in another case":           {document(`"verificationMethod":[`+k1+`]`, `"AssertionMethod":["#k1"]`), issuer + "#k1", assert, "proof.method"},
		"held in another case":             {document(`"VerificationMethod":[`+k1+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, "proof.method"},
		"listed for key agreement only":    {document(`"verificationMethod":[`+k1+`]`, `"keyAgreement":["#k1"]`), issuer + "#k1", "keyAgreement", "proof.method"},
		"purpose verificationMethod":       {document(`"verificationMethod":[` + k1 + `]`), issuer + "#k1", "verificationMethod", "proof.method"},
		"purpose service":                  {document(`"service":[` + k1 + `]`), issuer + "#k1", "service", "proof.method"},
		"purpose id":                       {document(`"verificationMethod":[` + k1 + `]`), issuer, "id", "proof.method"},
		"embedded for something else":      {document(`"authentication":[` + k1 + `]`), issuer + "#k1", assert, "proof.method"},
		"embedded elsewhere, referenced":   {document(`"authentication":[`+k1+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, "proof.method"},
		"embedded in key agreement":        {document(`"keyAgreement":[`+k1+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, "proof.method"},
		"referenced, not held":             {document(`"verificationMethod":[`+k2+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, "proof.method"},
		"held as publicKey only":           {document(`"publicKey":[`+k1+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, "proof.method"},
		"asked with a relative id":         {document(`"verificationMethod":[`+relative+`]`, `"assertionMethod":["#k1"]`), "#k1", assert, "proof.method"},
		"asked without a fragment":         {document(`"verificationMethod":[`+k1+`]`, `"assertionMethod":["#k1"]`), issuer, assert, "proof.method"},
		"asked in another case":            {document(`"verificationMethod":[`+k1+`]`, `"assertionMethod":["#k1"]`), issuer + "#K1", assert, "proof.method"},
		"asked with an escape":             {document(`"verificationMethod":[`+k1+`]`, `"assertionMethod":["#k1"]`), issuer + "#%6b1", assert, "proof.method"},
		"relative without a hash":          {document(`"verificationMethod":[`+method("k1", issuer, ed25519Key, "")+`]`, `"assertionMethod":["k1"]`), issuer + "#k1", assert, "proof.method"},
		"relative against @base":           {document(`"@context":{"@base":"https://evil.example/"}`, `"verificationMethod":[`+relative+`]`, `"assertionMethod":["#k1"]`), "https://evil.example/#k1", assert, "proof.method"},
		"two methods with one id":          {document(`"verificationMethod":[`+k1+`,`+method(issuer+"#k1", issuer, otherKey, "")+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, "key.malformed"},
		"two equal methods":                {document(`"verificationMethod":[`+k1+`,`+k1+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, "key.malformed"},
		"two ids that resolve to one":      {document(`"verificationMethod":[`+k1+`,`+relative+`]`, `"assertionMethod":["#k1"]`), issuer + "#k1", assert, "key.malformed"},
		"one id, held and embedded":        {document(`"verificationMethod":[`+k1+`]`, `"assertionMethod":[`+method("#k1", issuer, otherKey, "")+`]`), issuer + "#k1", assert, "key.malformed"},
		"one id, embedded twice":           {document(`"assertionMethod":[`+k1+`]`, `"authentication":[`+method("#k1", issuer, otherKey, "")+`]`), issuer + "#k1", assert, "key.malformed"},
		"one id, embedded for agreement":   {document(`"assertionMethod":[`+k1+`]`, `"keyAgreement":[`+method("#k1", issuer, otherKey, "")+`]`), issuer + "#k1", assert, "key.malformed"},
		"one id, embedded for invocation":  {document(`"assertionMethod":[`+k1+`]`, `"capabilityInvocation":[`+method("#k1", issuer, otherKey, "")+`]`), issuer + "#k1", assert, "key.malformed"},
		"nothing at all":                   {document(`"type":"Profile"`), issuer + "#k1", assert, "proof.method"},
		"empty lists":                      {document(`"verificationMethod":[]`, `"assertionMethod":[]`), issuer + "#k1", assert, "proof.method"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := resolve(t, c.body)
			wantCode(t, err, "")
			m, err := doc.Method(c.id, c.purpose)
			wantCode(t, err, c.code)
			if err != nil {
				if m.ID != "" || m.Key.Public() != nil {
					t.Error("a method beside the error")
				}
				return
			}
			if m.ID != c.id || m.Key.Kind() != keys.Ed25519 || !doc.Lists(c.id, c.purpose) {
				t.Errorf("method is %+v", m)
			}
			if w, ok := doc.WithKey(m.Key, c.purpose); !ok || w.ID != m.ID {
				t.Error("the method is not found by its key")
			}
		})
	}
}

// TestControllerMalformed gives documents that are refused as a whole.
func TestControllerMalformed(t *testing.T) {
	k1 := method(issuer+"#k1", issuer, ed25519Key, "")
	for name, c := range map[string]struct{ body, code, pointer string }{
		"method a string":         {document(`"verificationMethod":["#k1"]`), "key.malformed", "/verificationMethod/0"},
		"method a number":         {document(`"verificationMethod":[` + k1 + `,7]`), "key.malformed", "/verificationMethod/1"},
		"methods a string":        {document(`"verificationMethod":"#k1"`), "key.malformed", "/verificationMethod"},
		"methods null":            {document(`"verificationMethod":null`), "key.malformed", "/verificationMethod"},
		"methods nested":          {document(`"verificationMethod":[[` + k1 + `]]`), "key.malformed", "/verificationMethod/0"},
		"method without id":       {document(`"verificationMethod":[{"type":"Multikey"}]`), "key.malformed", "/verificationMethod/0"},
		"method id a number":      {document(`"verificationMethod":[{"id":1}]`), "key.malformed", "/verificationMethod/0/id"},
		"method id empty":         {document(`"verificationMethod":[{"id":""}]`), "key.malformed", "/verificationMethod/0/id"},
		"method id a bare hash":   {document(`"verificationMethod":[{"id":"#"}]`), "key.malformed", "/verificationMethod/0/id"},
		"method id enormous":      {document(`"verificationMethod":[{"id":"#` + strings.Repeat("k", 5000) + `"}]`), "key.malformed", "/verificationMethod/0/id"},
		"method id in other case": {document(`"verificationMethod":[{"Id":"#k1"}]`), "key.malformed", "/verificationMethod/0"},
		"reference a number":      {document(`"assertionMethod":[1]`), "key.malformed", "/assertionMethod/0"},
		"reference null":          {document(`"assertionMethod":null`), "key.malformed", "/assertionMethod"},
		"reference empty":         {document(`"authentication":[""]`), "key.malformed", "/authentication/0"},
		"reference nested":        {document(`"assertionMethod":[["#k1"]]`), "key.malformed", "/assertionMethod/0"},
		"embedded without id":     {document(`"keyAgreement":[{}]`), "key.malformed", "/keyAgreement/0"},
		"deactivated":             {document(`"deactivated":true`), "key.revoked", "/deactivated"},
		"deactivated null":        {document(`"deactivated":null`), "key.malformed", "/deactivated"},
		"another id":              {strings.Replace(document(`"verificationMethod":[]`), "/1", "/2", 1), "key.malformed", "/id"},
		"id with a slash more":    {strings.Replace(document(`"verificationMethod":[]`), "/1", "/1/", 1), "key.malformed", "/id"},
		"too many methods":        {document(`"verificationMethod":[` + strings.Repeat(`{"id":"#k"},`, 256) + `{"id":"#l"}]`), "key.unresolved", ""},
		"too many references":     {document(`"assertionMethod":[` + strings.Repeat(`"#k",`, 256) + `"#l"]`), "key.unresolved", ""},
		"too many together":       {document(`"verificationMethod":[`+strings.Repeat(`{"id":"#k"},`, 128)+`{"id":"#l"}]`, `"authentication":[`+strings.Repeat(`"#k",`, 127)+`"#l"]`), "key.unresolved", ""},
		"control: just enough":    {document(`"verificationMethod":[`+strings.Repeat(`{"id":"#k"},`, 127)+`{"id":"#l"}]`, `"authentication":[`+strings.Repeat(`"#k",`, 127)+`"#l"]`), "", ""},
		"control: other members":  {document(`"alsoKnownAs":["did:web:evil.example"]`, `"service":[{"id":1}]`, `"controller":"https://evil.example"`, `"proof":{}`), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := resolve(t, c.body)
			wantCode(t, err, c.code)
			wantPointer(t, err, c.pointer)
			if (err == nil) != (doc != nil) {
				t.Error("a document and an error, or neither")
			}
		})
	}
}

// TestWithKey looks for a key among methods of which some cannot be used.
func TestWithKey(t *testing.T) {
	doc, err := resolve(t, document(
		`"verificationMethod":[`+strings.Join([]string{
			method("#bad", issuer, "zBad", ""),
			method("#secret", issuer, ed25519Key, `"secretKeyMultibase":"z1",`),
			method("#twice", issuer, ed25519Key, ""), method("#twice", issuer, ed25519Key, ""),
			method("#unlisted", issuer, otherKey, ""),
			method("#p256", issuer, p256Key, ""),
			method("#good", issuer, ed25519Key, ""),
		}, ",")+`]`,
		`"assertionMethod":["#missing","#bad","#secret","#twice","#p256","#good"]`,
		`"authentication":["#p256"]`))
	wantCode(t, err, "")
	if m, ok := doc.WithKey(key(t, ed25519Key), assert); !ok || m.ID != issuer+"#good" {
		t.Errorf("found %q", m.ID)
	}
	if m, ok := doc.WithKey(key(t, p256Key), authent); !ok || m.ID != issuer+"#p256" {
		t.Errorf("found %q", m.ID)
	}
	for purpose, text := range map[string]string{assert: otherKey, authent: ed25519Key, "verificationMethod": ed25519Key, "": p256Key} {
		if m, ok := doc.WithKey(key(t, text), purpose); ok {
			t.Errorf("found %q for %q", m.ID, purpose)
		}
	}
	if _, ok := doc.WithKey(keys.Key{}, assert); ok {
		t.Error("found the zero Key")
	}
	if !doc.Lists(issuer+"#missing", assert) || doc.Lists(issuer+"#unlisted", assert) || doc.Lists(issuer+"#good", authent) {
		t.Error("what is listed is wrong")
	}
}

// TestBare reads methods and keys that stand at a URL of their own.
func TestBare(t *testing.T) {
	const url, owner = "https://example.edu/keys/1", "https://example.edu/issuers/1"
	for name, c := range map[string]struct {
		body, code string
		want       keys.Method
	}{
		"control: Multikey":          {method(url, owner, ed25519Key, `"@context":"https://w3id.org/security/multikey/v1",`), "", keys.Method{ID: url, Type: "Multikey", Controller: owner}},
		"control: fragment":          {method(url+"#k", owner, ed25519Key, ""), "", keys.Method{ID: url + "#k", Type: "Multikey", Controller: owner}},
		"control: JsonWebKey":        {`{"id":"` + url + `","type":"JsonWebKey","controller":"` + owner + `","publicKeyJwk":{` + okp + `,"alg":"EdDSA"}}`, "", keys.Method{ID: url, Type: "JsonWebKey", Controller: owner, Algorithm: "EdDSA"}},
		"control: JWK":               {`{` + okp + `,"iss":"` + owner + `","kid":"other","alg":"EdDSA"}`, "", keys.Method{ID: url, Controller: owner, Algorithm: "EdDSA"}},
		"control: JWK, no issuer":    {`{` + okp + `}`, "", keys.Method{ID: url}},
		"another id":                 {method("https://example.edu/keys/2", owner, ed25519Key, ""), "key.malformed", keys.Method{}},
		"an id of another host":      {method("https://evil.example/keys/1", owner, ed25519Key, ""), "key.malformed", keys.Method{}},
		"relative id":                {method("#k", owner, ed25519Key, ""), "key.malformed", keys.Method{}},
		"no id":                      {`{"type":"Multikey","controller":"` + owner + `","publicKeyMultibase":"` + ed25519Key + `"}`, "key.malformed", keys.Method{}},
		"no controller":              {`{"id":"` + url + `","type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"}`, "key.malformed", keys.Method{}},
		"no type":                    {`{"id":"` + url + `","controller":"` + owner + `","publicKeyMultibase":"` + ed25519Key + `"}`, "key.malformed", keys.Method{}},
		"secret":                     {method(url, owner, ed25519Key, `"secretKeyMultibase":"z3u2",`), "key.malformed", keys.Method{}},
		"private JWK":                {`{` + okp + `,"d":"AAAA"}`, "key.malformed", keys.Method{}},
		"JWK and Multikey":           {method(url, owner, ed25519Key, okp+`,`), "", keys.Method{ID: url}},
		"broken key":                 {method(url, owner, ed25519Key+"1", ""), "key.malformed", keys.Method{}},
		"unknown type":               {strings.Replace(method(url, owner, ed25519Key, ""), "Multikey", "Multikey2030", 1), "key.unresolved", keys.Method{}},
		"deactivated":                {method(url, owner, ed25519Key, `"deactivated":true,`), "key.revoked", keys.Method{}},
		"a key set":                  {`{"keys":[{` + okp + `}]}`, "key.unresolved", keys.Method{}},
		"key material in other case": {`{"id":"` + url + `x","type":"Multikey","controller":"` + owner + `","PublicKeyMultibase":"` + ed25519Key + `"}`, "key.malformed", keys.Method{}},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := serve(url, c.body).Controller(context.Background(), url)
			wantCode(t, err, c.code)
			if err != nil {
				return
			}
			m, ok := doc.Bare()
			if !ok || m.ID != c.want.ID || m.Type != c.want.Type || m.Controller != c.want.Controller || m.Algorithm != c.want.Algorithm || m.Key.Kind() != keys.Ed25519 {
				t.Errorf("method is %+v", m)
			}
			if doc.ID() != url || len(doc.Sources()) != 1 {
				t.Errorf("id %s, sources %v", doc.ID(), doc.Sources())
			}
			// It is listed for nothing: that is for its controller to do.
			if _, err := doc.Method(m.ID, assert); doc.Lists(m.ID, assert) {
				t.Error("listed by itself")
			} else {
				wantCode(t, err, "proof.method")
			}
			if _, ok := doc.WithKey(m.Key, assert); ok {
				t.Error("found by its key")
			}
		})
	}
}

// TestNotBare reads documents that have key material and are controller documents all the same.
func TestNotBare(t *testing.T) {
	for name, members := range map[string]string{
		"relationship":       `"assertionMethod":["#k"]`,
		"methods":            `"verificationMethod":[]`,
		"key agreement only": `"keyAgreement":["#k"]`,
	} {
		doc, err := resolve(t, document(members, `"publicKeyMultibase":"`+ed25519Key+`"`, `"kty":"OKP"`))
		wantCode(t, err, "")
		if _, ok := doc.Bare(); ok {
			t.Errorf("%s: the document is bare", name)
		}
	}
	doc, err := resolve(t, document(`"type":"Issuer"`, `"publicKey":{"publicKeyPem":"…"}`))
	wantCode(t, err, "")
	if _, ok := doc.Bare(); ok {
		t.Error("an Open Badges 2.0 profile is bare")
	}
}

// TestParseController: a document that somebody else found is read as one that a Resolver fetched.
func TestParseController(t *testing.T) {
	parse := func(id, text string) (*keys.Controller, error) {
		v, err := strict.Parse([]byte(text), strict.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		return keys.ParseController(id, v)
	}
	const text = `{"id":"did:example:1","assertionMethod":[{"id":"did:example:1#k","type":"Multikey","controller":"did:example:1","publicKeyMultibase":"` + ed25519Key + `"}]}`
	doc, err := parse("did:example:1", text)
	wantCode(t, err, "")
	if _, err := doc.Method("did:example:1#k", "assertionMethod"); err != nil || doc.Sources() != nil {
		t.Errorf("%v; sources %v", err, doc.Sources())
	}
	for code, c := range map[string][2]string{
		"key.malformed":  {"did:example:2", text},
		"key.unresolved": {"did:example:1", `{"verificationMethod":[]}`},
		"key.revoked":    {"did:example:1", `{"id":"did:example:1","deactivated":true}`},
	} {
		_, err := parse(c[0], c[1])
		wantCode(t, err, code)
	}
}
