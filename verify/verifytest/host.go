package verifytest

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
)

// Host answers fetches from memory. It satisfies the Fetcher interfaces of packages keys and
// verify. The zero Host knows no document; a Host is safe for concurrent use.
type Host struct {
	mutex     sync.Mutex
	documents map[string]document
	calls     []string // URLs in the order of the fetches
}

// document is what one URL answers with.
type document struct {
	body      []byte
	mediaType string
	err       error // of every fetch, nil for a document that is there
}

// Put publishes a copy of a document at exactly this URL, in place of whatever was there.
func (h *Host) Put(url, mediaType string, body []byte) {
	h.set(url, document{body: bytes.Clone(body), mediaType: mediaType})
}

// Fail makes every fetch of this URL end in err.
func (h *Host) Fail(url string, err error) { h.set(url, document{err: err}) }

func (h *Host) set(url string, d document) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.documents == nil {
		h.documents = make(map[string]document)
	}
	h.documents[url] = d
}

// Fetch returns a copy of the document at url, and an error where there is none or ctx is done. It
// compares URLs exactly, follows no redirect and does not look at accept. Fetches that fail count, too.
func (h *Host) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.calls = append(h.calls, url)
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	d, found := h.documents[url]
	switch {
	case !found:
		return nil, "", fmt.Errorf("verifytest: nothing is published at %s", url)
	case d.err != nil:
		return nil, "", d.err
	}
	return bytes.Clone(d.body), d.mediaType, nil
}

// Calls returns the URLs that were asked for, in order, each as often as it was asked for.
func (h *Host) Calls() []string {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return slices.Clone(h.calls)
}
