package keys

import (
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Set is a JWK set (RFC 7517 section 5). It is immutable and safe for concurrent use. Nothing in it
// says for whom its keys sign: that depends on where it was found.
type Set struct {
	keys    []JWK
	entries []setEntry
	sources []Source
	issuer  string
}

// setEntry is one member of a set, usable or not.
type setEntry struct {
	kid string // as written, also where the key cannot be used
	key JWK    // the zero JWK where it cannot
	err error  // why, or nil
}

// Keys returns the usable keys of the set in document order. The caller must not change it. Keys
// that are malformed, not for signatures or of unknown types are left out, as RFC 7517 section 5
// asks; [Set.Find] says why.
func (s *Set) Keys() []JWK { return s.keys }

// Find returns the key with exactly this kid. The error is proof.method where there is none,
// key.malformed where two entries have it, usable or not, and otherwise what is wrong with the key.
func (s *Set) Find(kid string) (JWK, error) {
	var found *setEntry
	for i := range s.entries {
		if e := &s.entries[i]; e.kid == kid && kid != "" {
			if found != nil {
				return JWK{}, malformed("two keys of the set have the kid "+strconv.Quote(kid), nil)
			}
			found = e
		}
	}
	if found == nil {
		return JWK{}, unlisted("the key set has no key with the kid " + strconv.Quote(kid))
	}
	return found.key, in(s.sources[0].URL, found.err)
}

// Issuer returns whose keys the metadata of a JWT VC issuer says that these are, "" for a set that was
// found without such metadata. Whether that issuer may speak at the place is not checked.
func (s *Set) Issuer() string { return s.issuer }

// Sources returns the documents that the set was read from. The caller must not change it.
func (s *Set) Sources() []Source { return s.sources }

// parseSet reads a JWK set, or a single JWK as a set of one. Beside an error the Set is not to be
// used.
func parseSet(v strict.Value, limit int, source Source) (*Set, error) {
	s := &Set{sources: []Source{source}}
	if v.Kind() != strict.Object {
		return nil, at(v, codeMalformed, "a JWK set must be an object, not "+v.Kind().String())
	}
	list := v.Get("keys")
	if !list.Exists() {
		s.add(v)
		return s, s.entries[0].err
	}
	if list.Kind() != strict.Array {
		return nil, at(list, codeMalformed, "keys must be an array, not "+list.Kind().String())
	}
	if list.Len() > limit {
		return nil, at(list, codeUnresolved, "the set holds more than "+strconv.Itoa(limit)+" keys")
	}
	for e := range list.Elements() {
		s.add(e)
	}
	return s, nil
}

// add takes one member of the set; what is wrong with it waits until it is asked for.
func (s *Set) add(v strict.Value) {
	e := setEntry{kid: v.Get("kid").Text()}
	if e.key, e.err = ParseJWK(v); e.err == nil {
		s.keys = append(s.keys, e.key)
	}
	s.entries = append(s.entries, e)
}
