package verify_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestBitstring: an entry of a list that verifies, and everything that can be wrong with either.
func TestBitstring(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	list := func(purpose string, set ...uint64) []byte {
		return verifytest.StatusList(listURL, issuer.ID, purpose, set...)
	}
	edit := func(doc []byte, old, with string) []byte { return replace(t, doc, old, with) }
	signed := func(doc []byte) []byte { return issuer.Sign(doc, suite) }
	entry := func(changes map[string]any) map[string]any {
		e := statusEntry("7")
		for k, v := range changes {
			e[k] = v
		}
		return e
	}
	for _, c := range []struct {
		name    string
		entry   any
		list    []byte
		verdict verify.Verdict
		code    string
	}{
		{"good", entry(nil), signed(list("revocation", 6, 8)), verify.Valid, ""},
		{"revoked", entry(nil), signed(list("revocation", 7)), verify.Invalid, "status.revoked"},
		{"index as a number", entry(map[string]any{"statusListIndex": 7}), signed(list("revocation", 7)), verify.Invalid, "status.revoked"},
		{"suspended", entry(map[string]any{"statusPurpose": "suspension"}), signed(list("suspension", 7)), verify.Invalid, "status.suspended"},
		{"a message", entry(map[string]any{"statusPurpose": "message"}), signed(list("message", 7)), verify.Valid, ""},
		{"a refresh", entry(map[string]any{"statusPurpose": "refresh"}), signed(list("refresh", 7)), verify.Valid, ""},
		{"two entries, the second revoked", []any{entry(nil), entry(map[string]any{"statusListIndex": "8"})}, signed(list("revocation", 8)), verify.Invalid, "status.revoked"},
		{"other purpose", entry(nil), signed(list("suspension")), verify.Indeterminate, "status.purpose"},
		{"purpose nobody knows", entry(map[string]any{"statusPurpose": "mood"}), signed(list("mood", 7)), verify.Indeterminate, "status.unknown"},
		{"last entry", entry(map[string]any{"statusListIndex": "131071"}), signed(list("revocation", 131071)), verify.Invalid, "status.revoked"},
		{"beyond the list", entry(map[string]any{"statusListIndex": "131072"}), signed(list("revocation")), verify.Invalid, "status.index"},
		{"negative index", entry(map[string]any{"statusListIndex": "-1"}), signed(list("revocation")), verify.Invalid, "status.malformed"},
		{"index with a plus", entry(map[string]any{"statusListIndex": "+7"}), signed(list("revocation")), verify.Invalid, "status.malformed"},
		{"fraction", entry(map[string]any{"statusListIndex": 7.5}), signed(list("revocation")), verify.Invalid, "status.malformed"},
		{"huge index", entry(map[string]any{"statusListIndex": strings.Repeat("9", 40)}), signed(list("revocation")), verify.Invalid, "status.malformed"},
		{"list over http", entry(map[string]any{"statusListCredential": "http://status.university.example/1"}), signed(list("revocation")), verify.Invalid, "status.malformed"},
		{"unsigned list", entry(nil), list("revocation"), verify.Indeterminate, "status.list_proof"},
		{"tampered list", entry(nil), edit(signed(list("revocation", 7)), `"statusPurpose":"revocation"`, `"statusPurpose":["revocation","suspension"]`), verify.Indeterminate, "status.list_proof"},
		{"list by somebody else", entry(nil), mallory.Sign(verifytest.StatusList(listURL, mallory.ID, "revocation"), suite), verify.Indeterminate, "status.list_proof"},
		{"list signed by somebody else", entry(nil), mallory.Sign(list("revocation"), suite), verify.Indeterminate, "status.list_proof"},
		{"expired list", entry(nil), signed(edit(list("revocation"), `"validFrom":`, `"validUntil":"2026-02-01T00:00:00Z","validFrom":`)), verify.Indeterminate, "status.list_proof"},
		{"a badge for a list", entry(nil), signed(verifytest.Badge(issuer.ID, nil)), verify.Indeterminate, "status.list_proof"},
		{"no JSON", entry(nil), []byte("<html>"), verify.Indeterminate, "status.list_proof"},
		{"unknown type", map[string]any{"id": listURL, "type": "StatusList2041Entry"}, nil, verify.Indeterminate, "status.unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.host.Put(listURL, "application/vc", c.list)
			badge := verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": c.entry})
			data := issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil) // signs whatever the entry holds
			r := w.verify(t, data, anyone())
			want(t, r, c.verdict, "status", c.code)
			if got := warns(check(t, r, "status"), "status.message"); got != strings.HasPrefix(c.name, "a ") && c.verdict == verify.Valid {
				t.Errorf("told: %v", got)
			}
		})
	}
}

// TestShortList: a list below the least length would tell which credential was asked for.
func TestShortList(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	var doc map[string]any
	if err := json.Unmarshal(verifytest.StatusList(listURL, issuer.ID, "revocation"), &doc); err != nil {
		t.Fatal(err)
	}
	subject := doc["credentialSubject"].(map[string]any)
	encoded := func(entries int) string {
		return "u" + base64.RawURLEncoding.EncodeToString(gzipped(t, make([]byte, entries/8)))
	}
	for text, code := range map[string]string{
		encoded(131_072): "", encoded(131_064): "status.list_short", encoded(8): "status.list_short", "nonsense": "status.list_proof",
	} {
		subject["encodedList"] = text
		w.host.Put(listURL, "application/vc", issuer.Sign(marshal(t, doc), suite))
		badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite)
		if code == "" {
			want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
			continue
		}
		want(t, w.verify(t, badge, anyone()), verify.Indeterminate, "status", code)
	}
}

// offline is an error that says that the network is off by choice.
type offline struct{}

func (offline) Error() string { return "no network" }
func (offline) Offline() bool { return true }

func TestUnreachableList(t *testing.T) {
	for code, failure := range map[string]error{
		"status.unreachable": errors.New("connection refused"),
		"status.offline":     fmt.Errorf("fetch: %w", offline{}),
	} {
		w, _, badge := withStatus(t)
		want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
		w, _, badge = withStatus(t)
		w.host.Fail(listURL, failure)
		want(t, w.verify(t, badge, anyone()), verify.Indeterminate, "status", code)
	}
}

// TestRecursiveList: the status that a list names for itself is not followed.
func TestRecursiveList(t *testing.T) {
	w, issuer, badge := withStatus(t)
	list := verifytest.StatusList(listURL, issuer.ID, "revocation")
	list = append(list[:len(list)-1], `,"credentialStatus":{"id":"`+listURL+`#1","type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"1","statusListCredential":"`+listURL+`"}}`...)
	w.host.Put(listURL, "application/vc", issuer.Sign(list, suite))
	want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
	if calls := w.host.Calls(); len(calls) != 2 {
		t.Errorf("asked for %v", calls)
	}
}

// TestListIssuer: a list by another issuer counts if the policy trusts that one by name.
func TestListIssuer(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	authority := verifytest.NewIssuer("did:key", keys.P256)
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite)
	w := newWorld(t)
	w.host.Put(listURL, "application/vc", authority.Sign(verifytest.StatusList(listURL, authority.ID, "revocation"), "ecdsa-rdfc-2019"))
	p := anyone()
	want(t, w.verify(t, badge, p), verify.Indeterminate, "status", "status.list_proof")
	p.Issuers = verify.IssuerSet(issuer.ID, authority.ID)
	want(t, w.verify(t, badge, p), verify.Valid, "", "")
	p.Issuers = verify.IssuerSet(issuer.ID)
	want(t, w.verify(t, badge, p), verify.Indeterminate, "status", "status.list_proof")
}

func TestRevocationList(t *testing.T) {
	const url = "https://university.example/revoked"
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": map[string]any{"id": url, "type": "1EdTechRevocationList"}})
	data := issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil)
	const id = "urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c11"
	own := fmt.Sprintf(`"id":%q,"issuer":%q`, url, issuer.ID)
	for _, c := range []struct {
		name, list string
		verdict    verify.Verdict
		code       string
	}{
		{"not listed", `{` + own + `,"revokedCredential":[{"id":"urn:uuid:other"}]}`, verify.Valid, ""},
		{"empty", `{` + own + `,"revokedCredential":[]}`, verify.Valid, ""},
		{"listed", `{` + own + `,"revokedCredential":[{"id":"` + id + `","revocationReason":"mistake"}]}`, verify.Invalid, "status.revoked"},
		{"other spelling", `{` + own + `,"revokedCredentials":[{"id":"` + id + `","revoked":true}]}`, verify.Invalid, "status.revoked"},
		{"listed by id", `{` + own + `,"revokedCredential":["` + id + `"]}`, verify.Invalid, "status.revoked"},
		{"no longer revoked", `{` + own + `,"revokedCredential":[{"id":"` + id + `","revoked":false}]}`, verify.Valid, ""},
		{"revoked, oddly written", `{` + own + `,"revokedCredential":[{"id":"` + id + `","revoked":"no"}]}`, verify.Invalid, "status.revoked"},
		{"listed, percent-encoded", `{` + own + `,"revokedCredential":[{"id":"urn%3Auuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c11"}]}`, verify.Invalid, "status.revoked"},
		{"listed, with spaces", `{` + own + `,"revokedCredential":[" ` + id + `\n"]}`, verify.Invalid, "status.revoked"},
		{"badly encoded neighbour", `{` + own + `,"revokedCredential":["%zz"]}`, verify.Valid, ""},
		{"entry without id", `{` + own + `,"revokedCredential":[{"revoked":true}]}`, verify.Indeterminate, "status.list_proof"},
		{"both spellings", `{` + own + `,"revokedCredential":[],"revokedCredentials":[]}`, verify.Indeterminate, "status.list_proof"},
		{"entry listed twice", `{` + own + `,"revokedCredential":[{"id":"` + id + `","revoked":false},{"id":"` + id + `"}]}`, verify.Invalid, "status.revoked"},
		{"somebody else's", `{"issuer":"did:web:other.example","revokedCredential":[]}`, verify.Indeterminate, "status.list_proof"},
		{"nobody's", `{"revokedCredential":[]}`, verify.Indeterminate, "status.list_proof"},
		{"no list", `{` + own + `}`, verify.Indeterminate, "status.list_proof"},
		{"case-folded member", `{` + own + `,"RevokedCredential":[]}`, verify.Indeterminate, "status.list_proof"},
		{"no JSON", `<html>`, verify.Indeterminate, "status.list_proof"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.host.Put(url, "application/json", []byte(c.list))
			want(t, w.verify(t, data, anyone()), c.verdict, "status", c.code)
		})
	}
	want(t, newWorld(t).verify(t, data, anyone()), verify.Indeterminate, "status", "status.unreachable")
	for code, list := range map[string]string{
		"tolerated.revoked_credentials": `{` + own + `,"revokedCredentials":[]}`,
		"tolerated.list_id":             `{"id":"https://university.example/other","issuer":"` + issuer.ID + `","revokedCredential":[]}`,
	} {
		w := newWorld(t)
		w.host.Put(url, "application/json", []byte(list))
		p := anyone()
		r := w.verify(t, data, p)
		want(t, r, verify.Valid, "", "")
		if !warns(check(t, r, "status"), code) {
			t.Error(dump(r))
		}
		p.Strict = true
		want(t, w.verify(t, data, p), verify.Invalid, "status", code)
	}
}

// TestRevocationWithoutID: a list of ids cannot speak for a credential that has none.
func TestRevocationWithoutID(t *testing.T) {
	const url = "https://university.example/revoked"
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	w.host.Put(url, "application/json", fmt.Appendf(nil, `{"issuer":%q,"revokedCredential":[{"id":"urn:uuid:other"}]}`, issuer.ID))
	status := map[string]any{"id": url, "type": "1EdTechRevocationList"}
	for _, c := range []struct {
		edits   map[string]any
		verdict verify.Verdict
		code    string
	}{
		{map[string]any{"credentialStatus": status}, verify.Valid, ""},
		{map[string]any{"credentialStatus": status, "id": nil}, verify.Indeterminate, "status.unknown"},
	} {
		token := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, c.edits)), "EdDSA", nil)
		want(t, w.verify(t, token, anyone()), c.verdict, "status", c.code)
	}
}

// TestTwoTypesOfStatus: an entry of two known types is asked for both.
func TestTwoTypesOfStatus(t *testing.T) {
	const list, revoked = "https://university.example/list", "https://university.example/revoked"
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	entry := map[string]any{"id": revoked, "type": []string{"BitstringStatusListEntry", "1EdTechRevocationList"},
		"statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": list}
	token := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": entry})), "EdDSA", nil)
	for _, c := range []struct {
		set     uint64 // the bit of the bitstring
		id      string // in the list of ids
		verdict verify.Verdict
		code    string
	}{
		{8, "urn:uuid:other", verify.Valid, ""},
		{7, "urn:uuid:other", verify.Invalid, "status.revoked"},
		{8, "urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c11", verify.Invalid, "status.revoked"},
	} {
		w := newWorld(t)
		w.host.Put(list, "application/vc", issuer.Sign(verifytest.StatusList(list, issuer.ID, "revocation", c.set), suite))
		w.host.Put(revoked, "application/json", fmt.Appendf(nil, `{"issuer":%q,"revokedCredential":[%q]}`, issuer.ID, c.id))
		want(t, w.verify(t, token, anyone()), c.verdict, "status", c.code)
	}
}
