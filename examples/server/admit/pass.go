package admit

import "context"

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

// Shrink gives back what the body did not need of the bytes that it entered with.
func (p *Pass) Shrink(bytes int64) {
	if p == nil || bytes >= p.bytes {
		return
	}
	p.gate.mu.Lock()
	p.gate.bytes -= p.bytes - bytes
	p.gate.mu.Unlock()
	p.bytes = bytes
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

// Wait runs f, which waits for a document at a host, without a slot. It takes a slot again before it returns, if
// there was one. The error is [ErrHost] where too many wait already, or that of ctx; f has not run then.
func (p *Pass) Wait(ctx context.Context, hostname, url string, f func()) error {
	if p == nil {
		f()
		return nil
	}
	h, t := p.join(hostname, url)
	if h == nil {
		return ErrHost
	}
	if p.slot {
		p.yield()
		defer p.Compute(ctx) // without a slot where the time is over: what is left then is to say so
	}
	defer p.part(hostname, url)
	select {
	case <-t.open:
	case h.places <- struct{}{}:
		defer func() { <-h.places }()
		t.once.Do(func() { close(t.open) })
	case <-ctx.Done():
		return ctx.Err()
	}
	f()
	return nil
}

// join counts the request among those that wait for the host, and returns nil where these are too many.
func (p *Pass) join(hostname, url string) (*host, *turn) {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[hostname]
	if h == nil {
		h = &host{urls: map[string]*turn{}, places: make(chan struct{}, g.limits.PerHost)}
	}
	if !g.room(h.load, p.bytes, hostShare) || !g.room(g.waiting, p.bytes, waitShare) {
		return nil, nil
	}
	g.hosts[hostname] = h
	t := h.urls[url]
	if t == nil {
		t = &turn{open: make(chan struct{})}
		h.urls[url] = t
	}
	t.waiting++
	h.add(1, p.bytes)
	g.waiting.add(1, p.bytes)
	return h, t
}

// part is the opposite of join.
func (p *Pass) part(hostname, url string) {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[hostname]
	h.add(-1, -p.bytes)
	g.waiting.add(-1, -p.bytes)
	if h.urls[url].waiting--; h.urls[url].waiting == 0 {
		delete(h.urls, url)
	}
	if h.requests == 0 {
		delete(g.hosts, hostname)
	}
}

// room reports whether one more request fits into a share of the places, and its body into that of the bytes. The
// first always does.
func (g *Gate) room(l load, bytes int64, share int) bool {
	return l.requests == 0 || l.requests < g.limits.InFlight/share && l.bytes+bytes <= g.limits.Bytes/int64(share)
}

func (l *load) add(requests int, bytes int64) {
	l.requests += requests
	l.bytes += bytes
}
