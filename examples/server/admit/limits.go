package admit

import (
	"runtime"
	"time"
)

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

// Shares of the places and of the bytes, in eighths. As many as hostShare may wait for one host. For hosts that are not
// known to answer soon, as many as waitShare may wait altogether, and up to lastShare if each is the first for its
// host; for all hosts, allShare. What is left is for hosts that have answered soon before, and the last of it for
// requests that wait for nobody: however many slow hosts there are, and whatever they did before, these find room.
const (
	hostShare = 2
	waitShare = 4
	lastShare = 6
	allShare  = 7
	eighths   = 8
)

// A host is known to answer soon for knownTime after it answered within soon, or until somebody has waited longer than that.
const (
	soon       = time.Second
	knownTime  = 10 * time.Minute
	knownHosts = 4096
)
