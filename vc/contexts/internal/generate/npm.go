package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// maxFile bounds one file taken from a package.
const maxFile = 1 << 20

// fetchAll downloads and unpacks packages under dir; the result maps names to folders.
func fetchAll(packages []npmPackage, dir string) (map[string]string, error) {
	folders := map[string]string{}
	for i, p := range packages {
		folder := filepath.Join(dir, fmt.Sprint(i))
		if err := fetch(p, folder); err != nil {
			return nil, fmt.Errorf("%s@%s: %w", p.name, p.version, err)
		}
		folders[p.name] = folder
	}
	return folders, nil
}

// fetch downloads one package with npm, which runs no script of it, and unpacks it if its bytes
// have the pinned integrity.
func fetch(p npmPackage, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	pack := exec.Command("npm", "pack", "--ignore-scripts", "--json", "--pack-destination", folder, p.name+"@"+p.version)
	pack.Stderr = os.Stderr
	out, err := pack.Output()
	if err != nil {
		return fmt.Errorf("npm pack: %w", err)
	}
	var packed []struct{ Filename string }
	if err := json.Unmarshal(out, &packed); err != nil || len(packed) != 1 {
		return fmt.Errorf("npm pack: unexpected output %q", out)
	}
	archive, err := os.ReadFile(filepath.Join(folder, filepath.Base(packed[0].Filename)))
	if err != nil {
		return err
	}
	if err := checkIntegrity(archive, p.integrity); err != nil {
		return err
	}
	return unpack(archive, folder)
}

// checkIntegrity compares an archive with its integrity, in the form sha512-BASE64.
func checkIntegrity(archive []byte, integrity string) error {
	sum := sha512.Sum512(archive)
	if got := "sha512-" + base64.StdEncoding.EncodeToString(sum[:]); got != integrity {
		return fmt.Errorf("the package has the integrity %s, not %s", got, integrity)
	}
	return nil
}

// unpack writes the regular files of an npm package without their common folder "package".
func unpack(archive []byte, folder string) error {
	unzipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	files := tar.NewReader(unzipped)
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name, inside := strings.CutPrefix(path.Clean(header.Name), "package/")
		if header.Typeflag != tar.TypeReg || !inside || !filepath.IsLocal(name) {
			continue
		}
		if err := extract(files, filepath.Join(folder, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
}

func extract(from io.Reader, name string) error {
	body, err := io.ReadAll(io.LimitReader(from, maxFile+1))
	if err != nil {
		return err
	}
	if len(body) > maxFile {
		return fmt.Errorf("%s is larger than %d bytes", name, maxFile)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, body, 0o644)
}

// script prints what a module exports as JSON, two spaces a step.
const script = `import(process.argv[1]).then(m => console.log(JSON.stringify(m.default, null, 2)))`

// readContext returns a JSON file as it is, and what a JavaScript module exports as JSON.
func readContext(name string) ([]byte, error) {
	if !strings.HasSuffix(name, ".js") {
		return os.ReadFile(name)
	}
	absolute, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	node := exec.Command("node", "-e", script, "--", absolute)
	node.Stderr = os.Stderr
	return node.Output()
}
