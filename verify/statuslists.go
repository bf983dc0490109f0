package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// listReader reads and verifies one kind of status list. It is called once for a list; r is a run of
// its own, whose window becomes that of the list.
type listReader interface {
	accept() string // media types to ask for
	read(ctx context.Context, r *run, body []byte, pointer string) (*heldList, *strict.Error)
}

// statusList returns the list at url, verified by the demands of the policy. It is fetched, unless its
// issuer asked not to do so yet; what was fetched is verified and decoded, unless these very bytes
// were by the same demands, a short while ago and for the same moment. Whose list it is is compared
// each time.
func (r *run) statusList(ctx context.Context, kind, url, pointer string, reader listReader) (*heldList, *strict.Error) {
	key := listKey{kind, url, demandOf(r.p)}
	if err := inTime(ctx, pointer); err != nil {
		return nil, err // a list that is held takes no lookup, and reading a long one takes time
	}
	now := r.v.clock()
	held, ok := r.v.lists.get(key, r.at, now)
	ok = ok && (!held.list.implied || held.list.issuer == r.c.Issuer())
	if !ok || !now.Before(held.until) {
		body, digest, err := r.statusBody(ctx, url, reader.accept(), pointer)
		if err != nil {
			return nil, err
		}
		if !ok || held.list.digest != digest {
			if held, err = r.readList(ctx, reader, body, pointer); err != nil {
				r.within(held.window) // what does not count yet may do so later
				return nil, err
			}
			held.checked, held.list.digest = now, digest
		}
		if ttl := held.list.ttl; ttl > 0 {
			held.until = now.Add(min(ttl, r.v.limits.ListFresh))
		}
		r.v.lists.put(key, held)
	}
	if !r.mayList(held.list.issuer) {
		return nil, r.foreignList(held.list.issuer, pointer)
	}
	r.within(held.window)
	for url, sum := range held.sources {
		r.saw(url, sum)
	}
	r.saw(url, held.list.digest)
	r.freshUntil(url, held.until)
	r.aggregatedBy(url, held.list.aggregation)
	return held.list, nil
}

// readList verifies and decodes a list on a run of its own, and collects what that rests on.
func (r *run) readList(ctx context.Context, reader listReader, body []byte, pointer string) (trusted, *strict.Error) {
	nested := &run{v: r.v, c: r.c, p: r.p, at: r.at, trace: r.trace}
	r.collected = map[string]string{}
	list, err := reader.read(ctx, nested, body, pointer)
	sources := r.collected
	r.collected = nil
	return trusted{list: list, window: nested.window, sources: sources}, err
}

// mayList reports whether a list by this issuer counts for the credential: it is the credential's own
// issuer, or one that the policy trusts by name.
func (r *run) mayList(issuer string) bool {
	return issuer == r.c.Issuer() || !r.p.Issuers.any && r.p.Issuers.Has(issuer)
}

func (r *run) foreignList(issuer, pointer string) *strict.Error {
	return untrustedList(pointer, "it was issued by "+quoteOr(issuer, "nobody")+", who is neither the credential's issuer nor trusted by name")
}

func untrustedList(pointer, detail string) *strict.Error {
	return problem("status.list_proof", pointer, "the status list cannot be trusted: "+detail)
}

// statusBody fetches a list, once in a verification.
func (r *run) statusBody(ctx context.Context, url, accept, pointer string) (body []byte, digest string, found *strict.Error) {
	if b, ok := r.bodies[url]; ok {
		return b.body, b.digest, nil
	}
	if body, found = r.fetchStatus(ctx, url, accept, pointer); found != nil {
		return nil, "", found
	}
	sum := sha256.Sum256(body)
	digest = hex.EncodeToString(sum[:])
	r.keep(url, body, digest)
	return body, digest, nil
}

// fetched is a document as it was fetched, with its SHA-256 in hex.
type fetched struct {
	body   []byte
	digest string
}

// credentialList reads lists that are credentials, of any format.
type credentialList struct{ kind *bitsKind }

func (credentialList) accept() string {
	return "application/vc, application/vc+ld+json, application/ld+json, application/json, application/vc+jwt, application/vc+cose, text/plain"
}

// read verifies a list like any other credential: data model, proof, key, issuer and period of
// validity.
func (l credentialList) read(ctx context.Context, r *run, body []byte, pointer string) (*heldList, *strict.Error) {
	c, err := vc.Parse(body, vc.Limits{JSON: strict.Limits{Bytes: r.v.limits.StatusBytes}, JWT: r.v.limits.StatusBytes})
	if err != nil {
		return nil, untrustedList(pointer, "it is no credential: "+asFinding(err, "json.syntax", "").Detail)
	}
	if !r.mayList(c.Issuer()) {
		return nil, r.foreignList(c.Issuer(), pointer)
	}
	nested := &run{v: r.v, c: c, p: listPolicy(r.p, c.Issuer()), at: r.at, trace: r.trace, nested: true}
	report := nested.judge(ctx)
	r.window = nested.window
	if report.Verdict != Valid {
		return nil, untrustedList(pointer, report.err().Error())
	}
	subjects := c.Subjects()
	if !c.Value().Get("type").Has(l.kind.name+"Credential") || len(subjects) != 1 || !subjects[0].Get("type").Has(l.kind.name) {
		return nil, untrustedList(pointer, "it is not a "+l.kind.name+"Credential with one "+l.kind.name)
	}
	return l.decode(r, c, subjects[0], pointer)
}

// decode reads the list that a verified credential holds.
func (l credentialList) decode(r *run, c *vc.Credential, subject strict.Value, pointer string) (*heldList, *strict.Error) {
	list := &heldList{id: c.ID(), issuer: c.Issuer()}
	if l.kind.purpose == "" {
		list.purposes = []string{}
		for p := range subject.Get("statusPurpose").Each() {
			list.purposes = append(list.purposes, p.Text())
		}
	}
	if ttl, ok := subject.Get("ttl").Int(); ok && ttl > 0 { // milliseconds, section 2.2
		list.ttl = time.Duration(min(ttl, int64(maxTTL/time.Millisecond))) * time.Millisecond
	}
	bits, quirks, err := l.kind.decode(r, subject.Get("encodedList").Text())
	if err != nil {
		f := asFinding(err, "status.list_proof", pointer)
		return nil, problem(unreadable(f.Code), pointer, "the status list cannot be read: "+f.Detail)
	}
	list.bits, list.quirks = bits, quirks
	return list, nil
}

// maxTTL keeps durations from overflowing; whatever is longer is far beyond every limit.
const maxTTL = 1000 * time.Hour

// unreadable is the code of a list that cannot be decoded: that work ran out says nothing about it.
func unreadable(code string) string {
	if code == "budget" {
		return code
	}
	return "status.list_proof"
}
