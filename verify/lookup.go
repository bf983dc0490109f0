package verify

import (
	"context"
	"errors"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// trace is what one verification, with everything nested in it, has asked for. A document that was
// found is not asked for again.
type trace struct {
	lookups     int
	searched    searched          // by searches for causes
	entered     int               // credentials inside a credential that were judged
	passed      int               // bytes that the proofs of those with several went over
	told        int               // bytes of the findings about them
	sources     map[string]string // URL to SHA-256 in hex
	controllers map[string]controllerAnswer
	keySets     map[string]keySetAnswer
	bodies      map[string]fetched   // status lists and other documents by URL
	kept        int                  // bytes of them
	fresh       map[string]time.Time // until when the issuer asks not to fetch a document again, by URL
	aggregators map[string]string    // the aggregation that a status list states, by the URL of the list
	collected   map[string]string    // sources once more, while a status list is verified; else nil
}

type controllerAnswer struct {
	doc *keys.Controller
	err *strict.Error
}

type keySetAnswer struct {
	set *keys.Set
	err *strict.Error
}

func (t *trace) saw(url, sum string) {
	if t.sources == nil {
		t.sources = map[string]string{}
	}
	t.sources[url] = sum
	if t.collected != nil {
		t.collected[url] = sum
	}
}

func (t *trace) sawAll(all []keys.Source) {
	for _, s := range all {
		t.saw(s.URL, s.SHA256)
	}
}

// freshUntil notes that a document need not be fetched again before until, where that is known.
func (t *trace) freshUntil(url string, until time.Time) {
	if until.IsZero() {
		return
	}
	if t.fresh == nil {
		t.fresh = map[string]time.Time{}
	}
	t.fresh[url] = until
}

// aggregatedBy notes the aggregation that a verified status list states.
func (t *trace) aggregatedBy(url, aggregation string) {
	if aggregation == "" {
		return
	}
	if t.aggregators == nil {
		t.aggregators = map[string]string{}
	}
	t.aggregators[url] = aggregation
}

// spend takes one lookup from the budget.
func (r *run) spend(ctx context.Context, pointer string) *strict.Error {
	if err := inTime(ctx, pointer); err != nil {
		return err
	}
	if r.lookups++; r.lookups > r.v.limits.Lookups {
		return problem("budget", pointer, "the credential asks for more documents and keys than one verification may look up")
	}
	return nil
}

// inTime returns an error once the time for the verification has run out.
func inTime(ctx context.Context, pointer string) *strict.Error {
	err := ctx.Err()
	if err == nil {
		return nil
	}
	return &strict.Error{Code: "deadline", Pointer: pointer, Offset: -1, Err: err,
		Detail: "the time for this verification ran out; try again with more"}
}

// controller finds the controller document of id; pointer is where the credential names it.
func (r *run) controller(ctx context.Context, id, pointer string) (*keys.Controller, *strict.Error) {
	if a, ok := r.controllers[id]; ok {
		if a.doc != nil {
			r.sawAll(a.doc.Sources())
		}
		return a.doc, moved(a.err, pointer)
	}
	var a controllerAnswer
	if a.err = r.spend(ctx, pointer); a.err == nil {
		a = r.askController(ctx, id, pointer)
	}
	if r.controllers == nil {
		r.controllers = map[string]controllerAnswer{}
	}
	r.controllers[id] = a
	return a.doc, a.err
}

func (r *run) askController(ctx context.Context, id, pointer string) controllerAnswer {
	if r.v.keys == nil {
		return controllerAnswer{err: problem("key.unresolved", pointer, "no source of keys is configured")}
	}
	doc, err := r.v.keys.Controller(ctx, id)
	switch {
	case err != nil:
		return controllerAnswer{err: r.lookupError(ctx, err, pointer)}
	case doc == nil || doc.ID() != id:
		return controllerAnswer{err: problem("key.unresolved", pointer, "the source of keys answered with no document, or with that of somebody else")}
	}
	r.sawAll(doc.Sources())
	return controllerAnswer{doc: doc}
}

// keySet finds the JWK Set at an https URL.
func (r *run) keySet(ctx context.Context, url, pointer string) (*keys.Set, *strict.Error) {
	if a, ok := r.keySets[url]; ok {
		if a.set != nil {
			r.sawAll(a.set.Sources())
		}
		return a.set, moved(a.err, pointer)
	}
	var a keySetAnswer
	if a.err = r.spend(ctx, pointer); a.err == nil {
		a.set, a.err = r.askKeySet(ctx, url, pointer)
	}
	if r.keySets == nil {
		r.keySets = map[string]keySetAnswer{}
	}
	r.keySets[url] = a
	return a.set, a.err
}

func (r *run) askKeySet(ctx context.Context, url, pointer string) (*keys.Set, *strict.Error) {
	if r.v.keys == nil {
		return nil, problem("key.unresolved", pointer, "no source of keys is configured")
	}
	set, err := r.v.keys.KeySet(ctx, url)
	switch {
	case err != nil:
		return nil, r.lookupError(ctx, err, pointer)
	case set == nil:
		return nil, problem("key.unresolved", pointer, "the source of keys answered with no key set")
	}
	r.sawAll(set.Sources())
	return set, nil
}

// lookupError moves what went wrong while finding a key to the place that named the key.
func (r *run) lookupError(ctx context.Context, err error, pointer string) *strict.Error {
	if ctx.Err() != nil {
		return &strict.Error{Code: "deadline", Pointer: pointer, Offset: -1, Err: err,
			Detail: "the time for this verification ran out while a key was looked up; try again with more"}
	}
	found := *asFinding(err, "key.unresolved", pointer)
	found.Pointer, found.Offset = pointer, -1
	return &found
}

// moved is an answer that was given before, at the place that asks for it now.
func moved(err *strict.Error, pointer string) *strict.Error {
	if err == nil {
		return nil
	}
	found := *err
	found.Pointer, found.Offset = pointer, -1
	return &found
}

// fetchStatus gets a status list. What speaks for the list is for the caller to check.
func (r *run) fetchStatus(ctx context.Context, url, accept, pointer string) ([]byte, *strict.Error) {
	if err := r.spend(ctx, pointer); err != nil {
		return nil, err
	}
	if r.v.status == nil {
		return nil, problem("status.offline", pointer, "no network is configured to ask for the status list "+url)
	}
	body, _, err := r.v.status.Fetch(ctx, url, accept)
	switch {
	case err == nil && len(body) > r.v.limits.StatusBytes:
		return nil, problem("status.unreachable", pointer, "the status list "+url+" is too long")
	case err == nil:
		return body, nil
	case isOffline(err):
		return nil, &strict.Error{Code: "status.offline", Pointer: pointer, Offset: -1, Err: err,
			Detail: "whether the credential still holds is on record at " + url + ", and the network is off; try again with a network"}
	}
	return nil, &strict.Error{Code: "status.unreachable", Pointer: pointer, Offset: -1, Err: err,
		Detail: "the status list could not be fetched, so nobody knows whether the credential still holds; try again later: " + err.Error()}
}

func isOffline(err error) bool {
	var o interface{ Offline() bool }
	return errors.As(err, &o) && o.Offline()
}
