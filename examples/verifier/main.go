// Verifier says of credentials whether they can be relied on, and if not, exactly why.
//
//	go run ./examples/verifier [flags] INPUT...
//
// An INPUT is a file (JSON, JWT, baked PNG or SVG), "-" for standard input, or an https URL; a file
// that ends in .ndjson or .jsonl holds one credential a line. Nothing but what the credential rests
// on is fetched, and only over https from public addresses.
//
// The text that is printed begins with the verdict, and shows what the badge says, then the verdict about each
// credential inside, then every check. Of texts in several languages, it has those that LC_ALL, LANG and LANGUAGE
// ask for. Texts are cut where they are too long to be read here; --json prints all that was found.
//
// The exit status is 0 if every input is valid, 1 if at least one is invalid, 2 if none is invalid
// and at least one could not be decided, 64 for a wrong command line, and 66 if an input cannot be
// read.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
)

// Exit statuses; the last two are those of sysexits.h.
const (
	exitValid         = 0
	exitInvalid       = 1
	exitIndeterminate = 2
	exitUsage         = 64
	exitNoInput       = 66
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the whole program: it returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitValid
	}
	if err != nil {
		return usage(stderr, err)
	}
	s, err := newSession(o)
	if err != nil {
		return usage(stderr, err)
	}
	out := newPrinter(stdout, o.json)
	for _, input := range o.inputs {
		if err := s.input(ctx, input, stdin, out); err != nil {
			s.unreadable = true
			fmt.Fprintln(stderr, "verifier:", printable(err.Error()))
		}
	}
	if err := s.record(); err != nil {
		s.unreadable = true
		fmt.Fprintln(stderr, "verifier:", printable(err.Error()))
	}
	return s.status()
}

// usage says what is wrong with the command line, or with a file that it names.
func usage(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "verifier:", printable(err.Error()))
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return exitNoInput
	}
	return exitUsage
}
