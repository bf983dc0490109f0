package vc

import (
	"bytes"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Parse reads a credential: a JSON object, or a compact JWS whose payload is one (VC 2.0) or has
// one in its vc claim (VC 1.1). It verifies nothing, and takes any object for a credential: that
// it is one, and a sound one, is what [Conform] looks at.
//
// Codes: those of [ParseJWS] and of [strict.Parse], and model.type for JSON that is no object.
// Parse copies data and never keeps or changes it.
func Parse(data []byte, limits Limits) (*Credential, error) {
	limits = limits.orDefault()
	c := &Credential{limits: limits}
	if looksLikeJWS(data) {
		j, err := ParseJWS(data, limits)
		if err != nil {
			return nil, err
		}
		c.jws, c.format, c.value = j, JWT, j.claims
		if v := j.claims.Get("vc"); v.Kind() == strict.Object {
			c.value = v
		}
	} else {
		v, err := strict.Parse(data, limits.JSON)
		if err != nil {
			return nil, err
		}
		if v.Kind() != strict.Object {
			return nil, &strict.Error{Code: codeType, Offset: v.Offset(),
				Detail: "a credential is a JSON object; this is " + v.Kind().String()}
		}
		c.value, c.format = v, Unsecured
		if v.Get("proof").Exists() {
			c.format = DataIntegrity
		}
	}
	c.index()
	return c, nil
}

// looksLikeJWS tells a compact JWS from JSON by its first byte; the dot leaves the JSON literals
// to the JSON parser.
func looksLikeJWS(data []byte) bool {
	start, end := trim(data)
	return start < end && isBase64URL(data[start]) && bytes.IndexByte(data, '.') >= 0
}

// index fills the lists from the members of the credential, in one pass and with one allocation
// for each kind of element; the lists have no room behind them, so that appending to one copies it.
func (c *Credential) index() {
	var found [7]strict.Value
	for name, v := range c.value.Members() {
		switch name {
		case "@context":
			found[0] = v
		case "type":
			found[1] = v
		case "credentialSubject":
			found[2] = v
		case "proof":
			found[3] = v
		case "credentialStatus":
			found[4] = v
		case "credentialSchema":
			found[5] = v
		case "relatedResource":
			found[6] = v
		}
	}
	texts := make([]string, 0, count(found[0])+count(found[1]))
	texts, c.contexts = appendTexts(texts, found[0])
	_, c.types = appendTexts(texts, found[1])
	n := 0
	for _, v := range found[2:] {
		n += count(v)
	}
	values := make([]strict.Value, 0, n)
	for i, list := range [...]*[]strict.Value{&c.subjects, &c.proofs, &c.status, &c.schemas, &c.resources} {
		start := len(values)
		for e := range found[i+2].Each() {
			values = append(values, e)
		}
		*list = values[start:len(values):len(values)]
	}
	switch first(found[0]) {
	case contextV1:
		c.version = V1
	case contextV2:
		c.version = V2
	}
}

// first returns the first entry of a property with one value or several, if it is a string.
func first(v strict.Value) string {
	for e := range v.Each() {
		return e.Text()
	}
	return ""
}

// count returns how many values [strict.Value.Each] yields.
func count(v strict.Value) int {
	switch v.Kind() {
	case strict.Absent:
		return 0
	case strict.Array:
		return v.Len()
	}
	return 1
}

// appendTexts appends the strings among the values of v to all, and returns them as a slice of
// their own too.
func appendTexts(all []string, v strict.Value) (grown, added []string) {
	start := len(all)
	for e := range v.Each() {
		if e.Kind() == strict.String {
			all = append(all, e.Text())
		}
	}
	return all, all[start:len(all):len(all)]
}
