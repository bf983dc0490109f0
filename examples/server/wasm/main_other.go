//go:build !js

package main

import (
	"fmt"
	"os"
)

// main says how to build the program, where it was built for something other than a browser.
func main() {
	fmt.Fprintln(os.Stderr, "this program runs in a browser: build it with GOOS=js GOARCH=wasm")
	os.Exit(2)
}
