package canon

import (
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// JCS returns the canonical form of a JSON value by the JSON Canonicalization Scheme (RFC 8785):
// no white space, names sorted by UTF-16 code units, numbers as ECMAScript writes them.
//
// Numbers are binary64 there. A number that is beyond it, a number other than zero that becomes
// zero, and an integer that would lose digits are errors, so that no digit a person reads is left
// out of what is signed; fractions are rounded as the RFC says. The error is a [*strict.Error] with
// the code jsonld.value and a pointer to the number.
func JCS(v strict.Value) ([]byte, error) { return JCSOmit(v) }

// JCSOmit is [JCS] of an object without the members of these names, such as "proof" and
// "proofValue". Members of the same names deeper in the object stay.
func JCSOmit(v strict.Value, omit ...string) ([]byte, error) {
	return appendJCS(make([]byte, 0, len(v.Raw())), v, omit)
}

// appendJCS appends the canonical form of v, less the members named in omit, to dst.
func appendJCS(dst []byte, v strict.Value, omit []string) ([]byte, error) {
	w := jcsWriter{out: dst}
	err := w.object(v, omit)
	return w.out, err
}

// jcsMember is a member of an object that is being written.
type jcsMember struct {
	name  string
	value strict.Value
}

// jcsWriter writes one JSON text.
type jcsWriter struct {
	out     []byte
	members []jcsMember // of all objects that are open, the innermost last
}

// value writes a value of any kind. Its recursion is as deep as the text is nested, which the limits
// of strict.Parse bound.
func (w *jcsWriter) value(v strict.Value) error {
	switch v.Kind() {
	case strict.Object:
		return w.object(v, nil)
	case strict.Array:
		return w.array(v)
	case strict.String:
		w.out = appendJSONString(w.out, v.Text())
		return nil
	case strict.Number:
		return w.number(v)
	case strict.Absent:
		return &strict.Error{Code: codeValue, Offset: -1, Detail: "there is no value to canonicalize"}
	}
	w.out = append(w.out, v.Raw()...)
	return nil
}

// object writes an object without the members named in omit, and any other value as it is.
func (w *jcsWriter) object(v strict.Value, omit []string) error {
	if v.Kind() != strict.Object {
		return w.value(v)
	}
	from := len(w.members)
	for name, value := range v.Members() {
		if !slices.Contains(omit, name) {
			w.members = append(w.members, jcsMember{name, value})
		}
	}
	to := len(w.members)
	slices.SortFunc(w.members[from:], func(a, b jcsMember) int { return compareUTF16(a.name, b.name) })
	w.out = append(w.out, '{')
	for i := from; i < to; i++ {
		if i > from {
			w.out = append(w.out, ',')
		}
		w.out = append(appendJSONString(w.out, w.members[i].name), ':')
		if err := w.value(w.members[i].value); err != nil {
			return err
		}
	}
	w.out = append(w.out, '}')
	w.members = w.members[:from]
	return nil
}

// array writes the elements of an array in their order, which is part of its meaning.
func (w *jcsWriter) array(v strict.Value) error {
	w.out = append(w.out, '[')
	first := true
	for e := range v.Elements() {
		if !first {
			w.out = append(w.out, ',')
		}
		first = false
		if err := w.value(e); err != nil {
			return err
		}
	}
	w.out = append(w.out, ']')
	return nil
}

// number writes a number, unless ECMAScript's form of it would say something else than what is
// written: a verifier must not show digits that no signature covers.
func (w *jcsWriter) number(v strict.Value) error {
	f, ok := v.Float()
	switch {
	case !ok:
		return lossy(v, "is beyond the numbers that JSON software can hold")
	case f == 0 && strings.ContainsAny(mantissa(v.Raw()), "123456789"):
		return lossy(v, "is too close to zero to be told from it")
	case !strings.ContainsAny(v.Raw(), ".eE") && f != 0 && strconv.FormatFloat(f, 'f', -1, 64) != v.Raw():
		return lossy(v, "has more digits than JSON software can hold; digits would be left out of what is signed")
	}
	w.out = appendECMANumber(w.out, f)
	return nil
}

// mantissa returns what stands before the exponent of a JSON number.
func mantissa(number string) string {
	if i := strings.IndexAny(number, "eE"); i >= 0 {
		return number[:i]
	}
	return number
}

// lossy is the error about a number that cannot be written without loss.
func lossy(v strict.Value, why string) error {
	raw := v.Raw()
	if len(raw) > maxQuotedInError {
		raw = raw[:maxQuotedInError] + "…"
	}
	return &strict.Error{Code: codeValue, Pointer: v.Pointer(), Offset: v.Offset(), Detail: "the number " + raw + " " + why}
}
