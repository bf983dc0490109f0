package verify

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// badgeContexts is what the URLs of all contexts of Open Badges 3.0 begin with.
const badgeContexts = "https://purl.imsglobal.org/spec/ob/v3p0/context"

// addedContexts are contexts that issuers forget to name, or whose name gets lost.
var addedContexts = [...]string{
	"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
	"https://w3id.org/security/data-integrity/v2",
	"https://w3id.org/security/data-integrity/v1",
	"https://w3id.org/security/suites/ed25519-2020/v1",
	"https://www.w3.org/ns/credentials/status/v1",
	"https://www.w3.org/ns/credentials/undefined-terms/v2",
}

// otherContexts tries the document under other versions of its Open Badges context, with one context more, with
// one less, and, where it counts, with its contexts in another order. What two contents of one URL come to was tried
// when the proof was verified.
func (s *search) otherContexts(ctx context.Context) string {
	list := s.value().Get("@context")
	if list.Kind() != strict.Array || list.Len() > maxCauseContexts || s.over(ctx, len(s.value().Raw())) {
		return ""
	}
	for _, change := range s.changedContexts(slices.Collect(list.Elements())) {
		if s.try(ctx, patch{list, "[" + strings.Join(change.list, ",") + "]"}) {
			return "The signature matches " + change.says
		}
	}
	return ""
}

// contextChange is another list of contexts, as JSON.
type contextChange struct {
	list []string
	says string // behind "The signature matches "
}

// changedContexts lists the other lists of contexts: another version of the context
// of Open Badges always; and, where the error or the suite makes them matter, one of [addedContexts] more, each one but
// the first less, and each two neighbours in the other order. Only contexts of the verifier's own set are named.
func (s *search) changedContexts(contexts []strict.Value) (all []contextChange) {
	var list []string
	for _, c := range contexts {
		list = append(list, c.Raw())
	}
	add := func(says string, list ...string) {
		all = append(all, contextChange{list, says + ". The contexts were changed after signing, or the issuer's software signed under others than it wrote down."})
	}
	ofBadges := slices.IndexFunc(contexts, func(c strict.Value) bool { return strings.HasPrefix(c.Text(), badgeContexts) })
	for _, url := range s.versions() {
		switch {
		case ofBadges < 0:
			add("with the context "+url+" added", slices.Insert(slices.Clone(list), min(1, len(list)), quoted(url))...)
		case url != contexts[ofBadges].Text():
			add("with the context "+url+" in place of "+shown(contexts[ofBadges].Text()), slices.Replace(slices.Clone(list), ofBadges, ofBadges+1, quoted(url))...)
		}
	}
	if s.err.Code == "proof.signature" && !s.jcs() {
		return all // every term has a definition, and no other context would change it
	}
	for _, url := range addedContexts {
		if !s.value().Get("@context").Has(url) && len(s.v.contexts.Lookup(url)) > 0 {
			add("with the context "+url+" added", append(slices.Clone(list), quoted(url))...)
		}
	}
	for i := 1; i < len(list); i++ {
		all = append(all, contextChange{slices.Delete(slices.Clone(list), i, i+1),
			"without the context at " + shown(contexts[i].Pointer()) + ". It was added after signing, or defines nothing that was signed."})
	}
	for i := 1; i < len(list) && s.jcs(); i++ {
		swapped := slices.Clone(list)
		swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
		add("with its contexts in another order", swapped...)
	}
	return all
}

// versions returns the URLs of the contexts of Open Badges 3.0, the newest first.
func (s *search) versions() (urls []string) {
	for _, d := range s.v.contexts.All() {
		if strings.HasPrefix(d.URL, badgeContexts) && !slices.Contains(urls, d.URL) {
			urls = append(urls, d.URL)
		}
	}
	slices.Reverse(urls)
	return urls
}

// definitions says which of the known contexts define a term that the document's own do not. It reads the contexts that
// the verifier holds and verifies nothing, so that it is certain about the definition alone: whether the signature would match
// under another list of contexts is for [search.otherContexts] to try.
func (s *search) definitions(ctx context.Context) []string {
	if !s.afford(ctx, 0) {
		return nil
	}
	v := s.value().Root().Lookup(s.err.Pointer)
	name := v.Text() // of a type
	if i := strings.LastIndexByte(s.err.Pointer, '/'); !isType(s.err.Pointer) && i >= 0 {
		name = strings.NewReplacer("~1", "/", "~0", "~").Replace(s.err.Pointer[i+1:])
	}
	if name == "" || len(name) > maxTerm {
		return nil
	}
	var within, anywhere []string
	for _, d := range s.v.contexts.All() {
		named := s.value().Get("@context").Has(d.URL)
		if !strings.Contains(string(d.Body()), quoted(name)) && !named {
			continue
		}
		body, err := strict.Parse(d.Body(), strict.Limits{})
		if err != nil {
			continue
		}
		switch term, scoped, ok := defines(body.Get("@context"), name, named); {
		case !ok:
		case term != name:
			return []string{"The term " + strconv.Quote(name) + " has no definition, and " + strconv.Quote(term) + " has, in " + d.URL + ": capital letters count."}
		case scoped && !slices.Contains(within, d.URL):
			within = append(within, d.URL)
		case !scoped && !slices.Contains(anywhere, d.URL):
			anywhere = append(anywhere, d.URL)
		}
	}
	return []string{s.definedIn(name, anywhere, within)}
}

// definedIn makes the sentence about where a term is defined: anywhere in a document, or within others.
func (s *search) definedIn(name string, anywhere, within []string) string {
	named := func(url string) bool { return s.value().Get("@context").Has(url) }
	term := "The term " + strconv.Quote(name)
	for _, url := range append(slices.Clone(anywhere), within...) {
		switch several := len(s.v.contexts.Lookup(url)) > 1; {
		case named(url) && several:
			return term + " is defined in the newer content of " + url + " only, which was changed under its URL. A signature under the older content does not cover it."
		case named(url) && slices.Contains(anywhere, url):
			return term + " is defined in " + url + ", which the " + s.noun() + " names, and another context takes its definition away."
		case named(url):
			return term + " is defined in " + url + ", which the " + s.noun() + " names, but not for objects like the one in which it stands: look at the type of that."
		}
	}
	all := append(slices.Clone(anywhere), within...)
	if len(all) == 0 {
		return "No context that this verifier knows defines the term " + strconv.Quote(name) + "."
	}
	slices.Reverse(all) // the newest version of several
	return term + " is defined in " + strings.Join(all[:min(len(all), maxNamedContexts)], " and in ") + ", which the " + s.noun() + " does not name."
}

// isType reports whether a pointer leads to a type, or to one of several: there the term without a definition is the
// value, and everywhere else it is the name of the member.
func isType(pointer string) bool {
	last := pointer[strings.LastIndexByte(pointer, '/')+1:]
	if last != "" && strings.Trim(last, "0123456789") == "" {
		pointer = pointer[:max(strings.LastIndexByte(pointer, '/'), 0)]
		last = pointer[strings.LastIndexByte(pointer, '/')+1:]
	}
	return last == "type" || last == "@type"
}

// defines looks for a term in a context and, if it is not there, in those inside it; scoped says that it was found there.
// Where folded is true, the term may be spelled with other capital letters, if it is not there as it is spelled.
func defines(v strict.Value, name string, folded bool) (term string, scoped, ok bool) {
	for c := range v.Each() {
		if m := c.Get(name); m.Exists() && m.Kind() != strict.Null {
			return name, false, true
		}
	}
	for c := range v.Each() {
		for other, d := range c.Members() {
			if folded && term == "" && strings.EqualFold(other, name) && other != name {
				term = other
			}
			if inner := d.Get("@context"); inner.Exists() {
				if t, _, ok := defines(inner, name, folded); ok && t == name {
					return name, true, true
				} else if ok && term == "" {
					term = t
				}
			}
		}
	}
	return term, true, term != ""
}
