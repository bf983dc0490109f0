//go:build !js

package main

import (
	"errors"
	"testing"

	"github.com/badgeproof/badgeproof/verify/fetch"
)

const asked = "https://example.edu/did.json"

func TestRelayed(t *testing.T) {
	body, mediaType, from, err := relayed{status: 200, mediaType: "Application/JSON; charset=utf-8", body: []byte("{}")}.document(asked)
	if err != nil || string(body) != "{}" || mediaType != "application/json" || from != asked {
		t.Errorf("%s, %s, %s, %v", body, mediaType, from, err)
	}
	_, mediaType, from, err = relayed{status: 200, mediaType: "?", from: "https://example.edu/elsewhere", body: []byte("{}")}.document(asked)
	if err != nil || mediaType != "" || from != "https://example.edu/elsewhere" {
		t.Errorf("%s, %s, %v", mediaType, from, err)
	}
}

func TestNotRelayed(t *testing.T) {
	for name, c := range map[string]struct {
		relayed
		want    fetch.Reason
		status  int
		offline bool
	}{
		"offline":         {relayed{offline: true, status: 200}, fetch.ReasonOffline, 0, true},
		"no answer":       {relayed{failure: "broken"}, fetch.ReasonNetwork, 0, false},
		"nothing":         {relayed{}, fetch.ReasonNetwork, 0, false},
		"in its words":    {relayed{status: 502, upstream: 410, body: []byte(`{"code":"document.unreached","detail":"status: the host answered 410: gone"}`)}, fetch.ReasonStatus, 410, false},
		"an address":      {relayed{status: 502, body: []byte(`{"code":"document.unreached","detail":"address: the host is private"}`)}, fetch.ReasonAddress, 0, false},
		"busy":            {relayed{status: 503, upstream: 410, body: []byte(`{"code":"request.busy","detail":"status: try again"}`)}, fetch.ReasonNetwork, 0, false},
		"not in its ones": {relayed{status: 502, upstream: 410, body: []byte(`<html>`)}, fetch.ReasonNetwork, 0, false},
		"empty":           {relayed{status: 502, body: []byte(`{}`)}, fetch.ReasonNetwork, 0, false},
		"of another type": {relayed{status: 502, body: []byte(`{"code":1,"detail":[]}`)}, fetch.ReasonNetwork, 0, false},
		"another success": {relayed{status: 204, body: []byte(`{"report":1}`)}, fetch.ReasonNetwork, 0, false},
	} {
		body, _, _, err := c.document(asked)
		e, ok := errors.AsType[*fetch.Error](err)
		if !ok || body != nil || e.Reason != c.want || e.Status != c.status || e.Offline() != c.offline || e.URL != asked || e.Detail == "" {
			t.Errorf("%s: %s, %+v", name, body, e)
		}
	}
}
