package vc_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc"
)

// The kinds of JSON value that a property could have, in the order of the columns below.
var kindColumns = []string{
	`null`, `true`, `7`, `""`, `"x"`, `"https://example.com/x"`, `[]`, `[null]`, `["x"]`, `{}`, `{"id":"https://example.com/x"}`, `{"type":"T"}`,
}

// What Conform says of every kind in every property: the codes without "model.", "-" for none.
// It is the data model as a table, so that a change of any rule shows.
const kindTable = `
property          | null    | true    | 7       | ""      | "x"     | URL     | []      | [null]  | ["x"]   | {}              | {id}    | {type}
id                | type    | type    | type    | value   | value   | -       | type    | type    | type    | type            | type    | type
issuer            | type    | type    | type    | value   | value   | -       | type    | type    | type    | missing         | -       | missing
credentialSubject | type    | type    | type    | type    | type    | type    | value   | type    | type    | missing         | -       | -
validFrom         | type    | type    | type    | date    | date    | date    | type    | type    | type    | type            | type    | type
validUntil        | type    | type    | type    | date    | date    | date    | type    | type    | type    | type            | type    | type
name              | type    | type    | type    | -       | -       | -       | value   | type    | type    | type            | type    | type
description       | type    | type    | type    | -       | -       | -       | value   | type    | type    | type            | type    | type
credentialStatus  | type    | type    | type    | type    | type    | type    | value   | type    | type    | missing         | missing | -
refreshService    | type    | type    | type    | type    | type    | type    | value   | type    | type    | missing         | missing | -
termsOfUse        | type    | type    | type    | type    | type    | type    | value   | type    | type    | missing         | missing | -
evidence          | type    | type    | type    | type    | type    | type    | value   | type    | type    | missing         | missing | -
proof             | type    | type    | type    | type    | type    | type    | value   | type    | type    | missing         | missing | -
credentialSchema  | type    | type    | type    | type    | type    | type    | value   | type    | type    | missing missing | missing | missing
relatedResource   | type    | type    | type    | type    | type    | type    | value   | type    | type    | missing missing | missing | missing missing
unknownProperty   | -       | -       | -       | -       | -       | -       | -       | -       | -       | -               | -       | -
`

func TestEveryKindInEveryProperty(t *testing.T) {
	rows := strings.Split(strings.TrimSpace(kindTable), "\n")[1:]
	if len(rows) != 15 {
		t.Fatalf("the table has %d rows", len(rows))
	}
	for _, row := range rows {
		cells := strings.Split(row, "|")
		property := strings.TrimSpace(cells[0])
		if len(cells) != 1+len(kindColumns) {
			t.Fatalf("%s has %d cells", property, len(cells))
		}
		for i, value := range kindColumns {
			want := strings.Fields(cells[i+1])
			if want[0] == "-" {
				want = nil
			}
			var got []string
			for _, e := range vc.Conform(parse(t, v2(property, value))) {
				got = append(got, strings.TrimPrefix(e.Code, "model."))
				if !strings.HasPrefix(e.Pointer, "/"+property) {
					t.Errorf("%s is %s: pointer %q", property, value, e.Pointer)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s is %s (-want +got):\n%s", property, value, diff)
			}
		}
	}
}

// Nothing of what the data model requires is taken from a member whose name differs in case or
// only looks alike.
func TestLookalikeNames(t *testing.T) {
	for name, lookalikes := range map[string][]string{
		"@context":          {"@Context", "context", "@context "},
		"type":              {"Type", "TYPE", "tуpe", "@type"},
		"issuer":            {"Issuer", "iſſuer", "ISSUER", "issuer\\u0000"},
		"credentialSubject": {"credentialsubject", "CredentialSubject", "credentialſubject"},
	} {
		for _, other := range lookalikes {
			value := ""
			for i := 0; i < len(sound2); i += 2 {
				if sound2[i] == name {
					value = sound2[i+1]
				}
			}
			found := vc.Conform(parse(t, v2(name, "", other, value)))
			if len(found) == 0 || found[0].Code != "model.missing" || found[0].Pointer != "" {
				t.Errorf("%q in the place of %q: %v", other, name, found)
			}
		}
	}
	for _, other := range []string{"ValidUntil", "validuntil", "validUntiI"} {
		if _, ok := parse(t, v2(other, `"2020-01-01T00:00:00Z"`)).ValidUntil(); ok {
			t.Errorf("%q was read as validUntil", other)
		}
	}
}

// The URLs that an id can be, and what cannot be one.
func TestIdentifiers(t *testing.T) {
	for _, id := range []string{
		"https://example.com/a?b=c&d=%20#e", "http://example.com", "did:key:z6Mk", "did:web:example.com:a%3A1", "urn:uuid:1", "data:,x", "a:b", "A+1.-:x",
		"https://例え.jp/ü", "mailto:ada@example.org", "https://example.com/'()*,;=!$", "https://[::1]/", "https://example.com/~a",
	} {
		wantFound(t, parse(t, v2("id", `"`+id+`"`)))
	}
	for _, id := range []string{
		"", ":", "x", "a:", ":a", "//example.com/a", "/a", "#a", "?a", "1:a", "-a:b", "a b:c", "ü:a", "a_b:c", "https//example.com",
		"https://example.com/ ", " https://example.com/", "https://example.com/a\\tb", "https://example.com/a\\u0000", "https://example.com/\\u007f",
		"https://example.com/\\u0085", "https://example.com/\\u00a0", "https://example.com/<a>", "https://example.com/{a}", "https://example.com/a|b",
		"https://example.com/a\\\\b", "https://example.com/a^b", "https://example.com/`", "https://example.com/\\\"",
	} {
		wantFound(t, parse(t, v2("id", `"`+id+`"`)), "model.value /id")
		wantFound(t, parse(t, v2("issuer", `"`+id+`"`)), "model.value /issuer")
	}
}
