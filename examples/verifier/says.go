package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// kind is what a credential is by its type.
type kind string

const (
	aBadge       kind = "badge"
	aRecord      kind = "record" // of a learner
	anEndorser   kind = "endorsement"
	anything     kind = "credential"
	aPresentment kind = "presentation"
)

// kindOf tells what was opened.
func kindOf(b *badge.Badge) kind {
	types := b.Shown().Types()
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(types, name) })
	}
	switch {
	case b.Presentation() != nil:
		return aPresentment
	case has("ClrCredential"):
		return aRecord
	case has("EndorsementCredential"):
		return anEndorser
	case b.Generation() < 3 || has("OpenBadgeCredential", "AchievementCredential") || b.Subject().Achievement.Name != "":
		return aBadge
	}
	return anything
}

// opaque reports whether a document does not show what it says, as one that is sealed does not.
func opaque(b *badge.Badge) bool {
	return kindOf(b) == anything && b.Shown().Issuer() == "" && len(b.Shown().Types()) == 0 && len(b.Shown().Subjects()) == 0 &&
		b.Name() == "" && b.Credential().Value().Get("signatures").Exists()
}

// kindWord says what the input is.
func kindWord(b *badge.Badge) string { return string(kindOf(b)) }

// says shows what the credential states, in the order in which somebody asks: what was earned, from whom, by whom,
// for what, and when it holds. All of it is by strangers.
func (t *text) says(r *verify.Report, b *badge.Badge) {
	// The class is read for what every credential has, whichever it is.
	c := badge.Read[badge.AchievementCredential](b.Shown().Value(), t.languages...)
	t.title(r, b, c)
	t.pictures(b)
	t.issuer(r, b)
	t.recipient(r, b)
	t.award(c.CredentialSubject)
	switch kindOf(b) {
	case aRecord:
		t.record(r, b)
	case anEndorser:
		t.endorses(b)
	case anything:
		t.claims(b)
	default:
		t.prose("criteria", criteria(b.Subject().Achievement.Criteria))
		t.list("result", results(b.Shown()))
		t.list("skill", skills(b.Shown()))
	}
	t.evidence(b.Evidence())
	t.dates(r, b, c)
}

// title says what the credential is called, and of what kind it is.
func (t *text) title(r *verify.Report, b *badge.Badge, c badge.AchievementCredential) {
	achievement := b.Subject().Achievement
	if kindOf(b) == aRecord { // whose achievements are several
		achievement = badge.Achievement{Name: b.Name()}
	}
	t.field(kindWord(b), name(r, b))
	if achievement.Name != b.Name() {
		t.field("achievement", short(achievement.Name))
	}
	t.prose("", firstOf(achievement.Description, c.Description))
	t.field("kind", joined(", ", achievement.AchievementType, achievement.HumanCode))
	t.field("field", joined(", ", achievement.FieldOfStudy, achievement.Specialization))
	t.field("format", formatWord(r, b))
}

// name is what the credential is called, or what else tells it apart.
func name(r *verify.Report, b *badge.Badge) string {
	if b.Name() != "" {
		return short(b.Name())
	}
	if id := b.Subject().Achievement.ID; b.Generation() < 3 && id != "" {
		return "its name is at " + link(id)
	}
	types := slices.DeleteFunc(slices.Clone(r.Credential.Type), func(s string) bool { return s == "VerifiableCredential" && len(r.Credential.Type) > 1 })
	return firstOf(strings.Join(types[:min(len(types), maxItems)], ", "), "without a name")
}

// issuer says who the issuer is, and how that is known.
func (t *text) issuer(r *verify.Report, b *badge.Badge) {
	t.field("issued by", issuerWord(r, b))
	if r.Binding != verify.Unbound {
		t.field("bound by", bindingWord(r)+parenthesized(r.Binding.String()))
	} else if c, ok := r.Check("issuer"); ok && (c.Outcome == verify.Failed || c.Outcome == verify.Undecided) {
		t.field("bound by", bindingWord(r)+": see the check of the issuer")
	}
}

// issuerWord names the issuer.
func issuerWord(r *verify.Report, b *badge.Badge) string {
	who := named(b.Issuer().Name, link(r.Credential.Issuer))
	switch {
	case who == "" && b.Generation() < 3:
		return "not known: what the badge refers to would say it"
	case who == "":
		return "nobody that it names"
	}
	return who
}

// award says what more there is about this recipient's achievement.
func (t *text) award(s badge.Subject) {
	t.prose("how", s.Narrative)
	took := between(s.ActivityStartDate, s.ActivityEndDate)
	t.field("took part", joined(", ", took, s.Term, labelled("as ", s.Role)))
	t.field("licence", s.LicenseNumber)
	if s.CreditsEarned != nil {
		credits := number(*s.CreditsEarned)
		if of := s.Achievement.CreditsAvailable; of != nil {
			credits += " of " + number(*of)
		}
		t.field("credits", credits)
	}
	t.field("assessed by", named(s.Source.Name, link(s.Source.ID)))
}

// endorses says what an endorsement is about.
func (t *text) endorses(b *badge.Badge) {
	e := badge.Read[badge.EndorsementCredential](b.Shown().Value(), t.languages...)
	t.field("endorses", link(e.CredentialSubject.ID))
	t.prose("", quoted(e.CredentialSubject.EndorsementComment))
}

// criteria are what had to be done, in words, and where more about it is.
func criteria(c badge.Criteria) string { return joined("\n", c.Narrative, link(c.ID)) }

// evidence shows what the badge was awarded for.
func (t *text) evidence(all []badge.Evidence) {
	for i, e := range all {
		if i == maxItems {
			t.field("", "… and "+strconv.Itoa(len(all)-i)+" more")
			return
		}
		t.field("evidence", firstOf(named(joined(", ", e.Name, e.Genre), link(e.ID)), "without a name"))
		t.prose("", joined("\n", e.Description, e.Narrative))
	}
}

// named joins a name with what identifies it, and which no name is so long that it would push it out.
func named(name, id string) string {
	name = short(name)
	switch {
	case name == "" || name == id:
		return id
	case id == "":
		return name
	}
	return name + " (" + id + ")"
}

// short is a name that fits its place.
func short(name string) string {
	if len(name) <= maxName*columns/2 {
		return name
	}
	return strings.Join(wrap(name, columns-fieldColumn, maxName), " ")
}

// link is a URL to show. What stands in a data: URL is not shown, but told of.
func link(url string) string {
	if len(url) < 5 || !strings.EqualFold(url[:5], "data:") {
		return url
	}
	kind, _, _ := strings.Cut(url[5:min(len(url), 105)], ",")
	kind, _, _ = strings.Cut(kind, ";")
	return "in the badge itself, " + firstOf(kind, "text") + " of " + size(len(url))
}

// size is a number of bytes for people.
func size(n int) string {
	switch {
	case n < 1000:
		return strconv.Itoa(n) + " bytes"
	case n < 1_000_000:
		return strconv.Itoa((n+500)/1000) + " kB"
	}
	return number(float64(n/100_000)/10) + " MB"
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// joined joins what is not empty.
func joined(by string, all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), by)
}

// labelled puts a label before a value, where there is one.
func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + value
}

// quoted puts somebody's words between quotation marks.
func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "“" + s + "”"
}

// isOlder reports whether the report is about a badge of Open Badges 2.0 or before.
func isOlder(f vc.Format) bool { return f == badge.FormatHosted || f == badge.FormatSigned }
