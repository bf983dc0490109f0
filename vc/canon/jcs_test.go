package canon

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// TestECMANumbers has the samples of RFC 8785 appendix B: the bits of a number, and its form.
func TestECMANumbers(t *testing.T) {
	for bits, want := range map[uint64]string{
		0x0000000000000000: "0",
		0x8000000000000000: "0",
		0x0000000000000001: "5e-324",
		0x8000000000000001: "-5e-324",
		0x7fefffffffffffff: "1.7976931348623157e+308",
		0xffefffffffffffff: "-1.7976931348623157e+308",
		0x4340000000000000: "9007199254740992",
		0xc340000000000000: "-9007199254740992",
		0x4430000000000000: "295147905179352830000",
		0x44b52d02c7e14af5: "9.999999999999997e+22",
		0x44b52d02c7e14af6: "1e+23",
		0x44b52d02c7e14af7: "1.0000000000000001e+23",
		0x444b1ae4d6e2ef4e: "999999999999999700000",
		0x444b1ae4d6e2ef4f: "999999999999999900000",
		0x444b1ae4d6e2ef50: "1e+21",
		0x3eb0c6f7a0b5ed8c: "9.999999999999997e-7",
		0x3eb0c6f7a0b5ed8d: "0.000001",
		0x41b3de4355555553: "333333333.3333332",
		0x41b3de4355555554: "333333333.33333325",
		0x41b3de4355555555: "333333333.3333333",
		0x41b3de4355555556: "333333333.3333334",
		0x41b3de4355555557: "333333333.33333343",
		0xbecbf647612f3696: "-0.0000033333333333333333",
		0x43143ff3c1cb0959: "1424953923781206.2",
	} {
		if got := string(appendECMANumber(nil, math.Float64frombits(bits))); got != want {
			t.Errorf("%016x: %s, want %s", bits, got, want)
		}
	}
}

func TestJCS(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"the example of section 3.2.2", `{
			"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
			"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
			"literals": [null, true, false]
		}`, `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`},
		{"the names of section 3.2.3", `{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7}`,
			"{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}"},
		{"every escape", `"\u0000\u0001\b\t\n\u000b\f\r\u001f \"\\\/\u007f\u0080\u2028\u2029\uffff"`,
			"\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u007f\u0080\u2028\u2029\uffff\""},
		{"empty containers", `{"b": [ ], "a": { } , "": ""}`, `{"":"","a":{},"b":[]}`},
		{"nested sorting", `{"b": {"d": 1, "c": [ {"f": 1, "e": 2} ]}, "a": 0}`, `{"a":0,"b":{"c":[{"e":2,"f":1}],"d":1}}`},
		{"a name that starts another", `{"aa": 1, "a": 2, "": 3, "aab": 4}`, `{"":3,"a":2,"aa":1,"aab":4}`},
		{"zeros", `[0, -0, 0.0, -0.0e5, 0e-999]`, `[0,0,0,0,0]`},
		{"whole numbers", `[1.0, 10, 1e2, 12e-1, 9007199254740992, 1000000000000000000000, 295147905179352830000]`,
			`[1,10,100,1.2,9007199254740992,1e+21,295147905179352830000]`},
		{"a string", `"x"`, `"x"`},
	} {
		got, err := JCS(parse(t, c.in))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %s, %v; want %s", c.name, got, err, c.want)
		}
	}
}

func TestJCSRefusesNumbersThatLoseDigits(t *testing.T) {
	for _, c := range []struct{ in, pointer string }{
		{`{"a": [0, 1e309]}`, "/a/1"},
		{`-1e400`, ""},
		{`{"a": 1e-400}`, "/a"},
		{`{"a": 0.` + strings.Repeat("0", 400) + `1}`, "/a"},
		{`{"a": 9007199254740993}`, "/a"},
		{`{"a": -9007199254740993}`, "/a"},
		{`{"a": 295147905179352830001}`, "/a"},
		{`{"a": 1` + strings.Repeat("0", 400) + `}`, "/a"},
	} {
		_, err := JCS(parse(t, c.in))
		var lossy *strict.Error
		if !errors.As(err, &lossy) || lossy.Code != codeValue || lossy.Pointer != c.pointer || len(lossy.Detail) > 300 {
			t.Errorf("%.40s: %v, want the code %s at %q", c.in, err, codeValue, c.pointer)
		}
	}
	if _, err := JCS(strict.Value{}); err == nil {
		t.Error("an absent value was canonicalized")
	}
}

func TestJCSOmit(t *testing.T) {
	const in = `{"proof": {"a": 1}, "b": {"proof": 2}, "proofValue": "z", "a": [{"proof": 3}]}`
	got, err := JCSOmit(parse(t, in), "proof", "proofValue")
	if want := `{"a":[{"proof":3}],"b":{"proof":2}}`; err != nil || string(got) != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
	if got, err = JCSOmit(parse(t, `["proof"]`), "proof"); err != nil || string(got) != `["proof"]` {
		t.Errorf("%s, %v", got, err)
	}
}

func TestCompareUTF16(t *testing.T) {
	sorted := []string{"", "\x00", "a", "aa", "a\U0001F600", "a\uE000", "a\uFFFF", "b", "é", "\uD7FF", "\U00010000", "\U0001F600", "\U0001F601", "\U0010FFFF", "\uE000", "\uFFFF"}
	for i, a := range sorted {
		for j, b := range sorted {
			got, want := compareUTF16(a, b), slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
			if sign(got) != want || sign(got) != sign(i-j) {
				t.Errorf("compareUTF16(%q, %q) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func sign(n int) int { return max(-1, min(n, 1)) }

// FuzzJCS checks that the canonical form is JSON of the same meaning, and its own canonical form.
func FuzzJCS(f *testing.F) {
	for _, seed := range []string{`{"b": [1, -0, 1.5e300], "a": "\u00e9\ud83d\ude00\u0001", "\uffff": {}}`, `[]`, `null`, `1e-7`, `{"\u20ac": 1, "\ud83d\ude00": 2}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := strict.Parse([]byte(text), strict.Limits{})
		if err != nil {
			return
		}
		first, err := JCS(v)
		if err != nil {
			return
		}
		again, err := strict.Parse(first, strict.Limits{Bytes: 64 << 20})
		if err != nil {
			t.Fatalf("the canonical form is not JSON: %v\n%s", err, first)
		}
		second, err := JCS(again)
		if err != nil || string(second) != string(first) {
			t.Fatalf("%v: the canonical form of %s is %s", err, first, second)
		}
		var x, y any
		if json.Unmarshal([]byte(text), &x) != nil || json.Unmarshal(first, &y) != nil {
			return
		}
		a, _ := json.Marshal(x)
		b, _ := json.Marshal(y)
		if strings.ReplaceAll(string(a), "-0", "0") != strings.ReplaceAll(string(b), "-0", "0") {
			t.Fatalf("%s became %s", a, b)
		}
	})
}
