package verify

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// TokenListTypes are the media types that a [Verifier] asks for a status list token with. A [Fetcher]
// with a cache, such as the client of package fetch, may hold answers by them.
const TokenListTypes = "application/statuslist+jwt, application/statuslist+cwt;q=0.9"

// StatusLists returns the URLs of the status lists that a Status List Aggregation names (Token Status
// List, section 9.3): the JSON document at an https URL that a list states as aggregation_uri, which
// [Source.Aggregation] repeats, or that an issuer's metadata states as status_list_aggregation_endpoint.
// It goes through [Config.Status]. Whoever watches many credentials can then fetch each list, with
// [TokenListTypes], before one of them names it.
//
// The document is not signed, and nothing is decided by it: a list that it leaves out is fetched when a
// credential names it, and one that it names is fetched from wherever it says, and verified only then. It
// is taken as a whole or not at all: each URL https and named once, no more than [Limits.Aggregated] of
// them. There may be none.
//
// Fetching it tells its host that somebody checks credentials with lists of this issuer. Fetching all
// lists, whichever are needed, hides which. Where the hosts are others than the issuer's, each of them
// learns of the caller's interest.
//
// The error wraps [ErrPolicy] for a URL that is not https, [ErrIndeterminate] where the document could not
// be had, or is too long, and [ErrInvalid] for one that is no aggregation. Of the latter two a
// [*strict.Error] is there by errors.As, with a pointer into the document.
func (v *Verifier) StatusLists(ctx context.Context, aggregation string) ([]string, error) {
	if !listURL(aggregation) {
		return nil, fmt.Errorf("verify: %w: a status list aggregation must be at an https URL", ErrPolicy)
	}
	ctx, cancel := context.WithTimeout(ctx, v.limits.Time)
	defer cancel()
	lists, found := v.aggregated(ctx, aggregation)
	if found == nil {
		return lists, nil
	}
	sentinel := ErrInvalid
	if outcomeOf(found.Code) == Undecided {
		sentinel = ErrIndeterminate
	}
	return nil, fmt.Errorf("verify: %w: %w", sentinel, found)
}

func (v *Verifier) aggregated(ctx context.Context, at string) ([]string, *strict.Error) {
	r := &run{v: v, trace: &trace{}}
	body, found := r.document(ctx, source{v.status, "status.unreachable", "status list aggregation", v.limits.StatusBytes}, at, "application/json", "")
	if found != nil {
		if v.status == nil || isOffline(found) {
			found.Code = "status.offline"
		}
		return nil, found
	}
	doc, err := strict.Parse(body, strict.Limits{Bytes: v.limits.StatusBytes})
	if err != nil {
		return nil, asFinding(err, "json.syntax", "")
	}
	all := doc.Get("status_lists")
	switch {
	case all.Kind() != strict.Array:
		return nil, problem("status.malformed", "", "the document has no array status_lists, so that it is no status list aggregation")
	case all.Len() > v.limits.Aggregated:
		return nil, problem("budget", all.Pointer(), "the aggregation names "+strconv.Itoa(all.Len())+" lists, more than "+strconv.Itoa(v.limits.Aggregated))
	}
	lists, seen := make([]string, 0, all.Len()), map[string]bool{}
	for e := range all.Elements() {
		list := e.Text()
		switch {
		case !listURL(list):
			return nil, problem("status.malformed", e.Pointer(), "a status list must be an https URL")
		case seen[list]:
			return nil, problem("status.malformed", e.Pointer(), "the aggregation names a list twice")
		}
		seen[list] = true
		lists = append(lists, list)
	}
	return lists, nil
}

// listURL reports whether s is a URL that a list may be fetched from: https, with a host, without user
// information and fragment.
func listURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && isHTTPS(s) && u.Host != "" && u.User == nil && u.Fragment == ""
}
