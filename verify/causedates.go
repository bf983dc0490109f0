package verify

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
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

// commonForms is how many of dateForms are tried on proofs, too.
const commonForms = 6

// dateForms are the ways of common libraries. Each keeps the moment, but for what it says of fractions of a second; none
// changes a date, so that a document with another date is never explained.
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

// otherDates tries the dates of the document, of the proof and of both in other forms, then numbers as strings. The first
// [commonForms] are tried everywhere, the rest on the document alone: each is one pass of the budget.
func (s *search) otherDates(ctx context.Context) string {
	const because = ". A program that read them wrote them in its own way." + asOriginal
	for i, f := range dateForms {
		if s.over(ctx, len(s.value().Raw())) {
			return ""
		}
		body, proof := s.texts(ctx, f.reformat), s.proofDates(f)
		for _, scope := range []struct {
			says    string
			patches []patch
			rare    bool
		}{
			{"dates", slices.Concat(body, proof), len(body) == 0 || len(proof) == 0},
			{"dates of the " + s.noun(), body, false},
			{"dates of the proof", proof, false},
		} {
			rare := scope.rare || i >= commonForms && scope.says != "dates of the "+s.noun()
			if !rare && s.try(ctx, scope.patches...) {
				return "The signature matches with the " + scope.says + " written " + f.says + because
			}
		}
	}
	return s.otherNumbers(ctx)
}

// proofDates returns patches for the dates of the proof.
func (s *search) proofDates(f dateForm) (patches []patch) {
	walk(s.in.Proof, func(v strict.Value) bool {
		if text := f.reformat(v.Text()); v.Kind() == strict.String && text != v.Text() {
			patches = append(patches, patch{v, quoted(text)})
		}
		return true
	})
	return patches
}

// numberForms are what becomes of numbers. How a number is written, 1.0 or 1 or 10e-1, is no cause: both canonical
// forms know one way only (JSON-LD 1.1 API section 8.6, RFC 8785 section 3.2.2.3).
var numberForms = [...]struct {
	says    string
	convert func(v strict.Value) (raw string, ok bool)
}{
	{"with numbers in place of strings", func(v strict.Value) (string, bool) {
		return v.Text(), isNumber(v.Text())
	}},
	{"with strings in place of numbers", func(v strict.Value) (string, bool) {
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
		if at, ok := s.tryEach(ctx, patches); ok {
			return "The signature matches " + f.says + at + "." + because
		}
	}
	return ""
}

// eachDate tries the first few dates of the document in other forms, one by one: programs that rewrite one member, such
// as validFrom, leave the others. It comes last: each date in each form is an attempt.
func (s *search) eachDate(ctx context.Context) (hint string) {
	for _, f := range dateForms {
		if patches := s.texts(ctx, f.reformat); len(patches) > 1 {
			for _, p := range patches[:min(len(patches), maxSingle)] {
				if s.try(ctx, p) {
					return "The signature matches with the date at " + shown(p.at.Pointer()) + " written " + f.says + ". A program wrote it in its own way." + asOriginal
				}
			}
		}
	}
	return ""
}

// isNumber reports whether s is a number of JSON, as it would stand in a text: without white space, of bounded length.
func isNumber(s string) bool {
	if s == "" || len(s) > maxNumber || !strings.Contains("-0123456789", s[:1]) || !strings.Contains("0123456789", s[len(s)-1:]) {
		return false
	}
	var n json.Number
	return json.Unmarshal([]byte(s), &n) == nil
}
