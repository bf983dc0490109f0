package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// session is one run of the program: a verifier, what it may fetch with, and what came out.
type session struct {
	verifier *verify.Verifier
	fetcher  verify.Fetcher
	policy   verify.Policy
	recorder *fetch.Recorder
	file     string // to record to

	invalid, indeterminate, unreadable bool
}

// newSession builds the verifier. The moment to judge for is settled once for all inputs: as the
// flag says, else when the evidence was recorded, else now.
func newSession(o *options) (*session, error) {
	s := &session{policy: o.policy, file: o.record}
	recorded, err := s.openFetcher(o)
	if err != nil {
		return nil, err
	}
	if s.policy.At.IsZero() {
		s.policy.At = recorded
	}
	s.verifier, err = verify.New(verify.Config{
		Keys: keys.Default(s.fetcher), Status: s.fetcher, Schemas: s.fetcher, Resources: s.fetcher, Contexts: o.contexts,
	})
	return s, err
}

// openFetcher chooses who answers lookups, and returns the time to judge for where no flag says one.
func (s *session) openFetcher(o *options) (time.Time, error) {
	now := time.Now().UTC().Truncate(time.Second)
	switch {
	case o.evidence != "":
		data, err := readFile(o.evidence, maxEvidence)
		if err != nil {
			return now, err
		}
		bundle, err := fetch.ParseBundle(data)
		if err != nil {
			return now, fmt.Errorf("%s: %w", o.evidence, err)
		}
		s.fetcher = fetch.NewReplayer(bundle)
		return bundle.RecordedAt, nil
	case o.offline:
		s.fetcher = fetch.Offline()
	default:
		s.fetcher = fetch.New(fetch.Options{Allow: o.allow})
	}
	if o.record != "" {
		s.recorder = fetch.NewRecorder(s.fetcher, func() time.Time { return now })
		s.fetcher = s.recorder
	}
	return now, nil
}

// record writes the evidence bundle, where one was asked for.
func (s *session) record() error {
	if s.recorder == nil {
		return nil
	}
	data, err := s.recorder.Bundle().Marshal()
	if err != nil {
		return err
	}
	return os.WriteFile(s.file, append(data, '\n'), 0o644)
}

// status is the exit status: what is known to be bad comes first, then what was not read at all, then what stayed
// open.
func (s *session) status() int {
	switch {
	case s.invalid:
		return exitInvalid
	case s.unreadable:
		return exitNoInput
	case s.indeterminate:
		return exitIndeterminate
	}
	return exitValid
}

// input verifies one argument of the command line. The error says that it cannot be read, or what it
// rests on cannot be printed.
func (s *session) input(ctx context.Context, name string, stdin io.Reader, out *printer) error {
	lines := strings.HasSuffix(name, ".ndjson") || strings.HasSuffix(name, ".jsonl")
	switch {
	case name == "-":
		data, err := readAll(stdin, maxInput)
		if err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		return s.verify(ctx, name, data, out)
	case strings.HasPrefix(name, "https://"):
		data, _, err := s.fetcher.Fetch(ctx, name, "image/png, image/svg+xml, application/vc, application/vc+jwt, application/vp, application/vp+jwt, application/ld+json, application/json, text/plain")
		if err != nil {
			return err
		}
		if lines {
			return s.lines(ctx, name, bytes.NewReader(data), out)
		}
		return s.verify(ctx, name, data, out)
	case lines:
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		return s.lines(ctx, name, f, out)
	}
	data, err := readFile(name, maxInput)
	if err != nil {
		return err
	}
	return s.verify(ctx, name, data, out)
}

// lines verifies a text that holds one credential a line; empty lines are passed over. Without any
// credential it is an input that is none, and not one of which all are valid.
func (s *session) lines(ctx context.Context, name string, r io.Reader, out *printer) error {
	lines, any := bufio.NewScanner(r), false
	lines.Buffer(make([]byte, 64<<10), maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		any = true
		if err := s.verify(ctx, fmt.Sprintf("%s:%d", name, n), lines.Bytes(), out); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if !any {
		return s.verify(ctx, name, nil, out)
	}
	return nil
}

// verify judges one badge, credential or presentation and prints the report, with what was fetched of it. What is no credential at
// all has a report too.
func (s *session) verify(ctx context.Context, name string, data []byte, out *printer) error {
	b, err := badge.Open(data)
	var report *verify.Report
	if err != nil {
		report, err = verify.Unreadable(err, s.policy.At)
	} else {
		report, err = badge.Verify(ctx, s.verifier, b, s.policy)
		if report == nil {
			return err
		}
		if p := b.Presentation(); p != nil {
			containers(report, p)
		}
		b = b.Resolved(report)
	}
	s.invalid = s.invalid || errors.Is(err, verify.ErrInvalid)
	s.indeterminate = s.indeterminate || errors.Is(err, verify.ErrIndeterminate)
	report.Input = name
	return out.print(report, b)
}

func readFile(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := readAll(f, limit)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return data, nil
}

func readAll(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("longer than %d bytes", limit)
	}
	return data, err
}
