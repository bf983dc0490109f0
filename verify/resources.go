package verify

import (
	"context"
	"crypto"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// related compares every resource of which the credential states a digest with that digest. A resource
// that cannot be had is undecided, a wrong one fails.
func (r *run) related(ctx context.Context) Result {
	found, all := r.namedResources()
	switch {
	case r.p.Resources == Off:
		return skipped(checkResources, reasonOff)
	case len(all) == 0 && len(found) == 0 && r.p.Resources == Required:
		return Findings(checkResources, problem("resource.required", "", "the policy asks for related resources, and the credential states no digest of any"))
	case len(all) == 0 && len(found) == 0:
		return skipped(checkResources, reasonAbsent)
	case len(all) > r.v.limits.Resources:
		return level(r.p.Resources, Findings(checkResources, problem("budget", "", "the credential names more resources than are checked")))
	}
	for _, v := range all {
		if err := r.resource(ctx, v); err != nil {
			found = append(found, err)
		}
	}
	return level(r.p.Resources, Findings(checkResources, found...))
}

// namedResources lists the objects of the credential that state a digest, wherever they stand:
// relatedResource, evidence, images, render methods. What the entries of relatedResource lack is found
// on the way: each must state a digest, and no two name one resource (VC Data Model 2.0 section 5.3).
//
// Not looked at are proofs and credentials inside the credential, which are documents of their own, the
// entries of credentialSchema, whose digests the check of schemas compares, and JSON literals.
func (r *run) namedResources() (found []*strict.Error, all []strict.Value) {
	seen := map[string]bool{}
	for _, v := range r.c.Resources() {
		id := v.Get("id").Text()
		switch {
		case !hasDigest(v):
			found = append(found, problem("resource.malformed", v.Pointer(), "an entry of relatedResource must state a digest, and this one states none"))
		case seen[id]:
			found = append(found, problem("resource.malformed", v.Pointer(), "two entries of relatedResource name "+quoteOr(id, "nothing")))
		}
		seen[id] = true
	}
	for name, m := range r.c.Value().Members() {
		switch name {
		case "@context", "proof", "credentialSchema":
		default:
			all = withDigests(m, all)
		}
	}
	return found, all
}

// withDigests appends the objects in v that state a digest. The nesting of a parsed text is bounded.
func withDigests(v strict.Value, all []strict.Value) []strict.Value {
	for e := range v.Elements() {
		all = withDigests(e, all)
	}
	if t := v.Get("type"); v.Kind() != strict.Object || t.Has("VerifiableCredential") || t.Has("VerifiablePresentation") {
		return all
	}
	if hasDigest(v) {
		all = append(all, v)
	}
	for name, m := range v.Members() {
		if name != "@context" && !(name == "jsonSchema" && v.Get("type").Has("JsonSchema")) {
			all = withDigests(m, all)
		}
	}
	return all
}

// resource compares one resource with its digest. A context is answered from the contexts that the
// verifier holds: these are the very documents that the signature was checked with.
func (r *run) resource(ctx context.Context, v strict.Value) *strict.Error {
	all, found := digestsOf(v)
	if found != nil {
		return found
	}
	id := v.Get("id").Text()
	if id == "" {
		return problem("resource.unreachable", v.Pointer(), "there is a digest, and nothing says of what: the object has no id")
	}
	if docs := r.v.contexts.Lookup(id); len(docs) > 0 {
		return contextDigest(all, docs, v)
	}
	var body []byte
	if strings.HasPrefix(id, "data:") {
		var ok bool
		if body, ok = dataURL(id); !ok {
			return problem("resource.malformed", strict.Join(v.Pointer(), "id"), "the data: URL is malformed")
		}
	} else if body, found = r.document(ctx, r.resourceSource(), id, acceptOf(v), v.Pointer()); found != nil {
		return found
	}
	return compareDigests(all, body, v)
}

// compareDigests reports a document that is not the one that was meant.
func compareDigests(all []digests, body []byte, v strict.Value) *strict.Error {
	for _, d := range all {
		if !d.match(body) {
			return problem("resource.digest", v.Pointer(), "the document at "+quoteOr(clipped(v.Get("id").Text()), "nowhere")+" is not the one that the issuer signed for: its digest is another")
		}
	}
	return nil
}

// contextDigest compares the published contents of a context with a digest. The embedded files may
// differ from the published ones in their bytes, of which the SHA-256 only is on record: a digest by
// another hash that does not match is then undecided.
func contextDigest(all []digests, docs []contexts.Document, v strict.Value) *strict.Error {
	exact := true
	for _, doc := range docs {
		body, matches := doc.Body(), true
		exact = exact && (doc.Published == "" || doc.Published == doc.SHA256)
		for _, d := range all {
			matches = matches && (d.match(body) || d.published(doc))
		}
		if matches {
			return nil
		}
	}
	for _, d := range all {
		if d[0].hash != crypto.SHA256 && !exact {
			return problem("resource.unreachable", v.Pointer(), "the context "+v.Get("id").Text()+" is known by its SHA-256 only, and the credential states another digest")
		}
	}
	return problem("resource.digest", v.Pointer(), "the digest is that of no published content of the context "+v.Get("id").Text())
}

// published reports whether one of the digests is that on record for a context as it was published.
func (d digests) published(doc contexts.Document) bool {
	for _, one := range d {
		if one.hash == crypto.SHA256 && hex.EncodeToString(one.sum) == doc.Published {
			return true
		}
	}
	return false
}

// dataURL returns what a data: URL holds (RFC 2397).
func dataURL(text string) ([]byte, bool) {
	head, data, ok := strings.Cut(strings.TrimPrefix(text, "data:"), ",")
	if !ok {
		return nil, false
	}
	plain, err := url.PathUnescape(data)
	if err != nil {
		return nil, false
	}
	if !strings.HasSuffix(head, ";base64") {
		return []byte(plain), true
	}
	body, err := base64.StdEncoding.DecodeString(plain)
	if err != nil {
		body, err = base64.RawStdEncoding.DecodeString(plain)
	}
	return body, err == nil
}

// clipped keeps a sentence short where a URL in it, such as one with the data inside, is long.
func clipped(s string) string {
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[:200], "") + "…"
	}
	return s
}
