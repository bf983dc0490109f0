package badge

import (
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// isCLR reports whether a credential says that it is a Comprehensive Learner Record (CLR 2.0), by its own type or
// by that of its subject, or holds credentials as one does: a missing type must not keep them from being judged.
func isCLR(c *vc.Credential) bool {
	return slices.Contains(c.Types(), "ClrCredential") || slices.ContainsFunc(subjectsOf(c), func(s strict.Value) bool {
		return s.Get("type").Has("ClrSubject") || s.Get("verifiableCredential").Exists()
	})
}

// subjectsOf returns the subjects as a reader of the JSON finds them. An SD-JWT VC has none by its own rules, and
// what stands under the name in one is shown all the same.
func subjectsOf(c *vc.Credential) []strict.Value {
	return slices.Collect(c.Value().Get("credentialSubject").Each())
}

// credentialsIn is the check "clr.credentials": the credentials in the subject of a CLR, in whatever form they
// are. Those of other kinds than Open Badges are judged as plain verifiable credentials. One without a proof
// counts as said by the issuer of the CLR, where it names that issuer and the proof of the CLR covers it whole.
//
// Badges of Open Badges 2.0 that evidence refers to (CLR 2.0 implementation guide, migration) are no credentials:
// the report tells of them, and they are not looked up.
func (d Demands) credentialsIn(c *vc.Credential) verify.Nested {
	if d.Credentials == verify.Off {
		return verify.Nested{Level: verify.Off}
	}
	found := verify.Nested{Level: d.Credentials}
	if isCLR(c) {
		for _, s := range subjectsOf(c) {
			d.heldBy(c, s, &found)
		}
		if len(found.Credentials) == 0 {
			found.Against = append(found.Against, breach(codeMissing, c.Value(), "credentialSubject", "a learner record without a credential in it says nothing"))
		}
	}
	for e := range objects(c.Value().Get("evidence")) {
		if len(found.Credentials) >= maxNested { // a pointer takes longer the more there are before it
			break
		}
		if t := e.Get("type"); t.Has("Assertion") || t.Has("https://w3id.org/openbadges#Assertion") {
			found.Credentials = append(found.Credentials, verify.NestedCredential{Pointer: e.Pointer(),
				Aside: "This evidence is a badge of Open Badges 2.0, " + clip(text(e.Get("id"))) + ", which was not judged: the signature covers the reference alone."})
		}
	}
	return found
}

// heldBy collects the credentials of one subject.
func (d Demands) heldBy(record *vc.Credential, subject strict.Value, found *verify.Nested) {
	for v := range subject.Get("verifiableCredential").Each() {
		if len(found.Credentials) >= maxNested {
			found.Against = []*strict.Error{{Code: "budget", Pointer: v.Pointer(), Offset: v.Offset(), Detail: "the learner record holds more than " + strconv.Itoa(maxNested) + " credentials"}}
			return
		}
		p := vc.ParseInside(v, vc.Limits{})
		found.Credentials = append(found.Credentials, verify.NestedCredential{
			Pointer: p.Pointer, Credential: p.Credential, Err: p.Err, Issuers: d.Inner, Enclosed: true,
			Notes: ofAnother(p, subjectID(record, subject)),
		})
	}
}

// ofAnother notes that a credential in the record of a learner is about somebody with another id. One person may
// have several ids, so that it is no breach; but whoever asked for a recipient was answered about the record alone,
// and nobody keeps its publisher from putting in what somebody else has earned. Endorsements are about things.
func ofAnother(p vc.Presented, learner string) []*strict.Error {
	if p.Credential == nil || learner == "" {
		return nil
	}
	for _, s := range p.Credential.Subjects() {
		if id := subjectID(p.Credential, s); id != "" && id != learner && !s.Get("type").Has("EndorsementSubject") {
			return []*strict.Error{{Code: codeLearner, Pointer: p.Pointer, Offset: -1,
				Detail: "the record is about " + clip(learner) + ", and this credential in it about " + clip(id) + "; whether that is the same person is not known"}}
		}
	}
	return nil
}
