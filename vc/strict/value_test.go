package strict_test

import (
	"errors"
	"math"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

func code(err error) string {
	var e *strict.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

const sample = ` {"s":"x","e":"\u00e9\n","n":-12,"f":1.5e1,"t":true,"b":false,"z":null,
  "a":[1,"two",[3],{"four":4}],"o":{"":0,"a/b":1,"m~n":2,"~1":3,"\u0022":4},"E":[],"M":{}} `

func TestKinds(t *testing.T) {
	v := parse(t, sample)
	for name, want := range map[string]strict.Kind{
		"s": strict.String, "e": strict.String, "n": strict.Number, "f": strict.Number, "t": strict.Bool, "b": strict.Bool,
		"z": strict.Null, "a": strict.Array, "o": strict.Object, "E": strict.Array, "M": strict.Object, "S": strict.Absent,
	} {
		m := v.Get(name)
		if m.Kind() != want || m.Exists() != (want != strict.Absent) {
			t.Errorf("%s is %v; want %v", name, m.Kind(), want)
		}
	}
}

func TestKindNames(t *testing.T) {
	seen := map[string]bool{}
	for k := strict.Absent; k <= strict.Object; k++ {
		if s := k.String(); s == "" || seen[s] {
			t.Errorf("kind %d has the name %q", k, s)
		}
		seen[k.String()] = true
	}
}

// The accessors of one kind return zero for every other kind.
func TestAccessors(t *testing.T) {
	v := parse(t, sample)
	if v.Get("s").Text() != "x" || v.Get("e").Text() != "é\n" {
		t.Errorf("texts %q, %q", v.Get("s").Text(), v.Get("e").Text())
	}
	if n, ok := v.Get("n").Int(); n != -12 || !ok {
		t.Errorf("n is %d, %v", n, ok)
	}
	if f, ok := v.Get("f").Float(); f != 15 || !ok {
		t.Errorf("f is %g, %v", f, ok)
	}
	if !v.Get("t").Bool() || v.Get("b").Bool() {
		t.Error("the booleans are wrong")
	}
	if v.Get("a").Len() != 4 || v.Get("o").Len() != 5 || v.Get("E").Len() != 0 {
		t.Error("the lengths are wrong")
	}
	for name, m := range v.Members() {
		k := m.Kind()
		if k != strict.String && m.Text() != "" {
			t.Errorf("%s has the text %q", name, m.Text())
		}
		if _, ok := m.Float(); ok != (k == strict.Number) {
			t.Errorf("%s: Float is %v", name, ok)
		}
		if k != strict.Array && k != strict.Object && m.Len() != 0 {
			t.Errorf("%s has the length %d", name, m.Len())
		}
		if k != strict.Object && m.Get("four").Exists() || k != strict.Array && m.Index(0).Exists() {
			t.Errorf("%s has parts", name)
		}
		if name != "t" && m.Bool() {
			t.Errorf("%s is true", name)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		text    string
		i       int64
		isInt   bool
		f       float64
		isFloat bool
	}{
		{"0", 0, true, 0, true},
		{"-0", 0, true, math.Copysign(0, -1), true},
		{"9223372036854775807", math.MaxInt64, true, 1 << 63, true},
		{"9223372036854775808", 0, false, 1 << 63, true},
		{"-9223372036854775808", math.MinInt64, true, -1 << 63, true},
		{"1.0", 0, false, 1, true},
		{"1e3", 0, false, 1000, true},
		{"1e308", 0, false, 1e308, true},
		{"1e309", 0, false, 0, false},
		{"-1e309", 0, false, 0, false},
		{"1e-400", 0, false, 0, true},
		{`"1"`, 0, false, 0, false},
	} {
		v := parse(t, c.text)
		if i, ok := v.Int(); ok != c.isInt || ok && i != c.i {
			t.Errorf("%s: Int is %d, %v", c.text, i, ok)
		}
		if f, ok := v.Float(); ok != c.isFloat || ok && f != c.f {
			t.Errorf("%s: Float is %g, %v", c.text, f, ok)
		}
	}
}

// Look-ups into what is not there chain to the absent value.
func TestAbsent(t *testing.T) {
	var zero strict.Value
	for _, v := range []strict.Value{zero, zero.Get("a").Index(3).Get("b"), parse(t, `{}`).Get("a"), parse(t, `[]`).Index(0), zero.Root(), zero.Lookup("/a")} {
		_, isInt := v.Int()
		_, isFloat := v.Float()
		if v.Exists() || v.Kind() != strict.Absent || v.Text() != "" || v.Raw() != "" || v.Source() != "" || v.Len() != 0 ||
			v.Bool() || isInt || isFloat || v.Offset() != -1 || v.Pointer() != "" || v.Has("") || v != zero {
			t.Errorf("%#v is not the absent value", v)
		}
		for range v.Each() {
			t.Error("the absent value has values")
		}
		for range v.Members() {
			t.Error("the absent value has members")
		}
	}
}

func TestIteration(t *testing.T) {
	v := parse(t, sample)
	var names []string
	for name, m := range v.Members() {
		names = append(names, name)
		if name == "z" {
			if m.Raw() != "null" {
				t.Errorf("raw %q", m.Raw())
			}
			break
		}
	}
	if len(names) != 7 || names[0] != "s" || names[1] != "e" {
		t.Errorf("members %q are not the first seven in order", names)
	}
	count := func(v strict.Value) (n int) {
		for range v.Each() {
			n++
		}
		return n
	}
	if count(v.Get("a")) != 4 || count(v.Get("s")) != 1 || count(v.Get("z")) != 1 || count(v.Get("E")) != 0 || count(v.Get("no")) != 0 {
		t.Error("Each does not yield one or several values")
	}
	for e := range v.Get("a").Elements() {
		if n, _ := e.Int(); n != 1 {
			t.Error("the iteration goes on after break")
		}
		break
	}
	if v.Get("a").Index(1).Text() != "two" || v.Get("a").Index(4).Exists() || v.Get("a").Index(-1).Exists() {
		t.Error("Index is wrong")
	}
}

func TestHas(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{`"x"`, true}, {`["x"]`, true}, {`["y","x"]`, true}, {`"\u0078"`, true},
		{`"X"`, false}, {`[]`, false}, {`[["x"]]`, false}, {`{"x":"x"}`, false}, {`null`, false}, {`[1]`, false},
	} {
		if parse(t, c.text).Has("x") != c.want {
			t.Errorf("%s: Has is not %v", c.text, c.want)
		}
	}
	if parse(t, `[1,null,{}]`).Has("") {
		t.Error("only a string is the empty string")
	}
}

func TestLookup(t *testing.T) {
	v := parse(t, sample)
	for pointer, raw := range map[string]string{
		"/s": `"x"`, "/a/0": "1", "/a/2/0": "3", "/a/3/four": "4", "/o/": "0", "/o/a~1b": "1", "/o/m~0n": "2", "/o/~01": "3", `/o/"`: "4",
		"/a/01": "", "/a/-": "", "/a/4": "", "/a/+1": "", "/a/1/": "", "/a/": "", "s": "", "/": "", "/o/a/b": "", "/s/0": "", "/z/a": "", "/a/99999999999": "", "/o/~1": "",
	} {
		if got := v.Lookup(pointer).Raw(); got != raw {
			t.Errorf("%s is %q; want %q", pointer, got, raw)
		}
	}
	if v.Lookup("") != v {
		t.Error("the empty pointer is the value itself")
	}
	if v.Get("o").Lookup("/a~1b").Raw() != "1" {
		t.Error("pointers are relative to the value")
	}
}

// Every value is found again by its pointer from the root, and its extent holds its text.
func TestPointerRoundTrip(t *testing.T) {
	n := 0
	everyValue(parse(t, sample), func(v strict.Value) {
		n++
		checkPlace(t, v)
	})
	if n != 23 {
		t.Errorf("visited %d values; want 23", n)
	}
}

func checkPlace(t testing.TB, v strict.Value) {
	t.Helper()
	if v.Root().Lookup(v.Pointer()) != v {
		t.Errorf("%q does not lead back to its value", v.Pointer())
	}
	if end := v.Offset() + len(v.Raw()); v.Offset() < 0 || end > len(v.Source()) || v.Source()[v.Offset():end] != v.Raw() {
		t.Errorf("%q: offset %d does not hold the text", v.Pointer(), v.Offset())
	}
}

func everyValue(v strict.Value, visit func(strict.Value)) {
	visit(v)
	for _, m := range v.Members() {
		everyValue(m, visit)
	}
	for e := range v.Elements() {
		everyValue(e, visit)
	}
}

func TestError(t *testing.T) {
	cause := errors.New("cause")
	with := &strict.Error{Code: "a.b", Pointer: "/x", Offset: 3, Detail: "because", Err: cause}
	if !errors.Is(with, cause) {
		t.Error("the cause is not reachable")
	}
	bare := &strict.Error{Code: "a.b", Offset: -1, Detail: "because"}
	if bare.Error() == with.Error() || bare.Error() == "" {
		t.Error("the place is not part of the line")
	}
}

func TestJoin(t *testing.T) {
	for token, want := range map[string]string{"a": "/p/a", "": "/p/", "a/b": "/p/a~1b", "~": "/p/~0", "~1": "/p/~01", "/~": "/p/~1~0"} {
		if got := strict.Join("/p", token); got != want {
			t.Errorf("%q: %q; want %q", token, got, want)
		}
	}
}
