package keys

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// relationships are the members that list or hold verification methods (CID 1.0 section 2.3).
var relationships = [...]string{"assertionMethod", "authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation"}

// ParseController reads a controller document that the caller has found for id by means of its own, such as
// a DID method that a [Resolver] does not know. How it was found vouches for it, and no source is
// noted. The default limits apply; errors are those of [Resolver.Controller].
func ParseController(id string, document strict.Value) (*Controller, error) {
	c, err := parseController(id, document, Limits{}.orDefault().Methods, Source{})
	if err != nil {
		return nil, err
	}
	c.sources = nil
	return c, nil
}

// parseController reads the document that was fetched for id: a controller document whose id is
// exactly that, or a verification method or JWK of its own.
func parseController(id string, v strict.Value, limit int, source Source) (*Controller, error) {
	c := &Controller{id: id, sources: []Source{source}}
	if v.Kind() != strict.Object {
		return nil, at(v, codeUnresolved, "a controller document is an object, not "+v.Kind().String())
	}
	// A bare method has no relationships, so it is never taken for the document of its controller.
	if isBare(v) {
		if err := c.readBare(v); err != nil {
			return nil, err
		}
		return c, nil
	}
	switch own := v.Get("id"); {
	case !own.Exists():
		return nil, at(v, codeUnresolved, "the document has no id, so it is no controller document")
	case own.Kind() != strict.String || own.Text() != id:
		return nil, at(own, codeMalformed, "the document is about another id than "+strconv.Quote(id)+", for which it was fetched")
	}
	if err := refuseDeactivated(v); err != nil {
		return nil, err
	}
	if err := c.readMethods(v, limit); err != nil {
		return nil, err
	}
	return c, nil
}

// readMethods collects the methods and what the relationships list, reading no key yet. Methods that
// stand under a relationship which never proves anything here, such as keyAgreement, are collected
// too: their ids count when two methods have the same one.
func (c *Controller) readMethods(v strict.Value, limit int) error {
	// Counted first, so that nothing is built for a document that is too large.
	total := v.Get("verificationMethod").Len()
	for _, relationship := range relationships {
		total += v.Get(relationship).Len()
	}
	if total > limit {
		return at(v, codeUnresolved, "the document has more than "+strconv.Itoa(limit)+" verification methods and references to them")
	}
	for m := range v.Get("verificationMethod").Each() {
		if m.Kind() != strict.Object {
			return at(m, codeMalformed, "a verification method must be an object, not "+m.Kind().String())
		}
		if _, err := c.hold(m, ""); err != nil {
			return err
		}
	}
	for _, relationship := range relationships {
		for m := range v.Get(relationship).Each() {
			if err := c.list(m, relationship); err != nil {
				return err
			}
		}
	}
	return nil
}

// hold takes one method that the document holds, and returns its absolute id.
func (c *Controller) hold(v strict.Value, under string) (string, error) {
	id, err := c.resolve(v.Get("id"), v)
	if err == nil {
		c.methods = append(c.methods, methodEntry{id: id, under: under, value: v})
	}
	return id, err
}

// list takes one entry of a relationship: a reference, or a method held there.
func (c *Controller) list(v strict.Value, relationship string) (err error) {
	id := ""
	if v.Kind() == strict.Object {
		id, err = c.hold(v, relationship)
	} else {
		id, err = c.resolve(v, v)
	}
	if i, ok := purposeIndex(relationship); ok && err == nil {
		c.listed[i] = append(c.listed[i], id)
	}
	return err
}

// resolve makes an id absolute: "#key-1" stands for that fragment of the document's own id (DID
// Core section 3.2.2), whatever @base a context sets. Any other relative form stays as it is and so
// matches no absolute id. The id is compared as text from here on: two spellings are two ids.
func (c *Controller) resolve(id, holder strict.Value) (string, error) {
	text := id.Text()
	if id.Kind() != strict.String || text == "" || text == "#" || len(text) > maxIdentifier {
		if !id.Exists() {
			id = holder
		}
		return "", at(id, codeMalformed, "the id of a verification method must be a URL")
	}
	if text[0] == '#' {
		return c.id + text, nil
	}
	return text, nil
}

// isBare reports whether a document is a verification method or a JWK instead of a controller
// document: it has key material at its top, and lists nothing. An issuer's profile that has a
// publicKey, as in Open Badges 2.0, is not one.
func isBare(v strict.Value) bool {
	if v.Get("verificationMethod").Exists() {
		return false
	}
	for _, relationship := range relationships {
		if v.Get(relationship).Exists() {
			return false
		}
	}
	return v.Get("kty").Exists() || v.Get("publicKeyMultibase").Exists() || v.Get("publicKeyJwk").Exists() || v.Get("publicKeyBase58").Exists()
}

// readBare reads a document that is itself a method. Its id must be the URL that it was fetched
// from, with or without a fragment. A JWK has no id, so it has the URL; its kid names it within a set
// and not on the web. Its iss is taken as its controller, and is as little proved as any other.
func (c *Controller) readBare(v strict.Value) error {
	c.bare = true
	if v.Get("kty").Exists() {
		j, err := ParseJWK(v)
		c.single = &Method{ID: c.id, Controller: j.Issuer, Key: j.Key, Algorithm: j.Algorithm}
		return err
	}
	id, err := requiredText(v, "id")
	if err != nil {
		return err
	}
	if url, _, _ := strings.Cut(id, "#"); url != c.id {
		return at(v.Get("id"), codeMalformed, "the document is about another id than "+strconv.Quote(c.id)+", for which it was fetched")
	}
	m, err := parseMethod(v, id)
	c.single = &m
	return err
}
