package main

import (
	"strconv"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// dates says when the badge was awarded, when it holds, and when to look again.
func (t *text) dates(r *verify.Report, b *badge.Badge, c badge.AchievementCredential) {
	if !c.AwardedDate.IsZero() { // the day is that of whoever awarded it
		t.field("awarded", firstOf(day(b.Shown().Value().Get("awardedDate").Text()), c.AwardedDate.Format(time.DateOnly)))
	}
	from, _ := b.Shown().ValidFrom()
	until, _ := b.Shown().ValidUntil()
	t.field("valid", period(from, until, r.At))
	if next := r.NextChange; !next.IsZero() && next.Sub(until).Abs() > time.Second && next.Sub(r.At) <= soon {
		t.field("look again", next.UTC().Format("2006-01-02 15:04 MST")+", when something that this rests on begins or ends")
	}
}

// day is the date at the beginning of a time; "" where there is none.
func day(text string) string {
	if len(text) < len(time.DateOnly) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)]); err != nil {
		return ""
	}
	return text[:len(time.DateOnly)]
}

// period is a period of validity in dates, and where now is in it.
func period(from, until, now time.Time) string {
	said := between(from, until)
	switch {
	case said == "":
		return ""
	case until.IsZero():
		said += ", without end"
	case now.After(until):
		return said + ": it is over"
	case until.Sub(now) <= soon:
		said += ": " + days(until.Sub(now)) + " left"
	}
	if now.Before(from) {
		said += ": it has not begun"
	}
	return said
}

// between is a period in dates; "" where it has neither end.
func between(from, until time.Time) string {
	switch {
	case !from.IsZero() && !until.IsZero():
		return from.Format(time.DateOnly) + " to " + until.Format(time.DateOnly)
	case !from.IsZero():
		return "from " + from.Format(time.DateOnly)
	case !until.IsZero():
		return "until " + until.Format(time.DateOnly)
	}
	return ""
}

// days is a duration in whole days.
func days(d time.Duration) string {
	switch n := int(d / (24 * time.Hour)); n {
	case 0:
		return "less than a day"
	case 1:
		return "1 day"
	default:
		return strconv.Itoa(n) + " days"
	}
}
