package badge

import "github.com/badgeproof/badgeproof/vc/strict"

// Profile is an issuer or another entity (specification, section "Profile").
type Profile struct {
	ID          string   // a URI; the only member that a signature can be bound to
	Type        []string // "Profile", and others
	Name        string   // what the issuer calls itself: nobody has checked it
	Description string
	URL         string
	Email       string
	Image       Image
}

// Image is a picture by reference (section "Image"). It is never fetched; its ID may be a data:
// URL.
type Image struct {
	ID      string
	Caption string
}

// Subject is who earned the badge, and for what (section "AchievementSubject"). A recipient is
// named by ID, by Identifier, or by both.
type Subject struct {
	ID          string // a URI such as a DID; "" where Identifier alone names the recipient
	Type        []string
	Identifier  []IdentityObject
	Achievement Achievement
	Narrative   string // how this recipient earned it, perhaps in Markdown
	Role        string
	Term        string
}

// IdentityObject names a recipient, in plain text or as a hash (section "IdentityObject").
type IdentityObject struct {
	IdentityType string // such as "emailAddress"
	IdentityHash string // the identity itself where Hashed is false
	Hashed       bool
	Salt         string
}

// Achievement is what was achieved (section "Achievement").
type Achievement struct {
	ID              string
	Type            []string
	AchievementType string // such as "Certificate"
	Name            string
	Description     string
	Criteria        Criteria
	Image           Image
	Creator         Profile
	Alignment       []Alignment
	Tag             []string
}

// Criteria is how the achievement is earned (section "Criteria"). The narrative may hold
// Markdown, and is text by a stranger: escape it before showing it as HTML.
type Criteria struct {
	ID        string
	Narrative string
}

// Alignment points from an achievement to a node of an educational framework (section
// "Alignment").
type Alignment struct {
	TargetName        string
	TargetURL         string
	TargetType        string
	TargetCode        string
	TargetFramework   string
	TargetDescription string
}

// Evidence is what the achievement was awarded for (section "Evidence"). It is never fetched.
type Evidence struct {
	ID          string
	Type        []string
	Name        string
	Description string
	Narrative   string
	Genre       string
	Audience    string
}

// Name returns the name of the credential or, where it has none, that of the achievement.
func (b *Badge) Name() string {
	if name := text(b.credential.Value().Get("name")); name != "" {
		return name
	}
	return b.Subject().Achievement.Name
}

// Issuer returns who says so. A credential that names its issuer by a URI gives a Profile with
// nothing but an ID.
func (b *Badge) Issuer() Profile {
	p := profile(b.credential.Value().Get("issuer"))
	p.ID = b.credential.Issuer()
	return p
}

// Subject returns who earned the badge; the zero Subject where the credential has none.
func (b *Badge) Subject() Subject {
	v := first(b.credential.Value().Get("credentialSubject"))
	s := Subject{ID: subjectID(b.credential, v), Type: texts(v.Get("type")), Achievement: achievement(v.Get("achievement")),
		Narrative: text(v.Get("narrative")), Role: text(v.Get("role")), Term: text(v.Get("term"))}
	for i := range objects(v.Get("identifier")) {
		s.Identifier = append(s.Identifier, IdentityObject{IdentityType: text(i.Get("identityType")),
			IdentityHash: text(i.Get("identityHash")), Hashed: i.Get("hashed").Bool(), Salt: text(i.Get("salt"))})
	}
	return s
}

// Evidence returns the evidence that the credential names.
func (b *Badge) Evidence() []Evidence {
	var all []Evidence
	for e := range objects(b.credential.Value().Get("evidence")) {
		all = append(all, Evidence{ID: text(e.Get("id")), Type: texts(e.Get("type")), Name: text(e.Get("name")),
			Description: text(e.Get("description")), Narrative: text(e.Get("narrative")), Genre: text(e.Get("genre")),
			Audience: text(e.Get("audience"))})
	}
	return all
}

// achievement reads an Achievement. Every reader of this file takes any value, and leaves out
// what it does not find.
func achievement(v strict.Value) Achievement {
	v = first(v)
	a := Achievement{ID: text(v.Get("id")), Type: texts(v.Get("type")), AchievementType: text(v.Get("achievementType")),
		Name: text(v.Get("name")), Description: text(v.Get("description")), Criteria: criteria(v.Get("criteria")),
		Image: image(v.Get("image")), Creator: profile(v.Get("creator")), Tag: texts(v.Get("tag"))}
	for t := range objects(v.Get("alignment")) {
		a.Alignment = append(a.Alignment, Alignment{TargetName: text(t.Get("targetName")), TargetURL: text(t.Get("targetUrl")),
			TargetType: text(t.Get("targetType")), TargetCode: text(t.Get("targetCode")),
			TargetFramework: text(t.Get("targetFramework")), TargetDescription: text(t.Get("targetDescription"))})
	}
	return a
}

// profile reads a Profile, or the URI of one.
func profile(v strict.Value) Profile {
	v = first(v)
	return Profile{ID: idOf(v), Type: texts(v.Get("type")), Name: text(v.Get("name")), Description: text(v.Get("description")),
		URL: text(v.Get("url")), Email: text(v.Get("email")), Image: image(v.Get("image"))}
}

// image reads an Image, or the URI of one, which older badges have.
func image(v strict.Value) Image {
	v = first(v)
	return Image{ID: idOf(v), Caption: text(v.Get("caption"))}
}

// criteria reads a Criteria, or the URI of one.
func criteria(v strict.Value) Criteria {
	v = first(v)
	return Criteria{ID: idOf(v), Narrative: text(v.Get("narrative"))}
}
