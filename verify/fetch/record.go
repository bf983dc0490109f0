package fetch

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// fetcher is what a [Recorder] listens to. It must be safe for concurrent use if the recorder is
// used concurrently.
type fetcher interface {
	Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error)
}

// Recorder is a fetcher that keeps what another one answered, as evidence. Each URL is recorded
// once, with the answer that came first, and answered with that from then on: a decision is made on
// exactly what is recorded. It is safe for concurrent use.
//
// Failures are evidence too. Three of them are not, and are not recorded: the caller gave up, the
// network was off by choice, and the bundle is full.
type Recorder struct {
	from   fetcher
	clock  func() time.Time
	limits bundleLimits

	mu        sync.Mutex
	latest    time.Time
	documents map[string]Document
	bytes     int // at most, as JSON
}

// NewRecorder returns a recorder of what f answers. clock tells the time of each; nil means
// time.Now. A recording is for a few verifications, not for a service that runs: it only grows, up
// to the size that a bundle may have.
func NewRecorder(f fetcher, clock func() time.Time) *Recorder {
	if clock == nil {
		clock = time.Now
	}
	return &Recorder{from: f, clock: clock, limits: bundleDefaults(), latest: clock().UTC(), documents: map[string]Document{}}
}

// Fetch returns what is recorded for the URL, or else asks and records. Answers are kept by URL
// alone: a second request that accepts other types gets the first one's answer.
func (r *Recorder) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	body, mediaType, _, err = r.FetchFrom(ctx, url, accept)
	return body, mediaType, err
}

// FetchFrom is [Recorder.Fetch] with the URL that answered in the end, as far as the fetcher that is listened to
// tells.
func (r *Recorder) FetchFrom(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error) {
	d, there := r.recorded(url)
	if !there {
		body, mediaType, from, err = r.ask(ctx, url, accept)
		var own *Error
		if err != nil && !errors.As(err, &own) {
			own = foreign(url, err)
			err = own
		}
		if err != nil && (ctx.Err() != nil || offline(err)) || !utf8.ValidString(url) {
			return body, mediaType, from, err
		}
		d = newDocument(url, slices.Clone(body), mediaType, own)
		if d.Error == "" && !sameRequest(url, from) {
			d.From = from
		}
		if d, err = r.record(d); err != nil {
			return nil, "", "", err
		}
	}
	body, err = d.found()
	if err != nil {
		return nil, "", "", err
	}
	return body, d.MediaType, d.from(), nil
}

// ask passes a request on, to a fetcher that may or may not tell who answered.
func (r *Recorder) ask(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error) {
	if f, ok := r.from.(interface {
		FetchFrom(ctx context.Context, url, accept string) ([]byte, string, string, error)
	}); ok {
		return f.FetchFrom(ctx, url, accept)
	}
	body, mediaType, err = r.from.Fetch(ctx, url, accept)
	return body, mediaType, url, err
}

// sameRequest reports whether from is what a request for asked goes to.
func sameRequest(asked, from string) bool {
	if from == "" || from == asked {
		return true
	}
	u, err := anywhere().checkURL(asked, len(asked))
	return err == nil && u.String() == from
}

// foreign puts an error of a fetcher that is not from this package into the words of this one, with the status that the
// host answered, where it tells that as [Error.HTTPStatus] does.
func foreign(url string, err error) *Error {
	e := &Error{URL: url, Reason: ReasonNetwork, Detail: err.Error(), Err: err}
	var answered interface{ HTTPStatus() int }
	if errors.As(err, &answered) && threeDigits(answered.HTTPStatus()) {
		e.Reason, e.Status = ReasonStatus, answered.HTTPStatus()
	}
	if offline(err) {
		e.Reason = ReasonOffline
	}
	return e
}

// offline reports whether a fetch was not tried because the network is off by choice.
func offline(err error) bool {
	var o interface{ Offline() bool }
	return errors.As(err, &o) && o.Offline()
}

// recorded returns the document of a URL, if there is one yet. Nothing is held meanwhile: two callers
// who ask for a new URL at once both fetch, and record lets one of the answers count.
func (r *Recorder) recorded(url string) (Document, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d, there := r.documents[url]
	return d, there
}

// newDocument puts an answer into the words of a bundle. A document that was found where a
// [Replayer] would refuse to look is a failure from the start.
func newDocument(url string, body []byte, media string, failed *Error) Document {
	if failed == nil {
		failed = refusal(url)
	}
	if failed == nil {
		return Document{URL: url, Status: http.StatusOK, MediaType: mediaType(media), Body: body}
	}
	status := failed.Status
	if !threeDigits(status) {
		status = 0
	}
	return Document{URL: url, Status: status, Error: joinReason(failed.Reason, failed.Detail)}
}

// record keeps a document unless another came first, and returns the one that counts.
func (r *Recorder) record(d Document) (Document, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, there := r.documents[d.URL]; there {
		return first, nil
	}
	// The size is an upper bound, so that the bundle can be written whatever it holds: an escape takes
	// up to six bytes for one.
	size := base64.StdEncoding.EncodedLen(len(d.Body)) + 6*(len(d.URL)+len(d.From)+len(d.MediaType)+len(d.Error)) + documentMembers
	if r.bytes+size > r.limits.bytes-bundleOverhead || len(r.documents) >= r.limits.documents {
		return Document{}, &Error{URL: d.URL, Reason: ReasonLimit, Detail: "the evidence bundle is full; record fewer verifications in one"}
	}
	d.FetchedAt = r.clock().UTC()
	if d.FetchedAt.After(r.latest) {
		r.latest = d.FetchedAt
	}
	r.bytes += size
	r.documents[d.URL] = d
	return d, nil
}

// Bundle returns what was recorded so far, in the order of the URLs. It was recorded at the time of
// its last document, or when the recorder was made if it has none.
func (r *Recorder) Bundle() *Bundle {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := &Bundle{RecordedAt: r.latest}
	for _, d := range r.documents {
		b.Documents = append(b.Documents, d)
	}
	slices.SortFunc(b.Documents, func(a, b Document) int { return strings.Compare(a.URL, b.URL) })
	return b
}

// joinReason makes the error text of a bundle: the reason, and after a colon the detail.
func joinReason(r Reason, detail string) string {
	detail = strings.ToValidUTF8(detail, "?")
	text := string(r) + ": " + detail
	if len(text) > maxBundleError {
		text = strings.ToValidUTF8(text[:maxBundleError], "")
	}
	return text
}

// splitReason undoes joinReason. A text written by hand that begins with no reason is a failure of
// the network.
func splitReason(text string) (Reason, string) {
	before, after, found := strings.Cut(text, ": ")
	if found {
		switch r := Reason(before); r {
		case ReasonURL, ReasonAddress, ReasonRedirect, ReasonStatus, ReasonEncoding, ReasonLimit, ReasonTime, ReasonNetwork, ReasonEvidence:
			return r, after
		}
	}
	return ReasonNetwork, text
}
