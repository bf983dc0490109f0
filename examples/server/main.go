// Server verifies badges and credentials over HTTP, and has a page for people.
//
//	go run -C examples/server . [flags]
//
// Without flags it listens on loopback, accepts any issuer whose key is bound to it, and says so. README.md has the
// flags and the endpoints.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Exit statuses; the last is that of sysexits.h.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 64
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // who tells it to end a second time does not want to wait
	status := run(ctx, os.Args[1:], os.Stderr)
	stop()
	os.Exit(status)
}

// run is the whole program until ctx is done: it returns the exit status.
func run(ctx context.Context, args []string, stderr io.Writer) int {
	c, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	if err != nil {
		fmt.Fprintln(stderr, "server:", err)
		return exitUsage
	}
	if err := serve(ctx, c); err != nil {
		fmt.Fprintln(stderr, "server:", err)
		return exitFailed
	}
	return exitDone
}
