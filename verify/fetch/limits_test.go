package fetch

import (
	"testing"
	"time"
)

func TestLimitDefaults(t *testing.T) {
	want := Limits{
		URLBytes: 2048, HeaderBytes: 64 << 10, BodyBytes: 8 << 20, Redirects: 3, Fetches: 64, Time: 15 * time.Second,
		CacheEntries: 512, CacheBytes: 32 << 20, MaxFresh: time.Hour, UnstatedFresh: 5 * time.Second,
	}
	if got := (Limits{}).orDefault(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := want.orDefault(); got != want {
		t.Errorf("the defaults, set, become %+v", got)
	}
	set := Limits{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	if got := set.orDefault(); got != set {
		t.Errorf("%+v, want %+v", got, set)
	}
	// A negative limit opens nothing: it is none at all, or the default.
	want.Redirects, want.CacheEntries, want.UnstatedFresh = 0, 0, 0
	if got := (Limits{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}).orDefault(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
