package fetch

import "time"

// Defaults of [Limits].
const (
	defaultURLBytes      = 2048
	defaultHeaderBytes   = 64 << 10
	defaultBodyBytes     = 8 << 20
	defaultRedirects     = 3
	defaultFetches       = 64
	defaultTime          = 15 * time.Second
	defaultCacheEntries  = 512
	defaultCacheBytes    = 32 << 20
	defaultMaxFresh      = time.Hour
	defaultUnstatedFresh = 5 * time.Second
)

// Limits bounds what a [Client] spends. A field that is zero stands for its default, so the zero
// value is the safe setting; a negative one stands for "none at all", where that makes sense.
type Limits struct {
	URLBytes      int           // length of a URL, in bytes; default 2048
	HeaderBytes   int           // header of each answer; default 64 KiB
	BodyBytes     int           // body as handed over, after any coding was undone; default 8 MiB
	Redirects     int           // redirects of one fetch; default 3, negative for none
	Fetches       int           // fetches under way at once, others wait; default 64
	Time          time.Duration // one fetch from name lookup to last byte; default 15 s
	CacheEntries  int           // documents kept; default 512, negative for no cache
	CacheBytes    int           // bytes of documents kept; default 32 MiB
	MaxFresh      time.Duration // longest time a document is kept, whatever its host says; default 1 h
	UnstatedFresh time.Duration // the same where its host says nothing; default 5 s, negative for not at all
}

// bundleLimits bound an evidence bundle, for its reader and its writer alike, so that what was
// recorded can be read. They are the same everywhere but in tests: a bundle that one program wrote
// and another refuses would be worth little.
type bundleLimits struct {
	bytes     int // of JSON text
	documents int
}

// bundleDefaults hold several bodies of the greatest size a [Client] accepts by default, and more
// documents than any credential leads to.
func bundleDefaults() bundleLimits { return bundleLimits{bytes: 64 << 20, documents: 10_000} }

const (
	maxBundleDepth  = 4    // arrays and objects open at once; the format has three
	maxBundleError  = 2000 // bytes of a recorded error
	bundleOverhead  = 512  // bytes of JSON beside the documents, at most
	documentMembers = 512  // bytes of a document's names, times, digest and white space, at most
)

// Limits that a caller has no reason to move.
const (
	maxAcceptBytes = 1024            // of the Accept header that is sent
	maxAddresses   = 4               // addresses of one name that are tried
	maxHostBytes   = 253             // of a host name, RFC 1035 §2.3.4
	maxLabelBytes  = 63              // of a part of one
	dialTime       = 4 * time.Second // for one address
	handshakeTime  = 6 * time.Second
)

// orDefault returns the limits that are in force.
func (l Limits) orDefault() Limits {
	l.URLBytes = positive(l.URLBytes, defaultURLBytes)
	l.HeaderBytes = positive(l.HeaderBytes, defaultHeaderBytes)
	l.BodyBytes = positive(l.BodyBytes, defaultBodyBytes)
	l.Redirects = orNone(l.Redirects, defaultRedirects)
	l.Fetches = positive(l.Fetches, defaultFetches)
	l.Time = positive(l.Time, defaultTime)
	l.CacheEntries = orNone(l.CacheEntries, defaultCacheEntries)
	l.CacheBytes = positive(l.CacheBytes, defaultCacheBytes)
	l.MaxFresh = positive(l.MaxFresh, defaultMaxFresh)
	l.UnstatedFresh = orNone(l.UnstatedFresh, defaultUnstatedFresh)
	return l
}

// positive returns n, or def where n bounds nothing.
func positive[T ~int | ~int64](n, def T) T {
	if n <= 0 {
		return def
	}
	return n
}

// orNone returns n, def where n is not set, and zero where it is negative.
func orNone[T ~int | ~int64](n, def T) T {
	if n == 0 {
		return def
	}
	return max(n, 0)
}
