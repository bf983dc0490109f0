package main

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// Checks that judge the credentials inside another one.
const (
	withinEndorsements = "badge.endorsements"
	withinRecord       = "clr.credentials"
)

// insideWord is what the credentials inside another are to it.
type insideWord struct{ one, many string }

// insideWords has them by the check that judged them.
var insideWords = map[string]insideWord{
	withinEndorsements: {"endorsement", "Endorsements, each judged on its own:"},
	withinRecord:       {"enclosed credential", "Credentials in it, each judged on its own:"},
}

// inside tells of the credentials inside a credential, and of those inside them in turn: who says what, and the
// verdict about that. The verdicts are indented so that none stands where that of the whole does.
func (t *text) inside(r *verify.Report, b *badge.Badge) {
	for _, within := range [...]string{withinEndorsements, withinRecord} {
		told := t.olderEndorsements(r, within)
		for _, n := range r.Credentials {
			if n.Within != within {
				continue
			}
			if !told {
				t.line(2, span{plain, insideWords[within].many})
			}
			told = true
			t.one(n, b, 4)
		}
		if told {
			t.blank()
		}
	}
}

// one tells of one credential inside, and of those inside it.
func (t *text) one(n *verify.Report, outer *badge.Badge, indent int) {
	if t.nested++; t.nested > maxNested && n.Verdict == verify.Valid {
		if t.nested == maxNested+1 {
			t.line(indent, span{plain, "… and others that are valid, of which --json tells"})
		}
		return
	}
	v := verdict(n)
	b := t.at(outer, n.Pointer)
	said := "something that cannot be read, at " + n.Pointer
	switch {
	case n.Within == withinEndorsements && b != nil:
		endorses := " endorses "
		if n.Verdict != verify.Valid {
			endorses = " is said to endorse "
		}
		said = issuerWord(n, b) + endorses + targetWord(n.Pointer, outer)
	case b != nil:
		said = name(n, b) + labelled(", ", b.Subject().Achievement.AchievementType) + ", by " + issuerWord(n, b)
	}
	column := indent + wide(v.text) + 2
	t.block(indent, column, v, wrap(said, t.width(column), maxField))
	t.more(n, b, column)
	for _, inner := range n.Credentials {
		t.one(inner, b, indent+2)
	}
}

// more says what an endorsement says, or when a credential holds, how its issuer is known, and what is wrong.
func (t *text) more(n *verify.Report, b *badge.Badge, column int) {
	add := func(s string) { t.block(column, column, span{}, wrap(s, t.width(column), maxDetail)) }
	if b != nil && n.Within == withinEndorsements {
		e := badge.Read[badge.EndorsementCredential](b.Shown().Value(), t.languages...)
		add(quoted(e.CredentialSubject.EndorsementComment))
	} else if b != nil {
		from, _ := b.Shown().ValidFrom()
		until, _ := b.Shown().ValidUntil()
		add(labelled("valid ", period(from, until, n.At)))
	}
	if c, ok := n.Check("proof"); ok && c.Outcome == verify.Passed && len(c.Hints) > 0 {
		add(c.Hints[0])
	} else if n.Binding != verify.Unbound {
		add("bound by: " + bindingWord(n))
	}
	add(firstReason(n))
	for _, cause := range causes(n) {
		add("likely cause: " + cause)
	}
}

// at is what stands at a place of a document, as a badge; nil where there is nothing that can be read.
func (t *text) at(outer *badge.Badge, pointer string) *badge.Badge {
	if outer == nil {
		return nil
	}
	v := outer.Credential().Value().Root().Lookup(pointer)
	if !v.Exists() {
		return nil
	}
	if b := opened(vc.ParseInside(v, vc.Limits{}).Credential); b != nil {
		return b.In(t.languages...)
	}
	return nil
}

// targetWords are the things that may be endorsed, by where they stand in a credential.
var targetWords = map[string]string{
	"issuer": "its issuer", "credentialSubject/achievement": "its achievement", "credentialSubject/source": "who assessed it",
	"credentialSubject/achievement/creator": "who defined the achievement",
}

// targetWord says what an endorsement at a place speaks of.
func targetWord(pointer string, outer *badge.Badge) string {
	var way []string
	for _, s := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		if _, err := strconv.Atoi(s); err != nil {
			way = append(way, s)
		}
	}
	if len(way) > 0 && way[0] == "vc" {
		way = way[1:]
	}
	if last := len(way) - 1; last >= 0 && (way[last] == "endorsement" || way[last] == "endorsementJwt") {
		way = way[:last]
		if last == 0 && outer != nil {
			return "the " + kindWord(outer)
		}
	}
	behind := ""
	for last := len(way) - 1; last > 0 && way[last] == "parentOrg"; last-- {
		way, behind = way[:last], behind+"the organization behind "
	}
	if word := targetWords[strings.Join(way, "/")]; word != "" {
		return behind + word
	}
	return "what stands at " + pointer
}

// olderTargets are the same for badges of Open Badges 2.0, whose endorsements have no reports but parts of a check.
var olderTargets = map[string]string{
	"/endorsement": "the badge", "/badge/endorsement": "its achievement", "/badge/issuer/endorsement": "its issuer",
}

// olderEndorsements tells of these, and whether there are any.
func (t *text) olderEndorsements(r *verify.Report, within string) (told bool) {
	c, _ := r.Check(within)
	if within != withinEndorsements || !isOlder(r.Format) || len(c.Parts) == 0 {
		return false
	}
	t.line(2, span{plain, insideWords[within].many})
	for i, p := range c.Parts {
		if i == maxItems {
			t.line(4, span{plain, andMore(len(c.Parts) - i)})
			break
		}
		sign := span{yellow, "? COULD NOT DECIDE"}
		switch p.Outcome {
		case verify.Passed:
			sign = span{green, "✓ VALID"}
		case verify.Failed:
			sign = span{red, "✗ INVALID"}
		case verify.Skipped:
			sign = span{grey, "– NOT JUDGED"}
		}
		column := 4 + wide(sign.text) + 2
		t.block(4, column, sign, wrap("an endorsement of "+firstOf(olderTargets[p.Pointer], "what stands at "+p.Pointer), t.width(column), maxField))
		if len(p.Problems) > 0 {
			t.block(column, column, span{}, wrap(sentence(p.Problems[0].Detail), t.width(column), maxDetail))
		}
	}
	return true
}
