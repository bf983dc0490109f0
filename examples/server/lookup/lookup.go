// Package lookup stands between the verifier and the guarded client: it lets a request wait without a slot, counts
// what was asked for, and keeps for one request the evidence that its verdict rests on. What may be reached, and
// how much of it, is decided in package fetch alone.
package lookup

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/admit"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// Source is what is asked: *fetch.Client, or anything like it in a test.
type Source interface {
	// FetchFrom gets a document, and says from which URL it came in the end.
	FetchFrom(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error)
	// FreshUntil returns until when the document is answered from memory; the zero time where it is not.
	FreshUntil(url string) time.Time
}

// Counter is told of every lookup: its result, which is "ok" or a [fetch.Reason], whether memory answered, and how
// long it took.
type Counter func(result string, cached bool, took time.Duration)

// Fetcher satisfies the Fetcher interfaces of packages keys and verify. It is safe for concurrent use.
type Fetcher struct {
	source Source
	count  Counter
}

// New returns a Fetcher. count may be nil.
func New(s Source, count Counter) *Fetcher {
	if count == nil {
		count = func(string, bool, time.Duration) {}
	}
	return &Fetcher{source: s, count: count}
}

// FreshUntil returns until when a document is answered from memory.
func (f *Fetcher) FreshUntil(url string) time.Time { return f.source.FreshUntil(url) }

// Fetch asks the source, or the recording that the context carries, which then asks the source.
func (f *Fetcher) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	body, mediaType, _, err = f.FetchFrom(ctx, url, accept)
	return body, mediaType, err
}

// FetchFrom is Fetch for those to whom it matters who answered in the end.
func (f *Fetcher) FetchFrom(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error) {
	if r, ok := ctx.Value(key{}).(*fetch.Recorder); ok {
		return r.FetchFrom(ctx, url, accept)
	}
	return f.ask(ctx, url, accept)
}

// ask asks the source, and counts what it brings among the bytes that the request holds: each caller gets a copy of
// its own, whether from memory or not.
func (f *Fetcher) ask(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error) {
	if body, mediaType, from, err = f.get(ctx, url, accept); err != nil {
		return nil, "", "", err
	}
	if full := admit.From(ctx).Grow(int64(len(body))); full != nil {
		return nil, "", "", &fetch.Error{URL: url, Reason: fetch.ReasonLimit, Err: full,
			Detail: "the requests under way hold too many documents; try again later"}
	}
	return body, mediaType, from, nil
}

func (f *Fetcher) get(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error) {
	start := time.Now()
	if f.source.FreshUntil(url).After(start) {
		body, mediaType, from, err = f.source.FetchFrom(ctx, url, accept)
		f.count(result(err), true, time.Since(start))
		return body, mediaType, from, err
	}
	waited := admit.From(ctx).Wait(ctx, hostOf(url), url, func() bool {
		body, mediaType, from, err = f.source.FetchFrom(ctx, url, accept)
		return err == nil
	})
	switch {
	case errors.Is(waited, admit.ErrHost):
		err = &fetch.Error{URL: url, Reason: fetch.ReasonLimit, Err: waited,
			Detail: "too many requests already wait for this host; try again later"}
	case waited != nil:
		err = &fetch.Error{URL: url, Reason: fetch.ReasonTime, Err: waited,
			Detail: "the time for this verification ran out while others waited for this host; try again later"}
	}
	f.count(result(err), false, time.Since(start))
	return body, mediaType, from, err
}

// Busy reports whether a lookup failed only because the server had enough to do.
func Busy(err error) bool { return errors.Is(err, admit.ErrHost) || errors.Is(err, admit.ErrBytes) }

func result(err error) string {
	if err == nil {
		return "ok"
	}
	if e, ok := errors.AsType[*fetch.Error](err); ok {
		return string(e.Reason)
	}
	return "other"
}

func hostOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return u.Host
}

type key struct{}

// Record returns a context whose lookups through f are kept, and the recorder that keeps them.
func (f *Fetcher) Record(ctx context.Context) (context.Context, *fetch.Recorder) {
	r := fetch.NewRecorder(asker{f}, nil)
	return context.WithValue(ctx, key{}, r), r
}

// asker is a Fetcher past its recordings.
type asker struct{ f *Fetcher }

func (a asker) FetchFrom(ctx context.Context, url, accept string) ([]byte, string, string, error) {
	return a.f.ask(ctx, url, accept)
}

func (a asker) Fetch(ctx context.Context, url, accept string) ([]byte, string, error) {
	body, mediaType, _, err := a.f.ask(ctx, url, accept)
	return body, mediaType, err
}
