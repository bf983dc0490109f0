package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Limits of replaying.
const (
	maxLine     = 16 << 20 // bytes of a recorded request
	maxResponse = 64 << 20 // bytes of an answer
)

// request is one line of a recording: what to send, and whether a verifier must accept it.
type request struct {
	ID     string          `json:"id"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body"`
	Expect string          `json:"expect"` // accept or reject
}

// replayed is the report about one of them, a line of JSON each.
type replayed struct {
	ID       string `json:"id"`
	Expect   string `json:"expect"`
	Got      string `json:"got"` // accept, reject or error
	Status   int    `json:"status,omitempty"`
	OK       bool   `json:"ok"`
	Detail   string `json:"detail,omitempty"`
	Millis   int64  `json:"ms"`
	Response string `json:"response,omitempty"` // its beginning, where it is not what was expected
}

// replayCommand sends each request and reports. It returns how many were not answered as expected.
func replayCommand(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (mismatches int, err error) {
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.SetOutput(stderr)
	endpoint := flags.String("endpoint", "", "the `URL` that the paths of the recording are below")
	all := flags.Bool("all", false, "report requests that were answered as expected, too")
	timeout := flags.Duration("timeout", time.Minute, "how long to wait for one answer")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0, err
		}
		return 0, usageError{err}
	}
	base, err := url.Parse(*endpoint)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" || flags.NArg() > 1 {
		return 0, usageError{errors.New("replay takes --endpoint URL and at most one file")}
	}
	in := stdin
	if flags.NArg() == 1 {
		f, err := os.Open(flags.Arg(0))
		if err != nil {
			return 0, err
		}
		defer f.Close()
		in = f
	}
	r := &replayer{base: base, client: &http.Client{Timeout: *timeout}, out: json.NewEncoder(stdout), all: *all}
	if err := r.lines(ctx, in); err != nil {
		return 0, err
	}
	fmt.Fprintf(stderr, "%d requests, %d answered as expected, %d not\n", r.sent, r.sent-r.mismatches, r.mismatches)
	return r.mismatches, nil
}

// replayer sends requests to one endpoint, in their order.
type replayer struct {
	base             *url.URL
	client           *http.Client
	out              *json.Encoder
	all              bool
	sent, mismatches int
}

// lines replays a recording. One without requests is an error, so that an empty file is never taken for
// a suite that passed.
func (r *replayer) lines(ctx context.Context, in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		q, err := parseRequest(lines.Bytes())
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		got := r.replay(ctx, q)
		r.sent++
		if !got.OK {
			r.mismatches++
		}
		if !got.OK || r.all {
			if err := r.out.Encode(got); err != nil {
				return err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	if r.sent == 0 {
		return errors.New("the recording has no requests")
	}
	return ctx.Err()
}

// parseRequest reads one line. Members that nobody knows are an error: they may be expectations.
func parseRequest(line []byte) (request, error) {
	var q request
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		return q, err
	}
	switch {
	case d.More():
		return q, errors.New("more than one value")
	case q.Path == "" || q.Path[0] != '/':
		return q, errors.New("the path must begin with a slash")
	case q.Expect != "accept" && q.Expect != "reject":
		return q, errors.New(`expect must be "accept" or "reject"`)
	}
	return q, nil
}

// replay sends one request. An answer that is neither acceptance nor refusal, such as a server's error,
// is never what was expected.
func (r *replayer) replay(ctx context.Context, q request) replayed {
	start := time.Now()
	status, body, err := r.post(ctx, q)
	got := replayed{ID: q.ID, Expect: q.Expect, Status: status, Millis: time.Since(start).Milliseconds()}
	got.Got, got.Detail = classify(status, body, err)
	if got.OK = got.Got == q.Expect; !got.OK {
		got.Response = strings.ToValidUTF8(string(body[:min(len(body), 2000)]), "\ufffd")
	}
	return got
}

// classify says what an answer means: a verifier accepts with 200 and a JSON object without errors, and
// refuses with 400 (VC API, "Verify Credential").
func classify(status int, body []byte, err error) (got, detail string) {
	var object struct {
		Verified *bool             `json:"verified"`
		Errors   []json.RawMessage `json:"errors"`
	}
	switch {
	case err != nil:
		return "error", err.Error()
	case status >= 400 && status < 500:
		return "reject", ""
	case status != http.StatusOK:
		return "error", fmt.Sprintf("the status %d neither accepts nor refuses", status)
	case json.Unmarshal(body, &object) != nil:
		return "error", "the answer is no JSON object"
	case len(object.Errors) > 0:
		return "error", "the answer accepts and has errors"
	case object.Verified != nil && !*object.Verified:
		return "reject", ""
	}
	return "accept", ""
}

// post sends the body and reads the answer.
func (r *replayer) post(ctx context.Context, q request) (status int, body []byte, err error) {
	to := strings.TrimSuffix(r.base.String(), "/") + q.Path
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(q.Body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	resp, err := r.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	return resp.StatusCode, body, err
}
