package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/admit"
	"github.com/badgeproof/badgeproof/examples/server/api"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/fetch"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// soak is how long TestSoak goes on: go test -run Soak -soak 10m -timeout 20m .
var soak = flag.Duration("soak", 3*time.Second, "how long to keep the server busy beside slow, dead and lying hosts")

// Hosts of status lists, and how many lists each of them has, so that requests do not share one fetch.
const (
	listHost  = "lists.example" // answers at once
	slowHost  = "slow.example"  // after slowTime
	deadHost  = "dead.example"  // never
	lyingHost = "lying.example" // with a list by somebody else, in which nothing is revoked
	lists     = 40
	slowTime  = 400 * time.Millisecond
)

// internet is a transport that stands for all of these. What it is asked for it has, signed once.
type internet struct{ documents map[string][]byte }

func (n *internet) RoundTrip(r *http.Request) (*http.Response, error) {
	wait := time.Duration(0)
	switch r.URL.Host {
	case deadHost:
		wait = time.Hour
	case slowHost:
		wait = slowTime
	}
	if wait > 0 {
		select {
		case <-time.After(wait):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	body, ok := n.documents[r.URL.String()]
	if !ok {
		return nil, errors.New("no such host")
	}
	return &http.Response{StatusCode: 200, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r, ContentLength: int64(len(body)),
		Header: http.Header{"Content-Type": {"application/vc"}}, Body: io.NopCloser(bytes.NewReader(body))}, nil
}

// kind is one kind of credential: requests with it, and the verdicts that are right for it.
type kind struct {
	name     string
	requests []string
	right    []string
}

// kinds makes the credentials, and publishes what they rest on.
func kinds() (*internet, map[string]*kind) {
	n := &internet{documents: map[string][]byte{}}
	issuer, mallory := verifytest.NewIssuer("did:key", keys.Ed25519), verifytest.NewIssuer("did:key", keys.Ed25519)
	list := func(host string, i int) string { return fmt.Sprintf("https://%s/%d", host, i) }
	signed := func(host string, index string) (requests []string) {
		for i := range lists {
			url := list(host, i)
			requests = append(requests, string(issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": map[string]any{
				"id": url + "#" + index, "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
				"statusListIndex": index, "statusListCredential": url}}), "eddsa-rdfc-2022")))
			by := issuer
			var revoked []uint64
			if host == lyingHost {
				by = mallory
			} else {
				revoked = []uint64{7}
			}
			if n.documents[url] == nil {
				n.documents[url] = by.Sign(verifytest.StatusList(url, issuer.ID, "revocation", revoked...), "eddsa-rdfc-2022")
			}
		}
		return requests
	}
	all := map[string]*kind{}
	add := func(name string, requests []string, right ...string) { all[name] = &kind{name, requests, right} }
	add("plain", []string{string(issuer.Sign(verifytest.Badge(issuer.ID, nil), "eddsa-rdfc-2022"))}, "valid")
	add("listed", signed(listHost, "1"), "valid")
	add("revoked", signed(listHost, "7"), "invalid")
	add("slow", signed(slowHost, "1"), "valid", "indeterminate")
	add("slow revoked", signed(slowHost, "7"), "invalid", "indeterminate")
	add("dead", signed(deadHost, "1"), "indeterminate")
	add("lied about", signed(lyingHost, "7"), "indeterminate")
	return n, all
}

// load is what clients have seen.
type load struct {
	url   string
	mu    sync.Mutex
	times map[string][]time.Duration
	wrong []string
	busy  atomic.Int64
}

// ask sends requests of one kind, one after the other, until ctx is done; pause is between them.
func (l *load) ask(ctx context.Context, k *kind, first int, pause time.Duration) {
	c := &http.Client{Transport: &http.Transport{}}
	defer c.CloseIdleConnections()
	for i := first; ctx.Err() == nil; i++ {
		begin := time.Now()
		verdict, err := verdictOf(c, l.url, k.requests[i%len(k.requests)])
		took := time.Since(begin)
		l.mu.Lock()
		switch {
		case verdict == "busy":
			l.busy.Add(1)
		case err != nil || !slices.Contains(k.right, verdict):
			l.wrong = append(l.wrong, fmt.Sprint(k.name, ": ", verdict, err))
		default:
			l.times[k.name] = append(l.times[k.name], took)
		}
		l.mu.Unlock()
		time.Sleep(pause)
	}
}

// verdictOf returns the verdict of the report, or "busy" where the server has no room.
func verdictOf(c *http.Client, url, credential string) (string, error) {
	r, err := c.Post(url+"/credentials/verify", "application/json", strings.NewReader(`{"verifiableCredential": `+credential+`}`))
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	var body struct {
		Verified bool
		Report   struct{ Verdict string }
	}
	if r.StatusCode == http.StatusServiceUnavailable {
		_, err := io.Copy(io.Discard, r.Body)
		return "busy", err
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return "", err
	}
	if valid := body.Report.Verdict == "valid"; valid != (r.StatusCode == 200) || valid != body.Verified {
		return "", fmt.Errorf("status %d for the verdict %q", r.StatusCode, body.Report.Verdict)
	}
	return body.Report.Verdict, nil
}

// at returns the time that this share of the answers, in percent, took at most.
func (l *load) at(percent int, names ...string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []time.Duration
	for _, name := range names {
		all = append(all, l.times[name]...)
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)*percent/100]
}

// TestSoak keeps the server busy, first with credentials that need no bad host, then with these and many more that do.
// No verdict may be wrong, memory stays within a bound, and the former are answered as fast as before.
func TestSoak(t *testing.T) {
	network, all := kinds()
	client := fetch.New(fetch.Options{Transport: network, Limits: fetch.Limits{Fetches: fetches, Time: 2 * time.Second, UnstatedFresh: time.Second}})
	s, err := api.New(api.Options{Policies: []*policies.Named{policies.Open()}, Source: client, Timeout: 3 * time.Second, Limits: admit.Limits{InFlight: 160}})
	if err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(s)
	defer served.Close()
	run := func(span time.Duration, hostile int) *load {
		l := &load{url: served.URL, times: map[string][]time.Duration{}}
		ctx, cancel := context.WithTimeout(t.Context(), span)
		defer cancel()
		var clients sync.WaitGroup
		for i, name := range []string{"plain", "plain", "listed", "revoked"} {
			clients.Go(func() { l.ask(ctx, all[name], i, 0) })
		}
		for i := range hostile {
			name := []string{"dead", "slow", "dead", "slow revoked", "dead", "lied about"}[i%6]
			clients.Go(func() { l.ask(ctx, all[name], i, 100*time.Millisecond) })
		}
		clients.Wait()
		return l
	}
	run(*soak/6, 0) // contexts are compiled, connections opened
	before := run(*soak/3, 0)
	memory := watch(t)
	during := run(*soak, 120)
	most, late, early := memory()

	good := []string{"plain", "listed", "revoked"}
	fair, harmed := before.at(99, good...), during.at(99, good...)
	count := 0
	for _, k := range good {
		count += len(during.times[k])
	}
	t.Logf("%s: %d answers without bad hosts, p99 %s, before %s; %d slow, %d dead, %d lied about, %d turned away; heap at most %d MiB",
		*soak, count, harmed, fair, len(during.times["slow"]), len(during.times["dead"]), len(during.times["lied about"]), during.busy.Load(), most>>20)
	for _, l := range []*load{before, during} {
		if len(l.wrong) > 0 {
			t.Errorf("%d wrong verdicts, such as %s", len(l.wrong), l.wrong[0])
		}
	}
	if len(during.times["dead"]) == 0 || len(during.times["slow"]) == 0 || len(during.times["lied about"]) == 0 {
		t.Error("a kind of bad host was not met")
	}
	// A short run on a busy machine has few answers, and says something by its median only.
	if *soak >= time.Minute && harmed > 4*fair+50*time.Millisecond {
		t.Errorf("p99 of credentials without bad hosts: %s, and %s before", harmed, fair)
	}
	if fair, harmed := before.at(50, good...), during.at(50, good...); harmed > 10*fair+slowTime {
		t.Errorf("median of credentials without bad hosts: %s, and %s before", harmed, fair)
	}
	if most > 512<<20 || late > 2*early+64<<20 {
		t.Errorf("heap: %d MiB at most, %d early, %d late", most>>20, early>>20, late>>20)
	}
}

// watch samples the heap until the function that it returns is called: the most of all, of the last quarter, and of the
// first.
func watch(t *testing.T) func() (most, late, early uint64) {
	ctx, cancel := context.WithCancel(t.Context())
	var samples []uint64
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			samples = append(samples, m.HeapInuse)
			time.Sleep(50 * time.Millisecond)
		}
	}()
	return func() (most, late, early uint64) {
		cancel()
		<-done
		quarter := max(len(samples)/4, 1)
		return slices.Max(samples), slices.Max(samples[len(samples)-quarter:]), slices.Max(samples[:quarter])
	}
}
