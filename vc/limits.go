package vc

import "github.com/badgeproof/badgeproof/vc/strict"

// Defaults of [Limits].
const (
	defaultJWT         = 4 << 20
	defaultHeader      = 16 << 10
	defaultDisclosures = 1000
	defaultProofs      = 32
	defaultNested      = 256
	defaultNestedDepth = 8
	defaultDepth       = 64 // that of the JSON text, for what disclosures add to it
)

// Limits bounds what is read. A field that is zero or negative stands for its default, so the zero
// value is the safe setting.
type Limits struct {
	JSON        strict.Limits // the JSON text: the document, or the payload of a JWS
	JWT         int           // length of a compact JWS, an SD-JWT or a COSE message in bytes; 4 MiB
	Header      int           // length of a decoded JOSE or COSE header in bytes; 16 KiB
	Disclosures int           // disclosures of an SD-JWT; 1000
	Proofs      int           // embedded proofs of one credential; 32
	Nested      int           // credentials and presentations inside the credential; 256
	NestedDepth int           // of those, one inside the other; 8
}

func (l Limits) orDefault() Limits {
	for _, f := range [...]struct {
		field *int
		value int
	}{
		{&l.JWT, defaultJWT}, {&l.Header, defaultHeader},
		{&l.Disclosures, defaultDisclosures}, {&l.Proofs, defaultProofs},
		{&l.Nested, defaultNested}, {&l.NestedDepth, defaultNestedDepth},
	} {
		if *f.field <= 0 {
			*f.field = f.value
		}
	}
	return l
}
