package verify_test

import (
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// site is a host on the loopback interface, with TLS, that answers by path and counts.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	hits  map[string]int
}

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{pages: map[string]http.HandlerFunc{}, hits: map[string]int{}}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		page := s.pages[r.URL.Path]
		s.hits[r.URL.Path]++
		s.mu.Unlock()
		if page == nil {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

func (s *site) put(path string, page http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = page
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits[path]
}

// client may reach the site and no other private address.
func (s *site) client() *fetch.Client {
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return fetch.New(fetch.Options{RootCAs: roots, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Limits: fetch.Limits{BodyBytes: 1 << 20, Time: 2 * time.Second}})
}

func verifierOn(t testing.TB, f verify.Fetcher) *world {
	t.Helper()
	v, err := verify.New(verify.Config{Keys: keys.Default(f), Status: f, Schemas: f, Resources: f})
	if err != nil {
		t.Fatal(err)
	}
	return &world{verifier: v}
}

func page(body []byte, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		_, _ = w.Write(body) // a client that has gone is none of the page's business
	}
}

// cut announces more than it sends.
func cut(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body[:len(body)/2])
	}
}

// TestOverTheNetwork: every kind of document that a credential names, served by a real host: as it should
// be, forged, stale, cut off, too long, not there, hanging; and each answer once more from the evidence
// that was recorded.
func TestOverTheNetwork(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	s := newSite(t)
	url := s.URL + "/doc"
	rules := schemaOf(draft2020, "name")
	syllabus := []byte("the syllabus")
	bits := func(by *verifytest.Issuer, changes map[string]any, set ...uint64) []byte {
		list := listWith(t, issuer, changed(map[string]any{"id": url}, changes), set...)
		return by.Sign(list, suite)
	}
	token := func(by *verifytest.Issuer, changes map[string]any) []byte {
		claims := changed(changed(tokenClaims(issuer.ID, 1, zipped(t, []byte{1})), map[string]any{"sub": url}), changes)
		return by.SignJWT(marshal(t, claims), "EdDSA", map[string]any{"typ": "statuslist+jwt"})
	}
	revocations := func(ids string) []byte {
		return []byte(`{"id":"` + url + `","issuer":"` + issuer.ID + `","revokedCredential":[` + ids + `]}`)
	}
	own := `{"id":"urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c11"}`
	stale := map[string]any{"validUntil": "2026-02-01T00:00:00Z"}
	kinds := map[string]struct {
		check  string
		claims map[string]any
		good   []byte
	}{
		"bits":        {"status", map[string]any{"credentialStatus": changed(statusEntry("7"), map[string]any{"statusListCredential": url})}, bits(issuer, nil)},
		"revocations": {"status", map[string]any{"credentialStatus": map[string]any{"id": url, "type": "1EdTechRevocationList"}}, revocations("")},
		"token":       {"status", map[string]any{"status": map[string]any{"status_list": map[string]any{"idx": 1, "uri": url}}}, token(issuer, nil)},
		"schema":      {"schema", map[string]any{"credentialSchema": map[string]any{"id": url, "type": "JsonSchema"}}, rules},
		"resource":    {"resources", map[string]any{"relatedResource": []any{map[string]any{"id": url, "digestSRI": sri384(syllabus)}}}, syllabus},
	}
	for _, c := range []struct {
		kind, name string
		page       http.HandlerFunc
		verdict    verify.Verdict
		code       string
	}{
		{"bits", "revoked", page(bits(issuer, nil, 7)), verify.Invalid, "status.revoked"},
		{"bits", "forged", page(bits(mallory, nil)), verify.Indeterminate, "status.list_proof"},
		{"bits", "stale", page(bits(issuer, stale)), verify.Indeterminate, "status.list_proof"},
		{"revocations", "revoked", page(revocations(own)), verify.Invalid, "status.revoked"},
		{"revocations", "forged", page([]byte(strings.Replace(string(revocations("")), issuer.ID, mallory.ID, 1))), verify.Indeterminate, "status.list_proof"},
		{"token", "suspended", page(token(issuer, map[string]any{"status_list": map[string]any{"bits": 2, "lst": "eNo76fITAAPfAgc"}})), verify.Invalid, "status.suspended"},
		{"token", "forged", page(token(mallory, nil)), verify.Indeterminate, "status.list_proof"},
		{"token", "stale", page(token(issuer, map[string]any{"exp": now.Unix() - 1})), verify.Indeterminate, "status.list_proof"},
		{"schema", "another", page(schemaOf(draft2020, "evidence")), verify.Invalid, "schema.invalid"},
		{"resource", "another", page([]byte("another one")), verify.Invalid, "resource.digest"},
	} {
		t.Run(c.kind+" "+c.name, func(t *testing.T) {
			overNetwork(t, s, issuer, kinds[c.kind].claims, kinds[c.kind].check, c.page, c.verdict, c.code)
		})
	}
	for kind, k := range kinds {
		code := map[string]string{"status": "status.unreachable", "schema": "schema.unreachable", "resources": "resource.unreachable"}[k.check]
		for name, p := range map[string]http.HandlerFunc{
			"cut off": cut(k.good), "too long": page(append([]byte(nil), make([]byte, 1<<20+1)...)), "not there": nil,
			"out of order": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusInternalServerError) },
			"to a private address": func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "https://10.0.0.1/doc", http.StatusFound)
			},
		} {
			t.Run(kind+" "+name, func(t *testing.T) { overNetwork(t, s, issuer, k.claims, k.check, p, verify.Indeterminate, code) })
		}
		t.Run(kind+" good", func(t *testing.T) { overNetwork(t, s, issuer, k.claims, k.check, page(k.good), verify.Valid, "") })
	}
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	overNetwork(t, s, issuer, kinds["bits"].claims, "status", hang, verify.Indeterminate, "status.unreachable")
}

// overNetwork verifies a badge while the site serves this page, and again from what was recorded.
func overNetwork(t *testing.T, s *site, issuer *verifytest.Issuer, members map[string]any, check string, p http.HandlerFunc, verdict verify.Verdict, code string) {
	t.Helper()
	s.put("/doc", p)
	claims := changed(badgeMembers(t, issuer), members)
	claims = changed(claims, map[string]any{"iss": issuer.ID, "jti": claims["id"], "sub": "did:example:ada", "nbf": 1767225600})
	badge := issuer.SignJWT(marshal(t, claims), "EdDSA", nil)
	recorder := fetch.NewRecorder(s.client(), func() time.Time { return now })
	want(t, verifierOn(t, recorder).verify(t, badge, anyone()), verdict, check, code)
	text, err := recorder.Bundle().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := fetch.ParseBundle(text)
	if err != nil {
		t.Fatal(err)
	}
	want(t, verifierOn(t, fetch.NewReplayer(bundle)).verify(t, badge, anyone()), verdict, check, code)
}

// TestManyOnOneList: badges on one list share its fetch, as long as its host or its ttl allows; the report
// says how long that is.
func TestManyOnOneList(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	s := newSite(t)
	for path, c := range map[string]struct {
		members map[string]any
		header  string
	}{
		"/ttl":   {map[string]any{".ttl": 60_000}, "Cache-Control: no-store"},
		"/fresh": {nil, "Cache-Control: max-age=60"},
	} {
		list := listWith(t, issuer, changed(map[string]any{"id": s.URL + path}, c.members), 8)
		s.put(path, page(issuer.Sign(list, suite), c.header))
		w := verifierOn(t, s.client())
		for i := range 20 {
			entry := changed(statusEntry(fmt.Sprint(i*10+1)), map[string]any{"statusListCredential": s.URL + path})
			badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": entry})), "EdDSA", nil)
			r := w.verify(t, badge, anyone())
			want(t, r, verify.Valid, "", "")
			if left := time.Until(r.Sources[0].FreshUntil); len(r.Sources) != 1 || left < 30*time.Second || left > time.Minute {
				t.Errorf("%s: %+v", path, r.Sources)
			}
		}
		if n := s.count(path); n != 1 {
			t.Errorf("%s was fetched %d times", path, n)
		}
	}
}
