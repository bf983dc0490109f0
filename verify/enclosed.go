package verify

import (
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

// coverage is how much of a document a signature is over.
type coverage uint8

const (
	// someStatements is what a holder chose to disclose: nobody can tell what the issuer said beside.
	someStatements coverage = iota
	// allStatements are those of the document in RDF. One node may be described in several places, and where each
	// of its statements stands is not signed.
	allStatements
	// wholeText is the text, or the tree of JSON: nothing can be left out or moved.
	wholeText
)

// coverageOf returns what the proofs of a suite are over.
func coverageOf(s suites.Suite) coverage {
	switch {
	case s.Selective():
		return someStatements
	case strings.Contains(s.Name(), "-jcs-"):
		return wholeText
	}
	return allStatements
}

// covered notes what the proof of an attempt is over.
func covered(a attempt, c coverage) attempt {
	a.covers = c
	return a
}

// enclosed is the result of the proof check for a credential that the proof around it speaks for.
func enclosed() Result {
	result := passed(checkProof)
	result.Hints = []string{"Nobody signed this credential itself. The proof of the credential around it, which names the same issuer, covers all of it."}
	return result
}

// covering returns the proofs of this credential that speak for an unsigned one inside it, which the profile
// allows to be enclosed. It has to name the same issuer, since nobody can speak for somebody else, and
// each proof to be over all of it: what a holder disclosed in part may lack, say, the end of validity.
func (r *run) covering(n NestedCredential) (all []attempt) {
	at := r.value().Root().Lookup(n.Pointer)
	if !n.Enclosed || n.Credential.Format() != vc.Unsecured || at.Raw() != n.Credential.Value().Source() ||
		n.Credential.Issuer() == "" || n.Credential.Issuer() != r.c.Issuer() {
		return nil
	}
	whole := func(a attempt) bool { return a.covers == wholeText || a.covers == allStatements && apart(at) }
	for _, a := range r.made {
		if a.result.Outcome == Passed && a.contradiction == nil && whole(a) {
			a.unbound = moved(a.unbound, "/issuer")
			all = append(all, a)
		}
	}
	return all
}

// apart reports whether no node that the credential at v describes is described elsewhere in its document too.
// Where one is, as the recipient of two badges, a signature over statements holds as well when what is said about
// the node is exchanged between the two places: the achievement of a badge that has expired would turn
// up in one that has not. Not counted is the issuer, which is known by its id alone.
func apart(v strict.Value) bool {
	var ids []string
	for name, m := range v.Members() {
		if name != "issuer" && name != "@context" {
			ids = appendIDs(ids, m)
		}
	}
	if id := v.Get("id"); id.Exists() {
		ids = append(ids, id.Text())
	}
	slices.Sort(ids)
	return !describes(v.Root(), v, slices.Compact(ids))
}

// appendIDs appends the ids of the objects in v. The nesting of a parsed text is bounded.
func appendIDs(ids []string, v strict.Value) []string {
	for e := range v.Elements() {
		ids = appendIDs(ids, e)
	}
	for name, m := range v.Members() {
		switch name {
		case "@context":
		case "id":
			ids = append(ids, m.Text())
		default:
			ids = appendIDs(ids, m)
		}
	}
	return ids
}

// describes reports whether an object in v, but not within except, says anything about a node with one of these
// ids, which are sorted.
func describes(v, except strict.Value, ids []string) bool {
	if v == except {
		return false
	}
	for e := range v.Elements() {
		if describes(e, except, ids) {
			return true
		}
	}
	if id := v.Get("id"); id.Exists() && v.Len() > 1 {
		if _, found := slices.BinarySearch(ids, id.Text()); found {
			return true
		}
	}
	for name, m := range v.Members() {
		if name != "@context" && describes(m, except, ids) {
			return true
		}
	}
	return false
}
