package fetch

import "context"

// Replayer is a fetcher that asks nobody. Its zero value has no evidence at all. It is safe for
// concurrent use.
type Replayer struct {
	documents map[string]Document
	off       bool
}

// NewReplayer returns a fetcher that answers from b, and only from b. The bundle's bodies must not
// be changed afterwards. Of several documents with one URL, which [ParseBundle] never returns, the
// first counts.
func NewReplayer(b *Bundle) *Replayer {
	r := &Replayer{documents: make(map[string]Document, len(b.Documents))}
	for _, d := range b.Documents {
		if _, there := r.documents[d.URL]; !there {
			r.documents[d.URL] = d
		}
	}
	return r
}

// Offline returns a fetcher for which the network is off by choice: every error's Offline is true.
func Offline() *Replayer { return &Replayer{off: true} }

// Fetch returns what was recorded for exactly this URL, whatever was accepted at the time. A fetch
// that failed then fails again for the same reason. A URL that is no https URL is refused as
// [Client.Fetch] would, even if a bundle written by hand has a document for it. Evidence does not
// go stale: what it is worth at another time is judged elsewhere.
func (r *Replayer) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	body, mediaType, _, err = r.FetchFrom(ctx, url, accept)
	return body, mediaType, err
}

// FetchFrom is [Replayer.Fetch] with the URL that answered in the end when it was recorded.
func (r *Replayer) FetchFrom(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error) {
	if r.off {
		return nil, "", "", &Error{URL: url, Reason: ReasonOffline, Detail: "the network is off; allow it, or give an evidence bundle that has this document"}
	}
	if ctx.Err() != nil {
		return nil, "", "", interrupted(ctx, url)
	}
	d, there := r.documents[url]
	if !there {
		return nil, "", "", &Error{URL: url, Reason: ReasonEvidence, Detail: "the document is not in the evidence bundle; record a new one with the network on"}
	}
	if body, err = d.found(); err != nil {
		return nil, "", "", err
	}
	if e := refusal(url); e != nil {
		return nil, "", "", e
	}
	return body, d.MediaType, d.from(), nil
}

// refusal returns the error for a URL at which no client finds anything, whatever networks it was
// allowed, and nil for others.
func refusal(url string) *Error {
	if _, err := anywhere().checkURL(url, len(url)); err != nil {
		return &Error{URL: url, Reason: ReasonURL, Detail: err.Error(), Err: err}
	}
	return nil
}
