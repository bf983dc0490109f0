// Watch keeps an eye on a folder of badges, and prints only what changed: a badge that came or went, was
// revoked, expired, or can be relied on again.
//
//	go run ./examples/watch [flags] FOLDER
//
// Each badge is looked at again when its file changes, when the next moment comes at which time could
// change the verdict, and when a document that the verdict rests on is no longer fresh. Badges on one
// status list share its fetch.
//
// The exit status is 0 when it is interrupted or all rounds are done, 64 for a wrong command line, and
// 66 if the folder cannot be read.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// Exit statuses; the last two are those of sysexits.h.
const (
	exitDone    = 0
	exitUsage   = 64
	exitNoInput = 66
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the whole program: it returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("watch", flag.ContinueOnError)
	flags.SetOutput(stderr)
	every := flags.Duration("every", 5*time.Minute, "look at a badge again after this time at the latest")
	rounds := flags.Int("rounds", 0, "stop after so many rounds; 0 goes on until interrupted")
	var issuers []string
	flags.Func("issuer", "trust only this issuer `ID`; repeatable; none given: any", func(id string) error {
		issuers = append(issuers, id)
		return nil
	})
	var options fetch.Options
	flags.Func("allow-address", "a network (`CIDR`) that may be reached beside public addresses; repeatable", func(text string) error {
		network, err := netip.ParsePrefix(text)
		options.Allow = append(options.Allow, network)
		return err
	})
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitDone
	case err != nil || flags.NArg() != 1 || *every <= 0 || *rounds < 0:
		fmt.Fprintln(stderr, "watch: name one folder, a time above zero and a number of rounds")
		return exitUsage
	}
	policy := badge.Policy(verify.UnsafeAnyIssuer())
	if len(issuers) > 0 {
		policy.Issuers = verify.IssuerSet(issuers...)
	}
	net := fetch.New(options)
	v, err := verify.New(verify.Config{Keys: keys.Default(net), Status: net, Schemas: net, Resources: net})
	if err != nil {
		fmt.Fprintln(stderr, "watch:", err)
		return exitUsage
	}
	w := &watcher{folder: flags.Arg(0), verifier: v, policy: policy, every: *every, clock: time.Now, out: stdout}
	if err := w.watch(ctx, *rounds); err != nil {
		fmt.Fprintln(stderr, "watch:", err)
		return exitNoInput
	}
	return exitDone
}
