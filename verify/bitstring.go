package verify

import (
	"context"
	"strconv"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/statuslist"
)

// bitstring checks an entry in a Bitstring Status List (W3C Bitstring Status List 1.0 section 3.2).
// Set bits of the purposes revocation and suspension fail; those of refresh and message are told
// and do not count against the credential.
func (r *run) bitstring(ctx context.Context, e strict.Value) (found, notes []*strict.Error) {
	entry, err := r.bitstringEntry(e)
	if err != nil {
		return []*strict.Error{err}, nil
	}
	status, err := r.statusAt(ctx, e, entry)
	if err != nil {
		return []*strict.Error{err}, nil
	}
	if status == 0 {
		return nil, nil
	}
	switch entry.purpose {
	case "revocation":
		return []*strict.Error{problem("status.revoked", e.Pointer(), "the issuer has revoked the credential; ask the holder for another one")}, nil
	case "suspension":
		return []*strict.Error{problem("status.suspended", e.Pointer(), "the issuer has suspended the credential; it may come back into force")}, nil
	case "refresh", "message":
		return nil, []*strict.Error{problem("status.message", e.Pointer(), entry.note(e, status))}
	}
	return []*strict.Error{problem("status.unknown", e.Pointer(), "the status is set for the purpose "+strconv.Quote(entry.purpose)+", whose meaning is not known")}, nil
}

// bitstringEntry is a BitstringStatusListEntry, its members read.
type bitstringEntry struct {
	purpose string
	list    string // URL
	index   uint64
	size    int // bits
}

// bitstringEntry reads an entry. A number for the index is tolerated, with the samples of 1EdTech,
// unless the policy is strict.
func (r *run) bitstringEntry(e strict.Value) (bitstringEntry, *strict.Error) {
	entry := bitstringEntry{purpose: e.Get("statusPurpose").Text(), list: e.Get("statusListCredential").Text(), size: 1}
	malformed := func(member, detail string) (bitstringEntry, *strict.Error) {
		return entry, problem("status.malformed", strict.Join(e.Pointer(), member), detail)
	}
	switch {
	case entry.purpose == "":
		return malformed("statusPurpose", "the status entry names no purpose")
	case !isHTTPS(entry.list):
		return malformed("statusListCredential", "the status list must be an https URL")
	case r.p.Strict && e.Get("statusListIndex").Kind() != strict.String:
		return malformed("statusListIndex", "the status index must be a string of digits")
	}
	index, err := statuslist.Index(e.Get("statusListIndex"))
	if err != nil {
		return malformed("statusListIndex", "the status index must be a string of digits")
	}
	entry.index = index
	if size := e.Get("statusSize"); size.Exists() {
		n, ok := size.Int()
		if !ok || n < 1 {
			return malformed("statusSize", "the status size must be a positive integer")
		}
		if n > 64 {
			n = 64
		}
		entry.size = int(n)
	}
	return entry, nil
}

// note tells what a set status of a purpose that does not invalidate says.
func (b bitstringEntry) note(e strict.Value, status uint8) string {
	if b.purpose == "refresh" {
		return "the issuer has a newer version of the credential"
	}
	want := "0x" + strconv.FormatUint(uint64(status), 16)
	for m := range e.Get("statusMessage").Each() {
		if m.Get("status").Text() == want {
			return "the issuer says: " + m.Get("message").Text()
		}
	}
	return "the issuer has set a message with the number " + strconv.Itoa(int(status))
}

// statusAt looks the entry up in its list, which must be a credential that verifies.
func (r *run) statusAt(ctx context.Context, e strict.Value, entry bitstringEntry) (uint8, *strict.Error) {
	body, err := r.fetchStatus(ctx, entry.list, e.Pointer())
	if err != nil {
		return 0, err
	}
	list, err := r.statusCredential(ctx, body, e.Pointer())
	if err != nil {
		return 0, err
	}
	subject := list.Subjects()[0]
	if !subject.Get("statusPurpose").Has(entry.purpose) {
		return 0, problem("status.purpose", e.Pointer(), "the status list is not for the purpose "+strconv.Quote(entry.purpose))
	}
	bits, decodeErr := statuslist.Decode(subject.Get("encodedList").Text(), statuslist.Limits{Bytes: r.v.limits.DecodedList})
	if decodeErr != nil {
		f := asFinding(decodeErr, "status.list_proof", e.Pointer())
		return 0, problem("status.list_proof", e.Pointer(), "the status list cannot be read: "+f.Detail)
	}
	status, entryErr := bits.Entry(entry.index, entry.size)
	if entryErr != nil {
		f := *asFinding(entryErr, "status.index", e.Pointer())
		f.Pointer = e.Pointer()
		return 0, &f
	}
	return status, nil
}

// statusCredential reads a status list and verifies it like any other credential: data model, proof,
// key, issuer and period of validity. Its issuer must be the credential's own or one that the policy
// trusts by name. A status that the list names for itself is not followed.
func (r *run) statusCredential(ctx context.Context, body []byte, pointer string) (*vc.Credential, *strict.Error) {
	untrusted := func(detail string) (*vc.Credential, *strict.Error) {
		return nil, problem("status.list_proof", pointer, "the status list cannot be trusted: "+detail)
	}
	list, err := vc.Parse(body, vc.Limits{JSON: strict.Limits{Bytes: r.v.limits.StatusBytes}, JWT: r.v.limits.StatusBytes})
	if err != nil {
		return untrusted("it is no credential: " + asFinding(err, "json.syntax", "").Detail)
	}
	policy := Policy{Issuers: r.p.Issuers, Binding: r.p.Binding, Skew: r.p.Skew, Suites: r.p.Suites, Status: Off, Schema: Off, Resources: Off}
	if r.p.Issuers.any || list.Issuer() == r.c.Issuer() {
		policy.Issuers = IssuerSet(r.c.Issuer())
	}
	nested := &run{v: r.v, c: list, p: &policy, at: r.at, trace: r.trace, nested: true}
	report := nested.judge(ctx)
	if report.Verdict != Valid {
		return untrusted(report.err().Error())
	}
	subjects := list.Subjects()
	if !list.Value().Get("type").Has("BitstringStatusListCredential") || len(subjects) != 1 || !subjects[0].Get("type").Has("BitstringStatusList") {
		return untrusted("it is not a BitstringStatusListCredential with one BitstringStatusList")
	}
	return list, nil
}
