package admit

import "runtime"

// Defaults of [Limits].
const (
	DefaultInFlight = 1024
	DefaultBytes    = 128 << 20
	DefaultPerHost  = 16
)

// Limits bounds what the requests under way may hold. A field that is zero or negative stands for its default.
type Limits struct {
	InFlight  int   // requests under way, those that wait for a host included
	Bytes     int64 // bytes of their bodies
	Slots     int   // verifications that compute at a time; default two for each processor
	PerHost   int   // documents asked of one host at a time
	PerClient int   // requests under way of one client address; the default is no such limit
}

func (l Limits) orDefault() Limits {
	if l.InFlight <= 0 {
		l.InFlight = DefaultInFlight
	}
	if l.Bytes <= 0 {
		l.Bytes = DefaultBytes
	}
	if l.Slots <= 0 {
		l.Slots = 2 * runtime.GOMAXPROCS(0)
	}
	if l.PerHost <= 0 {
		l.PerHost = DefaultPerHost
	}
	return l
}

// A quarter of what there is may wait for one host, and half of it for hosts altogether, so that however
// slow hosts are, as much is left for the requests that need none of them.
const (
	hostShare = 4
	waitShare = 2
)
