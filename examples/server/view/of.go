package view

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// Names of checks that hold credentials of their own.
const (
	inPresentation = "credentials"
	inRecord       = "clr.credentials"
	endorsing      = "badge.endorsements"
)

// Of says what to show of b, the file that it came in and the report about it, in the languages that the reader
// likes, best first. b is nil where nothing could be read, and data may be.
func Of(b *badge.Badge, data []byte, r *verify.Report, languages ...string) *Badge {
	out := &Badge{Verdict: r.Verdict.String(), Issuer: Issuer{Binding: r.Binding.String(), Trust: trust(r)}}
	if b == nil {
		return out
	}
	s := shower{languages: languages}
	s.show(out, b.Resolved(r), r, 0)
	if out.Picture == nil {
		out.Picture = fromFile(b, data)
	}
	return out
}

// shower fills in what to show in these languages.
type shower struct{ languages []string }

// show fills in all but the verdict. The badge may be any that the report is about; depth is how many are around it.
func (s shower) show(out *Badge, b *badge.Badge, r *verify.Report, depth int) {
	if p := b.Presentation(); p != nil {
		out.Kind = "presentation"
		out.Recipient.ID = text(p.Holder())
		s.inside(out, r, p.Value().Root(), depth)
		return
	}
	b = b.In(s.languages...)
	s.who(out, b)
	s.what(out, b)
	out.ValidFrom, out.ValidUntil = period(b.Shown())
	if t, err := vc.ParseTime(b.Shown().Value().Get("awardedDate").Text()); err == nil {
		out.AwardedDate = t.Format(form)
	}
	out.Endorsements = s.endorsements(b, r)
	s.inside(out, r, b.Credential().Value().Root(), depth)
}

// who shows the two parties.
func (s shower) who(out *Badge, b *badge.Badge) {
	i := b.Issuer()
	out.Issuer.ID, out.Issuer.Name, out.Issuer.URL = text(i.ID), text(i.Name), link(i.URL)
	subject := b.Subject()
	out.Recipient.ID = text(subject.ID)
	for _, id := range subject.Identifier[:min(len(subject.Identifier), maxItems)] {
		shown := Identifier{Type: text(id.IdentityType), Hashed: id.Hashed}
		if !id.Hashed {
			shown.Value = text(id.IdentityHash)
			if id.IdentityType == "name" && out.Recipient.Name == "" {
				out.Recipient.Name = shown.Value
			}
		}
		out.Recipient.Identifiers = append(out.Recipient.Identifiers, shown)
	}
}

// what shows the achievement.
func (s shower) what(out *Badge, b *badge.Badge) {
	a := b.Subject().Achievement
	out.Kind = "credential"
	if a.Name != "" || len(a.Type) > 0 {
		out.Kind = "badge"
	}
	out.Name, out.Description = text(b.Name()), text(a.Description)
	out.AchievementType, out.Tags = text(a.AchievementType), texts(a.Tag)
	out.Criteria = Criteria{URL: link(a.Criteria.ID), Narrative: text(a.Criteria.Narrative)}
	out.Picture = picture(a.Image)
	for _, k := range badge.Skills(b.Shown()) {
		if len(out.Skills) == maxItems {
			break
		}
		out.Skills = append(out.Skills, Skill{Name: text(k.Name), URL: link(k.URL), Framework: text(k.FrameworkName), Code: text(k.Code)})
	}
	for _, e := range b.Evidence() {
		if len(out.Evidence) == maxItems {
			break
		}
		out.Evidence = append(out.Evidence, Evidence{URL: link(e.ID), Name: text(e.Name), Description: text(e.Description), Narrative: text(e.Narrative)})
	}
}

// endorsements shows what others say, each with the verdict about it: of those that were judged, where there are
// any, or else of all that stand on the credential and its achievement.
func (s shower) endorsements(b *badge.Badge, r *verify.Report) (out []Endorsement) {
	root := b.Credential().Value().Root()
	for _, inner := range r.Credentials {
		if inner.Within == endorsing && len(out) < maxItems {
			if c := vc.ParseInside(root.Lookup(inner.Pointer), vc.Limits{}).Credential; c != nil {
				out = append(out, s.endorsement(c.Value(), inner.Verdict.String()))
			}
		}
	}
	if out != nil {
		return out
	}
	c := badge.Read[badge.AchievementCredential](b.Credential().Value(), s.languages...)
	for _, e := range append(c.Endorsement, c.CredentialSubject.Achievement.Endorsement...) {
		if len(out) < maxItems {
			out = append(out, s.endorsement(e.JSON(), "unchecked"))
		}
	}
	return out
}

// endorsement shows one; who says it is a name where there is one, which anybody can give himself, and its identifier.
func (s shower) endorsement(v strict.Value, verdict string) Endorsement {
	e := badge.Read[badge.EndorsementCredential](v, s.languages...)
	by := e.Issuer.Name
	if by == "" {
		by = e.Issuer.ID
	}
	return Endorsement{By: text(by), ByID: text(e.Issuer.ID), Comment: text(e.CredentialSubject.EndorsementComment), Verdict: verdict}
}

// inside shows the credentials in a presentation or a record, each by its own report.
func (s shower) inside(out *Badge, r *verify.Report, root strict.Value, depth int) {
	for _, inner := range r.Credentials {
		if inner.Within != inPresentation && inner.Within != inRecord || len(out.Credentials) == maxItems || depth == maxDepth {
			continue
		}
		shown := &Badge{Verdict: inner.Verdict.String(), Issuer: Issuer{Binding: inner.Binding.String(), Trust: trust(inner)}}
		if c := vc.ParseInside(root.Lookup(inner.Pointer), vc.Limits{}).Credential; c != nil {
			if b, err := badge.Open(c.Raw()); err == nil {
				s.show(shown, b, inner, depth+1)
			}
		}
		out.Credentials = append(out.Credentials, shown)
	}
}

// trust tells whether the policy names the issuer.
func trust(r *verify.Report) string {
	issuer, _ := r.Check("issuer")
	for _, p := range issuer.Parts {
		if p.Check == "issuer.trust" {
			switch p.Outcome {
			case verify.Passed:
				return "trusted"
			case verify.Failed:
				return "untrusted"
			}
		}
	}
	return "any"
}

// form is how times are written: RFC 3339, which a browser reads.
const form = "2006-01-02T15:04:05Z07:00"

// period returns the ends of the period of validity.
func period(c *vc.Credential) (from, until string) {
	if t, ok := c.ValidFrom(); ok {
		from = t.Format(form)
	}
	if t, ok := c.ValidUntil(); ok {
		until = t.Format(form)
	}
	return from, until
}

// link returns a URL that a page may offer to follow: https, with a host, and without a user name.
func link(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || len(s) > maxText {
		return ""
	}
	return s
}

// text returns as much of a text as is shown.
func text(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
		for !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
		s += " …"
	}
	return strings.TrimSpace(s)
}

// texts returns as many texts as are shown, each as in [text].
func texts(all []string) (out []string) {
	for _, s := range all[:min(len(all), maxItems)] {
		out = append(out, text(s))
	}
	return out
}
