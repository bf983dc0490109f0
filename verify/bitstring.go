package verify

import (
	"context"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/statuslist"
)

// bitstring checks an entry in a Bitstring Status List (W3C Bitstring Status List 1.0 section 3.2).
// Set bits of the purposes revocation and suspension fail; those of refresh and message are told
// and do not count against the credential.
func (r *run) bitstring(ctx context.Context, e strict.Value) answer {
	return r.bits(ctx, e, &bitstringKind)
}

var bitstringKind = bitsKind{
	name: "BitstringStatusList", index: "statusListIndex", list: "statusListCredential",
	decode: func(r *run, encoded string) (*statuslist.Bitstring, statuslist.Quirks, error) {
		list, err := statuslist.Decode(encoded, r.v.limits.list())
		return list, statuslist.Quirks{}, err
	},
}

// bitsKind is a kind of status list that is a credential with a string of bits.
type bitsKind struct {
	name        string // type of the list; with "Credential" behind it, of the credential
	index, list string // members of an entry
	purpose     string // of every list, where entries and lists do not say
	decode      func(r *run, encoded string) (*statuslist.Bitstring, statuslist.Quirks, error)
}

// bitsEntry is an entry in a list of bits, its members read.
type bitsEntry struct {
	purpose string
	list    string // URL
	index   uint64
	size    int // bits
}

// bits looks an entry up, and says what its status means.
func (r *run) bits(ctx context.Context, e strict.Value, kind *bitsKind) (a answer) {
	entry, err := r.bitsEntry(e, kind, &a)
	if err != nil {
		return refusal(err)
	}
	list, err := r.statusList(ctx, kind.name, entry.list, e.Pointer(), credentialList{kind})
	if err != nil {
		return refusal(err)
	}
	r.quirks(&a, list, entry.list, e)
	status, err := statusAt(list, entry, e)
	if err != nil {
		a.found = append(a.found, err)
	} else if status != 0 {
		entry.meaning(&a, status, e)
	}
	return a
}

// bitsEntry reads an entry. A number for the index is tolerated, since the samples of 1EdTech and
// issuers in circulation have one.
func (r *run) bitsEntry(e strict.Value, kind *bitsKind, a *answer) (bitsEntry, *strict.Error) {
	entry := bitsEntry{purpose: kind.purpose, list: e.Get(kind.list).Text(), size: 1}
	if kind.purpose == "" {
		entry.purpose = e.Get("statusPurpose").Text()
	}
	malformed := func(member, detail string) (bitsEntry, *strict.Error) {
		return entry, problem("status.malformed", strict.Join(e.Pointer(), member), detail)
	}
	switch {
	case entry.purpose == "":
		return malformed("statusPurpose", "the status entry names no purpose")
	case !isHTTPS(entry.list):
		return malformed(kind.list, "the status list must be an https URL")
	}
	index, err := statuslist.Index(e.Get(kind.index))
	if err != nil {
		return malformed(kind.index, "the status index must be a string of digits")
	}
	if v := e.Get(kind.index); v.Kind() == strict.Number {
		r.tolerate(a, "tolerated.index_number", v.Pointer(), "the status index is written as a number; the specification asks for a string")
	}
	entry.index = index
	if size := e.Get("statusSize"); size.Exists() {
		n, ok := size.Int()
		if !ok || n < 1 {
			return malformed("statusSize", "the status size must be a positive integer")
		}
		entry.size = int(min(n, 64))
	}
	if messages := e.Get("statusMessage"); entry.size > 1 && entry.size <= 8 && messages.Len() != 1<<entry.size {
		r.tolerate(a, "tolerated.status_message", e.Pointer(), "an entry of "+strconv.Itoa(entry.size)+" bits should have a message for each of its values, and this one has not")
	}
	return entry, nil
}

// statusAt returns the status of an entry in its list, whose purpose must be that of the entry.
func statusAt(list *heldList, entry bitsEntry, e strict.Value) (uint8, *strict.Error) {
	if !list.serves(entry.purpose) {
		return 0, problem("status.purpose", e.Pointer(), "the status list is not for the purpose "+strconv.Quote(entry.purpose))
	}
	status, err := list.bits.Entry(entry.index, entry.size)
	if list.quirks.Bytes && entry.size == 1 {
		// Which of the two readings is meant nobody can tell, so a status set in either counts. Where the list
		// is only short it may well be one of bits, so that a byte alone proves nothing.
		wide, wideErr := list.bits.Byte(entry.index)
		if wideErr == nil && wide != 0 && status == 0 && !list.quirks.Base64 {
			return 0, problem("status.unknown", e.Pointer(), "the status list can be read with one bit or with one byte for each entry, and the credential is marked by the latter reading only")
		}
		if wideErr == nil {
			status, err = max(status, wide), nil
		}
	}
	if err != nil {
		found := *asFinding(err, "status.index", e.Pointer())
		found.Pointer, found.Offset = e.Pointer(), -1
		return 0, &found
	}
	return status, nil
}

// quirks tells where a list departs from its specification in a way that issuers in circulation do.
func (r *run) quirks(a *answer, list *heldList, url string, e strict.Value) {
	if list.id != "" && list.id != url {
		r.tolerate(a, "tolerated.list_id", e.Pointer(), "the status list at "+url+" calls itself "+strconv.Quote(list.id))
	}
	if list.quirks.Base64 {
		r.tolerate(a, "tolerated.list_base64", e.Pointer(), "the status list is encoded in base64 other than the URL-safe one without padding")
	}
	if list.quirks.Short {
		r.tolerate(a, "tolerated.list_short", e.Pointer(), "the status list has fewer than 131,072 entries, so that asking for it tells more about the credential than it should")
	}
	if list.quirks.Bytes {
		r.tolerate(a, "tolerated.byte_index", e.Pointer(), "the status list seems to have one byte for each entry instead of one bit; it was read both ways, and a status that is set in either counts")
	}
}

// meaning says what a set status of the entry's purpose is for the credential.
func (b bitsEntry) meaning(a *answer, status uint8, e strict.Value) {
	switch b.purpose {
	case "revocation":
		a.found = append(a.found, problem("status.revoked", e.Pointer(), "the issuer has revoked the credential; ask the holder for another one"))
	case "suspension":
		a.found = append(a.found, problem("status.suspended", e.Pointer(), "the issuer has suspended the credential; it may come back into force"))
	case "refresh", "message":
		a.notes = append(a.notes, problem("status.message", e.Pointer(), b.note(e, status)))
	default:
		a.found = append(a.found, problem("status.unknown", e.Pointer(), "the status is set for the purpose "+strconv.Quote(b.purpose)+", whose meaning is not known"))
	}
}

// note tells what a set status of a purpose that does not invalidate says. The statuses of
// statusMessage are hexadecimal numbers with the prefix 0x.
func (b bitsEntry) note(e strict.Value, status uint8) string {
	if b.purpose == "refresh" {
		return "the issuer has a newer version of the credential"
	}
	for m := range e.Get("statusMessage").Each() {
		digits, hex := strings.CutPrefix(strings.ToLower(m.Get("status").Text()), "0x")
		if n, err := strconv.ParseUint(digits, 16, 64); hex && err == nil && n == uint64(status) && m.Get("message").Text() != "" {
			return "the issuer says: " + m.Get("message").Text()
		}
	}
	return "the issuer has set a message with the number " + strconv.Itoa(int(status))
}
