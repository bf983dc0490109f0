package badge

import (
	"context"
	"errors"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of what is believed because of where it is hosted.
const (
	codeURL         = "hosted.url"
	codeUnreachable = "hosted.unreachable"
	codeDocument    = "hosted.document"
	codeID          = "hosted.id"
	codeRedirect    = "hosted.redirect"
	codeScope       = "hosted.scope"
	codePrefix      = "hosted.prefix"
	codeRules       = "hosted.rules"
	codeChanged     = "hosted.changed"
)

// acceptOlder asks for JSON: many hosts show people a page at the same URL.
const acceptOlder = "application/ld+json, application/json"

// document gets a document of Open Badges 2.0 from the https URL that is its id, and from nowhere else. It has to
// have this id itself: nobody speaks under another's URL. place is where it is linked from.
func (j *olderJudge) document(ctx context.Context, url, place string) (strict.Value, *strict.Error) {
	v, err := j.anyDocument(ctx, url, place, strict.Limits{Bytes: maxOlder})
	if err == nil && !v.Get("id").Exists() && !v.Get("@context").Exists() && classOf(v) == "" {
		return strict.Value{}, found(codeDocument, place, "what is hosted at "+shownURL(url)+" is no document of Open Badges 2.0; it may be the message of a host in trouble")
	}
	if err == nil && v.Get("id").Text() != url {
		return strict.Value{}, found(codeID, place, "the document at "+shownURL(url)+" calls itself "+shownURL(v.Get("id").Text())+
			"; ask for the badge that is hosted under that URL")
	}
	return v, err
}

// anyDocument does so for one that need not repeat its id. An answer counts from the origin that was asked only; limits bound the
// text, and those of the verification the number of lookups.
func (j *olderJudge) anyDocument(ctx context.Context, url, place string, limits strict.Limits) (none strict.Value, _ *strict.Error) {
	asked, ok := parseWebURL(url)
	if !ok {
		return none, found(codeURL, place, shownURL(url)+" is not an https URL that is read by everybody in the same way, so that nobody can say whose word is found there")
	}
	body, from, err := j.s.Fetch(ctx, url, acceptOlder, place)
	if err != nil {
		return none, unreachable(err, place)
	}
	if answered, ok := parseWebURL(from); !ok || answered.origin != asked.origin {
		return none, found(codeRedirect, place, shownURL(url)+" redirects to another host, "+shownURL(from)+
			", and what that one says is not the word of the first; ask the issuer for the badge in its new place")
	}
	v, err := strict.Parse(body, limits)
	if err != nil || v.Kind() != strict.Object {
		return none, &strict.Error{Code: codeDocument, Pointer: place, Offset: -1, Err: err,
			Detail: "what is hosted at " + shownURL(url) + " is no JSON object that can be read; it may be a page for people, or too large"}
	}
	return v, nil
}

// unreachable is the error of a fetch, as one about what is hosted.
func unreachable(err error, place string) *strict.Error {
	e, ok := errors.AsType[*strict.Error](err)
	if !ok {
		return &strict.Error{Code: codeUnreachable, Pointer: place, Offset: -1, Detail: err.Error(), Err: err}
	}
	if e.Code == "resource.unreachable" {
		return &strict.Error{Code: codeUnreachable, Pointer: place, Offset: -1, Detail: e.Detail, Err: e.Err}
	}
	return e
}

// gone reports whether a host answered that what it had is no more (RFC 9110 section 15.5.11).
func gone(err *strict.Error) bool {
	var status interface{ HTTPStatus() int }
	return err != nil && errors.As(err, &status) && status.HTTPStatus() == 410
}

// shownURL is a URL in a sentence; what a badge brings as one is a stranger's text.
func shownURL(url string) string {
	if len(url) > maxShown {
		url = url[:maxShown] + "…"
	}
	if url == "" {
		return "nothing"
	}
	return strconv.QuoteToASCII(url)
}

// mayAsk reports whether a URL that a stranger's document names may be asked: whether it is at the origin of a
// trusted issuer, or where the own document of one says that it hosts its assertions. The issuers are those of the
// policy or, where the document says whose it is, that one. With every issuer trusted, everything may be asked.
//
// The error is undecided where it is not known what the issuers say.
func (j *olderJudge) mayAsk(ctx context.Context, url, place string) *strict.Error {
	ids, everybody := j.s.Trusted()
	if everybody || j.anybody {
		return nil
	}
	untrusted := found("issuer.untrusted", place, "the badge is hosted at "+shownURL(url)+", which is in nobody's scope who is among the trusted issuers")
	if known := j.issuerID(); known != "" {
		ids = []string{known}
		untrusted = found(codeScope, place, shownURL(url)+" is not where the issuer hosts its badges")
	}
	u, ok := parseWebURL(url)
	if !ok {
		return found(codeURL, place, shownURL(url)+" is not an https URL that is read by everybody in the same way")
	}
	var own []string
	for _, id := range ids {
		w, ok := parseWebURL(id)
		if ok && w.origin == u.origin {
			return nil
		}
		if ok {
			own = append(own, id)
		}
	}
	if len(own) > maxAsked {
		return found("budget", place, "to find out which of "+strconv.Itoa(len(own))+" trusted issuers hosts badges at "+shownURL(url)+" takes more lookups than are made; name the issuer")
	}
	return j.inScopeOf(ctx, own, u, untrusted)
}

// inScopeOf asks trusted issuers whether a URL is in their scope. untrusted is what to say where it is in
// nobody's.
func (j *olderJudge) inScopeOf(ctx context.Context, ids []string, u webURL, untrusted *strict.Error) *strict.Error {
	var open *strict.Error
	for _, id := range ids {
		profile, err := j.document(ctx, id, untrusted.Pointer)
		if err != nil {
			open = err
			continue
		}
		w, _ := parseWebURL(id)
		s, err := scopeOf(w, profile)
		if err != nil {
			open = found(err.Code, untrusted.Pointer, err.Detail)
			continue
		}
		switch in, prefix := s.covers(u); {
		case in:
			return nil
		case prefix:
			open = found(codePrefix, untrusted.Pointer, amidName)
		}
	}
	if open != nil {
		return open
	}
	return untrusted
}
