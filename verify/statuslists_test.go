package verify_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// gzipped compresses a list as the W3C's have it, zipped as the IETF's.
func gzipped(t testing.TB, bits []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(bits); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zipped(t testing.TB, bits []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write(bits); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// changed is an object with members replaced; nil takes one away.
func changed(object map[string]any, changes map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range object {
		out[k] = v
	}
	for k, v := range changes {
		if out[k] = v; v == nil {
			delete(out, k)
		}
	}
	return out
}

// bitsAt returns a list of so many bytes with these bits set, the leftmost being 0.
func bitsAt(size int, set ...int) []byte {
	bits := make([]byte, size)
	for _, i := range set {
		bits[i/8] |= 0x80 >> (i % 8)
	}
	return bits
}

// draftList is the unsigned credential of a StatusList2021.
func draftList(issuer, encoded string) map[string]any {
	return map[string]any{
		"@context": []string{"https://www.w3.org/2018/credentials/v1", "https://w3id.org/vc/status-list/2021/v1", "https://w3id.org/security/data-integrity/v2"},
		"id":       listURL, "type": []string{"VerifiableCredential", "StatusList2021Credential"},
		"issuer": map[string]any{"id": issuer}, "issuanceDate": "2026-01-01T00:00:00Z",
		"credentialSubject": map[string]any{"id": listURL + "#list", "type": "StatusList2021", "statusPurpose": "revocation", "encodedList": encoded},
	}
}

// TestStatusList2021: the draft as it is written, and as Open edX writes it: standard base64, below the
// least length, a byte for each entry. What is tolerated is told, and refused by a strict policy.
func TestStatusList2021(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	url := base64.RawURLEncoding.EncodeToString
	std := base64.StdEncoding.EncodeToString
	clear, set := bitsAt(16384), bitsAt(16384, 7)
	bytewise := func(length int, set ...int) []byte {
		out := make([]byte, length)
		for _, i := range set {
			out[i] = 1
		}
		return out
	}
	// padded compresses a list whose text differs between the variants of base64.
	padded := func(bits []byte) string {
		for i := 0; ; i++ {
			z := gzipped(t, bits)
			if std(z) != url(z) {
				return std(z)
			}
			bits = append(bits, 0)
		}
	}
	subject := func(changes map[string]any) map[string]any {
		return map[string]any{"credentialSubject": changed(draftList(issuer.ID, url(gzipped(t, clear)))["credentialSubject"].(map[string]any), changes)}
	}
	for _, c := range []struct {
		name, encoded  string
		list, entry    map[string]any
		by             *verifytest.Issuer
		verdict        verify.Verdict
		code, tolerate string
	}{
		{name: "as specified", encoded: url(gzipped(t, clear)), verdict: verify.Valid},
		{name: "revoked", encoded: url(gzipped(t, set)), verdict: verify.Invalid, code: "status.revoked"},
		{name: "with the header of multibase", encoded: "u" + url(gzipped(t, set)), verdict: verify.Invalid, code: "status.revoked"},
		{name: "suspended", encoded: url(gzipped(t, set)), entry: map[string]any{"statusPurpose": "suspension"},
			list: subject(map[string]any{"statusPurpose": "suspension", "encodedList": url(gzipped(t, set))}), verdict: verify.Invalid, code: "status.suspended"},
		{name: "other purpose", encoded: url(gzipped(t, clear)), entry: map[string]any{"statusPurpose": "suspension"}, verdict: verify.Indeterminate, code: "status.purpose"},
		{name: "standard base64", encoded: padded(bitsAt(16384, 1)), verdict: verify.Valid, tolerate: "tolerated.list_base64"},
		{name: "standard base64, revoked", encoded: padded(bitsAt(16384, 7)), verdict: verify.Invalid, code: "status.revoked", tolerate: "tolerated.list_base64"},
		{name: "short", encoded: url(gzipped(t, bitsAt(1250))), verdict: verify.Valid, tolerate: "tolerated.list_short"},
		{name: "short, revoked", encoded: url(gzipped(t, bitsAt(1250, 7))), verdict: verify.Invalid, code: "status.revoked", tolerate: "tolerated.list_short"},
		{name: "a byte an entry", encoded: url(gzipped(t, bytewise(10000, 8, 12))), verdict: verify.Valid, tolerate: "tolerated.byte_index"},
		{name: "a byte an entry, revoked", encoded: padded(bytewise(10000, 7)), verdict: verify.Invalid, code: "status.revoked", tolerate: "tolerated.byte_index"},
		{name: "a byte an entry, or a short list of bits", encoded: url(gzipped(t, bytewise(10000, 7))), verdict: verify.Indeterminate, code: "status.unknown", tolerate: "tolerated.byte_index"},
		{name: "100,000 bits, the first not set", encoded: url(gzipped(t, bitsAt(12500, 7))), entry: map[string]any{"statusListIndex": "0"}, verdict: verify.Indeterminate, code: "status.unknown", tolerate: "tolerated.byte_index"},
		{name: "100,000 bits, the second not set", encoded: url(gzipped(t, bitsAt(12500, 7))), entry: map[string]any{"statusListIndex": "1"}, verdict: verify.Valid, tolerate: "tolerated.byte_index"},
		{name: "bits that might be bytes", encoded: url(gzipped(t, bitsAt(10000, 7))), verdict: verify.Invalid, code: "status.revoked", tolerate: "tolerated.byte_index"},
		{name: "index as a number", encoded: url(gzipped(t, clear)), entry: map[string]any{"statusListIndex": 7}, verdict: verify.Valid, tolerate: "tolerated.index_number"},
		{name: "another id", encoded: url(gzipped(t, clear)), list: map[string]any{"id": "https://other.example/list"}, verdict: verify.Valid, tolerate: "tolerated.list_id"},
		{name: "beyond the list", encoded: url(gzipped(t, clear)), entry: map[string]any{"statusListIndex": "131072"}, verdict: verify.Invalid, code: "status.index"},
		{name: "truncated", encoded: url(gzipped(t, clear)[:40]), verdict: verify.Indeterminate, code: "status.list_proof"},
		{name: "not compressed", encoded: url(clear), verdict: verify.Indeterminate, code: "status.list_proof"},
		{name: "line ends", encoded: "\n" + url(gzipped(t, clear)), verdict: verify.Indeterminate, code: "status.list_proof"},
		{name: "a bomb", encoded: url(gzipped(t, make([]byte, 3<<20))), verdict: verify.Indeterminate, code: "budget"},
		{name: "somebody else's", encoded: url(gzipped(t, clear)), list: map[string]any{"issuer": mallory.ID}, by: mallory, verdict: verify.Indeterminate, code: "status.list_proof"},
		{name: "signed by somebody else", encoded: url(gzipped(t, clear)), by: mallory, verdict: verify.Indeterminate, code: "status.list_proof"},
		{name: "expired", encoded: url(gzipped(t, clear)), list: map[string]any{"expirationDate": "2026-02-01T00:00:00Z"}, verdict: verify.Indeterminate, code: "status.list_proof"},
		{name: "of another type", encoded: url(gzipped(t, clear)), list: map[string]any{"type": []string{"VerifiableCredential"}}, verdict: verify.Indeterminate, code: "status.list_proof"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorldWith(t, verify.Limits{DecodedList: 2 << 20})
			by := c.by
			if by == nil {
				by = issuer
			}
			w.host.Put(listURL, "application/vc", by.Sign(marshal(t, changed(draftList(issuer.ID, c.encoded), c.list)), suite))
			entry := changed(map[string]any{"id": listURL + "#7", "type": "StatusList2021Entry", "statusPurpose": "revocation",
				"statusListIndex": "7", "statusListCredential": listURL}, c.entry)
			badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": entry})), "EdDSA", nil)
			r := w.verify(t, badge, anyone())
			want(t, r, c.verdict, "status", c.code)
			if got := warns(check(t, r, "status"), c.tolerate); c.tolerate != "" && !got {
				t.Errorf("%s is not told: %s", c.tolerate, dump(r))
			}
			p := anyone()
			p.Strict = true
			if r := w.verify(t, badge, p); c.tolerate != "" {
				want(t, r, verify.Invalid, "status", c.tolerate)
			}
		})
	}
}

// TestRevocationList2020: the oldest list of bits, here as a JWT; its contexts are not among the
// embedded ones, so that an embedded proof on it cannot be checked.
func TestRevocationList2020(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	for _, c := range []struct {
		name    string
		set     []int
		entry   map[string]any
		list    map[string]any
		verdict verify.Verdict
		code    string
	}{
		{"good", []int{6, 8}, nil, nil, verify.Valid, ""},
		{"revoked", []int{7}, nil, nil, verify.Invalid, "status.revoked"},
		{"no index", nil, map[string]any{"revocationListIndex": nil}, nil, verify.Invalid, "status.malformed"},
		{"list over http", nil, map[string]any{"revocationListCredential": "http://status.university.example/1"}, nil, verify.Invalid, "status.malformed"},
		{"another kind of list", nil, nil, map[string]any{"type": []string{"VerifiableCredential", "StatusList2021Credential"}}, verify.Indeterminate, "status.list_proof"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			list := map[string]any{
				"@context": []string{"https://www.w3.org/2018/credentials/v1", "https://w3id.org/vc-revocation-list-2020/v1"},
				"id":       listURL, "type": []string{"VerifiableCredential", "RevocationList2020Credential"},
				"issuer": issuer.ID, "issuanceDate": "2026-01-01T00:00:00Z",
				"credentialSubject": map[string]any{"id": listURL + "#list", "type": "RevocationList2020",
					"encodedList": base64.RawURLEncoding.EncodeToString(gzipped(t, bitsAt(16384, c.set...)))},
			}
			w.host.Put(listURL, "application/vc+jwt", issuer.SignJWT(verifytest.Claims(marshal(t, changed(list, c.list))), "EdDSA", nil))
			entry := changed(map[string]any{"id": listURL + "#7", "type": "RevocationList2020Status", "revocationListIndex": "7", "revocationListCredential": listURL}, c.entry)
			badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": entry})), "EdDSA", nil)
			want(t, w.verify(t, badge, anyone()), c.verdict, "status", c.code)
		})
	}
}

// TestAllMessages: an entry that explains all of its values has nothing to be tolerated.
func TestAllMessages(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	w := newWorld(t)
	list := listWith(t, issuer, map[string]any{".statusPurpose": "message", ".encodedList": "u" + base64.RawURLEncoding.EncodeToString(gzipped(t, make([]byte, 32768)))})
	w.host.Put(listURL, "application/vc", issuer.Sign(list, suite))
	messages := []any{}
	for _, status := range []string{"0x0", "0x1", "0x2", "0x3"} {
		messages = append(messages, map[string]any{"status": status, "message": "m"})
	}
	entry := changed(statusEntry("7"), map[string]any{"statusPurpose": "message", "statusSize": 2, "statusMessage": messages})
	p := anyone()
	p.Strict = true
	want(t, w.verify(t, issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": entry}), suite), p), verify.Valid, "", "")
}

// TestMultipleBits: entries of more than one bit, and the message that belongs to a status.
func TestMultipleBits(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	bits := make([]byte, 131_072/2)
	bits[3] = 0x2c // entries 6 and 7 of four bits
	for _, c := range []struct {
		name    string
		entry   map[string]any
		verdict verify.Verdict
		code    string
		told    string
	}{
		{"a message", map[string]any{"statusSize": 4, "statusMessage": []any{map[string]any{"status": "0xc", "message": "under review"}}}, verify.Valid, "", "status.message"},
		{"a message without a text", map[string]any{"statusSize": 4}, verify.Valid, "", "status.message"},
		{"no message", map[string]any{"statusSize": 4, "statusListIndex": "5"}, verify.Valid, "", ""},
		{"a purpose that invalidates", map[string]any{"statusSize": 4, "statusPurpose": "revocation"}, verify.Invalid, "status.revoked", ""},
		{"entries too large for the list", map[string]any{"statusSize": 8}, verify.Indeterminate, "status.list_short", ""},
		{"size of nine bits", map[string]any{"statusSize": 9}, verify.Indeterminate, "status.unknown", ""},
		{"size of zero", map[string]any{"statusSize": 0}, verify.Invalid, "status.malformed", ""},
		{"size as a string", map[string]any{"statusSize": "4"}, verify.Invalid, "status.malformed", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			var list map[string]any
			if err := json.Unmarshal(verifytest.StatusList(listURL, issuer.ID, "message"), &list); err != nil {
				t.Fatal(err)
			}
			list["credentialSubject"].(map[string]any)["statusPurpose"] = []string{"message", "revocation"}
			list["credentialSubject"].(map[string]any)["encodedList"] = "u" + base64.RawURLEncoding.EncodeToString(gzipped(t, bits))
			w.host.Put(listURL, "application/vc", issuer.Sign(marshal(t, list), suite))
			entry := changed(changed(statusEntry("7"), map[string]any{"statusPurpose": "message"}), c.entry)
			badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": entry})), "EdDSA", nil)
			r := w.verify(t, badge, anyone())
			want(t, r, c.verdict, "status", c.code)
			if warns(check(t, r, "status"), "status.message") != (c.told != "") {
				t.Error(dump(r))
			}
			// None of these explains all of its sixteen values.
			if c.verdict == verify.Valid && !warns(check(t, r, "status"), "tolerated.status_message") {
				t.Error(dump(r))
			}
			p := anyone()
			p.Strict = true
			if c.verdict == verify.Valid {
				want(t, w.verify(t, badge, p), verify.Invalid, "status", "tolerated.status_message")
			}
		})
	}
}
