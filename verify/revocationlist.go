package verify

import (
	"context"
	"net/url"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// revocationList checks a 1EdTechRevocationList (Open Badges 3.0): a JSON document at the entry's id
// that lists the issuer's revoked credentials. The document is not signed; what speaks for it is the
// https connection, and that it names the credential's issuer as its own. Both spellings of the
// member, revokedCredential and revokedCredentials, are in use.
func (r *run) revocationList(ctx context.Context, e strict.Value) (a answer) {
	at := e.Get("id").Text()
	if !isHTTPS(at) {
		return refusal(problem("status.malformed", strict.Join(e.Pointer(), "id"), "the revocation list must be an https URL"))
	}
	if r.c.ID() == "" {
		return refusal(problem("status.unknown", e.Pointer(), "a revocation list knows credentials by their id, and this one has none"))
	}
	list, found := r.statusList(ctx, "1EdTechRevocationList", at, e.Pointer(), revocationReader{at})
	switch {
	case found != nil:
		return refusal(found)
	case list.issuer != r.c.Issuer():
		return refusal(untrustedList(e.Pointer(), "a revocation list speaks for its own issuer's credentials only, and this one is by "+quoteOr(list.issuer, "nobody")))
	}
	if list.plural {
		r.tolerate(&a, "tolerated.revoked_credentials", e.Pointer(), "the list names its member revokedCredentials; the specification says revokedCredential")
	}
	if list.id != "" && list.id != at {
		r.tolerate(&a, "tolerated.list_id", e.Pointer(), "the revocation list at "+at+" calls itself "+quoteOr(list.id, "nothing"))
	}
	if reason, revoked := list.revoked[plainID(r.c.ID())]; revoked {
		detail := "the issuer has revoked the credential"
		if reason != "" {
			detail += ": " + reason
		}
		a.found = append(a.found, problem("status.revoked", e.Pointer(), detail))
	}
	return a
}

// revocationReader reads the document at a URL.
type revocationReader struct{ at string }

func (revocationReader) accept() string { return "application/json, application/ld+json, text/plain" }

// read takes the list apart. Whose it is is compared with each credential's issuer.
func (l revocationReader) read(_ context.Context, r *run, body []byte, pointer string) (*heldList, *strict.Error) {
	list, err := strict.Parse(body, strict.Limits{Bytes: r.v.limits.StatusBytes})
	if err != nil {
		return nil, problem("status.list_proof", pointer, "the revocation list cannot be read: "+asFinding(err, "json.syntax", "").Detail)
	}
	revoked, ok := revokedMember(list)
	if list.Kind() != strict.Object || !ok {
		return nil, problem("status.list_proof", pointer, "the document at "+l.at+" is no revocation list")
	}
	held := &heldList{
		issuer: issuerOf(list), id: list.Get("id").Text(), plural: list.Get("revokedCredentials").Exists(),
		revoked: make(map[string]string, revoked.Len()), bytes: len(body),
	}
	for entry := range revoked.Each() {
		id, reason, still := revocation(entry)
		if id == "" {
			return nil, problem("status.list_proof", pointer, "the revocation list has an entry that names no credential")
		}
		if still {
			held.revoked[plainID(id)] = reason
		}
	}
	return held, nil
}

// revokedMember returns the array of revoked credentials. A list with both spellings is ambiguous.
func revokedMember(list strict.Value) (revoked strict.Value, ok bool) {
	one, many := list.Get("revokedCredential"), list.Get("revokedCredentials")
	if one.Exists() == many.Exists() {
		return strict.Value{}, false
	}
	if many.Exists() {
		one = many
	}
	return one, one.Kind() == strict.Array || one.Kind() == strict.Object
}

func issuerOf(list strict.Value) string {
	issuer := list.Get("issuer")
	if issuer.Kind() == strict.Object {
		return issuer.Get("id").Text()
	}
	return issuer.Text()
}

// revocation reads an entry: an object with an id, or the id itself. Its member revoked is true where it
// is absent, and where it is no boolean.
func revocation(entry strict.Value) (id, reason string, still bool) {
	if entry.Kind() != strict.Object {
		return entry.Text(), "", true
	}
	v := entry.Get("revoked")
	return entry.Get("id").Text(), entry.Get("revocationReason").Text(), v.Kind() != strict.Bool || v.Bool()
}

// sameID compares the ids of credentials without regard to percent-encoding and to white space around
// them (Open Badges 3.0, section "Equality and comparison").
func sameID(a, b string) bool { return a == b || plainID(a) == plainID(b) }

func plainID(id string) string {
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	return strings.TrimSpace(id)
}
