package suites

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Chain finds, for each proof of a document, the proofs that its previousProof refers to by their id
// (Data Integrity 1.0 sections 2.1.2 and 4.5): their places in proofs, in ascending order. A proof
// without previousProof refers to none.
//
// The error of a proof is proof.chain: previousProof is neither a string nor a list of different
// strings, or an empty one; no proof has such an id, or two have; or following the references leads
// back to the proof. Proofs may be of any suite, known or not.
func Chain(proofs []strict.Value) (previous [][]int, errs []error) {
	previous, errs = make([][]int, len(proofs)), make([]error, len(proofs))
	for i, proof := range proofs {
		previous[i], errs[i] = referred(proofs, proof)
	}
	for i, proof := range proofs {
		if errs[i] == nil && reaches(previous, i, i, make([]bool, len(proofs))) {
			errs[i] = at(proof.Get("previousProof"), proof, codeChain, "the proof refers to itself by way of previousProof", nil)
		}
	}
	return previous, errs
}

// referred returns the places of the proofs that a proof refers to.
func referred(proofs []strict.Value, proof strict.Value) ([]int, error) {
	reference := proof.Get("previousProof")
	if !reference.Exists() {
		return nil, nil
	}
	var found []int
	for id := range reference.Each() {
		i, err := named(proofs, id)
		if err != nil {
			return nil, err
		}
		if slices.Contains(found, i) {
			return nil, at(id, proof, codeChain, "previousProof names one proof twice", nil)
		}
		found = append(found, i)
	}
	if len(found) == 0 {
		return nil, at(reference, proof, codeChain, "previousProof names no proof", nil)
	}
	slices.Sort(found)
	return found, nil
}

// named returns the place of the one proof with this id.
func named(proofs []strict.Value, id strict.Value) (int, error) {
	if id.Kind() != strict.String || id.Text() == "" {
		return 0, at(id, id, codeChain, "previousProof must be the id of a proof, or a list of such, not "+id.Kind().String(), nil)
	}
	found := -1
	for i, p := range proofs {
		if v := p.Get("id"); v.Kind() != strict.String || v.Text() != id.Text() {
			continue
		}
		if found >= 0 {
			return 0, at(id, id, codeChain, "two proofs have the id "+quote(id.Text())+", so that previousProof does not say which is meant", nil)
		}
		found = i
	}
	if found < 0 {
		return 0, at(id, id, codeChain, "no proof has the id "+quote(id.Text())+" that previousProof names", nil)
	}
	return found, nil
}

// reaches reports whether the references from a proof lead to target.
func reaches(previous [][]int, from, target int, seen []bool) bool {
	for _, i := range previous[from] {
		if i == target {
			return true
		}
		if !seen[i] {
			seen[i] = true
			if reaches(previous, i, target, seen) {
				return true
			}
		}
	}
	return false
}

// chained returns the input with the document as it is hashed for a proof in a chain: its proofs are
// those that the proof refers to (section 4.5: inputDocument.proof is matchingProofs, a list). For any
// other proof the document stays as it is, and its proofs are left out later.
func (in Input) chained() (Input, error) {
	reference := in.Proof.Get("previousProof")
	switch {
	case !reference.Exists():
		in.Previous = nil
		return in, nil
	case len(in.Previous) == 0:
		return in, at(reference, in.Proof, codeChain, "the proofs that previousProof refers to are not known", nil)
	}
	var proofs []byte
	for _, p := range in.Previous {
		proofs = append(append(proofs, ','), p.Raw()...)
	}
	proofs = append(append([]byte{'['}, proofs[1:]...), ']')
	document, err := replace(in.Document, map[string]string{"proof": string(proofs)})
	if err != nil {
		return in, at(reference, in.Proof, codeChain, "the document cannot be put together with the proofs that previousProof refers to", err)
	}
	in.rewritten = document
	return in, nil
}

// hashed is the document to canonicalize and the members to leave out of it.
func (in Input) hashed(omit []string) (strict.Value, []string) {
	if in.rewritten.Exists() {
		return in.rewritten, omit
	}
	return in.Document, append(omit, "proof")
}

// relocate makes the pointer of a finding about a document that was put together lead into the
// document as it was given.
func (in Input) relocate(err error) error {
	var e *strict.Error
	if !in.rewritten.Exists() || !errors.As(err, &e) {
		return err
	}
	moved := *e
	moved.Offset = -1
	moved.Pointer = in.Document.Pointer() + e.Pointer
	if rest, ok := strings.CutPrefix(e.Pointer, "/proof/"); ok {
		index, inner, _ := strings.Cut(rest, "/")
		if i, err := strconv.Atoi(index); err == nil && i < len(in.Previous) {
			moved.Pointer = in.Previous[i].Pointer()
			if inner != "" {
				moved.Pointer += "/" + inner
			}
		}
	}
	return &moved
}

// replace returns an object with other values for some members; those that it does not have become
// its last ones. Values are JSON texts.
func replace(object strict.Value, members map[string]string) (strict.Value, error) {
	text := make([]byte, 0, len(object.Raw())+64)
	add := func(name, value string) error {
		quoted, err := json.Marshal(name)
		if err != nil {
			return err
		}
		text = append(append(append(append(text, ','), quoted...), ':'), value...)
		return nil
	}
	for name, v := range object.Members() {
		if _, ok := members[name]; ok {
			continue
		}
		if err := add(name, v.Raw()); err != nil {
			return strict.Value{}, err
		}
	}
	for name, value := range members {
		if err := add(name, value); err != nil {
			return strict.Value{}, err
		}
	}
	text[0] = '{'
	text = append(text, '}')
	return strict.Parse(text, strict.Limits{Bytes: len(text), Depth: maxDepth, Values: len(text)})
}
