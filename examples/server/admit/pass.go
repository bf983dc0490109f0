package admit

import (
	"context"
	"time"
)

// Pass is a request's place. It is for the one goroutine that serves the request.
type Pass struct {
	gate   *Gate
	client string
	bytes  int64
	slot   bool
	left   bool
}

type key struct{}

// With returns a context that carries the pass to where the request waits for hosts.
func With(ctx context.Context, p *Pass) context.Context { return context.WithValue(ctx, key{}, p) }

// From returns the pass that a context carries, or nil. A nil pass is that of work that nobody has to admit.
func From(ctx context.Context) *Pass {
	p, _ := ctx.Value(key{}).(*Pass)
	return p
}

// Compute waits for a slot. The error is that of ctx.
func (p *Pass) Compute(ctx context.Context) error {
	if p == nil || p.slot {
		return nil
	}
	if err := p.gate.take(ctx); err != nil {
		return err
	}
	p.slot = true
	return nil
}

// Shrink gives back what the pass has beyond this many bytes.
func (p *Pass) Shrink(bytes int64) {
	if p == nil || bytes >= p.bytes {
		return
	}
	p.gate.mu.Lock()
	p.gate.bytes -= p.bytes - bytes
	p.gate.mu.Unlock()
	p.bytes = bytes
}

// Grow asks for room for more bytes, of the body as it arrives or of a document that was fetched. The error is
// [ErrBytes] where there is none, and what the pass has stays as it is.
func (p *Pass) Grow(more int64) error {
	if p == nil || more <= 0 {
		return nil
	}
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.bytes+more > g.limits.Bytes && g.inFlight > 1 { // as in Enter: one alone always has room
		return ErrBytes
	}
	g.bytes += more
	p.bytes += more
	return nil
}

// Leave gives everything back. Further calls do nothing.
func (p *Pass) Leave() {
	if p == nil || p.left {
		return
	}
	p.left = true
	p.yield()
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inFlight--
	g.bytes -= p.bytes
	if g.limits.PerClient > 0 {
		if g.clients[p.client]--; g.clients[p.client] <= 0 {
			delete(g.clients, p.client)
		}
	}
}

func (p *Pass) yield() {
	if p.slot {
		p.slot = false
		<-p.gate.slots
	}
}

// Wait runs f, which waits for a document at a host and tells whether there was an answer, without a slot. It takes a
// slot again before it returns, if there was one. The error is [ErrHost] where too many wait already, or that of ctx;
// f has not run then.
func (p *Pass) Wait(ctx context.Context, hostname, url string, f func() bool) error {
	if p == nil {
		f()
		return nil
	}
	w := p.join(hostname, url)
	if w == nil {
		return ErrHost
	}
	defer w.part()
	if p.slot {
		p.yield()
		defer p.Compute(ctx) // without a slot where the time is over: what is left then is to say so
	}
	select {
	case <-w.turn.open:
	case w.host.places <- struct{}{}:
		defer func() { <-w.host.places }()
		w.turn.once.Do(func() { close(w.turn.open) })
	case <-ctx.Done():
		return ctx.Err()
	}
	start := time.Now()
	defer time.AfterFunc(soon, w.stall).Stop()
	w.soon = f() && time.Since(start) < soon
	w.ran = true
	return nil
}
