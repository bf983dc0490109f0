package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

const (
	maxFile  = 16 << 20        // bytes of a badge
	shortest = 5 * time.Second // between two rounds
)

// watcher looks at the files of a folder, round by round. It is used by one goroutine.
type watcher struct {
	folder   string
	verifier *verify.Verifier
	policy   verify.Policy
	every    time.Duration
	clock    func() time.Time
	out      io.Writer
	seen     map[string]state // by file name
}

// state is what is known of a file.
type state struct {
	changed time.Time // of the file
	size    int64
	says    string    // verdict and reason
	due     time.Time // when to look again
}

// watch goes round until ctx ends, or so many times. The error says that the folder cannot be read.
func (w *watcher) watch(ctx context.Context, rounds int) error {
	for n := 1; ; n++ {
		due, err := w.round(ctx)
		if err != nil || n == rounds {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(max(due.Sub(w.clock()), shortest)):
		}
	}
}

// round looks at each file that is new, was changed, or is due, prints what is different from before,
// and returns when the next one is due.
func (w *watcher) round(ctx context.Context) (due time.Time, err error) {
	entries, err := os.ReadDir(w.folder)
	if err != nil {
		return due, err
	}
	now := w.clock()
	due = now.Add(w.every)
	before := w.seen
	w.seen = make(map[string]state, len(entries))
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		s, known := before[e.Name()]
		if !known || !s.changed.Equal(info.ModTime()) || s.size != info.Size() || !now.Before(s.due) {
			said := s.says
			s = w.look(ctx, e.Name(), info, now)
			if ctx.Err() != nil {
				return due, nil // half an answer is none
			}
			w.tell(now, e.Name(), said, s.says)
		}
		w.seen[e.Name()] = s
		if s.due.Before(due) {
			due = s.due
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, still := w.seen[name]; !still {
			w.tell(now, name, before[name].says, "gone")
		}
	}
	return due, nil
}

// tell prints one line for what changed. A file name is printed so that it cannot pretend to be another
// line.
func (w *watcher) tell(now time.Time, name, before, after string) {
	switch {
	case before == after:
	case before == "":
		fmt.Fprintf(w.out, "%s %s: %s\n", now.UTC().Format(time.RFC3339), strconv.Quote(name), after)
	default:
		fmt.Fprintf(w.out, "%s %s: %s, was %s\n", now.UTC().Format(time.RFC3339), strconv.Quote(name), after, before)
	}
}

// look verifies one file.
func (w *watcher) look(ctx context.Context, name string, info fs.FileInfo, now time.Time) state {
	s := state{changed: info.ModTime(), size: info.Size(), due: now.Add(w.every)}
	data, err := w.read(name)
	if err != nil {
		s.says = "unreadable"
		return s
	}
	policy := w.policy
	policy.At = now
	var report *verify.Report
	if b, openErr := badge.Open(data); openErr != nil {
		report, _ = verify.Unreadable(openErr, now)
	} else if report, err = badge.Verify(ctx, w.verifier, b, policy); report == nil {
		s.says = err.Error()
		return s
	}
	s.says = says(report)
	s.due = dueOf(report, s.due)
	return s
}

func (w *watcher) read(name string) ([]byte, error) {
	f, err := os.Open(filepath.Join(w.folder, name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = errors.New("too long")
	}
	return data, err
}

// says is the verdict, with the code that led to it.
func says(r *verify.Report) string {
	if r.Verdict == verify.Valid {
		return "valid"
	}
	for _, c := range r.Checks {
		decided := c.Outcome == verify.Failed || r.Verdict == verify.Indeterminate && c.Outcome == verify.Undecided
		if decided {
			return fmt.Sprintf("%v (%s)", r.Verdict, c.Reason)
		}
	}
	return r.Verdict.String()
}

// dueOf returns when a report is to be made again: when time could change it, or when what it rests on
// is no longer fresh, and at the latest by then.
func dueOf(r *verify.Report, latest time.Time) time.Time {
	moments := []time.Time{r.NextChange}
	for _, s := range r.Sources {
		moments = append(moments, s.FreshUntil)
	}
	for _, m := range moments {
		if !m.IsZero() && m.Before(latest) {
			latest = m
		}
	}
	return latest
}
