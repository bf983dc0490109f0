package fetch

import (
	"container/list"
	"sync"
	"time"
)

// An answer is a document as it was fetched. It is immutable.
type answer struct {
	body      []byte
	mediaType string
	from      string    // the URL that answered in the end
	until     time.Time // fresh before this
}

// A key is what makes two requests the same request.
type key struct{ url, accept string }

// A cache keeps answers while they are fresh, and forgets the least recently used one when it is
// full. It is safe for concurrent use.
type cache struct {
	entries, bytes int // limits

	mu    sync.Mutex
	held  int                   // bytes of bodies
	order *list.List            // of *cached, most recently used first
	byKey map[key]*list.Element // the same
}

// cached is an answer with the key it is found under, so that eviction can delete both.
type cached struct {
	key    key
	answer *answer
}

// newCache returns an empty cache; with no entries at all it keeps nothing.
func newCache(entries, bytes int) *cache {
	return &cache{entries: entries, bytes: bytes, order: list.New(), byKey: map[key]*list.Element{}}
}

// get returns a fresh answer, or nil.
func (c *cache) get(k key, now time.Time) *answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[k]
	if e == nil {
		return nil
	}
	a := e.Value.(*cached).answer
	if !now.Before(a.until) {
		c.drop(e)
		return nil
	}
	c.order.MoveToFront(e)
	return a
}

// until returns when the first of the fresh answers for a URL goes stale, whatever was accepted; zero
// where there is none.
func (c *cache) until(url string, now time.Time) (first time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, e := range c.byKey {
		if t := e.Value.(*cached).answer.until; k.url == url && now.Before(t) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}

// put keeps an answer that is still fresh, in place of an earlier one under the same key.
func (c *cache) put(k key, a *answer, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[k]; e != nil {
		c.drop(e)
	}
	if c.entries == 0 || len(a.body) > c.bytes || !now.Before(a.until) {
		return
	}
	c.byKey[k] = c.order.PushFront(&cached{k, a})
	c.held += len(a.body)
	for c.held > c.bytes || c.order.Len() > c.entries {
		c.drop(c.order.Back())
	}
}

// drop forgets an entry. c.mu is held.
func (c *cache) drop(e *list.Element) {
	v := c.order.Remove(e).(*cached)
	delete(c.byKey, v.key)
	c.held -= len(v.answer.body)
}
