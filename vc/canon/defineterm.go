package canon

import (
	"hash/maphash"
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

// coercion reads @type (step 12).
func (d *definer) coercion(n *definition, e *entries) *flaw {
	if !e.typ.Exists() {
		return nil
	}
	if e.typ.Kind() != strict.String {
		return d.fault(e.typ, codeContext, "@type of %s must be a string", quote(n.name))
	}
	switch e.typ.Text() {
	case "@id":
		n.coerce = coerceID
		return nil
	case "@vocab":
		n.coerce = coerceVocab
		return nil
	case "@json":
		n.coerce = coerceJSON
		return nil
	case "@none":
		n.coerce = coerceOff
		return nil
	}
	iri, kw, fault := d.expand(e.typ, e.typ.Text())
	switch {
	case fault != nil:
		return fault
	case kw == kwID:
		n.coerce = coerceID
		return nil
	case kw != notKeyword || !isIRI(iri) || len(iri) > maxMappedIRI || iri == rdfLangString:
		return d.fault(e.typ, codeContext, "@type of %s is no IRI that can be a datatype: %s", quote(n.name), quote(e.typ.Text()))
	}
	n.coerce, n.datatype, n.tail = coerceTyped, iri, literalTail(iri)
	return nil
}

// mapping finds the IRI or keyword that the term stands for (steps 13 to 18).
func (d *definer) mapping(n *definition, e *entries) *flaw {
	source := e.id
	if e.reverse.Exists() {
		if e.id.Exists() || e.nest.Exists() {
			return d.fault(e.reverse, codeContext, "the definition of %s has @reverse beside @id or @nest", quote(n.name))
		}
		source, n.reverse = e.reverse, true
	}
	var fault *flaw
	switch {
	case source.Kind() == strict.Null && !n.reverse:
		return nil // the term is known to mean nothing
	case source.Exists() && source.Kind() != strict.String:
		return d.fault(source, codeContext, "%s must be mapped to a string, and not to %s", quote(n.name), source.Kind())
	case source.Exists() && (n.reverse || source.Text() != n.name):
		fault = d.explicit(n, e, source)
	default:
		fault = d.implicit(n)
	}
	if fault != nil || n.keyword != notKeyword {
		return fault
	}
	if schemeEnd(n.iri) == 0 && !strings.HasPrefix(n.iri, "_:") || len(n.iri) > maxMappedIRI {
		return d.fault(source, codeContext, "the term %s is not mapped to an absolute IRI but to %s", quote(n.name), quote(n.iri))
	}
	if isIRI(n.iri) {
		n.text = "<" + n.iri + ">"
		n.hash = maphash.String(d.c.p.seed, n.text)
	}
	return nil
}

// explicit takes the IRI from @id or @reverse.
func (d *definer) explicit(n *definition, e *entries, source strict.Value) *flaw {
	iri, kw, fault := d.expand(source, source.Text())
	switch {
	case fault != nil:
		return fault
	case kw == kwContext || kw != notKeyword && n.reverse:
		return d.fault(source, codeContext, "%s cannot stand for %s", quote(n.name), source.Text())
	}
	n.iri, n.keyword = iri, kw
	if inner := strings.IndexByte(n.name, ':'); inner > 0 && inner < len(n.name)-1 || strings.Contains(n.name, "/") {
		d.state[n.name] = isDefined
		own, _, fault := d.expand(source, n.name)
		if fault != nil {
			return fault
		}
		if own != iri {
			return d.fault(source, codeContext, "the term %s has the form of an IRI and is mapped to another, %s", quote(n.name), quote(iri))
		}
	} else if e.simple && kw == notKeyword && iri != "" && !strings.Contains(n.name, ":") {
		n.prefix = strings.IndexByte(":/?#[]@", iri[len(iri)-1]) >= 0 || strings.HasPrefix(iri, "_:")
	}
	return nil
}

// implicit derives the IRI from the term itself.
func (d *definer) implicit(n *definition) *flaw {
	if colon := strings.IndexByte(n.name, ':'); colon > 0 {
		n.iri = n.name
		if fault := d.require(n.name[:colon]); fault != nil {
			return fault
		}
		if known := d.t.terms[n.name[:colon]]; known != nil && known.iri != "" {
			n.iri = known.iri + n.name[colon+1:]
		}
		return nil
	}
	if d.t.vocab == "" {
		return d.fault(d.local[n.name], codeContext, "the definition of %s has no @id, and there is no @vocab", quote(n.name))
	}
	n.iri = d.t.vocab + n.name
	return nil
}

// index reads @index (step 20).
func (d *definer) index(n *definition, e *entries) *flaw {
	if !e.index.Exists() {
		return nil
	}
	if n.container&inIndex == 0 || e.index.Kind() != strict.String {
		return d.fault(e.index, codeContext, "@index of %s needs a string and the container @index", quote(n.name))
	}
	iri, kw, fault := d.expand(e.index, e.index.Text())
	if fault != nil {
		return fault
	}
	if kw != notKeyword || schemeEnd(iri) == 0 {
		return d.fault(e.index, codeContext, "@index of %s must be a property, unlike %s", quote(n.name), quote(e.index.Text()))
	}
	n.index = e.index.Text()
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

// container reads @container (step 19).
func (d *definer) container(n *definition, e *entries) *flaw {
	if !e.container.Exists() || e.container.Kind() == strict.Null {
		return nil
	}
	count := 0
	for item := range e.container.Each() {
		bit := containerOf(item.Text())
		if bit == 0 || n.container&bit != 0 || item.Kind() != strict.String {
			return d.fault(e.container, codeContext, "@container of %s has the value %s", quote(n.name), quote(item.Raw()))
		}
		n.container |= bit
		count++
	}
	if !n.container.permitted() {
		return d.fault(e.container, codeContext, "@container of %s combines what cannot be combined", quote(n.name))
	}
	if n.reverse && n.container&^(inIndex|inSet) != 0 {
		return d.fault(e.container, codeContext, "@container of the reverse term %s must be @index, @set or null", quote(n.name))
	}
	if n.container&inType != 0 {
		if !e.typ.Exists() {
			n.coerce = coerceID
		}
		if n.coerce != coerceID && n.coerce != coerceVocab {
			return d.fault(e.container, codeContext, "@container @type of %s needs @type @id or @vocab", quote(n.name))
		}
	}
	return nil
}

func containerOf(name string) container {
	switch name {
	case "@graph":
		return inGraph
	case "@id":
		return inID
	case "@index":
		return inIndex
	case "@language":
		return inLanguage
	case "@list":
		return inList
	case "@set":
		return inSet
	case "@type":
		return inType
	}
	return 0
}

// permitted reports whether the values may stand together: @list alone; @set with anything else;
// @graph with one of @id and @index; the others one at a time.
func (c container) permitted() bool {
	if c == inList {
		return true
	}
	switch c &^ inSet {
	case 0, inGraph, inID, inIndex, inLanguage, inType, inGraph | inID, inGraph | inIndex:
		return true
	}
	return false
}
