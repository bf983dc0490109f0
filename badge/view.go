package badge

import "slices"

// In returns the same badge, whose accessors show text in the languages that the reader likes,
// best first, where it is written in several ([Text.In] says how one is chosen). [Badge] without
// it shows the first.
func (b *Badge) In(languages ...string) *Badge {
	in := *b
	in.languages = slices.Clone(languages)
	return &in
}

// Name returns the name of the credential or, where it has none, that of the achievement; "" where neither has one. Of
// several subjects and achievements it is the first.
func (b *Badge) Name() string {
	r := reader{b.languages}
	if name := r.text(b.credential.Value().Get("name")); name != "" {
		return name
	}
	return r.text(first(first(b.credential.Value().Get("credentialSubject")).Get("achievement")).Get("name"))
}

// Issuer returns who says so. A credential that names its issuer by a URI gives a Profile with
// nothing but an ID.
func (b *Badge) Issuer() Profile {
	p := Read[Profile](first(b.credential.Value().Get("issuer")), b.languages...)
	p.ID = b.credential.Issuer()
	return p
}

// Subject returns who earned the badge; the zero Subject where the credential has none.
func (b *Badge) Subject() Subject {
	v := first(b.credential.Value().Get("credentialSubject"))
	s := Read[Subject](v, b.languages...)
	s.ID = subjectID(b.credential, v)
	return s
}

// Evidence returns the evidence that the credential names, in its order. What it links was not looked at, and may be
// gone or say something else by now.
func (b *Badge) Evidence() []Evidence {
	var all []Evidence
	for e := range objects(b.credential.Value().Get("evidence")) {
		all = append(all, Read[Evidence](e, b.languages...))
	}
	return all
}
