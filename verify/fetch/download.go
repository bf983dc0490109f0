package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// userAgent is sent with every request, so that a host can tell who asks.
const userAgent = "badgeproof (+https://github.com/badgeproof/badgeproof)"

// download asks for a document and follows redirects, each of which passes the same gate as the
// first URL. The answer is as fresh as the least fresh part of the way. The error has no URL yet. What another host answers
// where a redirect led to it is not the answer of the one that was asked: its status is not that of the error.
func (c *Client) download(ctx context.Context, u *url.URL, accept string) (*answer, *Error) {
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return nil, c.late(ctx)
	}
	asked, fresh, first, via := c.clock(), c.limits.MaxFresh, u, 0
	for hops := 0; ; hops++ {
		resp, err := c.send(ctx, u, accept)
		if err != nil {
			return nil, err
		}
		fresh = min(fresh, freshness(resp.Header, asked, c.limits.UnstatedFresh))
		if !redirects(resp.StatusCode) {
			a, err := c.read(resp)
			if err == nil {
				a.until, a.from = asked.Add(fresh), u.String()
			} else if err.Reason == ReasonStatus && !sameHost(first, u) {
				err = &Error{Reason: ReasonRedirect, Status: via, Err: err, Detail: "the host redirects to " + printable(u.Host, 80) + ", and there " + err.Detail}
			}
			return a, err
		}
		resp.Body.Close()
		via = resp.StatusCode
		if hops >= c.limits.Redirects {
			return nil, &Error{Reason: ReasonRedirect, Status: resp.StatusCode,
				Detail: fmt.Sprintf("the host redirects again after %d redirects, which is as many as are followed", hops)}
		}
		if u, err = c.follow(u, resp); err != nil {
			return nil, err
		}
	}
}

// sameHost reports whether two https URLs are of one host and port.
func sameHost(a, b *url.URL) bool {
	return strings.EqualFold(a.Hostname(), b.Hostname()) && cmp.Or(a.Port(), "443") == cmp.Or(b.Port(), "443")
}

// send makes one request and returns the answer with its body unread.
func (c *Client) send(ctx context.Context, u *url.URL, accept string) (*http.Response, *Error) {
	req := (&http.Request{
		Method: http.MethodGet,
		URL:    u,
		Host:   u.Host,
		Header: http.Header{
			"Accept":          {cmp.Or(accept, "*/*")},
			"Accept-Encoding": {"identity"},
			"User-Agent":      {userAgent},
		},
	}).WithContext(ctx)
	resp, err := c.transport.RoundTrip(req)
	if err == nil && (resp == nil || resp.Body == nil) {
		err = errors.New("the transport gave no answer")
	}
	if err != nil {
		return nil, broken(err)
	}
	if n := headerBytes(resp.Header); n > c.limits.HeaderBytes {
		resp.Body.Close()
		return nil, &Error{Reason: ReasonLimit, Status: resp.StatusCode,
			Detail: fmt.Sprintf("the answer's header has %d bytes, and %d are allowed", n, c.limits.HeaderBytes)}
	}
	return resp, nil
}

// headerBytes counts a header about as it was sent, for transports that set no limit themselves.
func headerBytes(h http.Header) (n int) {
	for name, values := range h {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return n
}

// redirects reports whether an answer of this status is to be followed to its Location (RFC 9110
// §15.4).
func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// follow returns the URL that a redirect leads to, if that may be fetched.
func (c *Client) follow(from *url.URL, resp *http.Response) (*url.URL, *Error) {
	refuse := func(err error) *Error {
		return &Error{Reason: ReasonRedirect, Status: resp.StatusCode, Err: err,
			Detail: "the host redirects to a place that is not fetched from: " + err.Error()}
	}
	places := resp.Header.Values("Location")
	if len(places) != 1 {
		return nil, refuse(fmt.Errorf("it gives %d places instead of one", len(places)))
	}
	// Judged as text first, since parsing and resolving would repair what it should not.
	if err := checkText(places[0], c.limits.URLBytes); err != nil {
		return nil, refuse(err)
	}
	ref, err := url.Parse(places[0])
	if err != nil {
		return nil, refuse(err)
	}
	next, err := c.gate.checkURL(from.ResolveReference(ref).String(), c.limits.URLBytes)
	if err != nil {
		return nil, refuse(err)
	}
	return next, nil
}

// read reads the body of an answer that is no redirect. A body that ends early is told by its
// framing; one that is framed by the end of the connection alone (RFC 9112 §6.3, last rule) is taken
// as whole, as nothing tells.
func (c *Client) read(resp *http.Response) (*answer, *Error) {
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, statusError(resp.StatusCode)
	}
	if coding := strings.Join(resp.Header.Values("Content-Encoding"), ","); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil, &Error{Reason: ReasonEncoding, Status: resp.StatusCode,
			Detail: fmt.Sprintf("the host sent the document in content coding %q although none was asked for", printable(coding, 40))}
	}
	limit := int64(c.limits.BodyBytes)
	tooLong := &Error{Reason: ReasonLimit, Status: resp.StatusCode,
		Detail: fmt.Sprintf("the document has more than the %d bytes that are allowed", limit)}
	// Refused before a byte of it is read, where its host is honest about it.
	if resp.ContentLength > limit {
		return nil, tooLong
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return nil, broken(err)
	case int64(len(body)) > limit:
		return nil, tooLong
	case resp.ContentLength >= 0 && int64(len(body)) != resp.ContentLength:
		return nil, broken(io.ErrUnexpectedEOF)
	}
	return &answer{body: body, mediaType: mediaType(resp.Header.Get("Content-Type"))}, nil
}

// statusError is the error for a document that its host does not give.
func statusError(status int) *Error {
	advice := "the host does not give it out"
	if status >= 500 || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout {
		advice = "trying again later may help"
	}
	return &Error{Reason: ReasonStatus, Status: status,
		Detail: strings.TrimSpace(fmt.Sprintf("the host answered with status %d %s", status, http.StatusText(status))) + "; " + advice}
}

// mediaType returns the type of a Content-Type header in lower case and without parameters (RFC
// 9110 §8.3.1), or nothing if it is none.
func mediaType(header string) string {
	t, _, _ := strings.Cut(header, ";")
	t = strings.ToLower(strings.TrimSpace(t))
	if len(t) > 127 || strings.Count(t, "/") != 1 || strings.Trim(t, "abcdefghijklmnopqrstuvwxyz0123456789/!#$&-^_.+") != "" {
		return ""
	}
	return t
}

// broken is the error for a request that failed before there was a whole answer. Addresses of this
// machine and of its name servers, which the causes tend to mention, stay out of the detail.
func broken(err error) *Error {
	var (
		address *addressError
		name    *net.DNSError
		trust   *tls.CertificateVerificationError
		op      *net.OpError
		timeout net.Error
	)
	e := &Error{Reason: ReasonNetwork, Err: err}
	switch {
	case errors.As(err, &address):
		e.Reason, e.Detail = ReasonAddress, address.Error()
	case errors.As(err, &timeout) && timeout.Timeout():
		e.Reason, e.Detail = ReasonTime, "the host did not answer in time; trying again may help"
	case errors.As(err, &name) && name.IsNotFound:
		e.Detail = "the host's name does not exist"
	case errors.As(err, &name):
		e.Detail = "the host's name could not be resolved; trying again may help"
	case errors.As(err, &trust):
		e.Detail = "the host's certificate is not to be trusted: " + printable(trust.Err.Error(), 300)
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		e.Detail = "the host broke off in the middle of its answer; trying again may help"
	case errors.As(err, &op):
		e.Detail = "the connection to the host failed: " + printable(op.Op+": "+op.Err.Error(), 300)
	default:
		e.Detail = "the host's answer could not be read: " + printable(err.Error(), 300)
	}
	return e
}
