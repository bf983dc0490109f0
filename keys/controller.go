package keys

import "time"

// Method is a verification method: a key with its name, and who controls it. Times are zero where
// the method has none; they are not compared with any clock here.
type Method struct {
	ID         string // absolute: a relative id is resolved against the id of the document
	Type       string // as written, such as "Multikey"
	Controller string // as written; who is named, not who is proved
	Key        Key
	Algorithm  string    // alg of a JWK, "" where there is none
	Revoked    time.Time // the method counts for nothing from here on
	Expires    time.Time // the method counts for nothing from here on
}

// Source is a document that was fetched.
type Source struct {
	URL    string
	SHA256 string // of the body, in lower-case hexadecimal
}

// Controller is a parsed controller document, such as a DID document (W3C Controlled Identifiers
// 1.0, DID Core 1.0). It is immutable and safe for concurrent use.
type Controller struct {
	id      string
	sources []Source
}

// ID returns the identifier that the document is about.
func (c *Controller) ID() string { return c.id }

// Method returns the verification method with this absolute id, if the document lists it under
// purpose: "assertionMethod" or "authentication".
func (c *Controller) Method(id, purpose string) (Method, error) {
	return Method{}, unlisted("not found")
}

// Lists reports whether the document names the absolute id under purpose, by reference or by
// holding the method there.
func (c *Controller) Lists(id, purpose string) bool { return false }

// WithKey returns the first method listed under purpose that has this key.
func (c *Controller) WithKey(k Key, purpose string) (Method, bool) { return Method{}, false }

// Bare returns the verification method, if the document is one itself instead of a controller
// document.
func (c *Controller) Bare() (Method, bool) { return Method{}, false }

// Sources returns the documents that were fetched, nil for did:key and did:jwk.
func (c *Controller) Sources() []Source { return c.sources }
