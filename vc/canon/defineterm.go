package canon

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// entries are the entries of an expanded term definition, as the context writes them.
type entries struct {
	id, typ, container, reverse, context, language, direction, index, nest, prefix, protected strict.Value

	simple bool // the definition is a string
}

// define defines a term, and those that it depends on (JSON-LD API section 4.2.2).
func (d *definer) define(name string) *flaw {
	v := d.local[name]
	switch {
	case d.state[name] == isDefined:
		return nil
	case d.state[name] == beingDefined:
		return d.fault(v, codeContext, "the definition of %s depends on itself", quote(name))
	case name == "":
		return d.fault(v, codeContext, "a term cannot be the empty string")
	case name == "@type":
		return d.defineType(v)
	case resemblesKeyword(name):
		return d.fault(v, codeContext, "the term %s has the form of a keyword, which JSON-LD reserves", quote(name))
	}
	d.state[name] = beingDefined
	known := d.t.terms[name]
	delete(d.t.terms, name)
	n := &definition{name: name, inline: d.at.source.inline()}
	if fault := d.fill(n, v); fault != nil {
		return fault
	}
	n, fault := d.settle(n, known, v)
	if fault != nil {
		return fault
	}
	d.t.terms[name] = n
	d.state[name] = isDefined
	return nil
}

// settle decides between a new definition of a term and the one that it had.
func (d *definer) settle(n, known *definition, v strict.Value) (*definition, *flaw) {
	if known != nil && known.protected && !d.at.override && !n.same(known) {
		return nil, d.fault(v, codeProtected, "the protected term %s is redefined", quote(n.name))
	}
	if n.inline {
		if fault := d.forbidRedefinition(v, n, known); fault != nil {
			return nil, fault
		}
	}
	if known != nil && n.same(known) && (known.protected == n.protected || known.protected && !d.at.override) {
		return known, nil // so that a context applied twice changes nothing
	}
	return n, nil
}

// defineType processes the only permitted redefinition of a keyword: that @type is always an array,
// and that it is protected. Neither concerns what it means.
func (d *definer) defineType(v strict.Value) *flaw {
	if v.Kind() != strict.Object || v.Len() == 0 {
		return d.fault(v, codeContext, "the keyword @type cannot be redefined")
	}
	for name, entry := range v.Members() {
		switch {
		case name == "@container" && entry.Text() == "@set", name == "@id" && entry.Text() == "@type":
		case name == "@protected" && entry.Kind() == strict.Bool:
		default:
			return d.fault(v, codeContext, "the keyword @type cannot be redefined")
		}
	}
	return nil
}

// fill reads a definition into n.
func (d *definer) fill(n *definition, v strict.Value) *flaw {
	e, fault := d.entries(n.name, v)
	if fault != nil {
		return fault
	}
	n.protected = d.protected
	if e.protected.Exists() {
		if e.protected.Kind() != strict.Bool {
			return d.fault(e.protected, codeContext, "@protected of %s must be true or false", quote(n.name))
		}
		n.protected = e.protected.Bool()
	}
	for _, step := range [...]func(*definition, *entries) *flaw{
		d.coercion, d.mapping, d.container, d.index, d.literals, d.prefix,
	} {
		if fault := step(n, &e); fault != nil {
			return fault
		}
	}
	if e.context.Exists() {
		n.scoped = &scoped{local: e.context, source: d.at.source}
	}
	return nil
}

// entries reads the members of a definition, in whichever form it is written.
func (d *definer) entries(name string, v strict.Value) (entries, *flaw) {
	e := entries{}
	switch v.Kind() {
	case strict.Object:
	case strict.String, strict.Null:
		e.id, e.simple = v, true
		return e, nil
	default:
		return e, d.fault(v, codeContext, "the definition of %s must be a string, an object or null, and not %s", quote(name), v.Kind())
	}
	for key, value := range v.Members() {
		field := e.field(key)
		if field == nil {
			return e, d.fault(v, codeContext, "the definition of %s has the unknown entry %s", quote(name), quote(key))
		}
		*field = value
	}
	return e, nil
}

// field returns where an entry belongs, nil for a name that no definition may have.
func (e *entries) field(key string) *strict.Value {
	switch key {
	case "@id":
		return &e.id
	case "@type":
		return &e.typ
	case "@container":
		return &e.container
	case "@reverse":
		return &e.reverse
	case "@context":
		return &e.context
	case "@language":
		return &e.language
	case "@direction":
		return &e.direction
	case "@index":
		return &e.index
	case "@nest":
		return &e.nest
	case "@prefix":
		return &e.prefix
	case "@protected":
		return &e.protected
	}
	return nil
}

// literals reads @language, @direction and @nest (steps 22 to 24).
func (d *definer) literals(n *definition, e *entries) *flaw {
	if e.language.Exists() {
		text := e.language.Text()
		if e.language.Kind() != strict.Null && !isLanguage(text) {
			return d.fault(e.language, codeContext, "@language of %s must be a well-formed language tag or null", quote(n.name))
		}
		n.hasLanguage, n.language = !e.typ.Exists(), strings.ToLower(text)
	}
	if e.direction.Exists() {
		text := e.direction.Text()
		if e.direction.Kind() != strict.Null && text != "ltr" && text != "rtl" {
			return d.fault(e.direction, codeContext, "@direction of %s must be \"ltr\", \"rtl\" or null", quote(n.name))
		}
		n.hasDirection, n.direction = !e.typ.Exists(), text
	}
	if e.nest.Exists() {
		text := e.nest.Text()
		if e.nest.Kind() != strict.String || text != "@nest" && keywordOf(text) != notKeyword {
			return d.fault(e.nest, codeContext, "@nest of %s must be a term", quote(n.name))
		}
		n.nest = text
	}
	return nil
}

// prefix reads @prefix (step 25).
func (d *definer) prefix(n *definition, e *entries) *flaw {
	if !e.prefix.Exists() {
		return nil
	}
	if e.prefix.Kind() != strict.Bool || strings.ContainsAny(n.name, ":/") || n.keyword != notKeyword && e.prefix.Bool() {
		return d.fault(e.prefix, codeContext, "@prefix of %s must be true or false, and suits only a term without colon and slash that stands for an IRI", quote(n.name))
	}
	n.prefix = e.prefix.Bool() && n.iri != ""
	return nil
}
