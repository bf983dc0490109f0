package badge

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPunycode holds samples of RFC 3492 section 7.1, and names of hosts in use.
func TestPunycode(t *testing.T) {
	for label, want := range map[string]string{
		"ليهمابتكلموشعربي؟":            "egbpdaj6bu4bxfgehfvwxn",
		"他们为什么不说中文":                    "ihqwcrb4cv8a8dqg056pqjye",
		"他們爲什麽不說中文":                    "ihqwctvzc91f659drss3x8bo0yb",
		"למההםפשוטלאמדבריםעברית":       "4dbcagdahymbxekheh6e0a7fei0b",
		"почемужеонинеговорятпорусски": "b1abfaaepdrnnbgefbadotcwatmq2g4l",
		"3年b組金八先生":                     "3b-ww4c5e180e575a65lsy2b",
		"bücher":                       "bcher-kva",
		"münchen-ost":                  "mnchen-ost-9db",
		"ü":                            "tda",
		"faß":                          "fa-hia",
		"ab":                           "ab-",
		"":                             "",
		"Pročprostěnemluvíčesky":       "Proprostnemluvesky-uyb24dma41a",
		"\U0001f4a9":                   "ls8h",
	} {
		got, ok := punycode(label)
		if !ok || got != want {
			t.Errorf("%q is %q (%v), want %q", label, got, ok, want)
		}
		if back, ok := unpunycode(want); !ok || back != label {
			t.Errorf("%q is %q (%v), want %q", want, back, ok, label)
		}
	}
}

func TestPunycodeRefuses(t *testing.T) {
	for _, encoded := range []string{"bcher-kv", "bcher-kva!", "ü", "99999999", "a-\x80", strings.Repeat("9", 63), strings.Repeat("a", 64)} {
		if label, ok := unpunycode(encoded); ok {
			t.Errorf("%q is %q", encoded, label)
		}
	}
	for _, label := range []string{strings.Repeat("ü", 64), strings.Repeat("aü", 31), "\xff"} {
		if encoded, ok := punycode(label); ok {
			t.Errorf("%q is %q", label, encoded)
		}
	}
	for host, want := range map[string]string{"a.b": "a.b", "": "", "xn--.b": "xn--.b", "xn--bcher-kv.example": "xn--bcher-kv.example", "XN--BCHER-KVA.example": "bücher.example"} {
		if got := unicodeHost(host); got != want {
			t.Errorf("%q is %q", host, got)
		}
	}
}

// FuzzPunycode holds that a label that was encoded decodes to itself, and that decoding ends.
func FuzzPunycode(f *testing.F) {
	for _, seed := range []string{"bücher", "bcher-kva", "egbpdaj6bu4bxfgehfvwxn", "-", "--a", "\U0010ffff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if encoded, ok := punycode(s); ok {
			if back, ok := unpunycode(encoded); !ok || back != s {
				t.Errorf("%q is %q is %q", s, encoded, back)
			}
		}
		if label, ok := unpunycode(s); ok && !utf8.ValidString(label) {
			t.Errorf("%q is %q", s, label)
		}
	})
}
