package verify

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// dateTime is the form of dates that programs write in several ways: one moment, several texts.
var dateTime = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$`)

// dateForm is a way to write a moment.
type dateForm struct {
	says  string
	zones string // which dates it concerns: those in UTC, in another zone, or both
	write func(seconds, fraction, zone string) string
}

const (
	inUTC     = "utc"
	elsewhere = "elsewhere"
)

// dateForms are the ways of common libraries.
var dateForms = [...]dateForm{
	{"without the fraction of seconds", "", func(seconds, _, zone string) string { return seconds + zone }},
	{"with milliseconds (.000Z)", "", func(seconds, fraction, zone string) string { return seconds + digits(fraction, 3) + zone }},
	{"with +00:00 in place of Z", inUTC, func(seconds, fraction, _ string) string { return seconds + fraction + "+00:00" }},
	{"with Z in place of +00:00", inUTC, func(seconds, fraction, _ string) string { return seconds + fraction + "Z" }},
	{"in UTC", elsewhere, func(seconds, fraction, _ string) string { return seconds + fraction + "Z" }},
	{"without the fraction of seconds and with Z", inUTC, func(seconds, _, _ string) string { return seconds + "Z" }},
	{"with milliseconds and +00:00", inUTC, func(seconds, fraction, _ string) string { return seconds + digits(fraction, 3) + "+00:00" }},
	{"with microseconds (.000000Z)", "", func(seconds, fraction, zone string) string { return seconds + digits(fraction, 6) + zone }},
	{"with microseconds and +00:00", inUTC, func(seconds, fraction, _ string) string { return seconds + digits(fraction, 6) + "+00:00" }},
}

// digits makes a fraction of seconds n digits long.
func digits(fraction string, n int) string {
	return ("." + strings.TrimPrefix(fraction, ".") + strings.Repeat("0", n))[:n+1]
}

// reformat writes a date in another form; every other text stays as it is.
func (f dateForm) reformat(text string) string {
	parts := dateTime.FindStringSubmatch(text)
	if parts == nil {
		return text
	}
	seconds, fraction, zone := parts[1], parts[2], parts[3]
	switch utc := zone == "Z" || zone == "+00:00" || zone == "-00:00"; {
	case f.zones == inUTC && !utc || f.zones == elsewhere && utc:
		return text
	case f.zones == elsewhere:
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return text
		}
		seconds = t.UTC().Format("2006-01-02T15:04:05")
	}
	return f.write(seconds, fraction, zone)
}

// otherDates tries the dates of the document, then those of the proof, in other forms, and numbers as strings.
func (s *search) otherDates(ctx context.Context) string {
	for _, f := range dateForms {
		if s.try(ctx, s.texts(ctx, f.reformat)...) {
			return "The signature matches with the dates written " + f.says + ". A program that read the " + s.noun() + " wrote them in its own way." + asOriginal
		}
	}
	for _, f := range dateForms {
		var patches []patch
		walk(s.in.Proof, func(v strict.Value) bool {
			if text := v.Text(); f.reformat(text) != text {
				patches = append(patches, patch{v, quoted(f.reformat(text))})
			}
			return true
		})
		if s.try(ctx, patches...) {
			return "The signature matches with the dates of the proof written " + f.says + ". A program that read the proof wrote them in its own way." + asOriginal
		}
	}
	return s.otherNumbers(ctx)
}

// numberForms are what becomes of numbers. How a number is written, 1.0 or 1 or 10e-1, is no cause: both canonical
// forms know one way only (JSON-LD 1.1 API section 8.6, RFC 8785 section 3.2.2.3).
var numberForms = [...]struct {
	several, one string
	convert      func(v strict.Value) (raw string, ok bool)
}{
	{"with numbers in place of strings", "with a number in place of the string", func(v strict.Value) (string, bool) {
		return v.Text(), isNumber(v.Text())
	}},
	{"with strings in place of numbers", "with a string in place of the number", func(v strict.Value) (string, bool) {
		return quoted(v.Raw()), v.Kind() == strict.Number
	}},
}

// otherNumbers tries strings for numbers and the reverse, all of them and then the first few alone.
func (s *search) otherNumbers(ctx context.Context) string {
	const because = " A program that read the document wrote it in its own way." + asOriginal
	for _, f := range numberForms {
		if !s.inReach(ctx) {
			return ""
		}
		var patches []patch
		s.body(func(v strict.Value) bool {
			if raw, ok := f.convert(v); ok {
				patches = append(patches, patch{v, raw})
			}
			return true
		})
		if s.try(ctx, patches...) {
			return "The signature matches " + f.several + "." + because
		}
		for i, p := range patches {
			if i < maxSingle && len(patches) > 1 && s.try(ctx, p) {
				return "The signature matches " + f.one + " at " + p.at.Pointer() + "." + because
			}
		}
	}
	return ""
}

// isNumber reports whether s is a number of JSON.
func isNumber(s string) bool {
	if s == "" || len(s) > maxNumber || !strings.Contains("-0123456789", s[:1]) {
		return false
	}
	var n json.Number
	return json.Unmarshal([]byte(s), &n) == nil
}
