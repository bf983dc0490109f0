package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/verify"
)

// options are the command line, read.
type options struct {
	policy   verify.Policy
	offline  bool
	evidence string
	record   string
	contexts *contexts.Set
	allow    []netip.Prefix
	json     bool
	inputs   []string
}

// flags are the command line as it is written.
type flags struct {
	issuers, contexts, allow    list
	recipients                  list
	binding, at                 string
	evidence, record            string
	challenge, domain           string
	offline, strict, jsonOutput bool
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func parseFlags(args []string, stderr io.Writer) (*options, error) {
	var f flags
	set := flag.NewFlagSet("verifier", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	f.define(set)
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(stderr, "usage: verifier [flags] INPUT...\nINPUT is a file, \"-\" or an https URL; .ndjson and .jsonl hold one credential a line.\nOf texts in several languages, those that LC_ALL, LANG and LANGUAGE ask for are shown.")
			set.SetOutput(stderr)
			set.PrintDefaults()
		}
		return nil, err
	}
	if err := refuseEmpty(set); err != nil {
		return nil, err
	}
	if set.NArg() == 0 {
		return nil, errors.New("name at least one input: a file, \"-\" or an https URL (-h for help)")
	}
	if late := slices.IndexFunc(set.Args(), func(s string) bool { return len(s) > 1 && s[0] == '-' }); late >= 0 {
		return nil, fmt.Errorf("%s stands behind an input, where it is not read as a flag: flags come first (a file of that name is ./%[1]s)", set.Arg(late))
	}
	return f.options(set.Args())
}

// refuseEmpty refuses a flag that was given without a value, such as an unset variable of a shell: what
// it should have demanded must not go unasked.
func refuseEmpty(set *flag.FlagSet) (err error) {
	set.Visit(func(f *flag.Flag) {
		if f.Value.String() == "" {
			err = fmt.Errorf("--%s was given without a value", f.Name)
		}
	})
	return err
}

func (f *flags) define(set *flag.FlagSet) {
	set.Var(&f.issuers, "issuer", "trust only this issuer `ID`; repeatable; none given: any issuer, and the report says so")
	set.Var(&f.recipients, "recipient", "who must have earned it, as `TYPE=VALUE`: emailAddress=ada@example.org, id=did:key:…; repeatable: any of them")
	set.StringVar(&f.binding, "binding", "", "weakest key-to-issuer binding that suffices, a `LEVEL` such as controller, issuer_jwks or self_asserted (default certificate)")
	set.StringVar(&f.at, "at", "", "judge as of this RFC 3339 `TIME`")
	set.BoolVar(&f.offline, "offline", false, "use no network")
	set.StringVar(&f.evidence, "evidence", "", "answer every lookup from this bundle `FILE`, and only from it")
	set.StringVar(&f.record, "record", "", "write everything that was fetched to this bundle `FILE`")
	set.StringVar(&f.challenge, "challenge", "", "the challenge `TEXT` that the proof must answer; for presentations")
	set.StringVar(&f.domain, "domain", "", "the domain `TEXT` that the proof must be made for; for presentations")
	set.Var(&f.contexts, "context", "one more JSON-LD context as `URL=FILE`, pinned by the file's digest; repeatable")
	set.Var(&f.allow, "allow-address", "a network (`CIDR`) that may be reached beside public addresses; repeatable")
	set.BoolVar(&f.strict, "strict", false, "no tolerance for known issuer quirks")
	set.BoolVar(&f.jsonOutput, "json", false, "print one JSON report a line instead of text")
}

// options turns what was written into what is meant.
func (f *flags) options(inputs []string) (*options, error) {
	o := &options{offline: f.offline, evidence: f.evidence, record: f.record, json: f.jsonOutput, inputs: inputs}
	if f.evidence != "" && f.record != "" {
		return nil, errors.New("--evidence and --record exclude each other")
	}
	issuers := verify.UnsafeAnyIssuer()
	if len(f.issuers) > 0 {
		issuers = verify.IssuerSet(f.issuers...)
	}
	o.policy = badge.Policy(issuers)
	o.policy.Strict, o.policy.Challenge, o.policy.Domain = f.strict, f.challenge, f.domain
	for _, step := range []func(*options) error{f.setBinding, f.setTime, f.setRecipient, f.setContexts, f.setAllow} {
		if err := step(o); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (f *flags) setBinding(o *options) (err error) {
	if f.binding != "" {
		o.policy.Binding, err = verify.ParseBinding(f.binding)
	}
	return err
}

func (f *flags) setTime(o *options) (err error) {
	if f.at == "" {
		return nil
	}
	// Year 1 is out: its first moment is the zero time, which would stand for now.
	if o.policy.At, err = vc.ParseTime(f.at); err != nil || o.policy.At.Year() < 2 {
		return fmt.Errorf("--at wants a time like 2026-11-22T05:00:00Z, not %q", f.at)
	}
	return nil
}

// setRecipient demands that one of what is known about the recipient matches.
func (f *flags) setRecipient(o *options) error {
	var known []verify.Recipient
	for _, r := range f.recipients {
		kind, value, ok := strings.Cut(r, "=")
		switch {
		case !ok || kind == "" || value == "":
			return fmt.Errorf("--recipient wants TYPE=VALUE, not %q", r)
		case kind == "id":
			known = append(known, badge.ID(value))
		default:
			known = append(known, badge.Identifier(kind, value))
		}
	}
	if len(known) > 0 {
		o.policy.Recipient = badge.AnyOf(known...)
	}
	return nil
}

func (f *flags) setContexts(o *options) error {
	o.contexts = contexts.Embedded()
	for _, c := range f.contexts {
		url, file, ok := cutLast(c)
		if !ok {
			return fmt.Errorf("--context wants URL=FILE, not %q", c)
		}
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if o.contexts, err = o.contexts.With(url, body); err != nil {
			return fmt.Errorf("--context %s: %w", url, err)
		}
	}
	return nil
}

// cutLast cuts at the last equals sign, since a URL may hold one, and a file name seldom does.
func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '=')
	if i <= 0 || i == len(s)-1 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

func (f *flags) setAllow(o *options) error {
	for _, a := range f.allow {
		p, err := netip.ParsePrefix(a)
		if err != nil {
			return fmt.Errorf("--allow-address wants a network like 10.0.0.0/8, not %q", a)
		}
		o.allow = append(o.allow, p)
	}
	return nil
}
