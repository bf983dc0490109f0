// Conformance lets test suites drive the library.
//
//	conformance verify --input FILE --key FILE --feature FEATURE --output FILE
//
// is the command line of the W3C test suite for "Securing Verifiable Credentials using JOSE and COSE": it
// verifies a secured credential or presentation with a given key, and writes {"result": …}.
//
//	conformance replay --endpoint URL [FILE]
//
// sends recorded requests to a VC-API endpoint, whoever made it, and reports which were not answered as
// they should be.
//
// It is for suites and tells nothing about whom a key belongs to: use the verifier for that.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

// Exit statuses; the last two are those of sysexits.h.
const (
	exitDone     = 0
	exitMismatch = 1 // a replayed request was not answered as expected
	exitUsage    = 64
	exitNoInput  = 66
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the whole program: it returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	command := ""
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	switch command {
	case "verify":
		return status(stderr, verifyCommand(ctx, args, stderr))
	case "replay":
		mismatches, err := replayCommand(ctx, args, stdin, stdout, stderr)
		if err == nil && mismatches > 0 {
			return exitMismatch
		}
		return status(stderr, err)
	}
	return status(stderr, usageError{errors.New("expected the command verify or replay")})
}

// usageError is a command line that cannot be followed.
type usageError struct{ error }

// status tells what went wrong, and returns the exit status for it.
func status(stderr io.Writer, err error) int {
	var usage usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintln(stderr, "conformance:", err)
		return exitUsage
	}
	fmt.Fprintln(stderr, "conformance:", err)
	return exitNoInput
}

// readFile reads a file, at most limit bytes of it.
func readFile(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("%s: longer than %d bytes", name, limit)
	}
	return data, nil
}
