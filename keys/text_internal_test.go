package keys

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestDIDMethod(t *testing.T) {
	for did, want := range map[string][2]string{
		"did:key:z6Mk":             {"key", "z6Mk"},
		"did:web:example.edu:a:b":  {"web", "example.edu:a:b"},
		"did:web:example.edu%3A80": {"web", "example.edu%3A80"},
		"did:3:x":                  {"3", "x"},
		"did:a1b2:_-.":             {"a1b2", "_-."},
		"did:x::y":                 {"x", ":y"},
		"did:did:did":              {"did", "did"},
	} {
		method, specific, err := didMethod(did)
		if err != nil || method != want[0] || specific != want[1] {
			t.Errorf("%s: %q %q %v", did, method, specific, err)
		}
	}
	for _, did := range []string{
		"", "d", "did", "did:", "did:key", "did:key:", "did::z", "DID:key:z", "did:KEY:z", "did:k-y:z", "did:k_y:z", "did: key:z", "did:ké:z", "did:key:z:",
		"did:key:z/", "did:key:z?", "did:key:z#", "did:key:z;", "did:key:z ", "did:key:z%", "did:key:z%4", "did:key:z%4g", "did:key:z%%41", "did:key:é", "did:key:\x00",
		"did:key:z~", "did:key:z!", "did:key:z@", "did:key:z[", "did:key:z\\", "did:key:z+", "did:key:z*", "did:key:z=", "xdid:key:z", " did:key:z",
	} {
		if method, specific, err := didMethod(did); err == nil {
			t.Errorf("%q is taken as %q %q", did, method, specific)
		}
	}
}

func TestCheckHost(t *testing.T) {
	for _, host := range []string{
		"a", "a.b", "example.edu", "localhost", "1a", "1.a", "a-b", "a--b", "xn--bcher-kva.example", "0x7g", "0xg", "x0", "0y7f", "127.0.0.1.example", "1e3", "0b1", "0o7",
		strings.Repeat("a", maxLabel), strings.Repeat("a.", 126) + "a",
	} {
		if err := checkHost(host); err != nil {
			t.Errorf("%q: %v", host, err)
		}
	}
	for _, host := range []string{
		"", ".", "a.", ".a", "a..b", "-a", "a-", "a.-b", "a-.b", "A", "a.B", "a_b", "a b", "a:b", "a/b", "a@b", "a%62", "é", "a\u3002b", "a\x00", "*", "*.example.edu",
		"0", "1", "01", "0x", "0x1", "0xabcdef", "a.0x", "a.0x1f", "a.1", "a.007", "1.2.3.4", "1.2.3", "1.2", "4294967296", "99999999999999999999", "[::1]", "::1", "fe80::1",
		strings.Repeat("a", maxLabel+1), strings.Repeat("a.", 127) + "a",
	} {
		if err := checkHost(host); err == nil {
			t.Errorf("%q is taken as a host name", host)
		}
	}
}

func TestCheckPort(t *testing.T) {
	for _, port := range []string{"1", "80", "443", "8443", "65535"} {
		if err := checkPort(port); err != nil {
			t.Errorf("%q: %v", port, err)
		}
	}
	for _, port := range []string{"", "0", "00", "080", "65536", "99999", "4294967739", "-1", "+1", " 1", "1 ", "0x1", "1_0", "1e3", "１", "a"} {
		if err := checkPort(port); err == nil {
			t.Errorf("%q is taken as a port", port)
		}
	}
}

func TestCheckSegment(t *testing.T) {
	for _, segment := range []string{"a", "A", "a.b", ".a", "a.", "..a", "-", "_", "%20", "a%20b", "%3A", "%40", "%3F", "%23", "%7E", "%C3%A9", "%F0%9F%8F%85", "%E2%80%AE"} {
		if err := checkSegment(segment); err != nil {
			t.Errorf("%q: %v", segment, err)
		}
	}
	for _, segment := range []string{
		"", ".", "..", "...", "%2E", ".%2E", "%2E%2E", "a%2Fb", "a%5Cb", "%00", "%0A", "%0D", "%1F", "%7F", "%25", "%252E", "%41", "%61", "%30", "%2D", "%5F",
		"%3a", "%c3%a9", "%C3%a9", "%C3", "%A9", "%FF", "%C0%AF", "%E0%80%AF", "%ED%A0%80", "%F4%90%80%80",
	} {
		if err := checkSegment(segment); err == nil {
			t.Errorf("%q is taken as a path segment", segment)
		}
	}
}

func TestDecodeBase64url(t *testing.T) {
	for text, want := range map[string]string{"": "", "AA": "\x00", "AAA": "\x00\x00", "AAAA": "\x00\x00\x00", "_-8": "\xff\xef", "Zm9vYg": "foob"} {
		if got, ok := decodeBase64url(text, 4); !ok || string(got) != want {
			t.Errorf("%q: %q %v", text, got, ok)
		}
	}
	for _, text := range []string{"A", "AB", "A=", "AA==", "AAA=", "A A", "AA\n", "\r\nAA", "AA\r", "++++", "////", "AAAAA", "é", "AAAAAAAA", "Zm9vYmE", "AAAAAAA=", "Zm9vY\ng"} {
		if got, ok := decodeBase64url(text, 4); ok {
			t.Errorf("%q is taken as %q", text, got)
		}
	}
	// Every byte string has one text.
	for i := range 256 {
		for n := 1; n <= 4; n++ {
			raw := []byte(strings.Repeat(string([]byte{byte(i)}), n))
			text := base64.RawURLEncoding.EncodeToString(raw)
			if got, ok := decodeBase64url(text, n); !ok || string(got) != string(raw) {
				t.Fatalf("%q: %q %v", text, got, ok)
			}
			if _, ok := decodeBase64url(text, n-1); ok && n%3 != 0 {
				// One byte less may have a text as long; then the length is for the caller to check.
				if len(text) > base64.RawURLEncoding.EncodedLen(n-1) {
					t.Fatalf("%q is longer than %d bytes", text, n-1)
				}
			}
		}
	}
}

func TestPurposes(t *testing.T) {
	for _, purpose := range []string{"assertionMethod", "authentication"} {
		if _, ok := purposeIndex(purpose); !ok {
			t.Errorf("%s is no purpose", purpose)
		}
	}
	for _, purpose := range []string{"", "verificationMethod", "keyAgreement", "capabilityInvocation", "capabilityDelegation", "service", "id", "controller", "AssertionMethod", "assertionmethod", "aſſertionMethod", "assertionMethod "} {
		if _, ok := purposeIndex(purpose); ok {
			t.Errorf("%s is a purpose", purpose)
		}
	}
}

func TestTypes(t *testing.T) {
	for name, member := range map[string]string{
		"Multikey": "publicKeyMultibase", "JsonWebKey": "publicKeyJwk", "JsonWebKey2020": "publicKeyJwk", "Ed25519VerificationKey2020": "publicKeyMultibase",
		"Ed25519VerificationKey2018": "publicKeyBase58", "EcdsaSecp256r1VerificationKey2019": "publicKeyMultibase",
		"EcdsaSecp256k1VerificationKey2019": "publicKeyJwk", "RsaVerificationKey2018": "publicKeyPem",
	} {
		if rules, ok := typeOf(name); !ok || rules.member != member {
			t.Errorf("%s has its key in %q", name, rules.member)
		}
	}
	for _, name := range []string{"", "multikey", "MultiKey", "Multikey ", "JWK", "RsaVerificationKey2017", "EcdsaKoblitzKey2016", "X25519KeyAgreementKey2020", "https://w3id.org/security#Multikey"} {
		if _, ok := typeOf(name); ok {
			t.Errorf("%q is a type", name)
		}
	}
}
