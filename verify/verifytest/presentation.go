package verifytest

import "encoding/json"

// Presentation returns an unsigned Verifiable Presentation (VC 2.0) of these credentials by this holder.
// A credential is a JSON document; any other text becomes an EnvelopedVerifiableCredential around a JWT.
// Members of edits are added to the presentation or replace what is there, and a nil takes one away.
//
// The proof of a presentation is made with [Issuer.Proof] and the option proofPurpose "authentication".
func Presentation(holder string, edits map[string]any, credentials ...[]byte) []byte {
	all := []json.RawMessage{}
	for _, c := range credentials {
		if !json.Valid(c) {
			c = encode(map[string]any{
				"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential",
				"id": "data:application/vc+jwt," + string(c),
			})
		}
		all = append(all, c)
	}
	return encode(edit(map[string]any{
		"@context":             []string{"https://www.w3.org/ns/credentials/v2"},
		"id":                   "urn:uuid:5a3f6d0e-5f6c-4a56-b6a1-6ff6a9f9a001",
		"type":                 []string{"VerifiablePresentation"},
		"holder":               holder,
		"verifiableCredential": all,
	}, edits))
}
