package vc_test

import (
	"fmt"
	"testing"
)

// Every keyword of JSON-LD 1.1, and what looks like one, is refused wherever it stands.
func TestKeywordMembersAreRefused(t *testing.T) {
	keywords := []string{"@id", "@type", "@graph", "@included", "@nest", "@reverse", "@value", "@set", "@list", "@index", "@language",
		"@direction", "@base", "@vocab", "@container", "@json", "@none", "@prefix", "@propagate", "@protected", "@version", "@import",
		"@default", "@embed", "@anything", "@"}
	for _, k := range keywords {
		member := fmt.Sprintf(`"%s":{}`, k)
		wantFound(t, parse(t, v2(k, `{}`)), "model.restructured /"+k)
		wantFound(t, parse(t, v2("a", `{`+member+`}`)), "model.restructured /a/"+k)
		wantFound(t, parse(t, v2("a", `[[{"b":{`+member+`}}]]`)), "model.restructured /a/0/0/b/"+k)
		wantFound(t, parse(t, v2("proof", `{"type":"A",`+member+`}`)), "model.restructured /proof/"+k)
		wantFound(t, parse(t, v2("a", `{"@context":{`+member+`}}`)))
	}
	wantFound(t, parse(t, v2("a", `{"b@c":1,"b":"@id"}`)))
}

func TestLanguageValues(t *testing.T) {
	const both = "model.restructured "
	for _, c := range []struct {
		property, value string
		want            []string
	}{
		{"name", `{"@value":"x"}`, nil},
		{"name", `{"@value":"x","@language":"en"}`, nil},
		{"name", `[{"@value":"x","@language":"en","@direction":"rtl"}]`, nil},
		{"caption", `{"@value":"x","@language":"en"}`, nil},
		{"caption", `{"@value":"x","@direction":"ltr"}`, nil},
		{"caption", `{"@value":"x"}`, []string{both + "/caption/@value"}},
		{"caption", `[{"@value":"x"}]`, []string{both + "/caption/0/@value"}},
		{"validUntil", `{"@value":"2020-01-01T00:00:00Z"}`, []string{"model.type /validUntil", both + "/validUntil/@value"}},
		{"caption", `{"@value":1,"@language":"en"}`, []string{both + "/caption/@value", both + "/caption/@language"}},
		{"caption", `{"@value":"x","@language":null}`, []string{both + "/caption/@value", both + "/caption/@language"}},
		{"caption", `{"@value":"x","@direction":"up"}`, []string{both + "/caption/@value", both + "/caption/@direction"}},
		{"caption", `{"@value":"x","@type":"a"}`, []string{both + "/caption/@value", both + "/caption/@type"}},
		{"caption", `{"@value":"x","@language":"en","a":"b"}`, []string{both + "/caption/@value", both + "/caption/@language"}},
		{"caption", `{"@language":"en"}`, []string{both + "/caption/@language"}},
		{"caption", `{"@language":"en","@direction":"ltr","id":"urn:x"}`, []string{both + "/caption/@language", both + "/caption/@direction"}},
		{"name", `{"@set":["x"]}`, []string{"model.type /name", both + "/name/@set"}},
	} {
		wantFound(t, parse(t, v2(c.property, c.value)), c.want...)
	}
	wantFound(t, parse(t, v2("a", `{"name":{"@value":"x"},"description":[{"@value":"x"}]}`)))
	wantFound(t, parse(t, v2("name", `{"@value":"x","@index":"y"}`)),
		both+"/name/@value", both+"/name/@index")
	wantFound(t, parse(t, v2("@value", `"x"`, "@language", `"en"`)), both+"/@value", both+"/@language")
}

func TestMembersNamedByIRIs(t *testing.T) {
	for _, name := range []string{"https://www.w3.org/2018/credentials#validUntil", "cred:validUntil", "urn:x", "_:b", ":", "a:", ":a"} {
		at := "/" + escape(name)
		wantFound(t, parse(t, v2(name, `1`)), "model.restructured "+at)
		wantFound(t, parse(t, v2("a", `[{"`+name+`":{}}]`)), "model.restructured /a/0"+at)
		wantFound(t, parse(t, v2("a", `{"@context":{"`+name+`":"urn:x"}}`)))
		wantFound(t, parse(t, v2("a", `{"b":"`+name+`"}`)))
	}
}

func escape(s string) (out string) {
	for _, r := range s {
		switch r {
		case '/':
			out += "~1"
		default:
			out += string(r)
		}
	}
	return out
}

func TestBlankNodeLabels(t *testing.T) {
	wantFound(t, parse(t, v2("a", `{"id":"_:b0","c":1}`)), "model.restructured /a/id")
	wantFound(t, parse(t, v2("credentialSubject", `[{"id":"_:b","a":1},{"id":"_:b","c":1}]`)),
		"model.value /credentialSubject/0/id", "model.restructured /credentialSubject/0/id",
		"model.restructured /credentialSubject/1", "model.value /credentialSubject/1/id", "model.restructured /credentialSubject/1/id")
	wantFound(t, parse(t, v2("a", `{"name":"_:b0","c":["_:b0"]}`)))
}

// The inside of a JSON literal is data; anywhere else the same members are refused.
func TestJSONLiterals(t *testing.T) {
	schema := `{"$id":"x","@id":1,"a:b":2,"properties":{"@set":{"id":"_:b"}}}`
	wantFound(t, parse(t, v2("credentialSubject", `{"type":"JsonSchema","jsonSchema":`+schema+`}`)))
	wantFound(t, parse(t, v2("credentialSubject", `{"type":"Other","jsonSchema":`+schema+`}`)),
		"model.restructured /credentialSubject/jsonSchema/@id", "model.restructured /credentialSubject/jsonSchema/a:b",
		"model.restructured /credentialSubject/jsonSchema/properties/@set", "model.restructured /credentialSubject/jsonSchema/properties/@set/id")
}

// A type has one name. The IRI that the name stands for makes the same statement, and hides it from
// whoever looks for the name; a type that has no name in the contexts of the field is left alone.
func TestTypesNamedByIRIs(t *testing.T) {
	for _, iri := range []string{
		"https://www.w3.org/2018/credentials#VerifiableCredential", "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry",
		"https://www.w3.org/ns/credentials/undefined-term#DegreeCredential",
		"https://w3id.org/vc/status-list#StatusList2021Entry", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
		"https://purl.imsglobal.org/spec/vc/clr/vocab.html#ClrCredential",
	} {
		wantFound(t, parse(t, v2("type", `["VerifiableCredential","`+iri+`"]`)), "model.restructured /type/1")
		wantFound(t, parse(t, v2("a", `[{"type":"`+iri+`","b":1}]`)), "model.restructured /a/0/type")
		wantFound(t, parse(t, v2("a", `{"b":"`+iri+`","jsonSchema":{"type":"`+iri+`"},"type":"JsonSchema"}`)))
	}
	wantFound(t, parse(t, v2("type", `["VerifiableCredential","https://example.com/vocabulary#Licence"]`, "a", `{"type":"ex:Thing"}`)))
}

// JSON-LD takes an array in an array for the elements of the outer one, but for lists and JSON literals.
func TestArraysInArrays(t *testing.T) {
	const proof = `{"type":"DataIntegrityProof","proofValue":"z"}`
	for _, c := range []struct {
		value string
		want  []string
	}{
		{`[[{"b":1}]]`, []string{"model.restructured /a/0/0"}},
		{`{"b":[{"c":1},["x",[{"d":1},{"e":1}]]]}`, []string{"model.restructured /a/b/1/1/0", "model.restructured /a/b/1/1/1"}},
		{`[{"b":1},{"c":[{"d":1}]}]`, nil},
		{`[[13.4,52.5],[13.5,52.6]]`, nil},
		{`[[],["x"]]`, nil},
	} {
		wantFound(t, parse(t, v2("a", c.value, "proof", proof)), c.want...)
		wantFound(t, parse(t, jwt(`{"alg":"EdDSA"}`, v2("a", c.value))))
	}
}
