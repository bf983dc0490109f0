package verify

import (
	"context"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/jose"
)

// token is a signature around the whole credential.
type token struct {
	header strict.Value // by the names of JOSE
	code   string       // of findings about the header
	// algorithm reads the header, and verify the signature; neither looks for a key.
	algorithm func() (string, error)
	verify    func(key keys.Key, keyAlg string) error
}

// jwt is a compact JWS that is used as a credential or as a part of one.
func jwt(j *vc.JWS, use jose.Use) token {
	return token{
		header: j.Header(), code: "jwt.header",
		algorithm: func() (string, error) {
			_, err := jose.Header(j, use)
			return j.Header().Get("alg").Text(), err
		},
		verify: func(key keys.Key, keyAlg string) error { return jose.Verify(j, key, keyAlg, use) },
	}
}

// plain checks the signature of a JWT (RFC 7515, Open Badges 3.0 JWT proof format, VC-JOSE-COSE).
func (r *run) plain(ctx context.Context) attempt {
	use := jose.Credential
	if r.vp != nil {
		use = jose.Presentation
	}
	return r.wrapped(ctx, jwt(r.jws(), use), r.unanswered())
}

// wrapped checks the signature of a token: header, algorithm, key, signature. What was found before
// that without any key is given in found; where it is something, no key is looked for.
func (r *run) wrapped(ctx context.Context, t token, found []*strict.Error) attempt {
	profile := r.profile()
	finish := func(a attempt) attempt {
		a.result.Profile = string(profile)
		return a
	}
	alg, headerErr := t.algorithm()
	if headerErr != nil {
		e := headerFinding(headerErr)
		return finish(attempt{result: part(alg, e), unknown: e.Code == "proof.suite_unknown"})
	}
	if r.p.Suites != nil && !slices.Contains(r.p.Suites, alg) {
		return finish(refused(alg, problem("proof.suite_not_allowed", "", "the policy does not allow "+alg)))
	}
	if len(found) > 0 {
		return finish(refused(alg, found...))
	}
	a := attempt{}
	method, err := r.tokenKey(ctx, t, &a)
	a.method = method.ID
	if err == nil {
		err = r.usable(method, "")
	}
	if err != nil {
		a.result = part(alg, err)
		return finish(a)
	}
	a.result = part(alg)
	if err := t.verify(method.Key, method.Algorithm); err != nil {
		found := headerFinding(err)
		a.result, a.failed = part(alg, found), &failure{token: &t, key: method, err: found}
	}
	r.deviations(profile, t, &a.result)
	return finish(a)
}

// unanswered refuses a JWT, a COSE message or an SD-JWT without key binding where the policy asks for a
// challenge or a domain: there is no place for them in such a credential, so that one which was handed on cannot be told from one that was
// made for the caller.
func (r *run) unanswered() (found []*strict.Error) {
	if r.vp != nil {
		return r.answered()
	}
	if r.p.Challenge != "" {
		found = append(found, problem("proof.challenge", "", "a credential of this format without key binding answers no challenge, and one was given"))
	}
	if r.p.Domain != "" {
		found = append(found, problem("proof.domain", "", "a credential of this format without key binding is made for no domain, and the policy asks for "+r.p.Domain))
	}
	return found
}

// deviations tells where the header departs from the profile, which a strict policy refuses.
func (r *run) deviations(profile jose.Profile, t token, result *Result) {
	for _, d := range profile.Deviations(t.header) {
		d = headerFinding(d)
		d.Code = t.code
		if r.p.Strict {
			result.add(newProblem(d))
		} else {
			result.Warnings = append(result.Warnings, newProblem(d))
		}
	}
}

// tokenKey finds the key of a token by the kid and jwk of its header. Neither chooses an identity: what
// ties the key to the issuer is graded in a. Where both are there they must be one key.
func (r *run) tokenKey(ctx context.Context, t token, a *attempt) (keys.Method, *strict.Error) {
	kid, jwk := t.header.Get("kid"), t.header.Get("jwk")
	var embedded keys.JWK
	if jwk.Exists() {
		k, err := keys.ParseJWK(jwk)
		if err != nil {
			return keys.Method{}, headerFinding(err)
		}
		embedded = k
	}
	switch {
	case kid.Exists():
		m, err := r.kidKey(ctx, kid.Text(), embedded, a)
		if err == nil && jwk.Exists() && !m.Key.Equal(embedded.Key) {
			return keys.Method{}, problem(t.code, "", "the header's kid and jwk are two different keys")
		}
		return m, err
	case jwk.Exists():
		return r.jwkKey(ctx, embedded, a)
	case t.header.Get("x5c").Exists():
		return keys.Method{}, problem("key.unresolved", "", "the header names its key by a certificate only, and this version reads none")
	case r.byMetadata():
		return r.onlyKey(ctx, a)
	}
	return keys.Method{}, problem(t.code, "", "the header has neither kid nor jwk, so that nothing says which key signed")
}

// headerFinding is a finding about the header of a JWT, which no pointer into the credential reaches.
func headerFinding(err error) *strict.Error {
	found := *asFinding(err, "jwt.header", "")
	found.Pointer, found.Offset = "", -1
	return &found
}

// kidKey finds the key that a kid names: in the JWKS of an https issuer's own authority, in the
// issuer's DID document, or at the kid's own URL.
func (r *run) kidKey(ctx context.Context, kid string, embedded keys.JWK, a *attempt) (keys.Method, *strict.Error) {
	issuer := r.signer()
	if isDID(issuer) && !isURL(kid) {
		return r.methodAt(ctx, didMethod(issuer, kid), r.issuerPlace(), a)
	}
	if isDID(kid) {
		return r.methodAt(ctx, soleMethod(kid), "", a)
	}
	var missing *strict.Error
	if set, url, ok, err := r.issuerSet(ctx); ok {
		if err != nil && err.Code == "key.malformed" && r.byMetadata() {
			return keys.Method{}, err
		}
		if err == nil {
			if k, err := inSet(set, kid, url); err == nil {
				a.binding = IssuerJWKS
				return r.issued(k, a), nil
			}
			if embedded.Key.Kind() != "" && !isHTTPS(kid) {
				return r.published(set, embedded, url, a), nil
			}
			err = problem("issuer.unbound", r.issuerPlace(), "the key "+quoteOr(kid, "without name")+" is not in the keys at "+url)
		}
		missing = err
	}
	return r.kidURL(ctx, kid, embedded, missing, a)
}

// kidURL dereferences a kid that is an https URL: a controller document, or a bare key that nothing
// vouches for.
func (r *run) kidURL(ctx context.Context, kid string, embedded keys.JWK, missing *strict.Error, a *attempt) (keys.Method, *strict.Error) {
	if !isHTTPS(kid) {
		if embedded.Key.Kind() != "" {
			return r.brought(ctx, embedded, missing, a)
		}
		return keys.Method{}, orFinding(missing, "key.unresolved", "the header's kid "+quoteOr(kid, "is empty and")+" leads to no key")
	}
	base := withoutFragment(kid)
	doc, err := r.controller(ctx, base, "")
	if err != nil {
		return r.kidSet(ctx, kid, base, err, missing, a)
	}
	if bare, ok := doc.Bare(); ok && bare.Controller == "" {
		return r.brought(ctx, keys.JWK{Key: bare.Key, ID: kid, Algorithm: bare.Algorithm}, missing, a)
	}
	m, err := r.listed(ctx, doc, kid, "")
	if err != nil {
		return keys.Method{}, err
	}
	return m, r.bind(ctx, doc, m, "", a)
}

// kidSet looks a kid up in a JWKS at its own URL.
func (r *run) kidSet(ctx context.Context, kid, base string, cause, missing *strict.Error, a *attempt) (keys.Method, *strict.Error) {
	set, err := r.keySet(ctx, base, "")
	if err != nil {
		return keys.Method{}, cause
	}
	k, findErr := inSet(set, kid, base)
	if findErr != nil {
		return keys.Method{}, headerFinding(findErr)
	}
	return r.brought(ctx, k, missing, a)
}

// inSet finds the key of a kid in the set at url: by the whole kid or, where that is the URL of the set with a
// fragment, by the fragment.
func inSet(set *keys.Set, kid, url string) (keys.JWK, error) {
	k, err := set.Find(kid)
	if name, ok := strings.CutPrefix(kid, url+"#"); ok && err != nil {
		return set.Find(name)
	}
	return k, err
}

// brought is a key that a kid led to, or that stands beside one that leads nowhere, and that nobody has
// vouched for. An issuer with a DID has a document to ask: a kid is no way around it. An https issuer's
// key set may hold the key under another name.
func (r *run) brought(ctx context.Context, k keys.JWK, missing *strict.Error, a *attempt) (keys.Method, *strict.Error) {
	if isDID(r.signer()) {
		return r.jwkKey(ctx, k, a)
	}
	if set, url, ok, err := r.issuerSet(ctx); ok && err == nil {
		return r.published(set, k, url, a), nil
	}
	return r.selfAsserted(k, missing, a), nil
}

// jwkKey takes the key that the header brings along, and looks for somebody who vouches for it.
func (r *run) jwkKey(ctx context.Context, k keys.JWK, a *attempt) (keys.Method, *strict.Error) {
	issuer := r.signer()
	if isDID(issuer) {
		doc, err := r.controller(ctx, issuer, r.issuerPlace())
		if err != nil {
			return r.selfAsserted(k, err, a), withdrawn(err)
		}
		m, ok := doc.WithKey(k.Key, r.purpose())
		if !ok {
			return keys.Method{}, problem("proof.method", r.issuerPlace(), "the document of "+issuer+" does not list the key in the token's header")
		}
		return m, r.bind(ctx, doc, m, r.issuerPlace(), a)
	}
	set, url, ok, err := r.issuerSet(ctx)
	if !ok {
		return r.selfAsserted(k, nil, a), nil
	}
	if err != nil {
		return r.selfAsserted(k, err, a), nil
	}
	return r.published(set, k, url, a), nil
}

// published looks for the header's own key in the JWKS of the issuer's authority.
func (r *run) published(set *keys.Set, k keys.JWK, url string, a *attempt) keys.Method {
	for _, candidate := range set.Keys() {
		if candidate.Key.Equal(k.Key) {
			a.binding = IssuerJWKS
			return r.issued(candidate, a)
		}
	}
	return r.selfAsserted(k, problem("issuer.unbound", r.issuerPlace(), "the key in the header is not in the keys at "+url), a)
}

// issued is a key that the issuer's authority publishes. A key that names another issuer is not the
// issuer's (Open Badges 3.0 implementation guide, key provenance).
func (r *run) issued(k keys.JWK, a *attempt) keys.Method {
	if k.Issuer != "" && k.Issuer != r.signer() {
		a.contradiction = r.foreign(k.Issuer, r.issuerPlace())
	}
	return keys.Method{ID: k.ID, Controller: r.signer(), Key: k.Key, Algorithm: k.Algorithm}
}

func (r *run) selfAsserted(k keys.JWK, missing *strict.Error, a *attempt) keys.Method {
	a.binding = SelfAsserted
	detail := "the " + r.noun() + " brings its own key, and nothing ties that key to " + quoteOr(r.signer(), "the "+r.signerNoun())
	if missing != nil {
		detail += ": " + missing.Detail
	}
	a.unbound = problem("issuer.unbound", r.issuerPlace(), detail)
	return keys.Method{ID: k.ID, Key: k.Key, Algorithm: k.Algorithm}
}

func orFinding(err *strict.Error, code, detail string) *strict.Error {
	if err != nil && err.Code == code {
		return err
	}
	return problem(code, "", detail)
}
