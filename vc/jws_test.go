package vc_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
)

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func TestParseJWS(t *testing.T) {
	compact := jwt(`{"alg":"EdDSA","kid":"k"}`, `{"iss":"did:example:i","n":1}`)
	for _, around := range []string{"", "\n", "\r\n", " \t"} {
		data := []byte(around + compact + around)
		j, err := vc.ParseJWS(data, vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		clear(data)
		if j.Compact() != compact || string(j.SigningInput()) != compact[:strings.LastIndex(compact, ".")] || string(j.Signature()) != "signature" {
			t.Errorf("the parts are wrong: %q, %q, %q", j.Compact(), j.SigningInput(), j.Signature())
		}
		if j.Header().Get("alg").Text() != "EdDSA" || j.Claims().Get("iss").Text() != "did:example:i" {
			t.Error("header or claims are wrong")
		}
		j.SigningInput()[0], j.Signature()[0] = 0, 0
		if j.SigningInput()[0] == 0 || j.Signature()[0] == 0 {
			t.Error("a caller can change the JWS")
		}
	}
}

// An unsecured JWS has no signature. It parses, so that its "alg" can be refused by name.
func TestParseJWSWithoutSignature(t *testing.T) {
	j, err := vc.ParseJWS([]byte(b64(`{"alg":"none"}`)+"."+b64(`{}`)+"."), vc.Limits{})
	if err != nil || len(j.Signature()) != 0 {
		t.Errorf("%v", err)
	}
}

func TestParseJWSRefuses(t *testing.T) {
	h, p, s := b64(`{"alg":"EdDSA"}`), b64(`{"a":1}`), b64("sig!")
	headerAt, payloadAt, signatureAt := 0, len(h)+1, len(h)+len(p)+2
	for _, c := range []struct {
		name, text    string
		code, pointer string
		offset        int
	}{
		{"empty", "", "jwt.syntax", "", 0},
		{"one part", h, "jwt.syntax", "", 0},
		{"two parts", h + "." + p, "jwt.syntax", "", 0},
		{"four parts", h + "." + p + "." + s + "." + s, "jwt.syntax", "", 0},
		{"five parts", h + "." + p + "." + s + "." + s + "." + s, "jwt.syntax", "", 0},
		{"trailing dot", h + "." + p + "." + s + ".", "jwt.syntax", "", 0},
		{"no header", "." + p + "." + s, "jwt.syntax", "", 0},
		{"detached payload", h + ".." + s, "jwt.syntax", "", len(h)},
		{"SD-JWT", h + "." + p + "." + s + "~", "jwt.syntax", "", signatureAt + len(s)},
		{"SD-JWT with a disclosure", " " + h + "." + p + "." + s + "~" + p + "~", "jwt.syntax", "", 1 + signatureAt + len(s)},
		{"newline in the header", h[:4] + "\n" + h[4:] + "." + p + "." + s, "jwt.syntax", "", headerAt + 4},
		{"carriage return in the payload", h + "." + p[:2] + "\r" + p[2:] + "." + s, "jwt.syntax", "", payloadAt + 2},
		{"newline before the signature", h + "." + p + ".\n" + s, "jwt.syntax", "", signatureAt},
		{"space before a dot", h + " ." + p + "." + s, "jwt.syntax", "", len(h)},
		{"padding", h + "." + p + "." + base64.URLEncoding.EncodeToString([]byte("sig!")), "jwt.syntax", "", signatureAt + 6},
		{"padding of the header", h + "=." + p + "." + s, "jwt.syntax", "", len(h)},
		{"standard alphabet plus", h + "." + p + ".+" + s[1:], "jwt.syntax", "", signatureAt},
		{"standard alphabet slash", h + "." + p + "./" + s[1:], "jwt.syntax", "", signatureAt},
		{"other character", h + "." + p + ".é" + s, "jwt.syntax", "", signatureAt},
		{"NUL", h + "." + p + ".\x00" + s, "jwt.syntax", "", signatureAt},
		{"unused bits of two", h + "." + p + ".QR", "jwt.syntax", "", signatureAt + 1},
		{"unused bits of three", h + "." + p + ".QUJ", "jwt.syntax", "", signatureAt + 2},
		{"unused bits in the payload", h + "." + p[:len(p)-1] + "R." + s, "jwt.syntax", "", payloadAt + len(p) - 1},
		{"impossible length", h + "." + p + ".QUJDR", "jwt.syntax", "", signatureAt + 4},
		{"byte order mark", "\ufeff" + h + "." + p + "." + s, "jwt.syntax", "", 0},
		{"non-breaking space around", "\u00a0" + h + "." + p + "." + s, "jwt.syntax", "", 0},

		{"header is no JSON", b64("x") + "." + p + "." + s, "jwt.header", "", -1},
		{"header is an array", b64("[]") + "." + p + "." + s, "jwt.header", "", -1},
		{"header is null", b64("null") + "." + p + "." + s, "jwt.header", "", -1},
		{"header with a member twice", b64(`{"alg":"EdDSA","alg":"none"}`) + "." + p + "." + s, "jwt.header", "", -1},
		{"header with trailing text", b64(`{}{}`) + "." + p + "." + s, "jwt.header", "", -1},
		{"header with invalid UTF-8", b64("{\"a\":\"\xff\"}") + "." + p + "." + s, "jwt.header", "", -1},
		{"header too deep", b64(strings.Repeat("[", 65)) + "." + p + "." + s, "jwt.header", "", -1},

		{"payload is no JSON", h + "." + b64("x") + "." + s, "json.syntax", "", 0},
		{"payload is a string", h + "." + b64(`"x"`) + "." + s, "jwt.claims", "", -1},
		{"payload is an array", h + "." + b64(`[]`) + "." + s, "jwt.claims", "", -1},
		{"payload with a member twice", h + "." + b64(`{"vc":{"a":1,"a":2}}`) + "." + s, "json.duplicate", "/vc/a", 13},
		{"payload with a byte order mark", h + "." + b64("\ufeff{}") + "." + s, "json.utf8", "", 0},
		{"payload too deep", h + "." + b64(strings.Repeat("[", 65)) + "." + s, "json.depth", strings.Repeat("/0", 64), 64},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, err := vc.ParseJWS([]byte(c.text), vc.Limits{})
			if j != nil {
				t.Error("a refused JWS must yield nothing")
			}
			wantError(t, err, c.code, c.pointer, c.offset)
		})
	}
	if _, err := vc.ParseJWS([]byte(h+"."+p+"."+s), vc.Limits{}); err != nil {
		t.Errorf("the genuine twin: %v", err)
	}
}

func TestJWSLimits(t *testing.T) {
	header := func(n int) string { return `{"kid":"` + strings.Repeat("k", n-10) + `"}` }
	compact := jwt(header(16<<10), `{}`)
	if _, err := vc.ParseJWS([]byte(compact), vc.Limits{}); err != nil {
		t.Errorf("header at the limit: %v", err)
	}
	_, err := vc.ParseJWS([]byte(jwt(header(16<<10+1), `{}`)), vc.Limits{})
	wantError(t, err, "jwt.header", "", -1)
	if _, err = vc.ParseJWS([]byte(jwt(header(16<<10+1), `{}`)), vc.Limits{Header: 1 << 20}); err != nil {
		t.Errorf("header below a higher limit: %v", err)
	}

	if _, err := vc.ParseJWS([]byte(compact+"\n"), vc.Limits{JWT: len(compact)}); err != nil {
		t.Errorf("JWT at the limit: %v", err)
	}
	_, err = vc.ParseJWS([]byte(compact), vc.Limits{JWT: len(compact) - 1})
	wantError(t, err, "jwt.syntax", "", len(compact)-1)
	_, err = vc.ParseJWS(bytes.Repeat([]byte("a"), 4<<20+1), vc.Limits{})
	wantError(t, err, "jwt.syntax", "", 4<<20)
}
