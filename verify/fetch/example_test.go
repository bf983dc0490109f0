package fetch_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/badgeproof/badgeproof/verify/fetch"
)

// A bundle written by hand takes the place of the network.
func ExampleNewReplayer() {
	bundle, err := fetch.ParseBundle([]byte(`{"version": 1, "recordedAt": "2026-11-22T05:00:00Z", "documents": [
		{"url": "https://example.edu/.well-known/did.json", "mediaType": "application/did+json", "text": "{}"},
		{"url": "https://example.edu/status/3", "error": "connection refused"}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	replay := fetch.NewReplayer(bundle)
	body, mediaType, err := replay.Fetch(context.Background(), "https://example.edu/.well-known/did.json", "")
	fmt.Println(string(body), mediaType, err)
	for _, url := range []string{"https://example.edu/status/3", "https://example.edu/status/4"} {
		_, _, err = replay.Fetch(context.Background(), url, "")
		var failed *fetch.Error
		fmt.Println(errors.As(err, &failed), failed.Reason, failed.Offline())
	}
	// Output:
	// {} application/did+json <nil>
	// true network false
	// true evidence false
}

// The strict setting reaches public hosts over https, and nothing else.
func ExampleNew() {
	client := fetch.New(fetch.Options{})
	for _, url := range []string{"http://example.edu/", "https://127.0.0.1/", "https://localhost/", "https://0x7f.1/"} {
		_, _, err := client.Fetch(context.Background(), url, "application/json")
		var refused *fetch.Error
		fmt.Println(errors.As(err, &refused), refused.Reason)
	}
	// Output:
	// true url
	// true url
	// true url
	// true url
}
