package verify

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/cose"
	"github.com/badgeproof/badgeproof/verify/internal/jose"
	"github.com/badgeproof/badgeproof/verify/internal/statuslist"
)

// statusClaims returns the claim "status" of a token, which is beside the credential's own
// credentialStatus and where the lists of the IETF are referred to. A document with an embedded
// proof has no claims.
func (r *run) statusClaims() []strict.Value {
	claims := r.c.Value()
	switch j := r.c.JWS(); {
	case j != nil:
		claims = j.Claims()
	case r.c.Format() != vc.SelectiveDisclosure && r.c.Format() != vc.COSESign1:
		return nil
	}
	v := claims.Get("status")
	if !v.Exists() || slices.Contains(r.c.Status(), v) {
		return nil
	}
	return []strict.Value{v}
}

// tokenStatus asks the claim status of a token (Token Status List, section 6.1), each of whose members
// is a mechanism. Beside status_list none is known, and what such a one says may be that the credential
// no longer holds.
func (r *run) tokenStatus(ctx context.Context, e strict.Value) (all answer) {
	ref := e.Get("status_list")
	if ref.Kind() != strict.Object {
		return refusal(problem("status.unknown", e.Pointer(), "the token's status is of a kind which this version cannot ask"))
	}
	all = r.tokenEntry(ctx, ref)
	for name, m := range e.Members() {
		if name != "status_list" {
			all.found = append(all.found, problem("status.unknown", m.Pointer(), "beside its status list the token has a status by "+quoteOr(clipped(name), "no name")+", which this version cannot ask"))
			break // one suffices
		}
	}
	return all
}

// tokenEntry checks a reference to a status list (section 6.2): the URL of the list, and the index in it.
func (r *run) tokenEntry(ctx context.Context, ref strict.Value) answer {
	url := ref.Get("uri").Text()
	idx, ok := ref.Get("idx").Int()
	switch {
	case !isHTTPS(url):
		return refusal(problem("status.malformed", strict.Join(ref.Pointer(), "uri"), "the status list must be an https URL"))
	case !ok || idx < 0:
		return refusal(problem("status.malformed", strict.Join(ref.Pointer(), "idx"), "the index must be a number that is not negative"))
	}
	list, err := r.statusList(ctx, r.tokenKind(), url, ref.Pointer(), tokenList{url})
	if err != nil {
		return refusal(err)
	}
	status, entryErr := list.bits.Entry(uint64(idx), list.size)
	if entryErr != nil {
		found := *asFinding(entryErr, "status.index", ref.Pointer())
		found.Pointer, found.Offset = ref.Pointer(), -1
		return refusal(&found)
	}
	switch status { // section 7.1
	case 0:
		return answer{}
	case 1:
		return refusal(problem("status.revoked", ref.Pointer(), "the issuer has revoked the credential; ask the holder for another one"))
	case 2:
		return refusal(problem("status.suspended", ref.Pointer(), "the issuer has suspended the credential; it may come back into force"))
	}
	return refusal(problem("status.unknown", ref.Pointer(), "the status is "+strconv.Itoa(int(status))+", whose meaning is not known"))
}

// tokenKind is what a list is held as. One that was read for an SD-JWT VC is held for its issuer alone:
// for whom a list is read decides where the key that signed it is looked up.
func (r *run) tokenKind() string {
	if r.c.Version() == vc.SDJWTVC {
		return "token for " + r.c.Issuer()
	}
	return "token"
}

// tokenList reads status list tokens: a JWT of the type statuslist+jwt, or a CWT of the type
// statuslist+cwt (sections 5.1 and 5.2).
type tokenList struct{ url string }

func (tokenList) accept() string { return TokenListTypes }

// parse tells the two apart by their first byte, and returns the claims by their names in a JWT.
func (tokenList) parse(r *run, body []byte) (token, strict.Value, error) {
	limits := vc.Limits{JSON: strict.Limits{Bytes: 2 * r.v.limits.StatusBytes}, JWT: r.v.limits.StatusBytes}
	if len(body) > 0 && body[0] >= 0x80 { // no text in base64 or JSON begins like that
		m, claims, err := vc.ParseCWT(body, limits)
		if err != nil {
			return token{}, claims, err
		}
		return sign1(m, cose.StatusList), claims, nil
	}
	j, err := vc.ParseJWS(body, limits)
	if err != nil {
		return token{}, strict.Value{}, err
	}
	return jwt(j, jose.StatusList), j.Claims(), nil
}

// read verifies a token by the rules of section 8.3: its type, that it speaks for the URL it came from,
// its times, and its signature by a key of its issuer. Where it names no issuer it must be signed by
// that of the credential.
func (l tokenList) read(ctx context.Context, r *run, body []byte, pointer string) (*heldList, *strict.Error) {
	t, claims, err := l.parse(r, body)
	if err != nil {
		return nil, untrustedList(pointer, "it is no token: "+asFinding(err, "jwt.syntax", "").Detail)
	}
	issuer := r.c.Issuer()
	if v := claims.Get("iss"); v.Exists() {
		issuer = v.Text()
	}
	switch {
	case !r.mayList(issuer):
		return nil, r.foreignList(issuer, pointer)
	case claims.Get("sub").Text() != l.url:
		return nil, untrustedList(pointer, "it is about "+quoteOr(claims.Get("sub").Text(), "nothing")+", and not about the URL that the credential names")
	}
	if err := r.tokenTimes(claims, pointer); err != nil {
		return nil, err
	}
	if err := r.tokenProof(ctx, t, issuer, pointer); err != nil {
		return nil, err
	}
	return l.decode(r, claims, issuer, pointer)
}

// tokenTimes checks iat, which must be there, and exp.
func (r *run) tokenTimes(claims strict.Value, pointer string) *strict.Error {
	issued, ok := vc.NumericDate(claims.Get("iat"))
	if !ok {
		return untrustedList(pointer, "it does not say when it was issued (iat)")
	}
	if r.early(issued) {
		return untrustedList(pointer, "it was issued on "+issued.Format(time.RFC3339)+", which has not come yet")
	}
	if v := claims.Get("exp"); v.Exists() {
		until, ok := vc.NumericDate(v)
		if !ok {
			return untrustedList(pointer, "its end (exp) cannot be read")
		}
		if r.late(until) {
			return untrustedList(pointer, "it counted until "+until.Format(time.RFC3339))
		}
	}
	return nil
}

// tokenProof checks the signature of a token that is no credential, and that the key is tied to the
// issuer as strongly as the policy asks. The keys of an issuer of SD-JWT VCs are those that its
// credentials are checked with.
func (r *run) tokenProof(ctx context.Context, t token, issuer, pointer string) *strict.Error {
	alg, headerErr := t.algorithm()
	switch {
	case headerErr != nil:
		return untrustedList(pointer, headerFinding(headerErr).Detail)
	case r.p.Suites != nil && !slices.Contains(r.p.Suites, alg):
		return untrustedList(pointer, "the policy does not allow "+alg)
	}
	text, err := json.Marshal(map[string]string{"issuer": issuer})
	if err != nil {
		return untrustedList(pointer, "its issuer cannot be read")
	}
	holder, err := vc.Parse(text, vc.Limits{})
	if err != nil {
		return untrustedList(pointer, "its issuer cannot be read")
	}
	signer := &run{v: r.v, c: holder, p: listPolicy(r.p, issuer), at: r.at, trace: r.trace, nested: true,
		metadata: r.c.Version() == vc.SDJWTVC && issuer == r.c.Issuer()}
	var a attempt
	method, found := signer.tokenKey(ctx, t, &a)
	if found == nil {
		found = signer.usable(method, "")
	}
	r.within(signer.window)
	if found == nil {
		if err := t.verify(method.Key, method.Algorithm); err != nil {
			found = asFinding(err, "proof.signature", "")
		}
	}
	switch {
	case found != nil:
		return untrustedList(pointer, found.Detail)
	case a.contradiction != nil:
		return untrustedList(pointer, a.contradiction.Detail)
	case a.binding < r.p.Binding.demand():
		return untrustedList(pointer, "its key is tied to "+issuer+" as "+a.binding.String()+" only")
	}
	return nil
}

// decode reads the list of a verified token. Its ttl is in seconds.
func (tokenList) decode(r *run, claims strict.Value, issuer, pointer string) (*heldList, *strict.Error) {
	list := &heldList{issuer: issuer, implied: !claims.Get("iss").Exists()}
	source := claims.Get("status_list")
	size, ok := source.Get("bits").Int()
	if !ok || size < 1 || size > 8 {
		return nil, untrustedList(pointer, "it does not say how many bits an entry has")
	}
	list.size = int(size)
	if at := source.Get("aggregation_uri").Text(); listURL(at) {
		list.aggregation = at
	}
	if ttl, ok := claims.Get("ttl").Int(); ok && ttl > 0 {
		list.ttl = time.Duration(min(ttl, int64(maxTTL/time.Second))) * time.Second
	}
	bits, err := statuslist.DecodeToken(source.Get("lst").Text(), list.size, r.v.limits.list())
	if err != nil {
		f := asFinding(err, "status.list_proof", pointer)
		return nil, problem(unreadable(f.Code), pointer, "the status list cannot be read: "+f.Detail)
	}
	list.bits = bits
	return list, nil
}
