package badge

import (
	"context"
	"errors"
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// signed judges a signed assertion (section "SignedBadge Verification"). The key is one that the issuer's own
// document lists; the assertion may say which of these. No member of the header of the JWS chooses it.
func (j *olderJudge) signed(ctx context.Context) {
	if j.issuerID() == "" { // whose it is says the badge class, which has to be fetched
		if url := first(j.o.value.Get("badge")); url.Kind() == strict.String {
			if err := j.mayAsk(ctx, url.Text(), "/badge"); err != nil {
				j.issuer = verify.Findings("issuer", err)
				return
			}
		}
	}
	j.revoked = revokedBy(j.o.value)
	if !j.link(ctx) {
		if j.unbound != nil { // without the issuer there is no key
			j.prove(found("key.unresolved", issuerPlace, "the keys of the issuer are not known: "+j.unbound.Detail))
		}
		return
	}
	if id, _ := parseWebURL(j.issuerID()); j.scoped(id) == nil {
		j.aside()
	}
	keys, err := j.keys(ctx)
	if err != nil {
		j.prove(err)
		return
	}
	j.verified(keys)
}

// issuerKey is a key that the issuer's document lists, or why it cannot be used.
type issuerKey struct {
	entry    strict.Value // of the issuer's document
	document strict.Value // of class CryptographicKey: entry itself, or what is hosted at its id
	err      *strict.Error
}

// keys returns the keys that may have signed: the one that the assertion names as its creator, if the issuer lists
// it; all that the issuer lists, if it names none.
func (j *olderJudge) keys(ctx context.Context) ([]issuerKey, *strict.Error) {
	creator := first(verification(j.o.value).Get("creator"))
	named := creator.Exists() && creator.Kind() != strict.Null
	var all []issuerKey
	for entry := range j.own.Get("publicKey").Each() {
		if named && (idOf(entry) == "" || idOf(entry) != idOf(creator)) {
			continue
		}
		if len(all) == maxKeys {
			return nil, found("budget", issuerPlace+"/publicKey", "the issuer lists more keys than are tried; ask for a badge that names the one it was signed with")
		}
		all = append(all, j.key(ctx, entry))
	}
	switch {
	case len(all) > 0:
		return all, nil
	case named:
		return nil, found("proof.method", "/verification/creator", "the badge says that the key "+shownURL(idOf(creator))+" signed it, and the issuer does not list that key")
	}
	return nil, found("key.unresolved", issuerPlace+"/publicKey", "the issuer's document lists no key, so that nobody can tell whether the issuer signed")
}

// key returns a key of the issuer's document: it stands there, or at the URL that is its id. A key that says that it
// is somebody else's is none of the issuer's.
func (j *olderJudge) key(ctx context.Context, entry strict.Value) issuerKey {
	document, place := entry, issuerPlace+"/publicKey"
	if !entry.Get("publicKeyPem").Exists() {
		fetched, err := j.document(ctx, idOf(entry), place)
		if err != nil {
			if err.Code == codeUnreachable || err.Code == codeDocument {
				err.Code = "key.unresolved"
			}
			return issuerKey{err: err}
		}
		document = fetched
	}
	if owner := first(document.Get("owner")); owner.Exists() && idOf(owner) != j.issuerID() {
		return issuerKey{err: found("proof.controller", place, "the key "+shownURL(idOf(entry))+" says that it belongs to "+shownURL(idOf(owner))+", who is not the issuer")}
	}
	for _, v := range [...]strict.Value{entry, document} { // which may both say something about a key that is linked
		if err := j.withdrawn(v, place); err != nil {
			return issuerKey{err: err}
		}
	}
	if document.Get("publicKeyPem").Kind() != strict.String {
		return issuerKey{err: found("key.unresolved", place, "the document of the key "+shownURL(idOf(entry))+" holds no key as publicKeyPem")}
	}
	return issuerKey{entry: entry, document: document}
}

// withdrawn says that a key no longer counts: that it is revoked, which may be a date or whatever else is neither null
// nor false, or that it has expired. Of a key of Open Badges 2.0, nobody knows when it signed.
func (j *olderJudge) withdrawn(key strict.Value, place string) *strict.Error {
	for _, name := range [...]string{"revoked", "expires"} {
		v := first(key.Get(name))
		if !v.Exists() || v.Kind() == strict.Null || v.Raw() == "false" {
			continue
		}
		t, dated := olderTime(v)
		if dated && (name == "revoked" && j.s.Early(t) || name == "expires" && !j.s.Late(t)) {
			continue
		}
		return found("key.revoked", place, "the key "+shownURL(idOf(key))+" is revoked or has expired, by what its document says")
	}
	return nil
}

// verified tries the keys. The signature is right if it is by one of them; wrong if it is by none; and open if
// one of them is not known.
func (j *olderJudge) verified(keys []issuerKey) {
	var wrong, open []*strict.Error
	var alg string
	for _, k := range keys {
		err := k.err
		if err == nil {
			var verdict error
			alg, verdict = j.s.Signature(j.o.jws, k.document.Get("publicKeyPem").Text())
			if verdict == nil {
				j.prove(errorsOf(j.unanswerable(idOf(k.entry), ""))...)
				j.proof[len(j.proof)-1].Suite = alg
				j.binding = verify.IssuerJWKS // the issuer publishes it
				if k.document.Get("owner").Exists() {
					j.binding = verify.IssuerController // and it names the issuer as its owner
				}
				return
			}
			err = signatureError(verdict)
		}
		if verify.Findings("proof", err).Outcome == verify.Failed {
			wrong = append(wrong, err)
		} else {
			open = append(open, err)
		}
	}
	if len(open) > 0 {
		wrong = open
	}
	j.prove(wrong[0])
	j.proof[len(j.proof)-1].Suite = alg
}

// unanswerable says what the policy demands of a proof that one of this generation does not have. method is the id of the key
// that signed, "" where none did; suite is how the badge is secured otherwise.
func (j *olderJudge) unanswerable(method, suite string) *strict.Error {
	made := 0
	if method != "" {
		made = 1
	}
	switch {
	case j.p.Challenge != "":
		return found("proof.challenge", "", "a badge of Open Badges 2.0 answers no challenge")
	case j.p.Domain != "":
		return found("proof.domain", "", "a badge of Open Badges 2.0 is made for no domain")
	case suite != "" && j.p.Suites != nil && !slices.Contains(j.p.Suites, suite):
		return found("proof.suite_not_allowed", "", "the policy does not allow "+suite+": nobody signs a hosted badge")
	case j.p.MinProofs > made || slices.ContainsFunc(j.p.Methods, func(m string) bool { return m != method }):
		return found("proof.too_few", "", "the policy needs proofs by more verification methods, or by others, than the badge has")
	}
	return nil
}

// signatureError makes a finding of whatever a signature check answers; what is no finding fails it.
func signatureError(err error) *strict.Error {
	if e, ok := errors.AsType[*strict.Error](err); ok {
		return e
	}
	return &strict.Error{Code: "proof.signature", Offset: -1, Detail: err.Error(), Err: err}
}

// revocationList looks the assertion up in the list of what the issuer revoked. It is meant for signed assertions;
// one that is hosted and stands there is no less revoked.
func (j *olderJudge) revocationList(ctx context.Context) verify.Result {
	const place = issuerPlace + "/revocationList"
	named := first(j.own.Get("revocationList"))
	if !named.Exists() || named.Kind() == strict.Null {
		return absent("status")
	}
	url := idOf(named)
	v, err := j.anyDocument(ctx, url, place, strict.Limits{})
	if err != nil {
		if err.Code == codeUnreachable || err.Code == codeDocument {
			err.Code = "status.unreachable"
		}
		return verify.Findings("status", err)
	}
	foreign := func(detail string) verify.Result {
		return verify.Findings("status", found("status.list_proof", place, "the document at "+shownURL(url)+" "+detail))
	}
	switch issuer := first(v.Get("issuer")); {
	case classOf(v) != classRevocation:
		return foreign("is no RevocationList")
	case v.Get("id").Exists() && v.Get("id").Text() != url:
		return foreign("is the list " + shownURL(v.Get("id").Text()))
	case issuer.Exists() && idOf(issuer) != j.issuerID():
		return foreign("is the list of " + shownURL(idOf(issuer)))
	case !v.Get("revokedAssertions").Exists() || v.Get("revokedAssertions").Kind() == strict.Null:
		return foreign("does not say what is revoked")
	}
	return verify.Findings("status", j.among(v.Get("revokedAssertions"), place)...)
}

// among looks for the assertion in a list: by its id, or the uid that older ones had.
func (j *olderJudge) among(list strict.Value, place string) []*strict.Error {
	id, uid := j.o.value.Get("id").Text(), first(j.o.value.Get("uid")).Text()
	for e := range list.Each() {
		if e.Kind() != strict.String && e.Kind() != strict.Object || idOf(e) == "" && e.Get("uid").Text() == "" {
			return []*strict.Error{found("status.list_proof", place, "the list of revoked badges has an entry that names no badge")}
		}
		same := idOf(e) != "" && idOf(e) == id || uid != "" && (e.Get("uid").Text() == uid || e.Text() == uid)
		if !same || e.Get("revoked").Raw() == "false" {
			continue
		}
		detail := "the issuer lists the badge as revoked"
		if reason := text(e.Get("revocationReason")); reason != "" {
			detail += ": " + shownURL(reason)
		}
		return []*strict.Error{found("status.revoked", place, detail)}
	}
	return nil
}
