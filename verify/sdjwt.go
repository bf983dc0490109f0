package verify

import (
	"context"
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/jose"
)

// selective checks an SD-JWT: the holder's key binding, which mostly needs no key from elsewhere, then the
// issuer's signature (RFC 9901 section 7.3), and only then a key that cnf names. That the disclosures belong to what the issuer signed was
// checked when the credential was parsed.
func (r *run) selective(ctx context.Context) attempt {
	s := r.sdjwt()
	use := jose.SelectiveDisclosure
	switch {
	case r.vp != nil:
		use = jose.SelectivePresentation
	case r.version() == vc.SDJWTVC:
		use = jose.SDJWTCredential
	}
	a := r.wrapped(ctx, jwt(s.JWS(), use), r.keyBinding(s))
	if kid := r.holderMethod(); s.Binding() != nil && kid != "" && a.result.Outcome == Passed {
		if err := r.holderNamed(ctx, s.Binding(), kid); err != nil {
			a.result.add(newProblem(err))
		}
	}
	if n := s.Undisclosed(); n > 0 {
		a.result.Hints = append(a.result.Hints, "Of the digests in the credential, "+strconv.Itoa(n)+" have no disclosure: "+
			"the holder did not show what is behind them, or they are decoys. This report is about what was disclosed.")
	}
	if s.Binding() == nil && r.value().Get("cnf").Exists() {
		a.result.Hints = append(a.result.Hints, "The credential is bound to a key of its holder, and nothing shows that whoever presents it has that key. Ask for a key binding with a challenge.")
	}
	return a
}

// keyBinding checks the Key Binding JWT (RFC 9901 section 4.3): made with the key that the issuer put
// into cnf, over exactly this presentation, for the challenge and the domain that the policy asks for.
// One that nobody asked for must hold as well.
func (r *run) keyBinding(s *vc.SDJWT) (found []*strict.Error) {
	j := s.Binding()
	if j == nil {
		return r.unanswered()
	}
	add := func(code, pointer, detail string) { found = append(found, problem(code, pointer, detail)) }
	claims := j.Claims()
	if claims.Get("sd_hash").Text() != s.BindingHash() {
		add("sdjwt.binding", "", "the key binding was made for another set of disclosures, or another credential (sd_hash)")
	}
	nonce, aud := claims.Get("nonce"), claims.Get("aud")
	switch {
	case nonce.Kind() != strict.String || !aud.Exists():
		add("sdjwt.binding", "", "the key binding needs a nonce and an aud")
	case r.p.Challenge != "" && nonce.Text() != r.p.Challenge:
		add("proof.challenge", "", "the key binding does not answer the challenge that was given")
	}
	if r.p.Domain != "" && !soleDomain(aud, r.p.Domain) {
		add("proof.domain", "", "the key binding was not made for the domain "+r.p.Domain)
	}
	found = append(found, r.bindingDates(claims)...)
	if alg := j.Header().Get("alg").Text(); r.p.Suites != nil && !slices.Contains(r.p.Suites, alg) {
		add("proof.suite_not_allowed", "", "the policy does not allow "+quoteOr(alg, "no algorithm")+", which the key binding is made with")
	}
	if err := r.holderSigned(j); err != nil {
		found = append(found, err)
	}
	return found
}

// bindingDates checks iat, which is required, and exp and nbf, which are not.
func (r *run) bindingDates(claims strict.Value) (found []*strict.Error) {
	for _, c := range [...]struct {
		name               string
		required, isTheEnd bool
	}{{"iat", true, false}, {"nbf", false, false}, {"exp", false, true}} {
		v := claims.Get(c.name)
		t, ok := vc.NumericDate(v)
		switch {
		case !ok && (c.required || v.Exists()):
			found = append(found, problem("sdjwt.binding", "", "the key binding's "+c.name+" must be a number of seconds since 1970"))
		case ok && !c.isTheEnd && r.early(t):
			found = append(found, problem("sdjwt.binding", "", "the key binding's "+c.name+" has not come yet"))
		case ok && c.isTheEnd && r.late(t):
			found = append(found, problem("sdjwt.binding", "", "the key binding has expired"))
		}
	}
	return found
}

// holderSigned checks the signature of the Key Binding JWT with the key in cnf (RFC 7800). One that cnf
// names by the URL of a DID's method is left to holderNamed, one that it names otherwise is not looked up.
func (r *run) holderSigned(j *vc.JWS) *strict.Error {
	cnf := r.value().Get("cnf")
	switch {
	case !cnf.Exists():
		return problem("sdjwt.binding", "", "there is a key binding, and the credential is bound to no key (cnf)")
	case cnf.Kind() != strict.Object || cnf.Len() == 0:
		return problem("sdjwt.binding", "/cnf", "cnf must be an object that names the holder's key")
	case r.holderMethod() != "":
		return nil
	case !cnf.Get("jwk").Exists():
		return problem("key.unresolved", "/cnf", "cnf names the holder's key neither by jwk nor by the method of a DID, so that it cannot be looked up")
	}
	key, err := keys.ParseJWK(cnf.Get("jwk"))
	if err != nil {
		return asFinding(err, "key.malformed", "/cnf/jwk")
	}
	return bindingSigned(j, key.Key, key.Algorithm)
}

// holderMethod is the method of a DID that cnf names the holder's key by, "" where it holds a jwk or names
// none.
func (r *run) holderMethod() string {
	cnf := r.value().Get("cnf")
	if kid := cnf.Get("kid").Text(); isDID(kid) && !cnf.Get("jwk").Exists() {
		return kid
	}
	return ""
}

// holderNamed checks the Key Binding JWT with a key that the holder's DID document lists for
// authentication.
func (r *run) holderNamed(ctx context.Context, j *vc.JWS, kid string) *strict.Error {
	doc, err := r.controller(ctx, withoutFragment(kid), "/cnf/kid")
	if err != nil {
		return err
	}
	m, methodErr := doc.Method(kid, "authentication")
	if methodErr != nil {
		found := *asFinding(methodErr, "proof.method", "/cnf/kid")
		found.Pointer, found.Offset = "/cnf/kid", -1
		return &found
	}
	if err := r.usable(m, "/cnf/kid"); err != nil {
		return err
	}
	return bindingSigned(j, m.Key, m.Algorithm)
}

// bindingSigned checks the signature of the Key Binding JWT.
func bindingSigned(j *vc.JWS, key keys.Key, keyAlg string) *strict.Error {
	err := jose.Verify(j, key, keyAlg, jose.KeyBinding)
	if err == nil {
		return nil
	}
	if e := headerFinding(err); e.Code == "proof.suite_unknown" {
		return e
	}
	return problem("sdjwt.binding", "", "the key binding is not by the holder of the key in cnf: "+asFinding(err, "sdjwt.binding", "").Detail)
}

// byMetadata reports whether an https issuer's keys are those of its JWT VC issuer metadata.
func (r *run) byMetadata() bool { return r.metadata || r.version() == vc.SDJWTVC }

// issuerSet finds the keys that an https issuer publishes: at its authority or, for an SD-JWT VC, by its
// metadata, which must be its own. It is not ok where the issuer is of another kind.
func (r *run) issuerSet(ctx context.Context) (set *keys.Set, url string, ok bool, err *strict.Error) {
	issuer := r.signer()
	if !r.byMetadata() {
		if url, ok = authorityJWKS(issuer); ok {
			set, err = r.keySet(ctx, url, r.issuerPlace())
		}
		return set, url, ok, err
	}
	if url, ok = issuerMetadata(issuer); !ok {
		return nil, "", false, nil
	}
	if set, err = r.keySet(ctx, url, r.issuerPlace()); err == nil && set.Issuer() != issuer {
		err = problem("key.malformed", r.issuerPlace(), "the metadata at "+url+" is that of "+quoteOr(set.Issuer(), "nobody")+", and not of the issuer")
	}
	return set, url, true, err
}

// onlyKey takes the one key of an issuer of SD-JWT VCs whose header names none.
func (r *run) onlyKey(ctx context.Context, a *attempt) (keys.Method, *strict.Error) {
	set, url, ok, err := r.issuerSet(ctx)
	switch {
	case !ok:
		return keys.Method{}, problem("key.unresolved", r.issuerPlace(), "the header names no key, and the issuer publishes none in a way that is known")
	case err != nil:
		return keys.Method{}, err
	case len(set.Keys()) != 1:
		return keys.Method{}, problem("key.unresolved", r.issuerPlace(), "the header names no key, and the issuer has several or none at "+url)
	}
	a.binding = IssuerJWKS
	return r.issued(set.Keys()[0], a), nil
}
