package canon

import (
	"hash/maphash"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// coercion reads @type (step 12): what becomes of a plain string or number under the term. rdf:langString is no datatype
// that a term can give, since its literals need a language.
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

// explicit takes the IRI from @id or @reverse (steps 13 and 14). A term with a colon or a slash inside looks like an IRI,
// and must then be that IRI, so that a reader who does not process contexts is not misled. Only a simple definition
// whose IRI ends in a delimiter makes the term a prefix.
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

// implicit derives the IRI from the term itself (steps 15 to 18): from its prefix, which is defined first, or from
// @vocab. A term that has the form of an IRI and no known prefix is that IRI.
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
