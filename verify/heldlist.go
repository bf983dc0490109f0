package verify

import (
	"container/list"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/badgeproof/badgeproof/verify/internal/statuslist"
)

// heldList is a status list that has been verified and decoded. It never changes.
type heldList struct {
	bits        *statuslist.Bitstring
	quirks      statuslist.Quirks
	revoked     map[string]string // in place of bits: ids of credentials, with the reason
	plural      bool              // the list says revokedCredentials
	size        int               // bits of an entry, where the list says it
	bytes       int               // length of the document, where there are no bits
	purposes    []string          // nil: any
	id          string            // what the list calls itself
	issuer      string
	implied     bool          // the list names no issuer, and was signed by that of the credential it was read for
	digest      string        // SHA-256 of the body it was read from, in hex
	aggregation string        // https URL of what names it and its like, "" where it does not say
	ttl         time.Duration // how long the issuer asks not to fetch the list again, zero where it does not say
}

// memory is about what the list keeps, in bytes.
func (l *heldList) memory() int {
	if l.bits == nil {
		return overhead + 4*l.bytes
	}
	return overhead + l.bits.Memory() + len(l.aggregation)
}

// serves reports whether the list is for the purpose.
func (l *heldList) serves(purpose string) bool {
	return l.purposes == nil || slices.Contains(l.purposes, purpose)
}

// demand is what a policy asks of a status list. A list is taken as verified for the demand that it
// was verified for, and for no other.
type demand struct {
	binding Binding
	skew    time.Duration
	suites  string
	legacy  bool // is refused
	strict  bool
	drafts  bool // are allowed
}

// demandOf takes out of a policy all that a list is verified by: what listPolicy copies, the issuers
// apart, whom each credential compares for itself.
func demandOf(p *Policy) demand {
	suites := "any"
	if p.Suites != nil {
		suites = "only " + strings.Join(p.Suites, " ")
	}
	return demand{p.Binding.demand(), p.Skew, suites, p.RefuseLegacy, p.Strict, p.Experimental}
}

// listPolicy is the policy that a list by this issuer is verified with. A status that the list names
// for itself is not followed.
func listPolicy(p *Policy, issuer string) *Policy {
	return &Policy{
		Issuers: IssuerSet(issuer), Binding: p.Binding, Skew: p.Skew, Suites: p.Suites, RefuseLegacy: p.RefuseLegacy,
		Strict: p.Strict, Experimental: p.Experimental, Status: Off, Schema: Off, Resources: Off,
	}
}

// trusted is a list as it was verified for one demand: for which moments the answer is the same, when
// it was checked, until when it need not be fetched again (zero: not known), and which documents it
// rests on.
type trusted struct {
	list    *heldList
	window  window
	checked time.Time
	until   time.Time
	sources map[string]string
}

// listKey is where a list is held: its kind, its URL, and what was asked of it.
type listKey struct {
	kind, url string
	demand    demand
}

// listCache holds verified lists. It forgets the least recently used one when it is full, is safe for
// concurrent use, and never gives a list that was verified longer ago than limits.ListFresh or for
// another moment: keys get revoked. What a list was read from is the caller's to compare.
type listCache struct {
	limits Limits

	mu    sync.Mutex
	bytes int
	order *list.List // of *heldEntry, most recently used first
	byKey map[listKey]*list.Element
}

type heldEntry struct {
	key     listKey
	trusted trusted
}

func newListCache(l Limits) *listCache {
	return &listCache{limits: l, order: list.New(), byKey: map[listKey]*list.Element{}}
}

// overhead is about what a list costs in memory beside its bits.
const overhead = 1 << 10

// get returns a list that was verified at most limits.ListFresh before now, and that is judged the
// same way at the moment at.
func (c *listCache) get(k listKey, at, now time.Time) (trusted, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[k]
	if e == nil {
		return trusted{}, false
	}
	t := e.Value.(*heldEntry).trusted
	if age := now.Sub(t.checked); age < 0 || age >= c.limits.ListFresh {
		c.drop(e)
		return trusted{}, false
	}
	c.order.MoveToFront(e)
	return t, t.window.holds(at)
}

// put keeps a list in place of an earlier one under the same key.
func (c *listCache) put(k listKey, t trusted) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[k]; e != nil {
		c.drop(e)
	}
	t.sources = maps.Clone(t.sources)
	c.byKey[k] = c.order.PushFront(&heldEntry{k, t})
	c.bytes += t.list.memory()
	for c.bytes > c.limits.HeldBytes || c.order.Len() > c.limits.HeldLists {
		c.drop(c.order.Back())
	}
}

// drop forgets an entry. c.mu is held.
func (c *listCache) drop(e *list.Element) {
	v := c.order.Remove(e).(*heldEntry)
	delete(c.byKey, v.key)
	c.bytes -= v.trusted.list.memory()
}
