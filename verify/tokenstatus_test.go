package verify_test

import (
	"bytes"
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

// TestTokenStatusBeside: what a second mechanism beside the status list says is not known, so that it
// leaves open what the list does not deny.
func TestTokenStatusBeside(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	w := newWorld(t)
	w.host.Put(tokenURL, "", issuer.SignJWT(marshal(t, tokenClaims(issuer.ID, 1, zipped(t, []byte{0b10}))), "EdDSA", map[string]any{"typ": "statuslist+jwt"}))
	for _, c := range []struct {
		idx     int
		beside  map[string]any
		verdict verify.Verdict
		code    string
	}{
		{0, nil, verify.Valid, ""},
		{0, map[string]any{"identifier_list": map[string]any{"id": "AA", "uri": tokenURL}}, verify.Indeterminate, "status.unknown"},
		{0, map[string]any{"identifier_list": false}, verify.Indeterminate, "status.unknown"},
		{0, map[string]any{"a": 1, "b": 2}, verify.Indeterminate, "status.unknown"},
		{1, map[string]any{"identifier_list": map[string]any{}}, verify.Invalid, "status.revoked"},
		{1, map[string]any{"identifier_list": map[string]any{}}, verify.Invalid, "status.unknown"},
	} {
		status := changed(map[string]any{"status_list": map[string]any{"idx": c.idx, "uri": tokenURL}}, c.beside)
		claims := changed(badgeMembers(t, issuer), map[string]any{"status": status})
		want(t, w.verify(t, issuer.SignJWT(marshal(t, claims), "EdDSA", nil), anyone()), c.verdict, "status", c.code)
		want(t, w.verify(t, issuer.SignCOSE(marshal(t, claims), "EdDSA", nil), anyone()), c.verdict, "status", c.code)
		vct := membership(t, issuer.ID, map[string]any{"status": status})
		want(t, w.verify(t, issuer.SignSDJWT(vct, "EdDSA", dc), anyone()), c.verdict, "status", c.code)
	}
}
