package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/api"
	"github.com/badgeproof/badgeproof/examples/server/observe"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/examples/server/web"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// Limits of connections. A client that sends, or reads, slower than this is cut off.
const (
	headerTime  = 5 * time.Second
	readTime    = 30 * time.Second // header and body
	idleTime    = 2 * time.Minute
	headerBytes = 32 << 10
	answerTime  = 30 * time.Second // for the answer, beside the time of the verification
)

// Limits of fetching. More at a time than the library's default, since many requests share the client; how many of
// them may wait for one host is bounded by package admit.
const (
	fetches      = 256
	fetchTime    = 10 * time.Second
	fetchBytes   = 8 << 20
	cacheEntries = 4096
	cacheBytes   = 128 << 20
)

// garbage is how much the heap may grow, in percent, before garbage is collected. What a request leaves behind is
// little and short-lived, so that collecting it as often as Go does by default takes more than it gains. Above
// memory, in bytes, it is collected sooner all the same, so that long bodies do not leave five times as much behind.
const (
	garbage = 400
	memory  = 512 << 20
)

// tune sets these, where the environment says nothing about them (GOGC, GOMEMLIMIT).
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
}

// serve answers requests until ctx is done, and then those that have come by then.
func serve(ctx context.Context, c *config) error {
	tune()
	tracing, err := observe.NewTracing(ctx, c.traces)
	if err != nil {
		return err
	}
	c.api.Tracing = tracing
	c.api.Source = fetch.New(fetch.Options{Allow: c.allow, Limits: fetch.Limits{
		Fetches: fetches, Time: fetchTime, BodyBytes: fetchBytes, CacheEntries: cacheEntries, CacheBytes: cacheBytes,
	}})
	var names []string
	for _, p := range c.api.Policies {
		names = append(names, p.Name)
	}
	c.api.Page = web.Handler(web.Options{Relay: c.api.Relay, Policies: names, Wasm: c.wasm, Log: c.log})
	server, err := api.New(c.api)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.listen)
	if err != nil {
		return err
	}
	announce(c, listener.Addr())
	err = answer(ctx, c, server, listener)
	sent, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return errors.Join(err, tracing.Close(sent))
}

// announce says where the server is, and whatever a person should know before they believe what it says.
func announce(c *config, at net.Addr) {
	c.log.Info("listening", slog.String("url", "http://"+at.String()+"/"), slog.Bool("loopback", c.loopback),
		slog.Bool("relay", c.api.Relay), slog.String("default_policy", c.api.Policies[0].Name))
	for _, p := range c.api.Policies {
		if p.Name == policies.Conformance {
			c.log.Warn("the policy conformance can be asked for", slog.String("note", p.Note))
		}
	}
	if !c.loopback && c.api.Hosts == nil {
		c.log.Warn("requests may call this server by any name: name its own with -host, where browsers inside a network reach it")
	}
}

// answer runs the HTTP server. When ctx is done it says so at /readyz and closes each connection after its next
// answer; then it takes no more connections, and ends when everything that has come is answered, or the grace is over.
func answer(ctx context.Context, c *config, h interface {
	http.Handler
	Drain()
}, l net.Listener) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: readTime + c.api.Timeout + answerTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(c.log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	c.log.Info("draining", slog.Duration("drain", c.drain), slog.Duration("grace", c.grace))
	h.Drain()
	time.Sleep(c.drain)
	ending, cancel := context.WithTimeout(context.Background(), c.grace)
	defer cancel()
	if err := s.Shutdown(ending); err != nil {
		_ = s.Close()
		return errors.New("requests were still under way when the grace was over")
	}
	c.log.Info("ended")
	return nil
}
