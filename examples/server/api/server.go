// Package api is the HTTP side of the example server: the verifier's part of the W3C VC-API, a simpler API that
// takes any file, the documents that describe them, and what keeps a server standing under load.
package api

import (
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/admit"
	"github.com/badgeproof/badgeproof/examples/server/lookup"
	"github.com/badgeproof/badgeproof/examples/server/observe"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/vc/contexts"
)

// Options are the settings of a [Server].
type Options struct {
	// Policies are those that requests may name, the first for requests that name none. Required.
	Policies []*policies.Named
	// Source brings the documents that credentials rest on: a *fetch.Client. Required.
	Source lookup.Source
	// Contexts are the JSON-LD contexts; nil stands for the embedded ones.
	Contexts *contexts.Set
	// Limits bounds what is under way.
	Limits admit.Limits
	// Body is the length of a request's body in bytes, and Timeout the time for one verification; zero stands for
	// the defaults.
	Body    int64
	Timeout time.Duration
	// VCALM answers /credentials/verify and /presentations/verify as the draft "VCALM" asks: 200 whatever the
	// verdict, and what the options ask for.
	VCALM bool
	// Relay lets the server's own page fetch documents through it, to verify in the browser.
	Relay bool
	// Hosts are the names that requests may call the server by, without port. Nil allows every name.
	Hosts []string
	// Page serves everything that is no path of the API; nil serves nothing.
	Page http.Handler
	// Log is told of every request; nil tells nobody. Tracing may be nil.
	Log     *slog.Logger
	Tracing *observe.Tracing
	// Clock tells the time to judge for; nil stands for time.Now.
	Clock func() time.Time
}

// Server answers requests. It is safe for concurrent use.
type Server struct {
	o        Options
	judges   map[string]*judge
	gate     *admit.Gate
	fetcher  *lookup.Fetcher
	metrics  *observe.Metrics
	handler  http.Handler
	draining atomic.Bool
}

// New makes a server. It fails where the contexts of a policy cannot be used.
func New(o Options) (*Server, error) {
	if o.Body <= 0 {
		o.Body = DefaultBody
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Contexts == nil {
		o.Contexts = contexts.Embedded()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Tracing == nil {
		o.Tracing = &observe.Tracing{}
	}
	if o.Page == nil {
		o.Page = http.HandlerFunc(nothing)
	}
	s := &Server{o: o, gate: admit.New(o.Limits)}
	s.metrics = observe.NewMetrics(s.gate.State)
	s.fetcher = lookup.New(o.Source, s.metrics.Fetch)
	if err := s.addJudges(); err != nil {
		return nil, err
	}
	s.handler = s.outer(s.routes())
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Drain makes /readyz say no from now on, and closes each connection after its next answer, so that clients go
// elsewhere in good order. Requests are answered all the same.
func (s *Server) Drain() { s.draining.Store(true) }

// route is a path of the API and who answers there, by method. Requests that take work are admitted first.
type route struct {
	path    string
	methods map[string]http.HandlerFunc
}

// table is all of the API. /openapi.json describes exactly this.
func (s *Server) table() []route {
	get := func(h http.HandlerFunc) map[string]http.HandlerFunc {
		return map[string]http.HandlerFunc{http.MethodGet: h}
	}
	post := func(h http.HandlerFunc) map[string]http.HandlerFunc {
		return map[string]http.HandlerFunc{http.MethodPost: h}
	}
	return []route{
		{"/credentials/verify", post(s.verifyCredential)},
		{"/presentations/verify", post(s.verifyPresentation)},
		{"/verify", map[string]http.HandlerFunc{http.MethodPost: s.verifyFile, http.MethodGet: s.verifyURL}},
		{"/document", get(s.document)},
		{"/openapi.json", get(s.openAPI)},
		{"/healthz", get(s.healthz)},
		{"/readyz", get(s.readyz)},
		{"/metrics", get(s.metrics.Handler().ServeHTTP)},
	}
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.table() {
		mux.HandleFunc(r.path, r.serve)
	}
	mux.Handle("/", s.o.Page)
	return mux
}

// serve picks the handler of a method. HEAD is GET, whose body the http package leaves out.
func (r route) serve(w http.ResponseWriter, req *http.Request) {
	method := req.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if h, ok := r.methods[method]; ok {
		h(w, req)
		return
	}
	for m := range r.methods {
		w.Header().Add("Allow", m)
	}
	newProblem(http.StatusMethodNotAllowed, "request.method", "this path does not answer to "+req.Method).write(w)
}

func nothing(w http.ResponseWriter, _ *http.Request) {
	newProblem(http.StatusNotFound, "request.path", "see /openapi.json for the paths that there are").write(w)
}
