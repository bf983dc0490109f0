package verify_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const aggregationURL = "https://status.university.example/all"

// codeOf is the code of the finding that an error wraps.
func codeOf(err error) string {
	if e, ok := errors.AsType[*strict.Error](err); ok {
		return e.Code
	}
	return ""
}

func TestStatusLists(t *testing.T) {
	host := func(document string) *world {
		w := newWorldWith(t, verify.Limits{Aggregated: 3, StatusBytes: 400})
		w.host.Put(aggregationURL, "application/json", []byte(document))
		return w
	}
	list := func(n int) string {
		all := []string{}
		for i := range n {
			all = append(all, fmt.Sprintf(`"https://a.example/lists/%d"`, i))
		}
		return `{"status_lists":[` + strings.Join(all, ",") + `]}`
	}
	for _, c := range []struct {
		name, document string
		lists          int
		err            error
		code           string
	}{
		{"three", list(3), 3, nil, ""},
		{"none", list(0), 0, nil, ""},
		{"more beside them", `{"status_lists":["https://a.example/?n=1"],"other":[7]}`, 1, nil, ""},
		{"one too many", list(4), 0, verify.ErrIndeterminate, "budget"},
		{"too long", list(1) + strings.Repeat(" ", 400), 0, verify.ErrIndeterminate, "status.unreachable"},
		{"one of them twice", `{"status_lists":["https://a.example/1","https://a.example/1"]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"over http", `{"status_lists":["https://a.example/1","http://a.example/2"]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"relative", `{"status_lists":["/1"]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"without a host", `{"status_lists":["https:///1"]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"with a password", `{"status_lists":["https://ada:secret@a.example/1"]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"a fragment", `{"status_lists":["https://a.example/1#a"]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"a control character", `{"status_lists":["https://a.example/\n"]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"a number", `{"status_lists":[1]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"no array", `{"status_lists":"https://a.example/1"}`, 0, verify.ErrInvalid, "status.malformed"},
		{"another case", `{"Status_Lists":["https://a.example/1"]}`, 0, verify.ErrInvalid, "status.malformed"},
		{"an array alone", `["https://a.example/1"]`, 0, verify.ErrInvalid, "status.malformed"},
		{"two of the name", `{"status_lists":[],"status_lists":["https://a.example/1"]}`, 0, verify.ErrInvalid, "json.duplicate"},
		{"cut off", `{"status_lists":["https://a.example/1"`, 0, verify.ErrInvalid, "json.syntax"},
		{"a page", `<!DOCTYPE html>`, 0, verify.ErrInvalid, "json.syntax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := host(c.document).verifier.StatusLists(t.Context(), aggregationURL)
			if !errors.Is(err, c.err) || codeOf(err) != c.code || len(got) != c.lists || (err != nil) != (got == nil) {
				t.Errorf("lists %q, error %v", got, err)
			}
		})
	}
}

// TestStatusListsUnreachable: what was not had is undecided, and what is no place for an aggregation is
// asked for nothing.
func TestStatusListsUnreachable(t *testing.T) {
	w := newWorld(t)
	w.host.Fail(aggregationURL, errors.New("reset"))
	off, err := verify.New(verify.Config{Status: fetch.Offline()})
	if err != nil {
		t.Fatal(err)
	}
	none, err := verify.New(verify.Config{})
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		v    *verify.Verifier
		ctx  context.Context
		url  string
		err  error
		code string
	}{
		{w.verifier, t.Context(), aggregationURL, verify.ErrIndeterminate, "status.unreachable"},
		{w.verifier, over, aggregationURL, verify.ErrIndeterminate, "deadline"},
		{off, t.Context(), aggregationURL, verify.ErrIndeterminate, "status.offline"},
		{none, t.Context(), aggregationURL, verify.ErrIndeterminate, "status.offline"},
		{w.verifier, t.Context(), "http://status.university.example/all", verify.ErrPolicy, ""},
		{w.verifier, t.Context(), "", verify.ErrPolicy, ""},
		{w.verifier, t.Context(), "file:///etc/passwd", verify.ErrPolicy, ""},
	} {
		if got, err := c.v.StatusLists(c.ctx, c.url); !errors.Is(err, c.err) || codeOf(err) != c.code || got != nil {
			t.Errorf("%q: lists %q, error %v", c.url, got, err)
		}
	}
}

// TestSourceAggregation: the report repeats where a list says that its like are named, does not go
// there, and does not repeat what is no place to go to.
func TestSourceAggregation(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	var claims map[string]any
	if err := json.Unmarshal(verifytest.Claims(verifytest.Badge(issuer.ID, nil)), &claims); err != nil {
		t.Fatal(err)
	}
	claims["status"] = map[string]any{"status_list": map[string]any{"idx": 1, "uri": tokenURL}}
	badge := issuer.SignJWT(marshal(t, claims), "EdDSA", nil)
	for stated, want := range map[string]string{
		aggregationURL: aggregationURL, "": "", "http://status.university.example/all": "", "javascript:alert(1)": "",
	} {
		list := tokenClaims(issuer.ID, 1, zipped(t, []byte{0}))
		list["status_list"].(map[string]any)["aggregation_uri"] = stated
		jwt := issuer.SignJWT(marshal(t, list), "EdDSA", map[string]any{"typ": "statuslist+jwt"})
		cwt := cwtList(t, issuer, map[any]any{65533: map[string]any{"bits": 1, "lst": zipped(t, []byte{0}), "aggregation_uri": stated}}, nil)
		for _, token := range [][]byte{jwt, cwt} {
			w := newWorld(t)
			w.host.Put(tokenURL, "", token)
			for range 2 { // the second one from what the verifier holds
				r := w.verify(t, badge, anyone())
				i := slices.IndexFunc(r.Sources, func(s verify.Source) bool { return s.URL == tokenURL })
				if r.Verdict != verify.Valid || i < 0 || r.Sources[i].Aggregation != want {
					t.Errorf("%q: %v, sources %+v", stated, r.Verdict, r.Sources)
				}
			}
			if slices.Contains(w.host.Calls(), aggregationURL) {
				t.Error("the aggregation was fetched")
			}
		}
	}
}

// A service that checks many credentials fetches all lists of an issuer, so that no host learns which of
// them it needed.
func ExampleVerifier_StatusLists() {
	net := &verifytest.Host{} // a client of package fetch, which keeps what is fresh
	net.Put("https://university.example/status", "application/json",
		[]byte(`{"status_lists": ["https://university.example/status/1", "https://university.example/status/2"]}`))
	v, err := verify.New(verify.Config{Keys: keys.Default(net), Status: net})
	if err != nil {
		panic(err)
	}
	lists, err := v.StatusLists(context.Background(), "https://university.example/status")
	if err != nil {
		panic(err)
	}
	for _, list := range lists {
		if _, _, err := net.Fetch(context.Background(), list, verify.TokenListTypes); err != nil {
			fmt.Println("not there:", list) // the others count all the same
		}
	}
	// Output:
	// not there: https://university.example/status/1
	// not there: https://university.example/status/2
}
