package vc

import (
	"crypto"
	_ "crypto/sha256" // the hashes that disclosureHash chooses from
	_ "crypto/sha512"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of this file and of disclosure.go.
const (
	codeDisclosure = "sdjwt.disclosure"
	codeBinding    = "sdjwt.binding"
)

// SDJWT is an SD-JWT with its disclosures put in place, or an SD-JWT+KB (RFC 9901), in compact
// serialization. It never changes and is safe for concurrent use. No signature of it is verified;
// what is certain is that every disclosure belongs to a digest in the issuer's payload.
type SDJWT struct {
	compact   string
	presented int // length of the text that sd_hash covers
	issuer    *JWS
	binding   *JWS
	hash      crypto.Hash
	payload   strict.Value
	disclosed []string
	withheld  []string
	hidden    int
}

// JWS returns the issuer's signature. Its claims hold digests in place of what is disclosable;
// [Credential.Value] has the claims with the disclosures in their places.
func (s *SDJWT) JWS() *JWS { return s.issuer }

// Binding returns the Key Binding JWT, nil where there is none.
func (s *SDJWT) Binding() *JWS { return s.binding }

// BindingHash returns what the sd_hash claim of a Key Binding JWT must be (RFC 9901 section 4.3.1):
// the digest over the issuer's JWT and the disclosures as they were presented.
func (s *SDJWT) BindingHash() string { return digest(s.hash, s.compact[:s.presented]) }

// Disclosed returns the names of the top-level members of the credential that were disclosed, or in
// which something was, each once. The slice is shared, and read-only.
func (s *SDJWT) Disclosed() []string { return s.disclosed }

// Withheld returns the names of the top-level members of the credential inside of which there are digests
// without a disclosure, decoys among them, each once. What a whole member that was withheld is called, nobody
// can tell. The slice is shared, and read-only.
func (s *SDJWT) Withheld() []string { return s.withheld }

// Undisclosed returns the number of digests for which no disclosure was presented. Decoys are among
// them: nobody but the issuer can tell.
func (s *SDJWT) Undisclosed() int { return s.hidden }

// parseSDJWT reads an SD-JWT: the issuer's JWT, disclosures, and a Key Binding JWT or nothing, with
// tildes between them (RFC 9901 section 4). The codes are those of [ParseJWS] for the issuer's JWT,
// sdjwt.disclosure and sdjwt.binding for the other two, and json.* for a result that is too deep or
// too large. Offsets are those in data, except within a payload.
func parseSDJWT(data []byte, limits Limits) (*SDJWT, error) {
	lead, end := trim(data)
	if end-lead > limits.JWT {
		return nil, jwtSyntax(limits.JWT, "the SD-JWT is longer than "+strconv.Itoa(limits.JWT)+" bytes")
	}
	s := &SDJWT{compact: string(data[lead:end])}
	if i := strings.IndexAny(s.compact, " \t\r\n"); i >= 0 {
		return nil, jwtSyntax(lead+i, "there is white space inside the SD-JWT")
	}
	first, last := strings.IndexByte(s.compact, '~'), strings.LastIndexByte(s.compact, '~')
	s.presented = last + 1
	issuer, err := ParseJWS(data[:lead+first], limits)
	if err != nil {
		return nil, err
	}
	s.issuer = issuer
	if s.hash, err = disclosureHash(issuer.claims); err != nil {
		return nil, err
	}
	var disclosures []*disclosure
	if first < last {
		if disclosures, err = parseDisclosures(s.compact[first+1:last], lead+first+1, s.hash, limits); err != nil {
			return nil, err
		}
	}
	if err := s.place(disclosures, limits); err != nil {
		return nil, err
	}
	if s.presented < len(s.compact) {
		if s.binding, err = ParseJWS(data[lead+s.presented:end], limits); err != nil {
			return nil, &strict.Error{Code: codeBinding, Offset: lead + s.presented, Err: err,
				Detail: "what follows the last tilde of the SD-JWT is no Key Binding JWT: " + err.Error()}
		}
	}
	return s, nil
}

// disclosureHash reads _sd_alg (RFC 9901 section 4.1.1): sha-256 where it is absent. Of the names in
// the IANA registry, those of SHA-2 from 256 bits on are accepted, and nothing weaker.
func disclosureHash(claims strict.Value) (crypto.Hash, error) {
	v := claims.Get("_sd_alg")
	switch {
	case !v.Exists(), v.Text() == "sha-256":
		return crypto.SHA256, nil
	case v.Text() == "sha-384":
		return crypto.SHA384, nil
	case v.Text() == "sha-512":
		return crypto.SHA512, nil
	}
	return 0, &strict.Error{Code: codeDisclosure, Pointer: "/_sd_alg", Offset: v.Offset(),
		Detail: "_sd_alg is " + clip(v.Raw()) + `; supported are "sha-256", "sha-384" and "sha-512"`}
}

// digest returns the hash of a text in base64url.
func digest(hash crypto.Hash, text string) string {
	h := hash.New()
	h.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// disclosure is one disclosure (RFC 9901 section 4.2): a claim of an object, or an array element.
type disclosure struct {
	offset int          // in the input
	name   strict.Value // absent for an array element
	value  strict.Value
	digest string
	placed bool
}

// parseDisclosures reads the disclosures between the first and the last tilde; offset is where the
// text begins.
func parseDisclosures(text string, offset int, hash crypto.Hash, limits Limits) ([]*disclosure, error) {
	if n := strings.Count(text, "~") + 1; n > limits.Disclosures {
		return nil, disclosureError(offset, nil, "the SD-JWT has "+strconv.Itoa(n)+" disclosures, more than the "+strconv.Itoa(limits.Disclosures)+" that are read")
	}
	var all []*disclosure
	for part := range strings.SplitSeq(text, "~") {
		d, err := parseDisclosure(part, offset, limits)
		if err != nil {
			return nil, err
		}
		d.digest = digest(hash, part)
		all = append(all, d)
		offset += len(part) + 1
	}
	return all, nil
}

// parseDisclosure reads one disclosure: the base64url text of a JSON array of a salt, a name where
// it is a claim, and a value.
func parseDisclosure(text string, offset int, limits Limits) (*disclosure, error) {
	raw, err := decode(text, offset, "disclosure")
	if err != nil {
		return nil, disclosureError(offset, err, "a disclosure is not in base64url")
	}
	v, err := strict.Parse(raw, limits.JSON)
	if err != nil {
		return nil, disclosureError(offset, err, "a disclosure is no strict JSON: "+err.Error())
	}
	if v.Kind() != strict.Array || v.Len() != 2 && v.Len() != 3 || v.Index(0).Kind() != strict.String {
		return nil, disclosureError(offset, nil, "a disclosure must be an array of a salt, a name unless it is an array element, and a value")
	}
	d := &disclosure{offset: offset, value: v.Index(v.Len() - 1)}
	if v.Len() == 3 {
		if d.name = v.Index(1); d.name.Kind() != strict.String {
			return nil, disclosureError(offset, nil, "the name in a disclosure is "+d.name.Kind().String()+"; it must be a string")
		}
	}
	return d, nil
}

func disclosureError(offset int, cause error, detail string) error {
	return &strict.Error{Code: codeDisclosure, Offset: offset, Detail: detail, Err: cause}
}
