package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"plain é 字 😀":                            "plain é 字 😀",
		"a\nb\tc\rd":                             "a b c d",
		"\x1b[31m":                               "\ufffd[31m",
		"\u009b2J":                               "\ufffd2J",
		"\u202egnp.exe":                          "\ufffdgnp.exe",
		"\u2066x\u2069":                          "\ufffdx\ufffd",
		"\u200bx\ufeff":                          "\ufffdx\ufffd",
		"می\u200cخواهم":                          "می\u200cخواهم",
		"👩\u200d🚀":                               "👩\u200d🚀",
		"\U000e0041":                             "\ufffd",
		"a\u0301\u0302":                          "a\u0301\u0302",
		"a\u0301\u0301\u0301\u0301\u0301\u0301b": "a\u0301\u0301\u0301\u0301b",
		"\x07\x00\x7f":                           "\ufffd\ufffd\ufffd",
		"\ufff9":                                 "\ufffd",
		"":                                       "",
	} {
		if got := printable(text); got != want {
			t.Errorf("printable(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestEveryTextIsPrintable: each text of a badge, of a report and of what is inside goes through the one place that
// makes it safe: an escape sequence in any member leaves no trace.
func TestEveryTextIsPrintable(t *testing.T) {
	const evil = "\x1b]0;x\x07\x1b[2J\u202e\u009b"
	w := newWorld()
	for name, doc := range map[string]object{
		"badge": decode(t, w.weldingBadge(t)), "claims": {"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiableCredential"}, "issuer": "a", "credentialSubject": object{"a": object{"b": "c"}}},
		"record":       {"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiableCredential", "ClrCredential"}, "issuer": "a", "credentialSubject": object{"type": []any{"ClrSubject"}, "association": []any{object{"associationType": "a", "sourceId": "b", "targetId": "c"}}, "achievement": []any{object{"name": "x"}}}},
		"older":        {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1", "badge": object{"name": "b", "issuer": object{"id": "https://a.example/", "name": "c"}}, "verification": object{"type": "x"}},
		"presentation": {"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"}, "holder": "h", "verifiableCredential": []any{decode(t, w.weldingBadge(t)), "x"}},
		"endorsed":     with(decode(t, w.weldingBadge(t)), "endorsement", []any{decode(t, w.weldingBadge(t))}),
	} {
		t.Run(name, func(t *testing.T) {
			for _, names := range []bool{false, true} {
				out := w.show(t, encode(t, poisoned(doc, evil, names)))
				tidy(t, out)
				if strings.ContainsAny(out, "\x1b\x07\u202e\u009b") {
					t.Errorf("%q", out)
				}
				line := w.show(t, encode(t, poisoned(doc, evil, names)), "--json")
				if strings.ContainsAny(line, "\x1b\x07\u202e\u009b") || !json.Valid([]byte(line)) || strings.Count(line, "\n") != 1 {
					t.Errorf("%q", line)
				}
			}
		})
	}
}

// poisoned adds a text to every string in v but what says which kind of document it is; with names, to those of
// members that no specification knows.
func poisoned(v any, evil string, names bool) any {
	switch v := v.(type) {
	case object:
		out := object{}
		for name, m := range v {
			switch {
			case name == "@context" || name == "type":
				out[name] = m
			default:
				out[name] = poisoned(m, evil, names)
			}
		}
		if names {
			out["x"+evil] = "y"
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = poisoned(e, evil, names)
		}
		return out
	case string:
		if !names {
			return v + evil
		}
	}
	return v
}

// TestHostileFileName: the name of a file is a stranger's text, too.
func TestHostileFileName(t *testing.T) {
	dir := t.TempDir()
	file := dir + "/\x1b[2J\u202e.json"
	if err := os.WriteFile(file, []byte(`{"@context":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, _ := execute(t, "", "--offline", file)
	if strings.ContainsAny(out, "\x1b\u202e") {
		t.Errorf("%q", out)
	}
	_, stderr, _ := execute(t, "", "--offline", dir+"/\x1b[2Jnothing.json")
	if strings.ContainsAny(stderr, "\x1b") || stderr == "" {
		t.Errorf("%q", stderr)
	}
}
