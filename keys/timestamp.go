package keys

import (
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// timestamp reads a member that is an xsd:dateTimeStamp (XML Schema 1.1 part 2 section 3.4.28), the
// zero time where it is not there. A zone is required; 24:00:00 is the first instant of the next
// day; leap seconds and years outside 0001 to 9999 are refused.
func timestamp(v strict.Value, name string) (time.Time, error) {
	m := v.Get(name)
	if !m.Exists() {
		return time.Time{}, nil
	}
	t, ok := parseTimestamp(m.Text())
	if !ok || t.IsZero() {
		return time.Time{}, at(m, codeMalformed, name+" must be a date and time with a zone, such as 2026-11-22T05:00:00Z")
	}
	return t, nil
}

// parseTimestamp checks the form byte by byte, since time.Parse also takes commas before a fraction,
// hours of one digit and zones of any size. Digits of a fraction beyond the nanosecond are cut off.
func parseTimestamp(s string) (time.Time, bool) {
	const form = "0000-00-00T00:00:00"
	if len(s) < len(form)+1 || len(s) > 64 || !hasForm(s[:len(form)], form) {
		return time.Time{}, false
	}
	rest := s[len(form):]
	if rest[0] == '.' {
		n := 1
		for n < len(rest) && isDigit(rest[n]) {
			n++
		}
		if n == 1 {
			return time.Time{}, false
		}
		rest = rest[n:]
	}
	if rest != "Z" && !hasForm(rest, "+00:00") && !hasForm(rest, "-00:00") {
		return time.Time{}, false
	}
	if rest != "Z" && (rest[1:] > "14:00" || rest[4] > '5') { // time.Parse takes +02:60
		return time.Time{}, false
	}
	midnight := s[11:13] == "24"
	if midnight {
		s = s[:11] + "00" + s[13:]
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || s[:4] == "0000" {
		return time.Time{}, false
	}
	if midnight {
		if t.Hour()|t.Minute()|t.Second()|t.Nanosecond() != 0 {
			return time.Time{}, false
		}
		t = t.AddDate(0, 0, 1)
	}
	return t, true
}

// hasForm reports whether s equals form where form has no 0, and has digits where it has.
func hasForm(s, form string) bool {
	if len(s) != len(form) {
		return false
	}
	for i := range form {
		if form[i] == '0' && !isDigit(s[i]) || form[i] != '0' && s[i] != form[i] {
			return false
		}
	}
	return true
}

// isDigit reports whether c is a decimal digit of ASCII.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
