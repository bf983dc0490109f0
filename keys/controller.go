package keys

import (
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Source is a document that was fetched.
type Source struct {
	URL    string // that was asked for; redirects are the fetcher's
	SHA256 string // of the body, in lower-case hexadecimal
}

// Controller is a parsed controller document, such as a DID document (W3C Controlled Identifiers
// 1.0, DID Core 1.0). It is immutable and safe for concurrent use.
type Controller struct {
	id      string
	sources []Source
	single  *Method // the one method of a did:key or did:jwk, or a bare one
	bare    bool    // single is the document itself, and listed for nothing
	methods []methodEntry
	listed  [2][]string // absolute ids by purpose, in the order of purposeIndex
}

// methodEntry is a method of the document that is read when it is asked for, so that one that
// cannot be used does not spoil the others. The value keeps the whole document alive.
type methodEntry struct {
	id    string // absolute
	under string // the relationship that holds it, "" for verificationMethod
	value strict.Value
}

// ID returns the identifier that the document is about: the one that was asked for.
func (c *Controller) ID() string { return c.id }

// Sources returns the documents that were fetched, nil for did:key and did:jwk. The caller must
// not change it.
func (c *Controller) Sources() []Source { return c.sources }

// Bare returns the verification method, if the document at an https URL was one itself: a Multikey
// or another method type, or a JWK. Its controller is only named: it counts when that controller's
// own document lists it, see [Controller.Lists].
func (c *Controller) Bare() (Method, bool) {
	if !c.bare {
		return Method{}, false
	}
	return *c.single, true
}

// purposeIndex returns the place of a purpose in Controller.listed. No other member of a document
// is ever taken for a verification relationship.
func purposeIndex(purpose string) (int, bool) {
	switch purpose {
	case "assertionMethod":
		return 0, true
	case "authentication":
		return 1, true
	}
	return 0, false
}

// Lists reports whether the document names the absolute id under purpose ("assertionMethod" or
// "authentication"), by reference or by holding the method there. The method itself may stand in
// another document.
func (c *Controller) Lists(id, purpose string) bool {
	i, ok := purposeIndex(purpose)
	if !ok || c.bare {
		return false
	}
	if c.single != nil {
		return c.single.ID == id
	}
	for _, listed := range c.listed[i] {
		if listed == id {
			return true
		}
	}
	return false
}

// Method returns the verification method with this absolute id, if the document lists it under
// purpose: "assertionMethod" or "authentication". A method held by one relationship counts for
// that one only.
//
// Not judged: who controls the method, and whether it was revoked or has expired at some time.
//
// The error is proof.method where the method is not listed or not in the document, key.malformed
// where two methods have the id or the method cannot be read, key.revoked where it is deactivated
// and key.unresolved where its type or kind of key is not supported.
func (c *Controller) Method(id, purpose string) (Method, error) {
	if !c.Lists(id, purpose) {
		return Method{}, unlisted(strconv.Quote(c.id) + " does not list the method " + strconv.Quote(id) + " under " + strconv.Quote(purpose))
	}
	if c.single != nil {
		return *c.single, nil
	}
	var found *methodEntry
	for i := range c.methods {
		e := &c.methods[i]
		if e.id != id {
			continue
		}
		if found != nil {
			return Method{}, at(e.value, codeMalformed, "two verification methods have the id "+strconv.Quote(id))
		}
		found = e
	}
	if found == nil || found.under != "" && found.under != purpose {
		return Method{}, unlisted(strconv.Quote(c.id) + " lists the method " + strconv.Quote(id) + " under " + strconv.Quote(purpose) + ", but does not hold it there")
	}
	m, err := parseMethod(found.value, id)
	if err != nil {
		return Method{}, in(id, err)
	}
	return m, nil
}

// WithKey returns the first method listed under purpose that has this key. Methods that cannot be
// used are passed over.
func (c *Controller) WithKey(k Key, purpose string) (Method, bool) {
	i, ok := purposeIndex(purpose)
	if !ok || c.bare {
		return Method{}, false
	}
	if c.single != nil {
		return *c.single, c.single.Key.Equal(k)
	}
	for _, id := range c.listed[i] {
		if m, err := c.Method(id, purpose); err == nil && m.Key.Equal(k) {
			return m, true
		}
	}
	return Method{}, false
}
