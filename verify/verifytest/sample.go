package verifytest

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
)

// Badge returns an unsigned Open Badge 3.0 (VC 2.0) of this issuer for did:example:ada. Members of edits
// are added to the top level of the credential or replace what is there, and a nil takes one away.
func Badge(issuer string, edits map[string]any) []byte {
	return encode(edit(map[string]any{
		"@context":  []string{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":        "urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c11",
		"type":      []string{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer":    map[string]any{"id": issuer, "type": []string{"Profile"}, "name": "Example University"},
		"validFrom": "2026-01-01T00:00:00Z",
		"name":      "Practical Cryptography",
		"credentialSubject": map[string]any{
			"id":   "did:example:ada",
			"type": []string{"AchievementSubject"},
			"achievement": map[string]any{
				"id":          "urn:uuid:0f0c9a8e-6c7b-4c55-8d6e-8d3f4b0f9d4e",
				"type":        []string{"Achievement"},
				"name":        "Practical Cryptography",
				"description": "Found what was wrong with a signature.",
				"criteria":    map[string]any{"narrative": "Pass the practical examination."},
			},
		},
	}, edits))
}

// StatusList returns an unsigned status list credential (Bitstring Status List v1.0) at the URL id,
// with 131,072 entries of one bit, of which those in set are 1. Sign it, and put it on a [Host].
func StatusList(id, issuer, purpose string, set ...uint64) []byte {
	bits := make([]byte, 131_072/8)
	for _, index := range set { // index 0 is the leftmost bit
		bits[index/8] |= 0x80 >> (index % 8)
	}
	return encode(map[string]any{
		"@context":  []string{"https://www.w3.org/ns/credentials/v2"},
		"id":        id,
		"type":      []string{"VerifiableCredential", "BitstringStatusListCredential"},
		"issuer":    issuer,
		"validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": map[string]any{
			"id":            id + "#list",
			"type":          "BitstringStatusList",
			"statusPurpose": purpose,
			"encodedList":   "u" + base64.RawURLEncoding.EncodeToString(compress(bits)),
		},
	})
}

// compress makes one GZIP member (RFC 1952).
func compress(bits []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	must(w.Write(bits))
	must(0, w.Close())
	return out.Bytes()
}
