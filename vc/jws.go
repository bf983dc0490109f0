package vc

import (
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of this file.
const (
	codeJWTSyntax = "jwt.syntax"
	codeJWTHeader = "jwt.header"
	codeJWTClaims = "jwt.claims"
)

// JWS is a JSON Web Signature in compact serialization (RFC 7515 section 7.1) whose payload is a
// JSON object. It never changes and is safe for concurrent use. Nothing of it is verified, and no
// header parameter is interpreted.
type JWS struct {
	compact   string
	signed    int // length of the signing input
	header    strict.Value
	claims    strict.Value
	signature []byte
}

// ParseJWS splits a compact JWS. It takes exactly three parts in base64url without padding,
// without unused bits and without white space, the first two being strict JSON objects. The
// signature may be empty, since that is what an unsecured JWS looks like; to refuse it is the
// business of whoever reads "alg". ASCII white space around the whole is tolerated, as files end
// in a newline; [JWS.Compact] is without it.
//
// Codes: jwt.syntax; jwt.header for a header that is no strict JSON object; jwt.claims for a
// payload that is no object; json.* for a payload that is no strict JSON, with the pointer and
// offset in the decoded payload. The offset of jwt.syntax is one in data.
func ParseJWS(data []byte, limits Limits) (*JWS, error) {
	limits = limits.orDefault()
	lead, end := trim(data)
	if end-lead > limits.JWT {
		return nil, jwtSyntax(limits.JWT, "the JWT is longer than "+strconv.Itoa(limits.JWT)+" bytes")
	}
	compact := string(data[lead:end])
	first, second, err := split(compact, lead)
	if err != nil {
		return nil, err
	}
	j := &JWS{compact: compact, signed: second}
	header, err := decode(compact[:first], lead, "header")
	if err != nil {
		return nil, err
	}
	if j.header, err = parseHeader(header, limits); err != nil {
		return nil, err
	}
	payload, err := decode(compact[first+1:second], lead+first+1, "payload")
	if err != nil {
		return nil, err
	}
	if j.claims, err = strict.Parse(payload, limits.JSON); err != nil {
		return nil, err
	}
	if j.claims.Kind() != strict.Object {
		return nil, &strict.Error{Code: codeJWTClaims, Offset: -1,
			Detail: "the payload of the JWT is " + j.claims.Kind().String() + "; it must be a JSON object"}
	}
	if j.signature, err = decode(compact[second+1:], lead+second+1, "signature"); err != nil {
		return nil, err
	}
	return j, nil
}

// Header returns the protected header. Its pointers and offsets are its own.
func (j *JWS) Header() strict.Value { return j.header }

// Claims returns the payload, whatever it holds: a credential as a whole, or registered claims
// beside a vc claim.
func (j *JWS) Claims() strict.Value { return j.claims }

// SigningInput returns a new copy of the bytes that the signature covers (RFC 7515 section 5.1).
func (j *JWS) SigningInput() []byte { return []byte(j.compact[:j.signed]) }

// Signature returns a new copy of the decoded signature; it may be empty.
func (j *JWS) Signature() []byte { return slices.Clone(j.signature) }

// Compact returns the serialization that was parsed, without white space around it.
func (j *JWS) Compact() string { return j.compact }

// trim returns the extent of data without the ASCII white space around it.
func trim(data []byte) (start, end int) {
	end = len(data)
	for start < end && isSpace(data[start]) {
		start++
	}
	for end > start && isSpace(data[end-1]) {
		end--
	}
	return start, end
}

// isSpace reports whether c is white space to JSON (RFC 8259 section 2).
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// split finds the two dots. The offset of its errors counts from lead.
func split(compact string, lead int) (first, second int, err error) {
	if i := strings.IndexByte(compact, '~'); i >= 0 {
		return 0, 0, jwtSyntax(lead+i, "this is an SD-JWT (it has a tilde), not a plain JWT")
	}
	if n := strings.Count(compact, "."); n != 2 {
		return 0, 0, jwtSyntax(lead, "a signed JWT has three parts with dots between them; this one has "+strconv.Itoa(n+1))
	}
	first = strings.IndexByte(compact, '.')
	second = strings.LastIndexByte(compact, '.')
	if first == 0 || second == first+1 {
		return 0, 0, jwtSyntax(lead+first, "the header and the payload of a JWT cannot be empty")
	}
	return first, second, nil
}

// decode reads one part, which starts at offset of the input. The alphabet is checked first, because
// the decoder of the standard library passes over line breaks, by which one token would have many
// spellings.
func decode(part string, offset int, what string) ([]byte, error) {
	for i := range len(part) {
		if !isBase64URL(part[i]) {
			return nil, jwtSyntax(offset+i, "the "+what+" of the JWT has the character "+
				strconv.QuoteRuneToASCII(rune(part[i]))+", which base64url (without padding) does not have")
		}
	}
	out, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		return nil, jwtSyntax(offset+max(len(part)-1, 0), "the "+what+" of the JWT is cut off, or has bits set that base64url leaves unused")
	}
	return out, nil
}

func isBase64URL(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// parseHeader reads the decoded header. What is wrong in it is told by its sentence and cause only:
// pointers and offsets speak of the payload everywhere else.
func parseHeader(header []byte, limits Limits) (strict.Value, error) {
	bounds := limits.JSON
	bounds.Bytes = limits.Header
	v, err := strict.Parse(header, bounds)
	if err == nil && v.Kind() == strict.Object {
		return v, nil
	}
	fail := &strict.Error{Code: codeJWTHeader, Offset: -1, Err: err,
		Detail: "the header of the JWT is " + v.Kind().String() + "; it must be a JSON object"}
	if cause := (*strict.Error)(nil); errors.As(err, &cause) {
		fail.Detail = "the header of the JWT is no strict JSON: " + cause.Detail
	}
	return strict.Value{}, fail
}

func jwtSyntax(offset int, detail string) error {
	return &strict.Error{Code: codeJWTSyntax, Offset: offset, Detail: detail}
}
