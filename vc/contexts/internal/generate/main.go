// Generate rebuilds the embedded contexts and the table of their digests: from the npm packages
// named in sources.go, pinned by version and integrity, and from facts.txt where no package has a
// context. It is run by "go generate" in vc/contexts and needs npm, node and the network; its
// output depends on nothing but its own sources.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	if err := run("."); err != nil {
		log.Fatal(err)
	}
}

// run writes files/ and table.go in the folder of the package contexts.
func run(dir string) error {
	work, err := os.MkdirTemp("", "contexts-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	folders, err := fetchAll(packages, work)
	if err != nil {
		return err
	}
	bodies, err := published(folders)
	if err != nil {
		return err
	}
	if err := fromFacts(bodies); err != nil {
		return err
	}
	if err := writeFiles(filepath.Join(dir, "files"), bodies); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "table.go"), table(bodies), 0o644)
}

// published reads the contexts that packages hold, by file name.
func published(folders map[string]string) (map[string][]byte, error) {
	bodies := map[string][]byte{}
	for _, o := range origins {
		if o.pkg == "" {
			continue
		}
		body, err := readContext(filepath.Join(folders[o.pkg], filepath.FromSlash(o.path)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.file, err)
		}
		bodies[o.file] = body
	}
	return bodies, nil
}

// fromFacts adds the contexts of facts.txt to bodies.
func fromFacts(bodies map[string][]byte) error {
	bases := map[string]object{}
	for name, body := range bodies {
		var document struct {
			Context any `json:"@context"`
		}
		if err := json.Unmarshal(body, &document); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if members, ok := document.Context.(object); ok {
			bases[name] = members
		}
	}
	built, err := buildFacts(factsText, bases)
	if err != nil {
		return err
	}
	for _, o := range origins {
		if o.pkg != "" {
			continue
		}
		if built[o.file] == nil {
			return fmt.Errorf("%s: neither a package nor the facts have it", o.file)
		}
		bodies[o.file] = encode(object{"@context": built[o.file]})
	}
	return nil
}

// encode writes JSON with sorted names, two spaces a step.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic(err) // maps, strings and booleans always encode
	}
	return b.Bytes()
}

// writeFiles replaces the folder by one that holds exactly these files.
func writeFiles(dir string, bodies map[string][]byte) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, body := range bodies {
		if err := os.WriteFile(filepath.Join(dir, name+".jsonld"), body, 0o644); err != nil {
			return err
		}
	}
	return nil
}
