package suites

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Selective disclosure: what ecdsa-sd-2023 and bbs-2023 have in common (Data Integrity ECDSA
// Cryptosuites v1.0, sections 3.4 and 3.5). An issuer signs each statement of the document apart, in
// a base proof; a holder derives a proof that goes with some of them.

// derivedValue decodes the proofValue of a derived proof: the multibase header "u", and base64url of
// three bytes that name the kind of proof and CBOR. It returns the CBOR and the third of the bytes; the first two
// are always 0xd9 0x5d. Of each value there is one text: padding and unused bits that are set are refused.
func derivedValue(proof strict.Value) (kind byte, data []byte, err error) {
	v := proof.Get("proofValue")
	text, isBase64 := strings.CutPrefix(v.Text(), "u")
	switch {
	case !v.Exists():
		return 0, nil, at(v, proof, codeValue, "the proof has no proofValue, so nothing is signed", nil)
	case v.Kind() != strict.String:
		return 0, nil, at(v, proof, codeValue, "proofValue must be a string, not "+v.Kind().String(), nil)
	case !isBase64:
		return 0, nil, at(v, proof, codeValue, `proofValue must start with "u", the multibase header of base64url`, nil)
	case len(text) > maxProofValue:
		return 0, nil, at(v, proof, codeBudget, "proofValue is longer than is looked at", nil)
	case strings.ContainsAny(text, "\r\n"):
		return 0, nil, at(v, proof, codeValue, "proofValue holds a line break", nil)
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return 0, nil, at(v, proof, codeValue, "proofValue is not base64url without padding", err)
	}
	if len(raw) < 4 || raw[0] != 0xd9 || raw[1] != 0x5d {
		return 0, nil, at(v, proof, codeValue, "proofValue does not begin as that of a proof with selective disclosure does", nil)
	}
	return raw[2], raw[3:], nil
}

// baseProof is the finding about a proof that is for its holder alone: with it every statement of
// the document can be disclosed, and nothing is verified by it.
func baseProof(proof strict.Value) error {
	return at(proof.Get("proofValue"), proof, codeBase,
		"this is a base proof, from which its holder derives the proofs to show; ask the holder for a derived one", nil)
}

// decodeCBOR decodes the components of a proof into a struct that is encoded as an array. What is
// decoded must encode to the same bytes again, the order of map entries aside: no tags, no indefinite
// lengths, no lengths or integers in a longer form than needed, no null in the place of anything.
func decodeCBOR(proof strict.Value, data []byte, into any) error {
	malformed := func(err error) error {
		return at(proof.Get("proofValue"), proof, codeValue, "the components of proofValue are not in the CBOR that the suite lays down", err)
	}
	decoder, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		MaxNestedLevels: 4, MaxArrayElements: maxIndexes, MaxMapPairs: maxLabels,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
	}.DecMode()
	if err != nil {
		return malformed(err)
	}
	if err := decoder.Unmarshal(data, into); err != nil {
		return malformed(err)
	}
	encoder, err := cbor.EncOptions{NilContainers: cbor.NilContainerAsEmpty}.EncMode()
	if err != nil {
		return malformed(err)
	}
	again, err := encoder.Marshal(into)
	if err != nil {
		return malformed(err)
	}
	// The same bytes in whatever order: entries of a map are all that can have moved, since everything
	// else stands in the order of the array, and every item is of the type that was asked for.
	data = slices.Clone(data)
	slices.Sort(data)
	slices.Sort(again)
	if !slices.Equal(data, again) {
		return malformed(nil)
	}
	return nil
}

// disclosed is what a derived proof is checked against.
type disclosed struct {
	options      []byte   // hash of the canonical proof options
	mandatory    []string // statements that the issuer has disclosed always, as N-Quads lines
	nonMandatory []string // the others
}

// disclose canonicalizes the document of a derived proof, gives its blank nodes the labels that the
// issuer gave them, and parts its statements (ECDSA section 3.5, createVerifyData). Labels maps
// canonical labels to the issuer's. Labels and indexes that do not fit the document are proof.signature: either it or
// the proof was altered, or the document has another content under these contexts.
func disclose(in Input, c curve, content int, omit []string, labels map[string]string, indexes []uint64) (d disclosed, contents int, err error) {
	d.options, contents, err = hashOptions(in, c, content, in.Document.Get("@context"), "proofValue")
	if err != nil {
		return d, contents, err
	}
	document, omit := in.hashed(omit)
	canonical, err := in.Canon.Canonicalize(canon.Input{Value: document, Omit: omit},
		canon.Options{Hash: c.hash, Content: content, InlineContexts: in.InlineContexts})
	if err != nil {
		return d, contents, in.relocate(err)
	}
	contents = max(contents, canonical.Contents())
	lines, err := canonical.Relabel(labels)
	if err != nil {
		return d, contents, at(in.Proof.Get("proofValue"), in.Proof, codeSignature,
			"the proof does not fit the document: its label map names other blank nodes", err)
	}
	if d.mandatory, d.nonMandatory, err = part(lines, indexes); err != nil {
		return d, contents, at(in.Proof.Get("proofValue"), in.Proof, codeSignature,
			"the proof does not fit the document: it numbers a statement that is not there", err)
	}
	return d, contents, nil
}

// part parts lines into those with the indexes, in their own order, and the others.
func part(lines []string, indexes []uint64) (chosen, rest []string, err error) {
	is := make([]bool, len(lines))
	for _, i := range indexes {
		if i >= uint64(len(lines)) {
			return nil, nil, errOutOfRange
		}
		is[i] = true
	}
	for i, line := range lines {
		if is[i] {
			chosen = append(chosen, line)
		} else {
			rest = append(rest, line)
		}
	}
	return chosen, rest, nil
}

// distinct checks that no index occurs twice.
func distinct(proof strict.Value, indexes []uint64) error {
	seen := make(map[uint64]bool, len(indexes))
	for _, i := range indexes {
		if seen[i] {
			return at(proof.Get("proofValue"), proof, codeValue, "proofValue numbers one statement twice", nil)
		}
		seen[i] = true
	}
	return nil
}
