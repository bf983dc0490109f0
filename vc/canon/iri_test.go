package canon

import (
	"net/url"
	"strings"
	"testing"
)

// TestIRI goes through the rule "IRI" of RFC 3987.
func TestIRI(t *testing.T) {
	for _, s := range []string{
		"a:", "a:b", "urn:uuid:2fe53dc9-b2ec-4939-9b2c-0d00f6663b6c", "did:key:z6Mk#z6Mk", "did:web:example.com%3A3000:user",
		"http://example.com", "https://example.com/", "https://example.com:8080/a/b;c=d?e=f&g=%20#h/i?j", "https://user:pass@example.com/",
		"https://[2001:db8::1]:443/", "https://[::ffff:192.0.2.1]/", "https://[v7.a:b]/", "https://192.0.2.1/", "https:///path", "https://",
		"mailto:ada@example.org", "tel:+1-816-555-1212", "data:text/plain;base64,SGk=", "data:,a%20b", "tag:example.org,2024:a",
		"x-a.b+c-1:z", "A:b", "urn:x:a'()*+,;=!$&~_-.", "https://example.org/ü/日本", "https://example.org/?q=\ue000", "https://ü.example/",
		"urn:x:\U0001F303", "urn:x:?a/b?c", "urn:x:#a/b?c@:", "https://example.com:/", "https://a@/",
	} {
		if !isIRI(s) {
			t.Errorf("%q is refused", s)
		}
	}
	for _, s := range []string{
		"", "a", ":", ":a", "1a:b", "+a:b", "a b:c", "ü:c", "a_b:c", "//example.com", "/a", "#a", "?a", "a/b:c",
		"urn:x:a b", "urn:x:<", "urn:x:>", "urn:x:\"", "urn:x:{", "urn:x:}", "urn:x:|", "urn:x:\\", "urn:x:^", "urn:x:`",
		"urn:x:\n", "urn:x:\x00", "urn:x:\x7f", "urn:x:\u0080", "urn:x:\u009f", "urn:x:\ufffe", "urn:x:\uffff", "urn:x:\ufdd0", "urn:x:\U0001FFFE",
		"urn:x:\U000E0001", "urn:x:\U000F0000", "urn:x:\ufffd", "urn:x:\u200e", "urn:x:\u202a", "urn:x:\u202e", "urn:x:\ue000", "urn:x:#\ue000",
		"urn:x:%", "urn:x:%4", "urn:x:%4g", "urn:x:%%41", "urn:x:a#b#c", "urn:x:[", "urn:x:]", "urn:x:?[", "urn:x:#[",
		"https://a b/", "https://[::1", "https://[::1]a/", "https://[1:2]/", "https://[::1%25eth0]/", "https://[192.0.2.1]/", "https://[v.a]/",
		"https://[v7]/", "https://[v7.]/", "https://[vg.a]/", "https://[v7.%41]/", "https://example.com:80a/", "https://a:b:c/", "https://a@b@c/", "https://[::1]@b/",
	} {
		if isIRI(s) {
			t.Errorf("%q is accepted", s)
		}
	}
}

func TestLabel(t *testing.T) {
	for _, s := range []string{"a", "0", "_", "b0", "c14n10", "a.b", "a-b", "a..b", "é", "a\u00b7", "a\u0300", "a\u203f", "\U00010000"} {
		if !isLabel(s) {
			t.Errorf("%q is refused", s)
		}
	}
	for _, s := range []string{"", ".", "a.", ".a", "-a", "a b", "a:b", "a\n", "a>", "\u00b7", "\u00d7", "\u037e", "a\u2070\u2041", "\ufffd"} {
		if isLabel(s) {
			t.Errorf("%q is accepted", s)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, s := range []string{"e", "en", "EN-us", "zh-Hant-TW", "de-CH-1996", "x-private", "i-klingon", "abcdefgh-12345678"} {
		if !isLanguage(s) {
			t.Errorf("%q is refused", s)
		}
	}
	for _, s := range []string{"", "-", "en-", "-en", "en--us", "e1", "1", "en_us", "en us", "é", "en\n", "abcdefghi", "en-123456789", "en\x00"} {
		if isLanguage(s) {
			t.Errorf("%q is accepted", s)
		}
	}
}

// FuzzIRI checks that what is accepted is safe to write between angle brackets, absolute, and, where
// it is ASCII, acceptable to net/url as well.
func FuzzIRI(f *testing.F) {
	for _, seed := range []string{"https://example.com/a?b#c", "did:key:z6Mk#z6Mk", "https://[2001:db8::1]:443/", "urn:x:%41", "https://ü.example/"} {
		if !isIRI(seed) {
			f.Fatalf("the seed %q is refused", seed)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !isIRI(s) {
			return
		}
		if strings.ContainsAny(s, "<>\"{}|\\^` \t\r\n") || schemeEnd(s) == 0 {
			t.Errorf("%q is accepted", s)
		}
		for _, r := range s {
			if r < ' ' || 0x7F <= r && r < 0xA0 {
				t.Errorf("%q is accepted", s)
			}
			if r >= 0x80 {
				return
			}
		}
		if _, err := url.Parse(s); err != nil && !strings.Contains(s, "[") && !strings.Contains(s, "//") {
			t.Errorf("%q is accepted: %v", s, err)
		}
	})
}
