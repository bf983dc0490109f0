package admit

import "time"

// wait is a request that waits for a host.
type wait struct {
	gate     *Gate
	hostname string
	url      string
	host     *host
	turn     *turn
	bytes    int64
	unknown  bool // counted among those for hosts that are not known
	ran      bool
	soon     bool // there was an answer, and soon
}

// join counts the request among those that wait for the host, and returns nil where these are too many.
func (p *Pass) join(hostname, url string) *wait {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[hostname]
	if h == nil {
		h = &host{urls: map[string]*turn{}, places: make(chan struct{}, g.limits.PerHost)}
	}
	w := &wait{gate: g, hostname: hostname, url: url, host: h, bytes: p.bytes, unknown: !time.Now().Before(g.known[hostname])}
	if !g.room(w) {
		return nil
	}
	g.hosts[hostname] = h
	if w.turn = h.urls[url]; w.turn == nil {
		w.turn = &turn{open: make(chan struct{})}
		h.urls[url] = w.turn
	}
	w.turn.waiting++
	w.count(1)
	return w
}

// part is the opposite of join. It remembers whether the host answered soon.
func (w *wait) part() {
	g := w.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	w.count(-1)
	if w.turn.waiting--; w.turn.waiting == 0 {
		delete(w.host.urls, w.url)
	}
	if w.host.requests == 0 {
		delete(g.hosts, w.hostname)
	}
	switch {
	case w.soon:
		g.know(w.hostname)
	case w.ran:
		delete(g.known, w.hostname)
	}
}

// know remembers a host, in the place of any other where there are enough.
func (g *Gate) know(hostname string) {
	if _, ok := g.known[hostname]; !ok && len(g.known) >= knownHosts {
		for other := range g.known {
			delete(g.known, other)
			break
		}
	}
	g.known[hostname] = time.Now().Add(knownTime)
}

// count adds the request to everything that it is part of, or takes it away.
func (w *wait) count(n int) {
	loads := []*load{&w.host.load, &w.gate.waiting}
	if w.unknown {
		loads = append(loads, &w.gate.unknown)
	}
	for _, l := range loads {
		l.requests += n
		l.bytes += int64(n) * w.bytes
	}
}

// room reports whether one more request may wait.
func (g *Gate) room(w *wait) bool {
	share := waitShare
	if w.host.requests == 0 {
		share = lastShare
	}
	return g.fits(w.host.load, w.bytes, hostShare) && (!w.unknown || g.fits(g.unknown, w.bytes, share))
}

// fits reports whether one more request fits into a share of the places, and its body into that of the bytes. The
// first always does.
func (g *Gate) fits(l load, bytes int64, share int) bool {
	return l.requests == 0 || l.requests < g.limits.InFlight*share/quarters && l.bytes+bytes <= g.limits.Bytes*int64(share)/quarters
}
