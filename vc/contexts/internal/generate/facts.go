package main

import (
	_ "embed"
	"fmt"
	"maps"
	"strings"
)

//go:embed facts.txt
var factsText string

// object is a JSON object under construction.
type object = map[string]any

// factsFile reads facts.txt, whose head describes the format.
type factsFile struct {
	prefixes map[string]string
	blocks   map[string][]line
	contexts map[string]object
	bases    map[string]object // contexts that "extend" may start from
}

type line struct {
	depth int // of indentation, in steps of two spaces
	words []string
	no    int
}

// buildFacts returns the contexts of a facts text by file name (without its ending). bases holds
// the members of @context of those that it may extend.
func buildFacts(text string, bases map[string]object) (map[string]object, error) {
	f := &factsFile{prefixes: map[string]string{}, blocks: map[string][]line{}, contexts: map[string]object{}, bases: bases}
	lines := scan(text)
	for len(lines) > 0 {
		head, body := lines[0], lines[1:]
		end := 0
		for end < len(body) && body[end].depth > 0 {
			end++
		}
		if err := f.section(head, body[:end]); err != nil {
			return nil, fmt.Errorf("facts line %d: %w", head.no, err)
		}
		lines = body[end:]
	}
	return f.contexts, nil
}

func scan(text string) (lines []line) {
	for i, s := range strings.Split(text, "\n") {
		trimmed := strings.TrimLeft(s, " ")
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		lines = append(lines, line{depth: (len(s) - len(trimmed)) / 2, words: strings.Fields(trimmed), no: i + 1})
	}
	return lines
}

// section handles one line that is not indented, with the indented ones below it.
func (f *factsFile) section(head line, body []line) error {
	w := head.words
	switch {
	case len(w) == 3 && w[0] == "prefix":
		f.prefixes[w[1]] = w[2]
		return nil
	case len(w) == 2 && w[0] == "block":
		f.blocks[w[1]] = body
		return nil
	case len(w) == 2 && w[0] == "context":
		f.contexts[w[1]] = object{}
		return f.terms(f.contexts[w[1]], body, 1)
	case len(w) == 3 && w[0] == "extend" && f.bases[w[2]] != nil:
		f.contexts[w[1]] = maps.Clone(f.bases[w[2]])
		return f.terms(f.contexts[w[1]], body, 1)
	}
	return fmt.Errorf("unknown section %q", w)
}

// terms adds the lines at this depth to a context, with what is indented below each.
func (f *factsFile) terms(context object, lines []line, depth int) error {
	for len(lines) > 0 {
		l := lines[0]
		end := 1
		for end < len(lines) && lines[end].depth > l.depth {
			end++
		}
		if l.depth != depth {
			return fmt.Errorf("line %d is indented by %d steps, not %d", l.no, l.depth, depth)
		}
		if err := f.term(context, l, lines[1:end], depth); err != nil {
			return fmt.Errorf("line %d: %w", l.no, err)
		}
		lines = lines[end:]
	}
	return nil
}

func (f *factsFile) term(context object, l line, below []line, depth int) error {
	w := l.words
	switch {
	case len(w) == 1 && w[0] == "protected":
		return put(context, "@protected", true)
	case len(w) == 2 && w[0] == "use":
		if f.blocks[w[1]] == nil {
			return fmt.Errorf("no block %q", w[1])
		}
		return f.terms(context, f.blocks[w[1]], 1)
	case len(w) == 3 && w[1] == "=":
		return put(context, w[0], f.iri(w[2]))
	case len(w) < 2:
		return fmt.Errorf("no IRI for %q", w[0])
	}
	definition := object{"@id": f.iri(w[1])}
	for _, option := range w[2:] {
		name, value, ok := strings.Cut(option, "=")
		if !ok || name != "type" && name != "container" {
			return fmt.Errorf("unknown option %q", option)
		}
		definition["@"+name] = f.iri(value)
	}
	if len(below) > 0 {
		scoped := object{}
		definition["@context"] = scoped
		if err := f.terms(scoped, below, depth+1); err != nil {
			return err
		}
	}
	return put(context, w[0], definition)
}

// put adds a member that must not be there yet.
func put(o object, name string, value any) error {
	if _, ok := o[name]; ok {
		return fmt.Errorf("%q is defined twice", name)
	}
	o[name] = value
	return nil
}

// iri replaces a leading {prefix}.
func (f *factsFile) iri(s string) string {
	if rest, ok := strings.CutPrefix(s, "{"); ok {
		if name, local, ok := strings.Cut(rest, "}"); ok && f.prefixes[name] != "" {
			return f.prefixes[name] + local
		}
	}
	return s
}
