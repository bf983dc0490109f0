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
	body, digest, found := r.statusBody(ctx, at, "application/json, application/ld+json, text/plain", e.Pointer())
	if found != nil {
		return refusal(found)
	}
	r.saw(at, digest)
	list, err := strict.Parse(body, strict.Limits{Bytes: r.v.limits.StatusBytes})
	if err != nil {
		return refusal(problem("status.list_proof", e.Pointer(), "the revocation list cannot be read: "+asFinding(err, "json.syntax", "").Detail))
	}
	revoked, ok := revokedMember(list)
	switch {
	case list.Kind() != strict.Object || !ok:
		return refusal(problem("status.list_proof", e.Pointer(), "the document at "+at+" is no revocation list"))
	case issuerOf(list) != r.c.Issuer():
		return refusal(problem("status.list_proof", e.Pointer(), "the revocation list belongs to "+quoteOr(issuerOf(list), "nobody")+", not to the credential's issuer"))
	}
	if list.Get("revokedCredentials").Exists() {
		r.tolerate(&a, "tolerated.revoked_credentials", e.Pointer(), "the list names its member revokedCredentials; the specification says revokedCredential")
	}
	if id := list.Get("id").Text(); id != "" && id != at {
		r.tolerate(&a, "tolerated.list_id", e.Pointer(), "the revocation list at "+at+" calls itself "+quoteOr(id, "nothing"))
	}
	if err := r.lookUpRevoked(revoked, e); err != nil {
		a.found = append(a.found, err)
	}
	return a
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

// lookUpRevoked searches the list for the credential. An entry is an object with an id, or the id
// itself; its member revoked is true where it is absent.
func (r *run) lookUpRevoked(revoked, e strict.Value) *strict.Error {
	for entry := range revoked.Each() {
		id, still := entry.Text(), true
		if entry.Kind() == strict.Object {
			id = entry.Get("id").Text()
			if v := entry.Get("revoked"); v.Exists() {
				still = v.Kind() != strict.Bool || v.Bool()
			}
		}
		if id == "" {
			return problem("status.list_proof", e.Pointer(), "the revocation list has an entry that names no credential")
		}
		if !sameID(id, r.c.ID()) || !still {
			continue
		}
		detail := "the issuer has revoked the credential"
		if reason := entry.Get("revocationReason").Text(); reason != "" {
			detail += ": " + reason
		}
		return problem("status.revoked", e.Pointer(), detail)
	}
	return nil
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
