package fetch

import (
	"context"
	"crypto/x509"
	"net/http"
	"net/netip"
	"time"
)

// Options are the settings of a [Client]. The zero value is the strict setting.
type Options struct {
	Transport http.RoundTripper
	RootCAs   *x509.CertPool
	Allow     []netip.Prefix
	Limits    Limits
	Clock     func() time.Time
}

// Client fetches documents over https from public addresses.
type Client struct{}

// New returns a client.
func New(o Options) *Client { return &Client{} }

// Fetch fetches.
func (c *Client) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	return nil, "", &Error{URL: url, Reason: ReasonOffline}
}
