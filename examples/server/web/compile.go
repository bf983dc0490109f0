package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// module is the one that has the page, the server and the program.
const module = "github.com/badgeproof/badgeproof/examples/server"

// compile builds the program with the Go tool, from the source of this package. It leaves nothing behind
// but what the Go tool keeps in its own cache, so that a second build takes a few seconds.
func compile(ctx context.Context) (wasm, script []byte, err error) {
	root, err := source()
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "badgeproof-wasm-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "badgeproof.wasm")
	if _, err := goTool(ctx, root, "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, module+"/wasm"); err != nil {
		return nil, nil, err
	}
	goroot, err := goTool(ctx, root, "env", "GOROOT")
	if err != nil {
		return nil, nil, err
	}
	if wasm, err = readWasm(out); err != nil {
		return nil, nil, err
	}
	script, err = readFile(filepath.Join(strings.TrimSpace(goroot), "lib", "wasm", "wasm_exec.js"), maxScript)
	return wasm, script, err
}

// prebuilt reads the program from a file, and the script from beside it.
func prebuilt(file string) (wasm, script []byte, err error) {
	if wasm, err = readWasm(file); err != nil {
		return nil, nil, err
	}
	script, err = readFile(filepath.Join(filepath.Dir(file), "wasm_exec.js"), maxScript)
	return wasm, script, err
}

// goTool runs a command of the Go tool for WebAssembly and returns what it prints.
func goTool(ctx context.Context, dir string, args ...string) (string, error) {
	var out, log bytes.Buffer
	c := exec.CommandContext(ctx, "go", args...)
	c.Dir, c.Stdout, c.Stderr = dir, &out, &log
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	err := c.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return "", reason("the Go tool is not installed on the server; start the server with -wasm and a file that was built elsewhere")
	}
	if err != nil {
		said := log.Bytes()
		if len(said) > maxBuildLog {
			said = said[:maxBuildLog]
		}
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, bytes.TrimSpace(said))
	}
	return out.String(), nil
}

// source finds the module that this package was built from: where the compiler read it, or, where that was
// trimmed from the program, where the program was started.
func source() (string, error) {
	candidates := []string{"."}
	if _, file, _, ok := runtime.Caller(0); ok && filepath.IsAbs(file) {
		candidates = append([]string{filepath.Dir(filepath.Dir(file))}, candidates...)
	}
	for _, dir := range candidates {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if line, _, _ := strings.Cut(string(mod), "\n"); err == nil && strings.TrimSpace(line) == "module "+module {
			return dir, nil
		}
	}
	return "", reason("the source of the verifier is not on the server; start the server with -wasm and a file that was built elsewhere")
}

// readWasm reads a WebAssembly module.
func readWasm(name string) ([]byte, error) {
	data, err := readFile(name, maxWasm)
	if err == nil && !bytes.HasPrefix(data, []byte("\x00asm")) {
		return nil, fmt.Errorf("%s is not a WebAssembly module", filepath.Base(name))
	}
	return data, err
}

func readFile(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, fmt.Errorf("%s is longer than %d bytes", filepath.Base(name), limit)
	}
	return data, err
}
