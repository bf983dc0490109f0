package verify_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

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
		{name: "a byte an entry, revoked", encoded: url(gzipped(t, bytewise(10000, 7))), verdict: verify.Invalid, code: "status.revoked", tolerate: "tolerated.byte_index"},
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
		})
	}
}

// swapped is a token with the signature of another.
func swapped(token, other []byte) []byte {
	return append(bytes.Clone(token[:bytes.LastIndexByte(token, '.')]), other[bytes.LastIndexByte(other, '.'):]...)
}

const tokenURL = "https://status.university.example/token"

// tokenClaims are the claims of a status list token with this list.
func tokenClaims(issuer string, bits int, list []byte) map[string]any {
	return map[string]any{
		"iss": issuer, "sub": tokenURL, "iat": now.Add(-time.Hour).Unix(), "exp": now.Add(time.Hour).Unix(), "ttl": 600,
		"status_list": map[string]any{"bits": bits, "lst": base64.RawURLEncoding.EncodeToString(list)},
	}
}

// TestTokenStatusList: a badge in a JWT that refers to a status list of the IETF.
func TestTokenStatusList(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	typ := map[string]any{"typ": "statuslist+jwt"}
	list := zipped(t, []byte{0b1011_1001, 0b1010_0011}) // as in section 4.1 of the draft: 1,0,0,1,1,1,0,1,1,1,0,0,0,1,0,1
	two := zipped(t, []byte{0b1100_1001, 0b0100_0100, 0b1111_1001})
	ref := func(idx any) map[string]any {
		return map[string]any{"status_list": map[string]any{"idx": idx, "uri": tokenURL}}
	}
	token := func(bits int, list []byte, changes map[string]any) []byte {
		return issuer.SignJWT(marshal(t, changed(tokenClaims(issuer.ID, bits, list), changes)), "EdDSA", typ)
	}
	source := func(changes map[string]any) map[string]any {
		return map[string]any{"status_list": changed(map[string]any{"bits": 1, "lst": base64.RawURLEncoding.EncodeToString(list)}, changes)}
	}
	for _, c := range []struct {
		name    string
		status  any
		token   []byte
		verdict verify.Verdict
		code    string
	}{
		{"valid", ref(1), token(1, list, nil), verify.Valid, ""},
		{"revoked", ref(0), token(1, list, nil), verify.Invalid, "status.revoked"},
		{"revoked, in the second byte", ref(8), token(1, list, nil), verify.Invalid, "status.revoked"},
		{"valid, in the second byte", ref(10), token(1, list, nil), verify.Valid, ""},
		{"two bits, revoked", ref(0), token(2, two, nil), verify.Invalid, "status.revoked"},
		{"two bits, suspended", ref(1), token(2, two, nil), verify.Invalid, "status.suspended"},
		{"two bits, valid", ref(2), token(2, two, nil), verify.Valid, ""},
		{"two bits, of the application", ref(3), token(2, two, nil), verify.Indeterminate, "status.unknown"},
		{"four bits", ref(1), token(4, zipped(t, []byte{0x20}), nil), verify.Invalid, "status.suspended"},
		{"eight bits", ref(1), token(8, zipped(t, []byte{0, 1}), nil), verify.Invalid, "status.revoked"},
		{"no issuer named", ref(1), token(1, list, map[string]any{"iss": nil}), verify.Valid, ""},
		{"beyond the list", ref(16), token(1, list, nil), verify.Invalid, "status.index"},
		{"negative index", ref(-1), token(1, list, nil), verify.Invalid, "status.malformed"},
		{"index as a string", ref("1"), token(1, list, nil), verify.Invalid, "status.malformed"},
		{"over http", map[string]any{"status_list": map[string]any{"idx": 1, "uri": "http://status.university.example"}}, nil, verify.Invalid, "status.malformed"},
		{"another mechanism", map[string]any{"identifier_list": map[string]any{}}, nil, verify.Indeterminate, "status.unknown"},
		{"about another URL", ref(1), token(1, list, map[string]any{"sub": tokenURL + "2"}), verify.Indeterminate, "status.list_proof"},
		{"expired", ref(1), token(1, list, map[string]any{"exp": now.Add(-time.Second).Unix()}), verify.Indeterminate, "status.list_proof"},
		{"issued tomorrow", ref(1), token(1, list, map[string]any{"iat": now.Add(24 * time.Hour).Unix()}), verify.Indeterminate, "status.list_proof"},
		{"no date", ref(1), token(1, list, map[string]any{"iat": nil}), verify.Indeterminate, "status.list_proof"},
		{"end as a string", ref(1), token(1, list, map[string]any{"exp": "never"}), verify.Indeterminate, "status.list_proof"},
		{"typ of a credential", ref(1), issuer.SignJWT(marshal(t, tokenClaims(issuer.ID, 1, list)), "EdDSA", nil), verify.Indeterminate, "status.list_proof"},
		{"no typ", ref(1), issuer.SignJWT(marshal(t, tokenClaims(issuer.ID, 1, list)), "EdDSA", map[string]any{"typ": nil}), verify.Indeterminate, "status.list_proof"},
		{"by somebody else", ref(1), mallory.SignJWT(marshal(t, tokenClaims(mallory.ID, 1, list)), "EdDSA", typ), verify.Indeterminate, "status.list_proof"},
		{"signed by somebody else", ref(1), mallory.SignJWT(marshal(t, tokenClaims(issuer.ID, 1, list)), "EdDSA", typ), verify.Indeterminate, "status.list_proof"},
		{"unsigned", ref(1), issuer.SignJWT(marshal(t, tokenClaims(issuer.ID, 1, list)), "EdDSA", map[string]any{"typ": "statuslist+jwt", "alg": "none"}), verify.Indeterminate, "status.list_proof"},
		{"tampered", ref(1), swapped(token(1, list, nil), token(1, zipped(t, []byte{0}), nil)), verify.Indeterminate, "status.list_proof"},
		{"three bits", ref(1), token(3, list, nil), verify.Indeterminate, "status.list_proof"},
		{"bits missing", ref(1), token(1, list, source(map[string]any{"bits": nil})), verify.Indeterminate, "status.list_proof"},
		{"list missing", ref(1), token(1, list, map[string]any{"status_list": nil}), verify.Indeterminate, "status.list_proof"},
		{"cut off", ref(1), token(1, list[:len(list)-2], nil), verify.Indeterminate, "status.list_proof"},
		{"wrong checksum", ref(1), token(1, append(append([]byte{}, list[:len(list)-1]...), list[len(list)-1]^1), nil), verify.Indeterminate, "status.list_proof"},
		{"gzip", ref(1), token(1, gzipped(t, []byte{0}), nil), verify.Indeterminate, "status.list_proof"},
		{"a bomb", ref(1), token(1, zipped(t, make([]byte, 3<<20)), nil), verify.Indeterminate, "budget"},
		{"no token", ref(1), []byte(`{"status_list":{}}`), verify.Indeterminate, "status.list_proof"},
		{"nothing there", ref(1), nil, verify.Indeterminate, "status.unreachable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorldWith(t, verify.Limits{DecodedList: 2 << 20})
			if c.token != nil {
				w.host.Put(tokenURL, "application/statuslist+jwt", c.token)
			}
			var claims map[string]any
			if err := json.Unmarshal(verifytest.Claims(verifytest.Badge(issuer.ID, nil)), &claims); err != nil {
				t.Fatal(err)
			}
			claims["status"] = c.status
			want(t, w.verify(t, issuer.SignJWT(marshal(t, claims), "EdDSA", nil), anyone()), c.verdict, "status", c.code)
		})
	}
}

// cwtList is a status list token as a CWT, with claims by their numbers.
func cwtList(t testing.TB, issuer *verifytest.Issuer, changes map[any]any, header map[int64]any) []byte {
	t.Helper()
	claims := map[any]any{1: issuer.ID, 2: tokenURL, 6: now.Add(-time.Hour).Unix(), 4: now.Add(time.Hour).Unix(), 65534: 600,
		65533: map[string]any{"bits": 1, "lst": zipped(t, []byte{0b1011_1001})}}
	for k, v := range changes {
		if claims[k] = v; v == nil {
			delete(claims, k)
		}
	}
	payload, err := cbor.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	all := map[int64]any{3: nil, 16: "application/statuslist+cwt"}
	for k, v := range header {
		all[k] = v
	}
	return issuer.SignCOSE(payload, "EdDSA", all)
}

// TestTokenStatusCWT: the same list as a CWT, for a badge in a COSE message and for one in a JWT; and a
// Bitstring Status List in a COSE message.
func TestTokenStatusCWT(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	good := cwtList(t, issuer, nil, nil)
	for _, c := range []struct {
		name    string
		idx     int
		list    []byte
		verdict verify.Verdict
		code    string
	}{
		{"valid", 1, good, verify.Valid, ""},
		{"revoked", 0, good, verify.Invalid, "status.revoked"},
		{"in the tag of CWT", 0, append([]byte{0xd8, 0x3d}, good...), verify.Invalid, "status.revoked"},
		{"without a tag", 1, good[1:], verify.Valid, ""},
		{"no issuer named", 1, cwtList(t, issuer, map[any]any{1: nil}, nil), verify.Valid, ""},
		{"beyond the list", 8, good, verify.Invalid, "status.index"},
		{"expired", 1, cwtList(t, issuer, map[any]any{4: now.Add(-time.Second).Unix()}, nil), verify.Indeterminate, "status.list_proof"},
		{"about another URL", 1, cwtList(t, issuer, map[any]any{2: "https://other.example"}, nil), verify.Indeterminate, "status.list_proof"},
		{"no date", 1, cwtList(t, issuer, map[any]any{6: nil}, nil), verify.Indeterminate, "status.list_proof"},
		{"no list", 1, cwtList(t, issuer, map[any]any{65533: nil}, nil), verify.Indeterminate, "status.list_proof"},
		{"list as a text", 1, cwtList(t, issuer, map[any]any{65533: map[string]any{"bits": 1, "lst": "eNrbuRgAAhcBXQ"}}, nil), verify.Indeterminate, "status.list_proof"},
		{"typ of a credential", 1, cwtList(t, issuer, nil, map[int64]any{16: "application/vc+cose"}), verify.Indeterminate, "status.list_proof"},
		{"no typ", 1, cwtList(t, issuer, nil, map[int64]any{16: nil}), verify.Indeterminate, "status.list_proof"},
		{"by somebody else", 1, cwtList(t, mallory, nil, nil), verify.Indeterminate, "status.list_proof"},
		{"signed by somebody else", 1, cwtList(t, mallory, map[any]any{1: issuer.ID}, nil), verify.Indeterminate, "status.list_proof"},
		{"tampered", 1, append(bytes.Clone(good[:len(good)-1]), good[len(good)-1]^1), verify.Indeterminate, "status.list_proof"},
		{"cut off", 1, good[:len(good)-1], verify.Indeterminate, "status.list_proof"},
		{"no message", 1, []byte{0xd2}, verify.Indeterminate, "status.list_proof"},
		{"a payload of JSON", 1, issuer.SignCOSE([]byte("{}"), "EdDSA", map[int64]any{16: "application/statuslist+cwt"}), verify.Indeterminate, "status.list_proof"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.host.Put(tokenURL, "application/statuslist+cwt", c.list)
			var claims map[string]any
			if err := json.Unmarshal(verifytest.Claims(verifytest.Badge(issuer.ID, nil)), &claims); err != nil {
				t.Fatal(err)
			}
			claims["status"] = map[string]any{"status_list": map[string]any{"idx": c.idx, "uri": tokenURL}}
			want(t, w.verify(t, issuer.SignJWT(marshal(t, claims), "EdDSA", nil), anyone()), c.verdict, "status", c.code)
			badge := marshal(t, changed(map[string]any{"status": claims["status"]}, badgeMembers(t, issuer)))
			want(t, w.verify(t, issuer.SignCOSE(badge, "EdDSA", nil), anyone()), c.verdict, "status", c.code)
		})
	}
	w := newWorld(t)
	w.host.Put(listURL, "application/vc+cose", issuer.SignCOSE(verifytest.StatusList(listURL, issuer.ID, "revocation", 7), "EdDSA", nil))
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite)
	want(t, w.verify(t, badge, anyone()), verify.Invalid, "status", "status.revoked")
}

// badgeMembers are the members of an unsigned badge.
func badgeMembers(t testing.TB, issuer *verifytest.Issuer) map[string]any {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal(verifytest.Badge(issuer.ID, nil), &members); err != nil {
		t.Fatal(err)
	}
	return members
}

// TestTokenStatusDemands: the algorithm of a list is the policy's too, and so is the binding.
func TestTokenStatusDemands(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	other := verifytest.NewIssuer("did:key", keys.P256)
	w := newWorld(t)
	w.host.Put(tokenURL, "", other.SignJWT(marshal(t, tokenClaims(other.ID, 1, zipped(t, []byte{0}))), "ES256", map[string]any{"typ": "statuslist+jwt"}))
	var claims map[string]any
	if err := json.Unmarshal(verifytest.Claims(verifytest.Badge(issuer.ID, nil)), &claims); err != nil {
		t.Fatal(err)
	}
	claims["status"] = map[string]any{"status_list": map[string]any{"idx": 1, "uri": tokenURL}}
	badge := issuer.SignJWT(marshal(t, claims), "EdDSA", nil)
	p := anyone()
	p.Issuers = verify.IssuerSet(issuer.ID, other.ID)
	want(t, w.verify(t, badge, p), verify.Valid, "", "")
	p.Suites = []string{"EdDSA"}
	want(t, w.verify(t, badge, p), verify.Indeterminate, "status", "status.list_proof")
	p.Suites = nil
	p.Issuers = verify.IssuerSet(issuer.ID)
	want(t, w.verify(t, badge, p), verify.Indeterminate, "status", "status.list_proof")
	w.host.Fail(tokenURL, errors.New("gone"))
	want(t, newWorld(t).verify(t, badge, p), verify.Indeterminate, "status", "status.unreachable")
}
