package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"
)

// patience is far more than any of the hostile inputs takes, also on a slow machine under the race
// detector; work without bound takes longer.
const patience = 60 * time.Second

// hostileBase is a badge whose signature is well-formed and wrong.
func hostileBase() map[string]any {
	const did = "did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z"
	return map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:1", "type": []any{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer": map[string]any{"id": did, "type": []any{"Profile"}}, "validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": map[string]any{"id": "urn:uuid:2", "type": []any{"AchievementSubject"}, "achievement": map[string]any{
			"id": "urn:uuid:3", "type": []any{"Achievement"}, "name": "x", "description": "y", "criteria": map[string]any{"narrative": "z"}}},
		"proof": hostileProof(did),
	}
}

func hostileProof(did string) map[string]any {
	return map[string]any{
		"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-01-01T00:00:00Z",
		"verificationMethod": did + "#" + strings.TrimPrefix(did, "did:key:"), "proofPurpose": "assertionMethod",
		"proofValue": "z5ugsRxHfhkk45t8LKvvhmokpQyaRT9pMAa9GDP1Ffupr38BrSe4W1BkJ4rNccDwtJnvKhcQJj11obuopk14EyL7M",
	}
}

func fill(n int, element func(i int) any) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = element(i)
	}
	return out
}

// profiles nests n profiles without an id.
func profiles(n int) any {
	p := map[string]any{"type": []any{"Profile"}}
	for range n {
		p = map[string]any{"type": []any{"Profile"}, "parentOrg": p}
	}
	return p
}

// hostileDocuments are inputs that ask for more work than they are worth.
func hostileDocuments() map[string]any {
	did := hostileBase()["issuer"].(map[string]any)["id"].(string)
	distinct := fill(20_000, func(i int) any { return map[string]any{"type": []any{"Evidence"}, "name": fmt.Sprint(i)} })
	with := func(name string, v any) map[string]any {
		doc := maps.Clone(hostileBase())
		doc[name] = v
		return doc
	}
	thirty := with("evidence", distinct)
	thirty["proof"] = fill(30, func(int) any { return hostileProof(did) })
	nested := hostileBase()
	nested["issuer"].(map[string]any)["parentOrg"] = profiles(25)
	return map[string]any{
		"20,000 literals":   with("evidence", distinct),
		"alike blank nodes": with("evidence", fill(20_000, func(int) any { return map[string]any{"type": []any{"Evidence"}, "name": "n"} })),
		"one node, many times": with("evidence", fill(20_000, func(i int) any {
			return map[string]any{"id": "urn:uuid:1", "type": []any{"Evidence"}, "name": fmt.Sprint(i)}
		})),
		"30 proofs over it": thirty,
		"5,000 proofs":      with("proof", fill(5_000, func(int) any { return hostileProof(did) })),
		"2,000 contexts":    with("@context", fill(2_000, func(int) any { return "https://www.w3.org/ns/credentials/v2" })),
		"100,000 types":     with("type", fill(100_000, func(i int) any { return fmt.Sprint("T", i) })),
		"a long name":       with("name", strings.Repeat("x", 3_900_000)),
		"a long identifier": with("evidence", []any{map[string]any{"id": "urn:" + strings.Repeat("a", 2_000_000), "type": []any{"Evidence"}}}),
		"a long DID":        with("issuer", "did:key:z"+strings.Repeat("6", 500_000)),
		"nested profiles":   nested,
		"1,000 credentials": with("endorsement", fill(1_000, func(int) any { return hostileBase() })),
		"20,000 status entries": with("credentialStatus", fill(20_000, func(i int) any {
			return map[string]any{"id": fmt.Sprint("urn:s:", i), "type": "BitstringStatusListEntry"}
		})),
	}
}

// hostileTexts are inputs that no JSON library would write.
func hostileTexts() map[string]string {
	members := make([]string, 190_000)
	for i := range members {
		members[i] = fmt.Sprintf(`"a%d":1`, i)
	}
	return map[string]string{
		"deep arrays":     strings.Repeat("[", 1_000_000) + strings.Repeat("]", 1_000_000),
		"deep objects":    strings.Repeat(`{"a":`, 500_000) + "1" + strings.Repeat("}", 500_000),
		"190,000 members": "{" + strings.Join(members, ",") + "}",
		"a long number":   `{"a":` + strings.Repeat("9", 4_000_000) + "}",
		"many escapes":    `{"a":"` + strings.Repeat(`\u0041`, 650_000) + `"}`,
		"too long":        `{"a":"` + strings.Repeat("x", 5<<20) + `"}`,
		"dots":            strings.Repeat("a.", 1_000_000),
		"a long token":    "e30." + strings.Repeat("e30", 1_000_000) + ".AA",
	}
}

// TestHostileInput: none of these is valid, crashes the program, or keeps it busy.
func TestHostileInput(t *testing.T) {
	inputs := hostileTexts()
	for name, doc := range hostileDocuments() {
		text, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		inputs[name] = string(text)
	}
	for name, text := range inputs {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			var stdout, stderr bytes.Buffer
			status := run(t.Context(), []string{"--json", "--offline", "-"}, strings.NewReader(text), &stdout, &stderr)
			if status != exitInvalid && status != exitIndeterminate {
				t.Errorf("exit status %d: %s", status, stderr.String())
			}
			if took := time.Since(start); took > patience {
				t.Errorf("took %v", took)
			}
			if stdout.Len() > 4<<20 {
				t.Errorf("the report has %d bytes", stdout.Len())
			}
			t.Log(time.Since(start).Round(time.Millisecond))
		})
	}
}
