package schema

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkValidate compiles a schema of about the size of that of an Open Badge, and applies it to a
// document of 200 objects.
func BenchmarkValidate(b *testing.B) {
	var out strings.Builder
	out.WriteString(`{"$schema":"https://json-schema.org/draft/2019-09/schema","$defs":{"c0":{"type":"object"}`)
	for i := 1; i < 100; i++ {
		fmt.Fprintf(&out, `,"c%d":{"type":"object","properties":{"id":{"type":"string","pattern":"^urn:"},"type":{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]},"next":{"$ref":"#/$defs/c%d"}},"required":["id"],"additionalProperties":true}`, i, i-1)
	}
	out.WriteString(`},"type":"object","properties":{"all":{"items":{"$ref":"#/$defs/c99"}}}}`)
	var document strings.Builder
	document.WriteString(`{"all":[`)
	for i := range 100 {
		if i > 0 {
			document.WriteByte(',')
		}
		document.WriteString(`{"id":"urn:1","type":["A"],"next":{"id":"urn:2","type":"B"}}`)
	}
	document.WriteString(`]}`)
	schema, doc := parse(b, out.String()), parse(b, document.String())
	for name, cache := range map[string]*Cache{"cold": nil, "kept": {}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				breaches, err := Validate(b.Context(), Input{Document: doc, Schema: schema, URL: "https://schemas.example/root.json", Cache: cache})
				if err != nil || len(breaches) > 0 {
					b.Fatal(breaches, err)
				}
			}
		})
	}
}
