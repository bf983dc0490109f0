package keys_test

import (
	"context"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

// webDocument is a DID document with one Ed25519 key.
func webDocument(did string) string {
	return `{"@context":"https://www.w3.org/ns/did/v1","id":"` + did + `",
		"verificationMethod":[{"id":"` + did + `#key-1","type":"Multikey","controller":"` + did + `","publicKeyMultibase":"` + ed25519Key + `"}],
		"assertionMethod":["` + did + `#key-1"]}`
}

func TestDIDWebGenuine(t *testing.T) {
	for did, url := range map[string]string{
		"did:web:example.edu":                           "https://example.edu/.well-known/did.json",
		"did:web:w3c-ccg.github.io":                     "https://w3c-ccg.github.io/.well-known/did.json",
		"did:web:w3c-ccg.github.io:user:alice":          "https://w3c-ccg.github.io/user/alice/did.json",
		"did:web:example.com%3A3000:user:alice":         "https://example.com:3000/user/alice/did.json",
		"did:web:example.com%3A3000":                    "https://example.com:3000/.well-known/did.json",
		"did:web:example.com%3A443":                     "https://example.com:443/.well-known/did.json",
		"did:web:localhost%3A8443":                      "https://localhost:8443/.well-known/did.json",
		"did:web:xn--bcher-kva.example":                 "https://xn--bcher-kva.example/.well-known/did.json",
		"did:web:example.edu:Departments:CS_2.0":        "https://example.edu/Departments/CS_2.0/did.json",
		"did:web:example.edu:user%20name":               "https://example.edu/user%20name/did.json",
		"did:web:example.edu:%C3%A9cole":                "https://example.edu/%C3%A9cole/did.json",
		"did:web:example.edu:.well-known":               "https://example.edu/.well-known/did.json",
		"did:web:example.edu:a..b":                      "https://example.edu/a..b/did.json",
		"did:web:example.edu:127.0.0.1":                 "https://example.edu/127.0.0.1/did.json",
		"did:web:1.2.3.4.example.edu":                   "https://1.2.3.4.example.edu/.well-known/did.json",
		"did:web:127.0.0.1.nip.io":                      "https://127.0.0.1.nip.io/.well-known/did.json",
		"did:web:4chan.org":                             "https://4chan.org/.well-known/did.json",
		"did:web:0xg":                                   "https://0xg/.well-known/did.json",
		"did:web:a--b.c":                                "https://a--b.c/.well-known/did.json",
		"did:web:" + strings.Repeat("a", 63) + ".edu":   "https://" + strings.Repeat("a", 63) + ".edu/.well-known/did.json",
		"did:web:example.edu" + strings.Repeat(":a", 9): "https://example.edu" + strings.Repeat("/a", 9) + "/did.json",
	} {
		t.Run(did, func(t *testing.T) {
			net := &network{answers: map[string]answer{url: {body: webDocument(did), mediaType: "application/did+json"}}}
			doc, err := keys.Default(net).Controller(context.Background(), did)
			wantCode(t, err, "")
			if len(net.asked) != 1 || net.asked[0] != url {
				t.Errorf("fetched %v, want %s", net.asked, url)
			}
			m, err := doc.Method(did+"#key-1", "assertionMethod")
			wantCode(t, err, "")
			if m.Controller != did || !m.Key.Equal(key(t, ed25519Key)) {
				t.Errorf("method is %+v", m)
			}
		})
	}
}

// TestDIDWebForged gives identifiers that must not cause any request.
func TestDIDWebForged(t *testing.T) {
	for _, did := range []string{
		// Address literals.
		"did:web:127.0.0.1", "did:web:127.1", "did:web:127", "did:web:2130706433", "did:web:0x7f000001",
		"did:web:0x7f.0.0.1", "did:web:0x7f.1", "did:web:0177.0.0.1", "did:web:017700000001", "did:web:0",
		"did:web:0x", "did:web:169.254.169.254", "did:web:127.0.0.1%3A8080", "did:web:10.0.0.1:path",
		"did:web:[::1]", "did:web:::1", "did:web:%5B::1%5D", "did:web:%5B%3A%3A1%5D", "did:web:::ffff:127.0.0.1",
		"did:web:1.2.3.0x4", "did:web:foo.0x4", "did:web:example.1", "did:web:1.2.3.4.5", "did:web:999.999.999.999",
		"did:web:00000000127.0.0.1", "did:web:127.0.0.1.", "did:web:%31%32%37.0.0.1", "did:web:%E2%91%A0%E2%91%A1",
		// Host names that are none, or have two spellings.
		"did:web:Example.edu", "did:web:EXAMPLE.EDU", "did:web:example.edU", "did:web:example.edu.", "did:web:.example.edu",
		"did:web:example..edu", "did:web:-example.edu", "did:web:example-.edu", "did:web:ex_ample.edu", "did:web:example.edu-",
		"did:web:exämple.edu", "did:web:ex\u0430mple.edu", "did:web:example\u3002edu", "did:web:example.ｅｄｕ", "did:web:%65xample.edu",
		"did:web:ex%C3%A4mple.edu", "did:web:example%2Eedu", "did:web:example.edu%00", "did:web:example.edu%20", "did:web:ſ.edu",
		"did:web:" + strings.Repeat("a", 64) + ".edu", "did:web:" + strings.Repeat("a.", 127) + "edu", "did:web:", "did:web", "did:web:%3A443",
		// User information, queries, fragments and slashes.
		"did:web:user@example.edu", "did:web:user%40example.edu", "did:web:good.edu%40evil.example", "did:web:user%3Apw%40example.edu",
		"did:web:example.edu?x", "did:web:example.edu#x", "did:web:example.edu/x", "did:web:example.edu\\x", "did:web:example.edu%3Fx",
		"did:web:example.edu%23x", "did:web:example.edu%2Fx", "did:web:example.edu%5Cx", "did:web:https://example.edu", "did:web:http:example.edu/",
		// Ports.
		"did:web:example.edu%3A", "did:web:example.edu%3A0", "did:web:example.edu%3A00443", "did:web:example.edu%3A65536",
		"did:web:example.edu%3A-1", "did:web:example.edu%3A44a", "did:web:example.edu%3a443", "did:web:example.edu%3A443%3A444",
		"did:web:example.edu%3A443%2Fx", "did:web:example.edu%3A443%40evil.example", "did:web:example.edu%3A+443", "did:web:example.edu%3A4%343",
		// Paths.
		"did:web:example.edu:", "did:web:example.edu::x", "did:web:example.edu:x:", "did:web:example.edu:x::y", "did:web:example.edu:.",
		"did:web:example.edu:..", "did:web:example.edu:...", "did:web:example.edu:x:..:..:etc", "did:web:example.edu:%2E%2E", "did:web:example.edu:%2e%2e",
		"did:web:example.edu:.%2E", "did:web:example.edu:a%2Fb", "did:web:example.edu:a%2fb", "did:web:example.edu:..%2F..", "did:web:example.edu:a%5Cb",
		"did:web:example.edu:%252E%252E", "did:web:example.edu:%25", "did:web:example.edu:%00", "did:web:example.edu:a%0D%0AHost", "did:web:example.edu:%7F",
		"did:web:example.edu:%61", "did:web:example.edu:%7", "did:web:example.edu:%", "did:web:example.edu:%GG", "did:web:example.edu:%C3", "did:web:example.edu:%C3%a9",
		"did:web:example.edu:%C0%AE%C0%AE", "did:web:example.edu:%ED%A0%80", "did:web:example.edu:a b", "did:web:example.edu:a?b", "did:web:example.edu:a#b",
		"did:web:example.edu:a/b", "did:web:example.edu:é", "did:web:example.edu:a;b", "did:web:example.edu:a@b", "did:web:example.edu:~a",
		"did:web:example.edu\n", "did:web: example.edu", "did:web:example.edu\x00", "did:web:example.edu:\xff", "did:WEB:example.edu",
		"did:web:example.edu" + strings.Repeat(":a", 600),
	} {
		t.Run(did, func(t *testing.T) {
			net := &network{}
			_, err := keys.Default(net).Controller(context.Background(), did)
			wantCode(t, err, "key.malformed")
			if len(net.asked) > 0 {
				t.Errorf("fetched %v", net.asked)
			}
		})
	}
}

// TestDIDWebDocument checks what the fetched document must be.
func TestDIDWebDocument(t *testing.T) {
	const did, url = "did:web:example.edu", "https://example.edu/.well-known/did.json"
	for name, c := range map[string]struct{ body, code string }{
		"control":                 {webDocument(did), ""},
		"control: wrapped":        {`{"didDocument":` + webDocument(did) + `,"didDocumentMetadata":{"deactivated":false}}`, ""},
		"control: still active":   {`{"deactivated":false,"id":"` + did + `"}`, ""},
		"another id":              {webDocument("did:web:evil.example"), "key.malformed"},
		"id in another case":      {webDocument("did:web:Example.edu"), "key.malformed"},
		"id with a fragment":      {`{"id":"` + did + `#x"}`, "key.malformed"},
		"id with a port":          {webDocument(did + "%3A443"), "key.malformed"},
		"the URL as id":           {`{"id":"` + url + `"}`, "key.malformed"},
		"id null":                 {`{"id":null}`, "key.malformed"},
		"id an array":             {`{"id":["` + did + `"]}`, "key.malformed"},
		"no id":                   {`{}`, "key.unresolved"},
		"Id for id":               {strings.Replace(webDocument(did), `"id"`, `"Id"`, 1), "key.unresolved"},
		"two ids":                 {`{"id":"` + did + `","id":"` + did + `"}`, "key.unresolved"},
		"not an object":           {`[` + webDocument(did) + `]`, "key.unresolved"},
		"a method itself":         {`{"id":"` + did + `","type":"Multikey","controller":"` + did + `","publicKeyMultibase":"` + ed25519Key + `"}`, "key.malformed"},
		"a JWK itself":            {`{` + okp + `}`, "key.malformed"},
		"deactivated":             {`{"deactivated":true,` + webDocument(did)[1:], "key.revoked"},
		"deactivated, a string":   {`{"deactivated":"true",` + webDocument(did)[1:], "key.malformed"},
		"deactivated in metadata": {`{"didDocument":` + webDocument(did) + `,"didDocumentMetadata":{"deactivated":true}}`, "key.revoked"},
		"wrapped, another id":     {`{"didDocument":` + webDocument("did:web:evil.example") + `}`, "key.malformed"},
		"wrapped twice":           {`{"didDocument":{"didDocument":` + webDocument(did) + `}}`, "key.unresolved"},
		"wrapped and not":         {`{"id":"did:web:evil.example","didDocument":` + webDocument(did) + `}`, "key.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := serve(url, c.body).Controller(context.Background(), did)
			wantCode(t, err, c.code)
			if (err == nil) != (doc != nil) {
				t.Error("a document and an error, or neither")
			}
		})
	}
}
