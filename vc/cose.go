package vc

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of this file.
const (
	codeCOSESyntax = "cose.syntax"
	codeCOSEHeader = "cose.header"
)

// COSE is a COSE_Sign1 message (RFC 9052 section 4.2) whose payload is a JSON object. It never
// changes and is safe for concurrent use. Nothing of it is verified.
type COSE struct {
	message   string
	header    strict.Value
	protected []byte
	payload   []byte
	signature []byte
}

// Message returns a new copy of the message in its tagged form (RFC 9052 section 4.2), whether the
// tag was there or not.
func (m *COSE) Message() []byte {
	if m.message[0] == tagSign1 {
		return []byte(m.message)
	}
	return append([]byte{tagSign1}, m.message...)
}

// Header returns the header parameters that a verifier needs, under the names that JOSE and JWT give
// them: alg (its COSE number, or a string), kid, typ, cty, and the CWT claims iss, sub, exp, nbf and
// iat (RFC 9597). All but kid come from the protected header. A kid that is no UTF-8 is in
// base64url. x5c is an empty array where the message has certificates (x5bag, x5chain, x5t, x5u).
func (m *COSE) Header() strict.Value { return m.header }

// SigningInput returns the bytes that the signature covers (RFC 9052 section 4.4), without
// external data.
func (m *COSE) SigningInput() []byte {
	out := append([]byte{0x84, 0x6a}, "Signature1"...)
	out = appendBytes(out, m.protected)
	out = appendBytes(out, nil)
	return appendBytes(out, m.payload)
}

// Signature returns a new copy of the signature.
func (m *COSE) Signature() []byte { return slices.Clone(m.signature) }

// First bytes of a COSE_Sign1: the tag 18, and an array of four (RFC 8949 section 3). Both are written in
// their shortest form, and no JSON text or JWT begins with either.
const (
	tagSign1 = 0xd2
	arrayOf4 = 0x84
)

func looksLikeCOSE(data []byte) bool {
	return len(data) > 0 && (data[0] == tagSign1 || data[0] == arrayOf4)
}

// Header parameters (IANA COSE Header Parameters) and claims (IANA CWT Claims).
const (
	labelAlg       = 1
	labelCrit      = 2
	labelCty       = 3
	labelKid       = 4
	labelCWTClaims = 15
	labelTyp       = 16
	labelX5Bag     = 32
	labelX5U       = 35
)

// coseName is what a header parameter or a CWT claim is called in [COSE.Header].
var coseName = map[int64]string{labelAlg: "alg", labelCty: "cty", labelTyp: "typ"}
var cwtName = map[int64]string{1: "iss", 2: "sub", 4: "exp", 5: "nbf", 6: "iat"}

// Limits of the CBOR around the payload. A header that a credential needs has a handful of members.
const (
	maxCBORDepth = 8
	maxCBORItems = 64
)

// decoderCBOR reads CBOR as RFC 9052 section 9 asks: no two equal labels, no indefinite lengths, text in
// UTF-8, nothing after the message.
func decoderCBOR() (cbor.DecMode, error) {
	return cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, IntDec: cbor.IntDecConvertSignedOrFail,
		MaxNestedLevels: maxCBORDepth, MaxArrayElements: maxCBORItems, MaxMapPairs: maxCBORItems, UTF8: cbor.UTF8RejectInvalid,
	}.DecMode()
}

// parseCOSE reads a COSE_Sign1, tagged or not, with its payload inside. The codes are cose.syntax,
// cose.header for a header that cannot be relied on, and those of [strict.Parse] for the payload, whose
// pointers and offsets are its own.
func parseCOSE(data []byte, limits Limits) (*COSE, strict.Value, error) {
	m, err := parseSign1(data, limits)
	if err != nil {
		return nil, strict.Value{}, err
	}
	payload, err := strict.Parse(m.payload, limits.JSON)
	return m, payload, err
}

// parseSign1 reads the message, whatever its payload is. The data are not empty.
func parseSign1(data []byte, limits Limits) (*COSE, error) {
	fail := func(cause error, detail string) (*COSE, error) {
		return nil, &strict.Error{Code: codeCOSESyntax, Offset: -1, Detail: detail, Err: cause}
	}
	if len(data) > limits.JWT {
		return fail(nil, "the COSE message is longer than "+strconv.Itoa(limits.JWT)+" bytes")
	}
	mode, err := decoderCBOR()
	if err != nil {
		return fail(err, "CBOR cannot be read")
	}
	m := &COSE{message: string(data)}
	if data[0] == tagSign1 {
		data = data[1:]
	}
	var parts []cbor.RawMessage
	if len(data) == 0 || data[0] != arrayOf4 {
		return fail(nil, "what the tag of COSE_Sign1 is on is no array of four")
	}
	if err := mode.Unmarshal(data, &parts); err != nil {
		return fail(err, "the COSE message is no well-formed CBOR: "+err.Error())
	}
	for _, b := range [...]struct {
		part cbor.RawMessage
		into *[]byte
		what string
	}{{parts[0], &m.protected, "protected header"}, {parts[2], &m.payload, "payload"}, {parts[3], &m.signature, "signature"}} {
		if b.part[0]>>5 != 2 {
			return fail(nil, "the "+b.what+" of the COSE message is not a byte string inside it")
		}
		if err := mode.Unmarshal(b.part, b.into); err != nil {
			return fail(err, "the "+b.what+" of the COSE message cannot be read")
		}
	}
	if len(m.protected) > limits.Header || len(parts[1]) > limits.Header {
		return fail(nil, "the header of the COSE message is longer than "+strconv.Itoa(limits.Header)+" bytes")
	}
	if m.header, err = coseHeader(mode, m.protected, parts[1]); err != nil {
		return nil, err
	}
	return m, nil
}

// coseHeader reads both halves of the header into one JSON object.
func coseHeader(mode cbor.DecMode, protected, unprotected []byte) (strict.Value, error) {
	fail := func(cause error, detail string) (strict.Value, error) {
		return strict.Value{}, &strict.Error{Code: codeCOSEHeader, Offset: -1, Detail: detail, Err: cause}
	}
	var inside, outside map[any]cbor.RawMessage
	if len(protected) > 0 {
		if err := mode.Unmarshal(protected, &inside); err != nil || protected[0]>>5 != 5 {
			return fail(err, "the protected header of the COSE message is no CBOR map with each label once")
		}
	}
	if err := mode.Unmarshal(unprotected, &outside); err != nil || unprotected[0]>>5 != 5 {
		return fail(err, "the unprotected header of the COSE message is no CBOR map with each label once")
	}
	if _, found := inside[int64(labelCrit)]; found {
		return fail(nil, "the header demands extensions (crit) that are not supported")
	}
	for label := range outside {
		if _, both := inside[label]; both {
			return fail(nil, "a label stands in the protected and in the unprotected header")
		}
		switch label {
		case int64(labelAlg), int64(labelCrit), int64(labelCWTClaims), int64(labelTyp):
			return fail(nil, "alg, crit, typ and the CWT claims must be in the protected header, which is signed")
		}
	}
	header, err := namedHeader(mode, inside, outside)
	if err != nil {
		return fail(err, "the header of the COSE message has a value that cannot be read: "+err.Error())
	}
	text, err := json.Marshal(header)
	if err != nil {
		return fail(err, "the header of the COSE message has a value that cannot be written as JSON")
	}
	return strict.Parse(text, strict.Limits{})
}

// namedHeader collects the parameters of [COSE.Header].
func namedHeader(mode cbor.DecMode, inside, outside map[any]cbor.RawMessage) (map[string]any, error) {
	header := map[string]any{}
	for label, name := range coseName {
		if err := scalar(mode, inside[label], header, name); err != nil {
			return nil, err
		}
	}
	for _, half := range [...]map[any]cbor.RawMessage{inside, outside} {
		for label := int64(labelX5Bag); label <= labelX5U; label++ {
			if half[label] != nil {
				header["x5c"] = []string{}
			}
		}
		if raw := half[int64(labelKid)]; raw != nil {
			var kid []byte
			if err := mode.Unmarshal(raw, &kid); err != nil || raw[0]>>5 != 2 {
				return nil, &strict.Error{Code: codeCOSEHeader, Offset: -1, Detail: "kid is no byte string", Err: err}
			}
			header["kid"] = string(kid)
			if !utf8.Valid(kid) {
				header["kid"] = base64.RawURLEncoding.EncodeToString(kid)
			}
		}
	}
	if raw := inside[int64(labelCWTClaims)]; raw != nil {
		var claims map[any]cbor.RawMessage
		if err := mode.Unmarshal(raw, &claims); err != nil {
			return nil, err
		}
		for label, name := range cwtName {
			if err := scalar(mode, claims[label], header, name); err != nil {
				return nil, err
			}
		}
	}
	return header, nil
}

// scalar puts a text or a number into the header, if it is there.
func scalar(mode cbor.DecMode, raw cbor.RawMessage, header map[string]any, name string) error {
	if raw == nil {
		return nil
	}
	var v any
	if err := mode.Unmarshal(raw, &v); err != nil {
		return err
	}
	switch v.(type) {
	case int64, float64, string:
		header[name] = v
		return nil
	}
	return &strict.Error{Code: codeCOSEHeader, Offset: -1, Detail: name + " is neither a text nor a number"}
}

// appendBytes writes a CBOR byte string (RFC 8949 section 3.1).
func appendBytes(out, b []byte) []byte {
	const major = 2 << 5
	switch n := len(b); {
	case n < 24:
		out = append(out, major|byte(n))
	case n < 1<<8:
		out = append(out, major|24, byte(n))
	case n < 1<<16:
		out = append(out, major|25, byte(n>>8), byte(n))
	default:
		out = append(out, major|26, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, b...)
}
