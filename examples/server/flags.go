package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/admit"
	"github.com/badgeproof/badgeproof/examples/server/api"
	"github.com/badgeproof/badgeproof/examples/server/observe"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/vc/contexts"
)

// config is the command line, read.
type config struct {
	listen   string
	api      api.Options
	allow    []netip.Prefix
	wasm     string
	traces   string
	log      *slog.Logger
	drain    time.Duration // between saying no at /readyz and taking no more connections
	grace    time.Duration // for what is under way then
	loopback bool
}

// flags are the command line as it is written.
type flags struct {
	issuers, policies, contexts, networks, hosts list
	logFormat, logLevel                          string
	config
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func parseFlags(args []string, stderr io.Writer) (*config, error) {
	var f flags
	set := flag.NewFlagSet("server", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	f.define(set)
	f.limits(set)
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(stderr, "usage: server [flags]")
			set.SetOutput(stderr)
			set.PrintDefaults()
		}
		return nil, err
	}
	if set.NArg() > 0 {
		return nil, fmt.Errorf("there are no arguments, only flags: %q", set.Arg(0))
	}
	if err := refuseEmpty(set); err != nil {
		return nil, err
	}
	for _, step := range []func() error{f.setLog, f.setListen, f.setPolicies, f.setContexts, f.setAllow, f.setBounds} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return &f.config, nil
}

// refuseEmpty refuses a flag that was given without a value, such as an unset variable of a shell: what
// it should have demanded must not go unasked.
func refuseEmpty(set *flag.FlagSet) (err error) {
	set.Visit(func(f *flag.Flag) {
		if f.Value.String() == "" {
			err = fmt.Errorf("-%s was given without a value", f.Name)
		}
	})
	return err
}

func (f *flags) define(set *flag.FlagSet) {
	set.StringVar(&f.listen, "listen", "localhost:8080", "listen at this `ADDRESS`; port 0 takes a free one")
	set.Var(&f.hosts, "host", "a `NAME` that requests may call the server by, beside those of loopback; repeatable; needed where it is not loopback, to be safe from DNS rebinding")
	set.Var(&f.issuers, "issuer", "trust only this issuer `ID` by default; repeatable; none given: any issuer, and the report says so")
	set.Var(&f.policies, "policy", "a policy that requests may name, as a JSON `FILE`, or the word conformance for the one that is built in; repeatable; the first file is the default")
	set.Var(&f.contexts, "context", "one more JSON-LD context as `URL=FILE`, pinned by the file's digest; repeatable")
	set.Var(&f.networks, "allow-address", "a network (`CIDR`) that may be reached beside public addresses; repeatable")
	set.BoolVar(&f.api.VCALM, "vcalm", false, "answer the VC-API in the form of its successor draft, VCALM")
	set.BoolVar(&f.api.Relay, "relay", false, "fetch documents for the page, which verifies in the browser, also where the server does not listen on loopback")
	set.StringVar(&f.wasm, "wasm", "", "serve this `FILE` as the verifier for the browser, in place of building it on demand")
	set.StringVar(&f.traces, "otlp", "", "send OpenTelemetry traces to this `URL`, such as http://localhost:4318; without it, where OTEL_EXPORTER_OTLP_ENDPOINT says")
	set.StringVar(&f.logFormat, "log", "json", "how to write the log: json or text")
	set.StringVar(&f.logLevel, "log-level", "info", "what to write: debug, info, warn or error")
}

func (f *flags) limits(set *flag.FlagSet) {
	set.Int64Var(&f.api.Body, "max-body", api.DefaultBody, "length of a request's body in `BYTES`")
	set.DurationVar(&f.api.Timeout, "timeout", api.DefaultTimeout, "time for one verification, lookups included")
	set.IntVar(&f.api.Limits.InFlight, "max-requests", admit.DefaultInFlight, "requests under way, those that wait for a host included; more are refused with 503")
	set.Int64Var(&f.api.Limits.Bytes, "max-bytes", admit.DefaultBytes, "`BYTES` of the bodies of requests under way")
	set.IntVar(&f.api.Limits.PerClient, "max-per-client", 0, "requests under way of one client address, more are refused with 429; 0 for no such limit, as behind a proxy")
	set.DurationVar(&f.drain, "drain", time.Second, "time between saying no at /readyz and taking no more connections, when told to end")
	set.DurationVar(&f.grace, "grace", 30*time.Second, "time for what is under way then")
}

func (f *flags) setLog() (err error) {
	f.log, err = observe.NewLog(os.Stderr, f.logFormat, f.logLevel)
	f.api.Log = f.log
	return err
}

// setListen finds out whether the server is for this machine alone, and by which names it goes then.
func (f *flags) setListen() error {
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return fmt.Errorf("-listen wants HOST:PORT: %w", err)
	}
	address, err := netip.ParseAddr(host)
	f.loopback = host == "localhost" || err == nil && address.IsLoopback()
	if f.loopback {
		f.api.Hosts = []string{"localhost", "127.0.0.1", "::1"}
		f.api.Relay = true
		if err == nil {
			f.api.Hosts = append(f.api.Hosts, address.String())
		}
	}
	for _, h := range f.hosts {
		f.api.Hosts = append(f.api.Hosts, strings.ToLower(h))
	}
	return nil
}

// setPolicies reads the policies. The default is the first file or, without one, the open policy.
func (f *flags) setPolicies() error {
	var read, builtin []*policies.Named
	for _, name := range f.policies {
		if name == policies.Conformance {
			builtin = append(builtin, policies.ConformanceSuites())
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		n, err := policies.Parse(data, os.DirFS(filepath.Dir(name)))
		if err != nil {
			return fmt.Errorf("-policy %s: %w", name, err)
		}
		read = append(read, n)
	}
	switch {
	case len(read) > 0 && len(f.issuers) > 0:
		return errors.New("-issuer is for servers without a policy file: name the issuers in the file")
	case len(read) == 0:
		read = append(read, policies.Open(f.issuers...))
	}
	f.api.Policies = append(read, builtin...)
	return nil
}

func (f *flags) setContexts() error {
	f.api.Contexts = contexts.Embedded()
	for _, c := range f.contexts {
		i := strings.LastIndexByte(c, '=') // a URL may hold one, and a file name seldom does
		if i <= 0 || i == len(c)-1 {
			return fmt.Errorf("-context wants URL=FILE, not %q", c)
		}
		body, err := os.ReadFile(c[i+1:])
		if err != nil {
			return err
		}
		if f.api.Contexts, err = f.api.Contexts.With(c[:i], body); err != nil {
			return fmt.Errorf("-context %s: %w", c[:i], err)
		}
	}
	return nil
}

func (f *flags) setAllow() error {
	for _, n := range f.networks {
		p, err := netip.ParsePrefix(n)
		if err != nil {
			return fmt.Errorf("-allow-address wants a network like 10.0.0.0/8, not %q", n)
		}
		f.allow = append(f.allow, p)
	}
	return nil
}

// setBounds refuses bounds that are none: zero would stand for the default, and less makes no sense.
func (f *flags) setBounds() error {
	if f.api.Body < 1 || f.api.Timeout <= 0 || f.api.Limits.InFlight < 1 || f.api.Limits.Bytes < 1 {
		return errors.New("-max-body, -timeout, -max-requests and -max-bytes have to be more than nothing")
	}
	if u, err := url.Parse(f.traces); f.traces != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Errorf("-otlp wants a URL like http://localhost:4318, not %q", f.traces)
	}
	if f.api.Limits.PerClient < 0 || f.drain < 0 || f.grace < 0 {
		return errors.New("-max-per-client, -drain and -grace cannot be negative")
	}
	return nil
}
