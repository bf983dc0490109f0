package vc

import (
	"bytes"
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Parse reads a credential: a JSON object; a compact JWS whose payload is one (VC 2.0) or has one in
// its vc claim (VC 1.1); an SD-JWT, whose disclosures are put in their places; or a COSE_Sign1. An
// EnvelopedVerifiableCredential stands for the one credential of the last three forms in its data: URL.
// Parse verifies nothing, and takes any object for a credential: that it is one, and a sound one, is
// what [Conform] looks at.
//
// Codes: those of [ParseJWS] and of [strict.Parse]; sdjwt.disclosure and sdjwt.binding; cose.syntax and
// cose.header; model.type for JSON that is no object; and model.value, model.type and model.context for
// an envelope, whose pointers are its own. Parse copies data and never keeps or changes it.
func Parse(data []byte, limits Limits) (*Credential, error) {
	limits = limits.orDefault()
	if looksLikeCOSE(data) || looksLikeJWS(data) {
		return parseToken(data, limits)
	}
	v, err := strict.Parse(data, limits.JSON)
	if err != nil {
		return nil, err
	}
	if v.Kind() != strict.Object {
		return nil, notObject(v)
	}
	if isEnvelope(v) {
		inner, err := openEnvelope(v, limits)
		if err != nil {
			return nil, err
		}
		return parseToken(inner, limits)
	}
	c := &Credential{limits: limits, value: v, format: Unsecured}
	if v.Get("proof").Exists() {
		c.format = DataIntegrity
	}
	c.index()
	return c, nil
}

// parseToken reads a credential that something is wrapped around.
func parseToken(data []byte, limits Limits) (c *Credential, err error) {
	c = &Credential{limits: limits}
	switch {
	case looksLikeCOSE(data):
		c.format = COSESign1
		if c.cose, c.value, err = parseCOSE(data, limits); err == nil && c.value.Kind() != strict.Object {
			err = notObject(c.value)
		}
	case bytes.IndexByte(data, '~') >= 0:
		c.format = SelectiveDisclosure
		if c.sdjwt, err = parseSDJWT(data, limits); err == nil {
			c.value = c.sdjwt.payload
		}
	default:
		c.format = JWT
		if c.jws, err = ParseJWS(data, limits); err == nil {
			c.value = c.jws.claims
			if v := c.value.Get("vc"); v.Kind() == strict.Object {
				c.value = v
			}
		}
	}
	if err != nil {
		return nil, err
	}
	c.index()
	return c, nil
}

func notObject(v strict.Value) error {
	return &strict.Error{Code: codeType, Offset: v.Offset(),
		Detail: "a credential is a JSON object; this is " + v.Kind().String()}
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
	if c.sdjwt != nil && !found[0].Exists() && c.value.Get("vct").Exists() {
		c.indexVCT()
	}
}

// indexVCT does the same for an IETF SD-JWT VC, which has other names: vct is its type, status its
// status. A credentialStatus is none of its claims, but whoever signed it meant it to count.
func (c *Credential) indexVCT() {
	*c = Credential{sdjwt: c.sdjwt, value: c.value, format: c.format, limits: c.limits, version: SDJWTVC}
	_, c.types = appendTexts(nil, c.value.Get("vct"))
	if v := c.value.Get("status"); v.Exists() {
		c.status = []strict.Value{v}
	}
	for v := range c.value.Get("credentialStatus").Each() {
		c.status = append(c.status, v)
	}
	c.status = slices.Clip(c.status)
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
