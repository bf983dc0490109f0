package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxSeconds is the longest time that a header can ask for; more is taken for this much (RFC 9111
// §1.2.2). It keeps the arithmetic of durations from overflowing.
const maxSeconds = 1 << 31

// freshness returns how long after it was asked for an answer may be given again without asking
// the host, by RFC 9111 §4.2 for a cache that serves several users. It is zero for what may not be
// kept, and for what would have to be asked about each time; unstated is the answer for a header
// that says nothing. Limits are the caller's to apply.
func freshness(h http.Header, asked time.Time, unstated time.Duration) time.Duration {
	if strings.Contains(strings.Join(h.Values("Vary"), ","), "*") {
		return 0
	}
	cc := cacheControl(h)
	if cc.forbidden || len(h.Values("Pragma")) > 0 && !cc.stated {
		return 0
	}
	lifetime := unstated
	switch {
	case cc.stated:
		lifetime = cc.lifetime
	case len(h.Values("Expires")) > 0:
		lifetime = expires(h, asked)
	}
	return max(0, lifetime-age(h, asked))
}

// directives are what the Cache-Control headers of an answer come to.
type directives struct {
	forbidden bool          // must not be kept, or not be used without asking
	stated    bool          // lifetime was given
	lifetime  time.Duration // the least one that was given; one that cannot be read is zero
	shared    bool          // lifetime is from s-maxage, which goes before max-age
}

// cacheControl reads what concerns a cache that serves several users; directives it does not know
// change nothing (RFC 9111 §5.2.3). A comma inside a quoted value splits it, which can only forbid more.
func cacheControl(h http.Header) (d directives) {
	for part := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "no-store", "no-cache", "private":
			d.forbidden = true
		case "s-maxage":
			if !d.shared {
				d.stated = false
			}
			d.shared = true
			d.atMost(seconds(value))
		case "max-age":
			if !d.shared {
				d.atMost(seconds(value))
			}
		}
	}
	return d
}

// atMost keeps the least of several lifetimes, since an answer that contradicts itself is to be kept
// for no longer than any of its statements allows (RFC 9111 §4.2.1).
func (d *directives) atMost(t time.Duration) {
	if !d.stated || t < d.lifetime {
		d.lifetime = t
	}
	d.stated = true
}

// seconds reads a number of seconds, quoted or not; what is none is zero.
func seconds(s string) time.Duration {
	s = strings.Trim(strings.TrimSpace(s), `"`)
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil || n > maxSeconds {
		n = maxSeconds
	}
	return time.Duration(n) * time.Second
}

// expires returns the time between the answer's date and the one it expires at; an invalid date
// has passed already (RFC 9111 §5.3).
func expires(h http.Header, asked time.Time) time.Duration {
	at, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	from, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		from = asked
	}
	return at.Sub(from)
}

// age returns how old an answer was when it was asked for, by the greater of what caches on the way
// say and what the dates say (RFC 9111 §4.2.3).
func age(h http.Header, asked time.Time) time.Duration {
	var said time.Duration
	for _, v := range h.Values("Age") {
		said = max(said, seconds(v))
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		said = max(said, asked.Sub(date))
	}
	return said
}
