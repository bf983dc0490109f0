// Package admit decides which requests may begin, and which of them may compute, so that a server under load
// answers as many as it can and says no to the rest at once.
//
// A request holds a place from its first byte to its answer, and a slot only while it computes. While it waits for
// a host that its credential names, the slot is free for others; and how many may wait for one host, or for hosts
// altogether, is a share of the places. A host that answers slowly, or never, thus costs memory within a
// bound and no computing time, and requests for hosts that answer soon have room beside it.
package admit

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Reasons to refuse a request. [ErrClient] is about one client, the others about the server as a whole.
var (
	ErrFull   = errors.New("admit: too many requests are under way")
	ErrBytes  = errors.New("admit: the requests under way hold too many bytes")
	ErrClient = errors.New("admit: this client has too many requests under way")
	ErrHost   = errors.New("admit: too many requests wait for this host")
)

// Gate is where requests enter. It is safe for concurrent use.
type Gate struct {
	limits Limits
	slots  chan struct{}

	mu       sync.Mutex
	inFlight int
	bytes    int64
	waiting  load // for any host
	unknown  load // for hosts that are not known
	clients  map[string]int
	hosts    map[string]*host
	known    map[string]time.Time // hosts that answered soon, and until when that counts
}

// load is how much waits: requests, and the bytes of their bodies.
type load struct {
	requests int
	bytes    int64
}

// host is one that requests wait for. Each URL asked for takes one of the places, however many wait for it: the
// client asks once for all of them.
type host struct {
	load
	trusted load // of these, the ones that came while the host was known to answer soon
	stalled bool // somebody has waited for longer than soon: nobody counts as trusted, until all have gone
	urls    map[string]*turn
	places  chan struct{}
}

// turn is one URL's. It is open once somebody has taken a place for it.
type turn struct {
	waiting int
	open    chan struct{}
	once    sync.Once
}

// New returns a gate.
func New(l Limits) *Gate {
	l = l.orDefault()
	return &Gate{limits: l, slots: make(chan struct{}, l.Slots), clients: map[string]int{}, hosts: map[string]*host{}, known: map[string]time.Time{}}
}

// Enter gives a request its place, with room for this many bytes to begin with, or one of the reasons not to. Who got a
// [Pass] must call its Leave.
func (g *Gate) Enter(client string, bytes int64) (*Pass, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.limits.PerClient > 0 && g.clients[client] >= g.limits.PerClient:
		return nil, ErrClient
	case g.inFlight >= g.limits.InFlight:
		return nil, ErrFull
	case g.bytes+bytes > g.limits.Bytes && g.inFlight > 0: // a single request always gets in, whatever its length
		return nil, ErrBytes
	}
	g.inFlight++
	g.bytes += bytes
	if g.limits.PerClient > 0 {
		g.clients[client]++
	}
	return &Pass{gate: g, client: client, bytes: bytes}, nil
}

// State is what is under way at a moment.
type State struct {
	InFlight, Computing, Waiting int
	Bytes                        int64
}

// State returns it.
func (g *Gate) State() State {
	g.mu.Lock()
	defer g.mu.Unlock()
	return State{InFlight: g.inFlight, Computing: len(g.slots), Waiting: g.waiting.requests, Bytes: g.bytes}
}

// Full reports whether another request would be refused.
func (g *Gate) Full() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.inFlight >= g.limits.InFlight || g.bytes >= g.limits.Bytes
}

// take waits for a slot until ctx is done.
func (g *Gate) take(ctx context.Context) error {
	select {
	case g.slots <- struct{}{}:
		return nil
	default:
	}
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
