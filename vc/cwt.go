package vc

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// codeCOSEClaims is the code of claims that are no CBOR map of claims.
const codeCOSEClaims = "cose.syntax"

// tagCWT is the tag 61 of a CWT (RFC 8392 section 6).
var tagCWT = []byte{0xd8, 0x3d}

// Claims of a status list token (IETF Token Status List, section 5.2) beside those of every CWT.
const (
	labelStatusList = 65533
	labelTTL        = 65534
)

// ParseCWT reads a CWT (RFC 8392): a COSE_Sign1 message, tagged or not, whose payload is a CBOR map of
// claims. It returns the claims under the names that JWT gives them: iss, sub, exp, nbf, iat, ttl, and
// status_list with its members, of which lst, a byte string, comes in base64url. Other claims are left
// out. Nothing is verified.
//
// Codes: cose.syntax, and cose.header for a header that cannot be relied on.
func ParseCWT(data []byte, limits Limits) (*COSE, strict.Value, error) {
	fail := func(cause error, detail string) (*COSE, strict.Value, error) {
		return nil, strict.Value{}, &strict.Error{Code: codeCOSEClaims, Offset: -1, Detail: detail, Err: cause}
	}
	limits = limits.orDefault()
	data = bytes.TrimPrefix(data, tagCWT)
	if !looksLikeCOSE(data) {
		return fail(nil, "this is no COSE_Sign1 message")
	}
	m, err := parseSign1(data, limits)
	if err != nil {
		return nil, strict.Value{}, err
	}
	mode, err := decoderCBOR()
	if err != nil {
		return fail(err, "CBOR cannot be read")
	}
	claims, err := readClaims(mode, m.payload)
	if err != nil {
		return fail(err, "the claims of the CWT cannot be read: "+err.Error())
	}
	text, err := json.Marshal(claims)
	if err != nil {
		return fail(err, "the claims of the CWT cannot be written as JSON")
	}
	value, err := strict.Parse(text, limits.JSON)
	return m, value, err
}

// readClaims reads the map of claims.
func readClaims(mode cbor.DecMode, payload []byte) (map[string]any, error) {
	var raw map[any]cbor.RawMessage
	if err := mode.Unmarshal(payload, &raw); err != nil {
		return nil, err
	}
	claims := map[string]any{}
	for label, name := range cwtName {
		if err := scalar(mode, raw[label], claims, name); err != nil {
			return nil, err
		}
	}
	if err := scalar(mode, raw[int64(labelTTL)], claims, "ttl"); err != nil {
		return nil, err
	}
	if list := raw[int64(labelStatusList)]; list != nil {
		var members map[any]cbor.RawMessage
		if err := mode.Unmarshal(list, &members); err != nil {
			return nil, err
		}
		out := map[string]any{}
		if err := scalar(mode, members["bits"], out, "bits"); err != nil {
			return nil, err
		}
		if err := scalar(mode, members["aggregation_uri"], out, "aggregation_uri"); err != nil {
			return nil, err
		}
		var lst []byte
		if err := mode.Unmarshal(members["lst"], &lst); err != nil || len(members["lst"]) == 0 || members["lst"][0]>>5 != 2 {
			return nil, &strict.Error{Code: codeCOSEClaims, Offset: -1, Detail: "the list is no byte string", Err: err}
		}
		out["lst"] = base64.RawURLEncoding.EncodeToString(lst)
		claims["status_list"] = out
	}
	return claims, nil
}
