package verify

import (
	"context"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// signingSuites are names of suites that are taken for one another.
var signingSuites = [...]string{"eddsa-rdfc-2022", "eddsa-jcs-2022", "eddsa-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"}

// otherOptions tries the proof as it may have been when it was signed: of another suite, with another spelling of
// its verification method, less a member, with or without contexts of its own.
func (s *search) otherOptions(ctx context.Context) string {
	p := s.in.Proof
	const edited = " The proof was edited after signing, or the issuer's software signed another one than it wrote down."
	if suite := p.Get("cryptosuite"); suite.Exists() {
		for _, name := range signingSuites {
			if name != suite.Text() && s.fits(name) && s.try(ctx, patch{suite, quoted(name)}) {
				return "The signature matches if the proof is taken for one of " + name + "." + edited
			}
		}
	}
	if method := p.Get("verificationMethod"); method.Kind() == strict.String {
		for _, url := range s.spellings(method.Text()) {
			if s.try(ctx, patch{method, quoted(url)}) {
				return "The signature matches with the verification method " + quoteOr(clipped(url), "") + " in the proof." + edited
			}
		}
	}
	for name, m := range p.Members() {
		if !slices.Contains(neededOptions[:], name) && s.try(ctx, without(p, m)) {
			return "The signature matches without " + shown(m.Pointer()) + ": it was added to the proof after signing."
		}
	}
	if all := s.value().Get("@context"); s.jcs() && !p.Get("@context").Exists() && s.try(ctx, with(p, "@context", all.Raw())) {
		return "The signature matches with the contexts of the " + s.noun() + " in the proof." + edited
	}
	return ""
}

// neededOptions are members of a proof that no proof goes without.
var neededOptions = [...]string{"type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue", "jws"}

// fits reports whether a suite takes the key, so that a trial is not wasted: EdDSA suites take Ed25519 keys, and
// the others of [signingSuites] take none.
func (s *search) fits(name string) bool {
	return strings.HasPrefix(name, "eddsa-") == (s.in.Key.Kind() == "Ed25519")
}

// spellings returns other URLs for a verification method: of the same key. The proof's options are part of what is
// signed, so that software which writes down another URL than it signed breaks its own signature.
func (s *search) spellings(url string) (all []string) {
	base, fragment, found := strings.Cut(url, "#")
	add := func(other string) {
		if other != url && other != "" && !slices.Contains(all, other) {
			all = append(all, other)
		}
	}
	if key, ok := strings.CutPrefix(base, "did:key:"); ok {
		add(base + "#" + key)
	}
	add(base)
	if found {
		add("#" + fragment)
	}
	if a := s.controllers[s.signer()]; a.doc != nil {
		for _, m := range a.doc.Methods(s.purpose(), maxCauseKeys) {
			if m.Key.Equal(s.in.Key) {
				add(m.ID)
			}
		}
	}
	return all
}
