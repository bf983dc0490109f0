package canon

import (
	"math/big"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// TestNumbers goes through the canonical lexical forms of JSON-LD API section 8.6. A want of "" is
// the error jsonld.value.
func TestNumbers(t *testing.T) {
	for _, test := range []struct {
		number, want, asDouble string
	}{
		{"0", "0", "0.0E0"},
		{"1", "1", "1.0E0"},
		{"-1", "-1", "-1.0E0"},
		{"10", "10", "1.0E1"},
		{"1.0", "1", "1.0E0"},
		{"1e2", "100", "1.0E2"},
		{"1E+2", "100", "1.0E2"},
		{"100e-2", "1", "1.0E0"},
		{"0e99999", "0", "0.0E0"},
		{"1.5", "1.5E0", "1.5E0"},
		{"-12.50", "-1.25E1", "-1.25E1"},
		{"0.1", "1.0E-1", "1.0E-1"},
		{"0.000001", "1.0E-6", "1.0E-6"},
		{"1e-7", "1.0E-7", "1.0E-7"},
		{"3.141592653589793", "3.141592653589793E0", "3.141592653589793E0"},
		{"9007199254740991", "9007199254740991", "9.007199254740991E15"},
		{"9007199254740992", "9007199254740992", "9.007199254740992E15"},
		{"100000000000000000000", "100000000000000000000", "1.0E20"},
		{"1e20", "100000000000000000000", "1.0E20"},
		{"1e21", "1.0E21", "1.0E21"},
		{"-1e21", "-1.0E21", "-1.0E21"},
		{"1e300", "1.0E300", "1.0E300"},
		{"9007199254740993", "", ""},
		{"12345678901234567", "", ""},
		{"0.30000000000000004", "", ""},
		{"1.00000000000000001", "", ""},
		{"5e-324", "", ""},
		{"1e-400", "", ""},
		{"1e400", "", ""},
		{"-1e400", "", ""},
		{"-0", "", ""},
		{"-0.0", "", ""},
		{"-0e5", "", ""},
	} {
		v := parse(t, test.number)
		for double, want := range map[bool]string{false: test.want, true: test.asDouble} {
			got, _, err := appendNumber(nil, v, double)
			if want == "" {
				wantError(t, err, codeValue, "")
			} else if err != nil || string(got) != want {
				t.Errorf("%s as double %t: %s, %v, want %s", test.number, double, got, err, want)
			}
		}
	}
}

func TestCanonicalDouble(t *testing.T) {
	for _, s := range []string{"0.0E0", "1.5E0", "-2.5E-5", "1.0E21", "1.7976931348623157E308"[:17] + "E308"} {
		if !isCanonicalDouble(s) {
			t.Errorf("%q is refused", s)
		}
	}
	for _, s := range []string{"", "0", "1.5", "1.50E0", "1.5e0", "1.5E+0", "15.0E-1", "NaN", "INF", "Inf", "+1.0E0", "1.0E0 ", "0x1p0", "1_0.0E0"} {
		if isCanonicalDouble(s) {
			t.Errorf("%q is accepted", s)
		}
	}
}

// FuzzNumber checks that the canonical form of a number that is accepted has exactly the value that
// is written, and is its own canonical form.
func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"0", "-1.5e-3", "1e21", "123456789.125", "0.000001"} {
		if _, _, err := appendNumber(nil, parse(f, seed), false); err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := strict.Parse([]byte(s), strict.Limits{})
		if err != nil || v.Kind() != strict.Number {
			return
		}
		got, double, err := appendNumber(nil, v, false)
		if err != nil {
			return
		}
		written, ok1 := new(big.Rat).SetString(v.Raw())
		read, ok2 := new(big.Rat).SetString(string(got))
		if ok1 && ok2 && written.Cmp(read) != 0 {
			t.Errorf("%s becomes %s", v.Raw(), got)
		}
		if double != strings.Contains(string(got), "E") {
			t.Errorf("%s becomes %s, a double: %t", v.Raw(), got, double)
		}
		again, _, err := appendNumber(nil, parse(t, string(got)), double)
		if err != nil || string(again) != string(got) {
			t.Errorf("%s becomes %s, and that %s, %v", v.Raw(), got, again, err)
		}
	})
}
