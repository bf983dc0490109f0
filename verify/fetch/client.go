package fetch

import (
	"bytes"
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// Options are the settings of a [Client]. The zero value is the strict setting.
type Options struct {
	// Transport makes the requests in place of the guarded one; nil is the safe setting. The rules
	// for URLs, redirects, sizes and time still apply, but which address is connected to, by which
	// proxy, and trusting whom, is then the transport's own affair, and so is the size of a header
	// before it is handed over. It must honour a request's context.
	Transport http.RoundTripper

	// RootCAs are the authorities that a host's certificate may come from; nil means the system's.
	// It is not used with a Transport.
	RootCAs *x509.CertPool

	// Allow lists networks that may be reached beside the public addresses. Hosts in them may be
	// written as addresses, and may have names without a dot; it is https all the same.
	Allow []netip.Prefix

	// Limits bound what is spent.
	Limits Limits

	// Clock tells the time by which documents go stale; nil means time.Now. It is not the time as
	// of which credentials are judged.
	Clock func() time.Time
}

// Client fetches documents over https from public addresses. Make one with [New] and keep it for
// as long as the process runs: it holds the cache. It is safe for concurrent use.
type Client struct {
	gate      *gate
	transport http.RoundTripper
	limits    Limits
	clock     func() time.Time
	cache     *cache
	slots     chan struct{} // holds one element for each download under way

	mu      sync.Mutex
	flights map[key]*flight // fetches under way that may be joined
}

// New returns a client. It connects to nothing before it is asked to.
func New(o Options) *Client {
	limits := o.Limits.orDefault()
	g := &gate{allow: slices.Clone(o.Allow)}
	if o.Transport == nil {
		o.Transport = newTransport(newDialer(g, limits.Time), o.RootCAs, limits.HeaderBytes)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return &Client{
		gate:      g,
		transport: o.Transport,
		limits:    limits,
		clock:     o.Clock,
		cache:     newCache(limits.CacheEntries, limits.CacheBytes),
		slots:     make(chan struct{}, limits.Fetches),
		flights:   map[key]*flight{},
	}
}

// Fetch returns the document at an https URL, or the one in the cache while that is fresh. accept is
// the Accept header to send; empty means anything. The media type is in lower case, without
// parameters, empty where the host gave none or one that cannot be read; it is not checked against
// accept. The body is whole as far as the host's framing tells. Only an answer of 200 OK is a
// document; anything else is an [*Error].
//
// It returns when ctx ends or the limit of time is reached, whatever the host does. Callers that ask
// for the same at the same time share one request, which goes on as long as one of them waits.
func (c *Client) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	body, mediaType, _, err = c.FetchFrom(ctx, url, accept)
	return body, mediaType, err
}

// FetchFrom is [Client.Fetch] for those to whom it matters who answered in the end: from is the URL that the
// redirects led to, without a fragment. It is url itself, written the usual way, where there were none.
func (c *Client) FetchFrom(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error) {
	if c.transport == nil {
		return nil, "", "", &Error{URL: url, Reason: ReasonOffline, Detail: "the client was not made with New, and reaches nothing"}
	}
	u, err := c.gate.checkURL(url, c.limits.URLBytes)
	if err == nil {
		err = checkAccept(accept)
	}
	if err != nil {
		return nil, "", "", &Error{URL: url, Reason: ReasonURL, Detail: err.Error(), Err: err}
	}
	if ctx.Err() != nil {
		return nil, "", "", interrupted(ctx, url)
	}
	k := key{u.String(), accept}
	a, f := c.join(ctx, k, u)
	if a == nil {
		if a, err = c.wait(ctx, k, f, url); err != nil {
			return nil, "", "", err
		}
	}
	return bytes.Clone(a.body), a.mediaType, a.from, nil
}

// FreshUntil returns until when a document that was fetched is in the cache and answered from there;
// the zero time where it is not. It asks nobody.
func (c *Client) FreshUntil(url string) time.Time {
	if c.transport == nil {
		return time.Time{}
	}
	u, err := c.gate.checkURL(url, c.limits.URLBytes)
	if err != nil {
		return time.Time{}
	}
	return c.cache.until(u.String(), c.clock())
}

// checkAccept refuses what would not be one header line.
func checkAccept(accept string) error {
	if len(accept) > maxAcceptBytes {
		return fmt.Errorf("the media types asked for take %d bytes, and %d are allowed", len(accept), maxAcceptBytes)
	}
	for i := range len(accept) {
		if accept[i] < ' ' || accept[i] >= 0x7f {
			return fmt.Errorf("the media types asked for have byte 0x%02x at offset %d", accept[i], i)
		}
	}
	return nil
}
