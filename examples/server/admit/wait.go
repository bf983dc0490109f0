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
	unknown  bool // came while the host was not known
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
	w := &wait{gate: g, hostname: hostname, url: url, host: h, bytes: p.bytes, unknown: h.stalled || !time.Now().Before(g.known[hostname])}
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

// stall takes it back that the host is known: somebody has waited for it too long. Who waits for it as for a known
// host waits for an unknown one from now on, so that a host gains nothing by having been quick before.
func (w *wait) stall() {
	g, h := w.gate, w.host
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.known, w.hostname)
	h.stalled = true
	g.unknown.add(h.trusted, 1)
	h.trusted = load{}
}

// count adds the request to everything that it is part of, or takes it away.
func (w *wait) count(n int) {
	one := load{1, w.bytes}
	w.host.add(one, n)
	w.gate.waiting.add(one, n)
	if w.unknown || w.host.stalled {
		w.gate.unknown.add(one, n)
	} else {
		w.host.trusted.add(one, n)
	}
}

// add adds another load so many times.
func (l *load) add(other load, n int) {
	l.requests += n * other.requests
	l.bytes += int64(n) * other.bytes
}

// room reports whether one more request may wait.
func (g *Gate) room(w *wait) bool {
	share := waitShare
	if w.host.requests == 0 {
		share = lastShare
	}
	return g.fits(w.host.load, w.bytes, hostShare) && g.fits(g.waiting, w.bytes, allShare) && (!w.unknown || g.fits(g.unknown, w.bytes, share))
}

// fits reports whether one more request fits into a share of the places, and its body into that of the bytes. The
// first always does.
func (g *Gate) fits(l load, bytes int64, share int) bool {
	return l.requests == 0 || l.requests < g.limits.InFlight*share/eighths && l.bytes+bytes <= g.limits.Bytes*int64(share)/eighths
}
