package vc

import (
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Years that a time can have. XML Schema knows others, RFC 3339 and most software do not.
const (
	minYear = 1
	maxYear = 9999
)

// ParseTime reads an xsd:dateTimeStamp (XML Schema 1.1 Part 2, section 3.4.28) and returns it in
// UTC. Required are capital T and Z, and a time zone: Z or an offset up to 14:00. Fractions of a
// second may have any number of digits; those beyond nanoseconds are cut off. 24:00:00 is the
// midnight that ends the day. Refused, with the code model.date: a missing zone, the second 60,
// days that the month does not have, and years before 1 or after 9999, also after conversion to
// UTC.
func ParseTime(s string) (time.Time, error) {
	t, ok := parseTime(s)
	if !ok {
		return time.Time{}, &strict.Error{Code: codeDate, Offset: -1, Detail: dateDetail}
	}
	return t, nil
}

const dateDetail = "the time must be written like 2024-05-31T12:00:00Z, with a time zone (Z or an offset such as +02:00)"

// dateTime is a time while it is being read. Its methods read one part each off the front of rest,
// and clear ok where that part is not there; after that, what they return means nothing.
type dateTime struct {
	rest                                   string
	year, month, day, hour, minute, second int
	nanos, offset                          int  // offset in minutes east of UTC
	fraction, ok                           bool // fraction: other than zero, however small
}

// parseTime is ParseTime for callers that have a sentence of their own.
func parseTime(s string) (time.Time, bool) {
	d := dateTime{rest: s, ok: true}
	d.year = d.number(4)
	d.literal('-')
	d.month = d.number(2)
	d.literal('-')
	d.day = d.number(2)
	d.literal('T')
	d.hour = d.number(2)
	d.literal(':')
	d.minute = d.number(2)
	d.literal(':')
	d.second = d.number(2)
	d.fractionDigits()
	d.zone()
	if !d.ok || d.rest != "" || !d.inRange() {
		return time.Time{}, false
	}
	t := time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute-d.offset, d.second, d.nanos, time.UTC)
	return t, minYear <= t.Year() && t.Year() <= maxYear
}

// inRange checks the numbers. Twenty-four o'clock is allowed on the dot only.
func (d *dateTime) inRange() bool {
	if d.year < minYear || d.month < 1 || d.month > 12 || d.day < 1 || d.minute > 59 || d.second > 59 {
		return false
	}
	last := time.Date(d.year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	midnight := d.hour == 24 && d.minute == 0 && d.second == 0 && !d.fraction
	return d.day <= last && (d.hour < 24 || midnight)
}

// number reads exactly so many ASCII digits.
func (d *dateTime) number(digits int) (n int) {
	if len(d.rest) < digits {
		d.ok = false
		return 0
	}
	for i := range digits {
		c := d.rest[i]
		d.ok = d.ok && isDigit(c)
		n = 10*n + int(c-'0')
	}
	d.rest = d.rest[digits:]
	return n
}

// literal reads one character.
func (d *dateTime) literal(c byte) {
	if d.rest == "" || d.rest[0] != c {
		d.ok = false
		return
	}
	d.rest = d.rest[1:]
}

// fractionDigits reads an optional fraction of a second: a dot and at least one digit.
func (d *dateTime) fractionDigits() {
	if d.rest == "" || d.rest[0] != '.' {
		return
	}
	i, unit := 1, int(time.Second)
	for ; i < len(d.rest) && isDigit(d.rest[i]); i++ {
		unit /= 10
		d.nanos += int(d.rest[i]-'0') * unit
		d.fraction = d.fraction || d.rest[i] != '0'
	}
	d.ok = d.ok && i > 1
	d.rest = d.rest[i:]
}

// zone reads Z, or an offset of at most 14 hours.
func (d *dateTime) zone() {
	if d.rest == "Z" {
		d.rest = ""
		return
	}
	sign := 1
	if d.rest != "" && d.rest[0] == '-' {
		sign = -1
		d.literal('-')
	} else {
		d.literal('+')
	}
	hours := d.number(2)
	d.literal(':')
	minutes := d.number(2)
	d.ok = d.ok && minutes < 60 && 60*hours+minutes <= 14*60
	d.offset = sign * (60*hours + minutes)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// NumericDate reads a time as JWT claims have it (RFC 7519 section 2): a JSON number of seconds
// since 1970, fractions of which are cut off. It is not ok for anything else, and for years
// before 1 or after 9999.
func NumericDate(v strict.Value) (t time.Time, ok bool) {
	seconds, ok := v.Int()
	if !ok {
		f, isNumber := v.Float()
		if !isNumber || f < -1e12 || f > 1e12 {
			return time.Time{}, false
		}
		seconds = int64(f)
	}
	if seconds < -1e12 || seconds > 1e12 {
		return time.Time{}, false
	}
	t = time.Unix(seconds, 0).UTC()
	return t, minYear <= t.Year() && t.Year() <= maxYear
}
