package fetch

import (
	"context"
	"time"
)

type fetcher interface {
	Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error)
}

// Recorder is a fetcher.
type Recorder struct{ f fetcher }

// NewRecorder returns a recorder of what f answers.
func NewRecorder(f fetcher, clock func() time.Time) *Recorder { return &Recorder{f: f} }

// Fetch asks.
func (r *Recorder) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	return r.f.Fetch(ctx, url, accept)
}

// Bundle returns what was recorded so far.
func (r *Recorder) Bundle() *Bundle { return &Bundle{} }
