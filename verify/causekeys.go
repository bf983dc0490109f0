package verify

import (
	"context"
	"slices"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

// otherKey is a key of the issuer, and how a sentence speaks of it.
type otherKey struct {
	keys.Method
	says string
}

// otherKeys tries the keys that the issuer's documents list beside the one that the proof names: those that
// this verification has read already. A match is no binding and counts for nothing, be the key listed for the
// purpose or not: the proof names another method, and the issuer may have withdrawn this one.
func (s *search) otherKeys(ctx context.Context) string {
	for _, k := range s.keysOfSigner() {
		if s.matchesKey(ctx, k.Method) {
			return "The signature matches another key: " + k.says + ". The " + s.noun() + " was signed with that key and names the wrong one, or the keys were mixed up where they are published."
		}
	}
	return ""
}

// matchesKey asks whether the signature is one by this key.
func (s *search) matchesKey(ctx context.Context, m keys.Method) bool {
	if s.token != nil {
		return s.afford(ctx, len(s.value().Raw())) && s.token.verify(m.Key, m.Algorithm) == nil
	}
	suite, ok := suites.Find(s.in.Proof)
	if !ok || !suite.Accepts(m.Key.Kind()) || !s.afford(ctx, len(s.value().Raw())) {
		return false
	}
	in := s.in
	in.Key, in.Algorithm = m.Key, m.Algorithm
	_, err := suite.Verify(in)
	return err == nil
}

// keysOfSigner lists keys of the issuer, or of the holder of a presentation, other than the one that failed.
func (s *search) keysOfSigner() (all []otherKey) {
	add := func(m keys.Method, says string) {
		known := func(o otherKey) bool { return o.Key.Equal(m.Key) }
		if !m.Key.Equal(s.key.Key) && !slices.ContainsFunc(all, known) && len(all) < maxCauseKeys {
			all = append(all, otherKey{m, says})
		}
	}
	if a := s.controllers[s.signer()]; a.doc != nil {
		for _, purpose := range []string{"assertionMethod", "authentication"} {
			for _, m := range a.doc.Methods(purpose, maxCauseKeys) {
				add(m, quoteOr(clipped(m.ID), "one without a name")+", which "+shown(s.signer())+" lists for the purpose "+purpose)
			}
		}
	}
	if set, url, ok := s.setOfSigner(); ok {
		for _, k := range set.Keys()[:min(len(set.Keys()), maxCauseKeys)] {
			add(keys.Method{ID: k.ID, Key: k.Key, Algorithm: k.Algorithm}, quoteOr(clipped(k.ID), "one without a name")+" in the keys at "+shown(url))
		}
	}
	return all
}

// setOfSigner returns the JWKS of the issuer's own authority, if this verification has read it. A set that an SD-JWT
// VC's metadata publishes counts only where the metadata is the signer's.
func (s *search) setOfSigner() (set *keys.Set, url string, ok bool) {
	if s.byMetadata() {
		url, ok = issuerMetadata(s.signer())
	} else {
		url, ok = authorityJWKS(s.signer())
	}
	set = s.keySets[url].set
	return set, url, ok && set != nil && (!s.byMetadata() || set.Issuer() == s.signer())
}
