package keys_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
)

// offlineError is like the error of a fetcher whose network is off by choice.
type offlineError struct{}

func (offlineError) Error() string { return "the network is off" }
func (offlineError) Offline() bool { return true }

func TestNoFetcher(t *testing.T) {
	for _, r := range []*keys.Resolver{keys.Default(nil), new(keys.Resolver)} {
		for _, id := range []string{"did:web:example.edu", issuer} {
			_, err := r.Controller(context.Background(), id)
			wantCode(t, err, "key.unresolved")
		}
		_, err := r.KeySet(context.Background(), setURL)
		wantCode(t, err, "key.unresolved")
		// Control: what needs no network is found.
		_, err = r.Controller(context.Background(), "did:key:"+ed25519Key)
		wantCode(t, err, "")
	}
	// Control: the zero Resolver's limits are the defaults.
	_, err := serve(issuer, document(`"assertionMethod":["#k"]`)).WithLimits(keys.Limits{}).Controller(context.Background(), issuer)
	wantCode(t, err, "")
}

// TestFetchFails checks that the cause stays reachable, and that nothing is taken from a failure.
func TestFetchFails(t *testing.T) {
	for name, cause := range map[string]error{"offline": offlineError{}, "not found": errNotFound, "deadline": context.DeadlineExceeded} {
		good := document(`"assertionMethod":[` + method("#k", issuer, ed25519Key, "") + `]`)
		net := &network{answers: map[string]answer{
			issuer: {body: good, mediaType: "application/json", err: cause},
			"https://example.edu/.well-known/did.json": {body: webDocument("did:web:example.edu"), mediaType: "application/json", err: cause},
			setURL: {body: `{"keys":[]}`, mediaType: "application/json", err: cause},
		}}
		r := keys.Default(net)
		for _, id := range []string{issuer, "did:web:example.edu"} {
			_, err := r.Controller(context.Background(), id)
			wantCode(t, err, "key.unresolved")
			if !errors.Is(err, cause) {
				t.Errorf("%s: the cause of %v is lost", name, err)
			}
		}
		_, err := r.KeySet(context.Background(), setURL)
		wantCode(t, err, "key.unresolved")
		var off interface{ Offline() bool }
		if errors.As(err, &off) != (name == "offline") {
			t.Errorf("%s: offline is wrong", name)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	net := &network{}
	for _, id := range []string{issuer, "did:web:example.edu"} {
		_, err := keys.Default(net).Controller(ctx, id)
		wantCode(t, err, "key.unresolved")
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the cause of %v is lost", err)
		}
	}
	if len(net.asked) > 0 {
		t.Errorf("fetched %v", net.asked)
	}
	// Control: a did:key takes no time.
	_, err := keys.Default(net).Controller(ctx, "did:key:"+ed25519Key)
	wantCode(t, err, "")
}

func TestMediaTypes(t *testing.T) {
	body := document(`"assertionMethod":[]`)
	for mediaType, code := range map[string]string{
		"application/json": "", "application/json; charset=utf-8": "", "Application/JSON": "", "application/did+json": "", "application/did+ld+json": "",
		"application/did": "", "application/cid": "", "application/ld+json": "", `application/ld+json; profile="x/html"`: "", "application/jwk-set+json": "",
		"text/json": "", "text/plain": "", "text/plain;charset=UTF-8": "", "application/octet-stream": "", "binary/octet-stream": "", "": "",
		"text/html": "key.unresolved", "text/html; charset=utf-8": "key.unresolved", "image/svg+xml": "key.unresolved", "image/png": "key.unresolved",
		"application/xml": "key.unresolved", "application/x+json+xml": "key.unresolved", "text/x+json": "key.unresolved", "application/jsonp": "key.unresolved",
		"text/html;application/json": "key.unresolved", "application/javascript": "key.unresolved", "multipart/form-data": "key.unresolved",
	} {
		net := &network{answers: map[string]answer{issuer: {body: body, mediaType: mediaType}}}
		_, err := keys.Default(net).Controller(context.Background(), issuer)
		wantCode(t, err, code)
	}
}

// TestUnreadable gives bodies that are no strict JSON; the finding of the parser stays reachable.
func TestUnreadable(t *testing.T) {
	good := document(`"assertionMethod":[]`)
	for name, body := range map[string]string{
		"empty":              "",
		"a page":             "<html></html>",
		"a byte order mark":  "\ufeff" + good,
		"text after the end": good + good,
		"invalid UTF-8":      strings.Replace(good, "assertion", "\xff", 1),
		"a comment":          "/* */" + good,
		"a lone surrogate":   document(`"a":"\ud800"`),
		"a member twice":     document(`"a":1`, `"a":2`),
		"twice by escapes":   document(`"\u0069d":"x"`),
		"deep":               document(`"a":` + strings.Repeat("[", 20) + strings.Repeat("]", 20)),
		"deep enough to die": strings.Repeat("[", 500_000),
		"long":               document(`"a":"` + strings.Repeat("a", 1<<20) + `"`),
		"many values":        document(`"a":[` + strings.Repeat("0,", 50_000) + "0]"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := serve(issuer, body).Controller(context.Background(), issuer)
			wantCode(t, err, "key.unresolved")
			if errors.Unwrap(err) == nil {
				t.Error("the cause is lost")
			}
			_, err = serve(setURL, body).KeySet(context.Background(), setURL)
			wantCode(t, err, "key.unresolved")
		})
	}
	// Controls at the edges.
	for _, body := range []string{document(`"a":` + strings.Repeat("[", 15) + strings.Repeat("]", 15)), document(`"a":"` + strings.Repeat("a", 1<<20-200) + `"`), " " + good + "\n"} {
		_, err := serve(issuer, body).Controller(context.Background(), issuer)
		wantCode(t, err, "")
	}
}

func TestLimits(t *testing.T) {
	body := document(`"assertionMethod":["#a","#b","#c"]`)
	set := `{"keys":[{},{},{}]}`
	for _, c := range []struct {
		limits         keys.Limits
		document, keys string
	}{
		{keys.Limits{}, "", ""},
		{keys.Limits{Document: -1, Methods: -1, Keys: -1}, "", ""},
		{keys.Limits{Document: len(body)}, "", ""},
		{keys.Limits{Document: len(set)}, "key.unresolved", ""},
		{keys.Limits{Document: len(set) - 1}, "key.unresolved", "key.unresolved"},
		{keys.Limits{Methods: 3}, "", ""},
		{keys.Limits{Methods: 2}, "key.unresolved", ""},
		{keys.Limits{Keys: 3}, "", ""},
		{keys.Limits{Keys: 2}, "", "key.unresolved"},
		{keys.Limits{Methods: 1000, Keys: 1000}, "", ""},
	} {
		_, err := serve(issuer, body).WithLimits(c.limits).Controller(context.Background(), issuer)
		wantCode(t, err, c.document)
		_, err = serve(setURL, set).WithLimits(c.limits).KeySet(context.Background(), setURL)
		wantCode(t, err, c.keys)
	}
}

func TestSources(t *testing.T) {
	const did, url = "did:web:example.edu", "https://example.edu/.well-known/did.json"
	body := webDocument(did)
	net := &network{answers: map[string]answer{url: {body: body}, setURL: {body: `{"keys":[]}`}}}
	doc, err := keys.Default(net).Controller(context.Background(), did)
	wantCode(t, err, "")
	sum := sha256.Sum256([]byte(body))
	if s := doc.Sources(); len(s) != 1 || s[0].URL != url || s[0].SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("sources are %v", s)
	}
	_, err = keys.Default(net).KeySet(context.Background(), setURL)
	wantCode(t, err, "")
	if !strings.Contains(net.accept[0], "application/did+json") || !strings.Contains(net.accept[1], "application/jwk-set+json") {
		t.Errorf("asked for %q", net.accept)
	}
}

// TestWebURLs checks which URLs are handed to a fetcher at all.
func TestWebURLs(t *testing.T) {
	for _, url := range []string{
		"https://example.edu", "https://example.edu/", "https://example.edu/issuers/1?v=2&a=%20", "https://example.edu:8443/x",
		"https://Example.edu/A", "https://example.edu/a//b", "https://example.edu/a%20b", "https://example.edu/...", "https://example.edu/?..",
		"https://example.edu?x=a@b:c", "https://example.edu/@user", "https://example.edu/a:b", "https://127.0.0.1:8443/", "https://[::1]/",
	} {
		_, err := serve(url, `{"id":"`+url+`"}`).Controller(context.Background(), url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
		}
		_, err = serve(url, `{"keys":[]}`).KeySet(context.Background(), url)
		wantCode(t, err, "")
	}
	for _, url := range []string{
		"https:", "https:/example.edu", "https://", "https:///x", "https://:443/", "https://?x", "https:example.edu", "https://example.edu:",
		"https://example.edu:/x", "https://example.edu:0/", "https://example.edu:65536/", "https://example.edu:x/", "https://example.edu:0443/",
		"https://user@example.edu/", "https://user:pw@example.edu/", "https://@example.edu/", "https://good.edu@evil.example/", "https://good.edu%40evil.example/",
		"https://example.edu%2Fx/", "https://exam%70le.edu/", "https://[::1%25eth0]/", "https://[::1/", "https://[::1]x/",
		"https://example.edu/#x", "https://example.edu#", "https://example.edu/#", "https://example.edu\\x", "https://example.edu\\@evil.example/",
		"https://example.edu/..", "https://example.edu/../x", "https://example.edu/a/./b", "https://example.edu/%2e%2e/x", "https://example.edu/a%2F..%2Fb",
		"https://example.edu/%", "https://example.edu/%zz", "https://example.edu/ x", "https://example.edu/\n", "https://example.edu/\x00", "https://example.edu/é",
		"https://exämple.edu/", "https://ex\u0430mple.edu/", "https://example.edu/<x>", "https://example.edu/{x}", "https://example.edu/\"", "https://example.edu/|", "https://example.edu/^", "https://example.edu/`",
		"https://example.edu/" + strings.Repeat("a", 5000),
	} {
		net := &network{}
		_, err := keys.Default(net).Controller(context.Background(), url)
		wantCode(t, err, "key.malformed")
		_, err = keys.Default(net).KeySet(context.Background(), url)
		wantCode(t, err, "key.malformed")
		if len(net.asked) > 0 {
			t.Errorf("fetched %q", net.asked)
		}
	}
	for _, url := range []string{"http://example.edu/jwks.json", "HTTPS://example.edu/", "did:web:example.edu", "", "file:///etc/passwd", "//example.edu/x", "/x", " https://example.edu/"} {
		net := &network{}
		_, err := keys.Default(net).KeySet(context.Background(), url)
		wantCode(t, err, "key.unresolved")
		if len(net.asked) > 0 {
			t.Errorf("fetched %q", net.asked)
		}
	}
}

// TestConcurrent uses one resolver, one document and one set from many goroutines.
func TestConcurrent(t *testing.T) {
	body := document(`"assertionMethod":[` + method("#k", issuer, ed25519Key, "") + `]`)
	net := &network{answers: map[string]answer{issuer: {body: body}, setURL: {body: `{"keys":[{` + okp + `,"kid":"1"}]}`}}}
	r := keys.Default(net)
	shared, err := r.Controller(context.Background(), issuer)
	wantCode(t, err, "")
	set, err := r.KeySet(context.Background(), setURL)
	wantCode(t, err, "")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, id := range []string{issuer, "did:key:" + p256Key, jwkDID} {
				if _, err := r.Controller(context.Background(), id); err != nil {
					t.Error(err)
				}
			}
			if _, err := shared.Method(issuer+"#k", assert); err != nil {
				t.Error(err)
			}
			if _, err := set.Find("1"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// TestHostileWork gives the largest documents that the limits allow; none may take long.
func TestHostileWork(t *testing.T) {
	big := rsaJWK(modulus(8192), 65537, "")
	var bodies []string
	many := strings.Repeat(`{"id":"#k","type":"JsonWebKey","controller":"x","publicKeyJwk":`+big+`},`, 100)
	bodies = append(bodies,
		document(`"verificationMethod":[`+many[:len(many)-1]+`]`, `"assertionMethod":[`+strings.Repeat(`"#k",`, 100)+`"#k"]`),
		document(`"verificationMethod":[{"id":"#k","type":"JsonWebKey","controller":"x","publicKeyJwk":`+big+`}]`, `"assertionMethod":[`+strings.Repeat(`"#k",`, 250)+`"#k"]`),
		`{"keys":[`+strings.Repeat(big+",", 255)+big+`]}`,
		`{`+okp+strings.Repeat(`,"publicKeyX":1`, 1)+`}`,
	)
	for i, body := range bodies {
		start := time.Now()
		if doc, err := serve(issuer, body).Controller(context.Background(), issuer); err == nil {
			doc.WithKey(key(t, ed25519Key), assert)
			_, _ = doc.Method(issuer+"#k", assert)
		}
		_, _ = serve(issuer, body).KeySet(context.Background(), issuer)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("document %d took %v", i, took)
		}
	}
}
