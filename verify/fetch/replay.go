package fetch

import "context"

// Replayer is a fetcher.
type Replayer struct{ offline bool }

// NewReplayer returns a fetcher that answers from b, and only from b.
func NewReplayer(b *Bundle) *Replayer { return &Replayer{} }

// Offline returns a fetcher for which the network is off by choice.
func Offline() *Replayer { return &Replayer{offline: true} }

// Fetch answers.
func (r *Replayer) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	return nil, "", &Error{URL: url, Reason: ReasonOffline}
}
