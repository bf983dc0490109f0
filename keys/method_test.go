package keys_test

import (
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
)

// base58Key is the Ed25519 key of the tests without prefix and alphabet letter.
func base58Key(t *testing.T) string {
	return encode(t, 'z', "", decode(t, ed25519Key))[1:]
}

// readMethod resolves a document with one method, and asks for it.
func readMethod(t *testing.T, members string) (keys.Method, error) {
	t.Helper()
	doc, err := resolve(t, document(`"verificationMethod":[{"id":"#k",`+members+`}]`, `"assertionMethod":["#k"]`))
	wantCode(t, err, "")
	return doc.Method(issuer+"#k", assert)
}

func TestMethodTypes(t *testing.T) {
	const by = `"controller":"` + issuer + `",`
	raw := base58Key(t)
	for name, c := range map[string]struct {
		members string
		kind    keys.Kind
		code    string
		pointer string
	}{
		"Multikey Ed25519":            {by + `"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, keys.Ed25519, "", ""},
		"Multikey P-256":              {by + `"type":"Multikey","publicKeyMultibase":"` + p256Key + `"`, keys.P256, "", ""},
		"Multikey P-384":              {by + `"type":"Multikey","publicKeyMultibase":"` + p384Key + `"`, keys.P384, "", ""},
		"Multikey RSA":                {by + `"type":"Multikey","publicKeyMultibase":"` + rsaKey + `"`, keys.RSA, "", ""},
		"2020":                        {by + `"type":"Ed25519VerificationKey2020","publicKeyMultibase":"` + ed25519Key + `"`, keys.Ed25519, "", ""},
		"2018":                        {by + `"type":"Ed25519VerificationKey2018","publicKeyBase58":"` + raw + `"`, keys.Ed25519, "", ""},
		"P-256 2019":                  {by + `"type":"EcdsaSecp256r1VerificationKey2019","publicKeyMultibase":"` + p256Key + `"`, keys.P256, "", ""},
		"JsonWebKey":                  {by + `"type":"JsonWebKey","publicKeyJwk":{` + ecJWK + `}`, keys.P256, "", ""},
		"JsonWebKey2020":              {by + `"type":"JsonWebKey2020","publicKeyJwk":` + jwkText(t, key(t, p384Key), `"alg":"ES384",`), keys.P384, "", ""},
		"forged: unknown type":        {by + `"type":"EcdsaKoblitzKey2016","publicKeyJwk":{}`, "", "key.unresolved", "/verificationMethod/0/type"},
		"forged: type missing":        {by + `"publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0"},
		"forged: type an array":       {by + `"type":["Multikey"],"publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0/type"},
		"forged: type in other case":  {by + `"Type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0"},
		"forged: no controller":       {`"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0"},
		"forged: Controller":          {strings.Replace(by, "c", "C", 1) + `"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0"},
		"forged: controllers":         {`"controller":["` + issuer + `"],"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0/controller"},
		"forged: empty controller":    {`"controller":"","type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0/controller"},
		"forged: no key":              {by + `"type":"Multikey"`, "", "key.malformed", "/verificationMethod/0"},
		"forged: no JWK":              {by + `"type":"JsonWebKey"`, "", "key.malformed", "/verificationMethod/0"},
		"forged: no base58":           {by + `"type":"Ed25519VerificationKey2018"`, "", "key.malformed", "/verificationMethod/0"},
		"forged: key in other case":   {by + `"type":"Multikey","PublicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0"},
		"forged: key null":            {by + `"type":"Multikey","publicKeyMultibase":null`, "", "key.malformed", "/verificationMethod/0/publicKeyMultibase"},
		"forged: key a list":          {by + `"type":"Multikey","publicKeyMultibase":["` + ed25519Key + `"]`, "", "key.malformed", "/verificationMethod/0/publicKeyMultibase"},
		"forged: bad key":             {by + `"type":"Multikey","publicKeyMultibase":"` + ed25519Key[1:] + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyMultibase"},
		"forged: base64url":           {by + `"type":"Multikey","publicKeyMultibase":"` + encode(t, 'u', "ed01", decode(t, ed25519Key)) + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyMultibase"},
		"forged: key of other type":   {by + `"type":"Multikey","publicKeyJwk":{` + okp + `}`, "", "key.malformed", "/verificationMethod/0/publicKeyJwk"},
		"forged: two keys":            {by + `"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `","publicKeyJwk":{` + okp + `}`, "", "key.malformed", "/verificationMethod/0/publicKeyJwk"},
		"forged: key and PEM":         {by + `"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `","publicKeyPem":"x"`, "", "key.malformed", "/verificationMethod/0/publicKeyPem"},
		"forged: P-256 as 2020":       {by + `"type":"Ed25519VerificationKey2020","publicKeyMultibase":"` + p256Key + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyMultibase"},
		"forged: Ed25519 as P-256":    {by + `"type":"EcdsaSecp256r1VerificationKey2019","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyMultibase"},
		"forged: P-384 as P-256":      {by + `"type":"EcdsaSecp256r1VerificationKey2019","publicKeyMultibase":"` + p384Key + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyMultibase"},
		"forged: 2018 multibase":      {by + `"type":"Ed25519VerificationKey2018","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyMultibase"},
		"forged: 2018 with a prefix":  {by + `"type":"Ed25519VerificationKey2018","publicKeyBase58":"` + ed25519Key[1:] + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyBase58"},
		"forged: 2018 with a letter":  {by + `"type":"Ed25519VerificationKey2018","publicKeyBase58":"z` + raw + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyBase58"},
		"forged: 2018 short":          {by + `"type":"Ed25519VerificationKey2018","publicKeyBase58":"` + raw[:40] + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyBase58"},
		"forged: 2018 zeros before":   {by + `"type":"Ed25519VerificationKey2018","publicKeyBase58":"1` + raw + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyBase58"},
		"forged: 2018 enormous":       {by + `"type":"Ed25519VerificationKey2018","publicKeyBase58":"` + strings.Repeat("2", 100_000) + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyBase58"},
		"forged: 2018 not base58":     {by + `"type":"Ed25519VerificationKey2018","publicKeyBase58":"` + raw[:40] + `0OIl"`, "", "key.malformed", "/verificationMethod/0/publicKeyBase58"},
		"forged: 2018 of small order": {by + `"type":"Ed25519VerificationKey2018","publicKeyBase58":"` + strings.Repeat("1", 32) + `"`, "", "key.malformed", "/verificationMethod/0/publicKeyBase58"},
		"forged: JWK a string":        {by + `"type":"JsonWebKey","publicKeyJwk":"{}"`, "", "key.malformed", "/verificationMethod/0/publicKeyJwk"},
		"forged: JWK private":         {by + `"type":"JsonWebKey","publicKeyJwk":{` + okp + `,"d":"AAAA"}`, "", "key.malformed", "/verificationMethod/0/publicKeyJwk/d"},
		"forged: JWK for encryption":  {by + `"type":"JsonWebKey","publicKeyJwk":{` + okp + `,"use":"enc"}`, "", "key.malformed", "/verificationMethod/0/publicKeyJwk/use"},
		"forged: JWK brainpool":       {by + `"type":"JsonWebKey","publicKeyJwk":{"kty":"EC","crv":"brainpoolP256r1","x":"` + ecX + `","y":"` + ecY + `"}`, "", "key.unresolved", "/verificationMethod/0/publicKeyJwk/crv"},
		"forged: secret beside":       {by + `"secretKeyMultibase":"z3u2","type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0/secretKeyMultibase"},
		"forged: private multibase":   {by + `"privateKeyMultibase":"z3u2","type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0/privateKeyMultibase"},
		"forged: private base58":      {by + `"privateKeyBase58":"3u2","type":"Ed25519VerificationKey2018","publicKeyBase58":"` + raw + `"`, "", "key.malformed", "/verificationMethod/0/privateKeyBase58"},
		"forged: private JWK beside":  {by + `"privateKeyJwk":{},"type":"JsonWebKey","publicKeyJwk":{` + okp + `}`, "", "key.malformed", "/verificationMethod/0/privateKeyJwk"},
		"forged: secret JWK beside":   {by + `"secretKeyJwk":{},"type":"JsonWebKey","publicKeyJwk":{` + okp + `}`, "", "key.malformed", "/verificationMethod/0/secretKeyJwk"},
		"forged: secret null":         {by + `"secretKeyMultibase":null,"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.malformed", "/verificationMethod/0/secretKeyMultibase"},
		"forged: deactivated":         {by + `"deactivated":true,"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, "", "key.revoked", "/verificationMethod/0/deactivated"},
		"active":                      {by + `"deactivated":false,"type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`, keys.Ed25519, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := readMethod(t, c.members)
			wantCode(t, err, c.code)
			wantPointer(t, err, c.pointer)
			if m.Key.Kind() != c.kind {
				t.Errorf("kind is %q", m.Key.Kind())
			}
			if err == nil && (m.Controller != issuer || m.ID != issuer+"#k") {
				t.Errorf("method is %+v", m)
			}
		})
	}
	m, err := readMethod(t, by+`"type":"Ed25519VerificationKey2018","publicKeyBase58":"`+raw+`"`)
	wantCode(t, err, "")
	if !m.Key.Equal(key(t, ed25519Key)) {
		t.Error("base58 gave another key")
	}
}

func TestMethodTimes(t *testing.T) {
	utc := func(y int, m time.Month, d, h, min, s, ns int) time.Time {
		return time.Date(y, m, d, h, min, s, ns, time.UTC)
	}
	good := map[string]time.Time{
		`"2026-11-22T05:00:00Z"`:                utc(2026, 11, 22, 5, 0, 0, 0),
		`"2026-11-22T05:00:00+02:00"`:           utc(2026, 11, 22, 3, 0, 0, 0),
		`"2026-11-22T05:00:00-14:00"`:           utc(2026, 11, 22, 19, 0, 0, 0),
		`"2026-11-22T05:00:00.5Z"`:              utc(2026, 11, 22, 5, 0, 0, 500_000_000),
		`"2026-11-22T05:00:00.123456789123Z"`:   utc(2026, 11, 22, 5, 0, 0, 123_456_789),
		`"2026-12-31T24:00:00Z"`:                utc(2027, 1, 1, 0, 0, 0, 0),
		`"2024-02-29T00:00:00Z"`:                utc(2024, 2, 29, 0, 0, 0, 0),
		`"9999-12-31T23:59:59Z"`:                utc(9999, 12, 31, 23, 59, 59, 0),
		`"\u0032026-11-22T05:00:00\u005a"`:      utc(2026, 11, 22, 5, 0, 0, 0),
		`"2026-11-22T24:00:00.000+00:00"`:       utc(2026, 11, 23, 0, 0, 0, 0),
		`"0001-01-01T00:00:01Z"`:                utc(1, 1, 1, 0, 0, 1, 0),
		`"2026-11-22T05:00:00.000000000+13:59"`: utc(2026, 11, 21, 15, 1, 0, 0),
	}
	bad := []string{
		`""`, `null`, `1763787600`, `true`, `["2026-11-22T05:00:00Z"]`, `{}`, `"never"`,
		`"2026-11-22"`, `"2026-11-22T05:00:00"`, `"2026-11-22T05:00Z"`, `"2026-11-22 05:00:00Z"`, `"2026-11-22t05:00:00z"`,
		`"2026-11-22T05:00:00 Z"`, `" 2026-11-22T05:00:00Z"`, `"2026-11-22T05:00:00Z "`, `"2026-11-22T05:00:00,5Z"`, `"2026-11-22T05:00:00.Z"`,
		`"2026-11-22T5:00:00Z"`, `"2026-1-22T05:00:00Z"`, `"2026-13-22T05:00:00Z"`, `"2026-02-29T05:00:00Z"`, `"2026-00-01T05:00:00Z"`,
		`"2026-11-22T24:00:01Z"`, `"2026-11-22T24:01:00Z"`, `"2026-11-22T24:00:00.1Z"`, `"2026-11-22T25:00:00Z"`, `"2026-11-22T05:60:00Z"`,
		`"2026-11-22T23:59:60Z"`, `"12026-11-22T05:00:00Z"`, `"-2026-11-22T05:00:00Z"`, `"+2026-11-22T05:00:00Z"`, `"0000-01-01T00:00:00Z"`, `"0001-01-01T00:00:00Z"`,
		`"2026-11-22T05:00:00+0200"`, `"2026-11-22T05:00:00+02"`, `"2026-11-22T05:00:00+14:01"`, `"2026-11-22T05:00:00+99:99"`, `"2026-11-22T05:00:00+02:60"`,
		`"2026-11-22T05:00:00ZZ"`, `"２026-11-22T05:00:00Z"`, `"2026-11-22T05:00:00.` + strings.Repeat("1", 100) + `Z"`,
	}
	const rest = `"controller":"` + issuer + `","type":"Multikey","publicKeyMultibase":"` + ed25519Key + `"`
	for _, member := range []string{"revoked", "expires"} {
		for text, want := range good {
			m, err := readMethod(t, `"`+member+`":`+text+`,`+rest)
			wantCode(t, err, "")
			got, other := m.Revoked, m.Expires
			if member == "expires" {
				got, other = other, got
			}
			if !got.Equal(want) || !other.IsZero() {
				t.Errorf("%s %s is %v, want %v", member, text, got, want)
			}
		}
		for _, text := range bad {
			m, err := readMethod(t, `"`+member+`":`+text+`,`+rest)
			if err == nil {
				t.Errorf("%s %s is taken as %v %v", member, text, m.Revoked, m.Expires)
				continue
			}
			wantCode(t, err, "key.malformed")
			wantPointer(t, err, "/verificationMethod/0/"+member)
		}
		// Control: in another case the member is none of ours.
		m, err := readMethod(t, `"`+strings.ToUpper(member)+`":"never",`+rest)
		wantCode(t, err, "")
		if !m.Revoked.IsZero() || !m.Expires.IsZero() {
			t.Error("a member in another case counts")
		}
	}
}
