package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"
)

// Bounds of what is printed about one input, far above what a badge of any use needs.
const (
	boundLines = 2500
	boundBytes = 160 << 10
)

// bounded prints about a document and checks that the text is in bounds, tidy, and soon there.
func bounded(t *testing.T, doc any) string {
	t.Helper()
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	out, _, status := execute(t, string(text), "--offline", "-")
	if status != exitInvalid && status != exitIndeterminate {
		t.Errorf("exit status %d", status)
	}
	if took := time.Since(start); took > patience {
		t.Errorf("took %v", took)
	}
	if lines := strings.Count(out, "\n"); lines > boundLines || len(out) > boundBytes {
		t.Errorf("%d lines, %d bytes", lines, len(out))
	}
	tidy(t, out)
	return out
}

// subject is a subject with an achievement, both with more members.
func subject(achievement, more object) object {
	a := with(object{"id": "urn:uuid:3", "type": []any{"Achievement"}, "name": "x", "description": "y", "criteria": object{"narrative": "z"}})
	maps.Copy(a, achievement)
	s := with(object{"id": "urn:uuid:2", "type": []any{"AchievementSubject"}, "achievement": a})
	maps.Copy(s, more)
	return s
}

// TestLongLists: of lists without end, the first entries are shown, and how many more there are.
func TestLongLists(t *testing.T) {
	const n = 9_000
	many := func(of func(i int) object) []any { return fill(n, func(i int) any { return of(i) }) }
	for name, c := range map[string]struct {
		doc  object
		says string
	}{
		"alignments": {with(hostileBase(), "credentialSubject", subject(object{"alignment": many(func(i int) object { return alignment(fmt.Sprint("skill ", i), fmt.Sprint("https://a.example/", i)) })}, nil)),
			"… and 8988 more"},
		"identifiers": {with(hostileBase(), "credentialSubject", subject(nil, object{"identifier": many(func(i int) object {
			return object{"type": "IdentityObject", "identityType": "userName", "hashed": false, "identityHash": fmt.Sprint(i)}
		})})), " more"},
		"results":  {with(hostileBase(), "credentialSubject", subject(nil, object{"result": many(func(i int) object { return object{"type": []any{"Result"}, "value": fmt.Sprint(i)} })})), ""},
		"evidence": {with(hostileBase(), "evidence", many(func(i int) object { return object{"type": []any{"Evidence"}, "name": fmt.Sprint(i)} })), "… and 8988 more"},
		"paragraphs": {with(hostileBase(), "credentialSubject", subject(object{"criteria": object{"narrative": strings.Repeat("one\n\n", n)}}, nil)),
			"one …"},
		"types":   {with(hostileBase(), "type", fill(n, func(i int) any { return fmt.Sprint("T", i) })), ""},
		"claims":  {object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiableCredential"}, "issuer": "urn:1", "credentialSubject": object{"a": fill(n, func(i int) any { return i })}}, "… and 52 more"},
		"members": {with(hostileBase(), "credentialSubject", many(func(i int) object { return object{"id": fmt.Sprint("urn:", i)} })), ""},
		"associations": {object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiableCredential", "ClrCredential"}, "issuer": "urn:1",
			"credentialSubject": object{"type": []any{"ClrSubject"}, "association": many(func(i int) object {
				return object{"type": "Association", "associationType": "isPeerOf", "sourceId": fmt.Sprint("urn:", i), "targetId": "urn:x"}
			}), "achievement": many(func(i int) object { return object{"type": []any{"Achievement"}, "name": fmt.Sprint(i)} })}}, "… and 8988 more"},
		"proofs": {with(hostileBase(), "proof", fill(30, func(int) any { return hostileBase()["proof"] })), "which --json prints"},
	} {
		t.Run(name, func(t *testing.T) {
			if out := bounded(t, c.doc); !strings.Contains(flat(out), c.says) {
				t.Errorf("does not say %q:\n%s", c.says, out)
			}
		})
	}
}

// TestLongTexts: no text pushes out what stands behind it.
func TestLongTexts(t *testing.T) {
	for what, long := range map[string]string{
		"words": strings.Repeat("word ", 200_000), "a word": strings.Repeat("x", 1_000_000), "wide": strings.Repeat("字", 300_000),
		"spaces": strings.Repeat(" ", 900_000) + "x", "marks": "a" + strings.Repeat("\u0301", 400_000), "lines": strings.Repeat("\n", 500_000) + "x",
		"escapes": strings.Repeat("\x1b[2J\u202e", 100_000), "data": "data:text/html;base64," + strings.Repeat("A", 900_000),
	} {
		t.Run(what, func(t *testing.T) {
			doc := hostileBase()
			doc["name"], doc["description"] = long, long
			doc["issuer"] = object{"id": "did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z", "type": []any{"Profile"}, "name": long}
			out := bounded(t, doc)
			if !strings.Contains(flat(out), "did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z") {
				t.Errorf("the issuer is not named:\n%s", out)
			}
			long = string([]rune(long)[:40_000]) // which stands in many places now
			doc["issuer"] = long
			doc["credentialSubject"] = subject(object{"name": long, "achievementType": long, "criteria": object{"narrative": long, "id": long}, "image": object{"id": long, "type": "Image", "caption": long},
				"alignment": []any{alignment(long, long)}}, object{"id": long, "narrative": long, "role": long, "source": object{"name": long, "id": long}})
			doc["evidence"] = []any{object{"id": long, "name": long, "narrative": long, "genre": long}}
			doc["id"], doc["name"], doc["description"] = long, long, long
			bounded(t, doc)
		})
	}
}

// TestManyInside: of endorsements without end, and of those inside those, so many are told of as fit.
func TestManyInside(t *testing.T) {
	deep := hostileBase()
	for range 30 {
		deep = with(hostileBase(), "endorsement", []any{deep, deep}[:1])
	}
	for name, doc := range map[string]object{
		"wide": with(hostileBase(), "endorsement", fill(1_000, func(int) any { return hostileBase() })),
		"deep": deep,
		"texts": with(hostileBase(), "endorsement", fill(1_000, func(i int) any {
			return with(hostileBase(), "name", strings.Repeat("x", 1000), "id", fmt.Sprint("urn:", i))
		}), "endorsementJwt", fill(1_000, func(int) any { return "e30.e30.AA" })),
	} {
		t.Run(name, func(t *testing.T) { bounded(t, doc) })
	}
}

// TestManyPresented: of a presentation of many, the first are shown with all that they say, and the verdict of each.
func TestManyPresented(t *testing.T) {
	w := newWorld()
	one := decode(t, w.weldingBadge(t))
	doc := object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"},
		"verifiableCredential": fill(20, func(i int) any {
			if i == 19 {
				return with(one, "name", "Another")
			}
			return one
		})}
	out := w.show(t, encode(t, doc))
	tidy(t, out)
	if !strings.HasPrefix(out, "✗ INVALID") || strings.Count(out, ": ✓ VALID") != 19 || strings.Count(out, "  criteria ") != maxFull {
		t.Errorf("%s", out)
	}
	if end := out[strings.LastIndex(out, "credential 20 of 20: ✗ INVALID"):]; !strings.Contains(flat(end), "The signature does not match") {
		t.Errorf("it is not said why: %s", end)
	}
}

// TestManyValidInside: of more valid credentials inside than are told of, those that are not valid are told of all
// the same.
func TestManyValidInside(t *testing.T) {
	w := newWorld()
	record := func(n int) string {
		good, bad := w.recordParts(t)
		all := fill(n, func(int) any { return good })
		return w.show(t, w.recordOf(t, append(all, bad)))
	}
	out := record(maxNested + 10)
	tidy(t, out)
	if strings.Count(out, "    ✓ VALID  Theory") != maxNested || strings.Count(out, "    ✗ INVALID  Practice") != 1 || !strings.Contains(out, "of which --json tells") {
		t.Errorf("%s", out)
	}
	if out := record(2); strings.Contains(out, "of which --json tells") || strings.Count(out, "    ✓ VALID  Theory") != 2 {
		t.Errorf("%s", out)
	}
}
