package vc

import (
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Format is how a credential is secured, as far as its outside shows.
type Format string

// The formats.
const (
	DataIntegrity Format = "data-integrity" // JSON with a proof member, whatever it holds
	JWT           Format = "jwt"            // compact JWS; embedded proofs may stand inside
	Unsecured     Format = "unsecured"      // JSON without a proof member

	SelectiveDisclosure Format = "sd-jwt" // SD-JWT, with or without key binding
	COSESign1           Format = "cose"   // COSE_Sign1
)

// Version is the version of the data model that a credential declares by the first entry of its
// @context.
type Version uint8

// The versions. VersionUnknown, the zero value, is any other first entry, or none.
const (
	VersionUnknown Version = iota
	V1                     // https://www.w3.org/2018/credentials/v1
	V2                     // https://www.w3.org/ns/credentials/v2

	// SDJWTVC is the IETF's SD-JWT VC, which is no W3C credential: an SD-JWT with a vct and without an
	// @context. Its issuer is the iss claim, its id jti, its period of validity nbf and exp, its type vct
	// and its status the status claim, with credentialStatus where it is there; it has no subjects.
	SDJWTVC
)

// First entries of @context (VC DM 2.0 section 4.3, VC DM 1.1 section 4.1).
const (
	contextV1 = "https://www.w3.org/2018/credentials/v1"
	contextV2 = "https://www.w3.org/ns/credentials/v2"
)

// Credential is a parsed credential. It never changes and is safe for concurrent use. Its
// accessors are cheap and tolerant: they return what is there in the right shape and leave the rest
// out; [Conform] says what is wrong. The slices that they return are shared, and read-only.
//
// The zero Credential is an unsecured one that holds nothing.
type Credential struct {
	value  strict.Value
	jws    *JWS
	sdjwt  *SDJWT
	cose   *COSE
	format Format
	limits Limits

	version         Version
	contexts, types []string
	subjects        []strict.Value
	proofs          []strict.Value
	status          []strict.Value
	schemas         []strict.Value
	resources       []strict.Value
}

// Raw returns a new copy of the bytes that the credential was read from; for a JWS or an SD-JWT,
// without the white space around it; for a credential in an envelope, without the envelope.
func (c *Credential) Raw() []byte {
	switch {
	case c.jws != nil:
		return []byte(c.jws.compact)
	case c.sdjwt != nil:
		return []byte(c.sdjwt.compact)
	case c.cose != nil:
		return []byte(c.cose.message)
	}
	return []byte(c.value.Source())
}

// Value returns the credential object: the document; the payload of a JWS, or its vc claim; the
// payload of an SD-JWT with what is disclosed in its place, and nothing else; the payload of a COSE
// message.
func (c *Credential) Value() strict.Value { return c.value }

// JWS returns the signature around the credential, nil unless the format is [JWT].
func (c *Credential) JWS() *JWS { return c.jws }

// SDJWT returns the SD-JWT around the credential, nil unless the format is [SelectiveDisclosure].
func (c *Credential) SDJWT() *SDJWT { return c.sdjwt }

// COSE returns the COSE message around the credential, nil unless the format is [COSESign1].
func (c *Credential) COSE() *COSE { return c.cose }

// Format returns how the credential is secured.
func (c *Credential) Format() Format { return c.format }

// Version returns the declared version of the data model.
func (c *Credential) Version() Version { return c.version }

// Contexts returns the URLs in @context, in order. Inline contexts are not among them.
func (c *Credential) Contexts() []string { return c.contexts }

// Types returns the values of type, in order.
func (c *Credential) Types() []string { return c.types }

// Subjects returns the entries of credentialSubject, of whatever kind.
func (c *Credential) Subjects() []strict.Value { return c.subjects }

// Proofs returns the embedded proofs, of whatever kind.
func (c *Credential) Proofs() []strict.Value { return c.proofs }

// Status returns the entries of credentialStatus, of whatever kind.
func (c *Credential) Status() []strict.Value { return c.status }

// Schemas returns the entries of credentialSchema, of whatever kind.
func (c *Credential) Schemas() []strict.Value { return c.schemas }

// Resources returns the entries of relatedResource, of whatever kind.
func (c *Credential) Resources() []strict.Value { return c.resources }

// ID returns the identifier of the credential, "" where it has none. Where the vc claim of a VC
// 1.1 JWT leaves it out, it is the jti claim (VC DM 1.1 section 6.3.1).
func (c *Credential) ID() string {
	if c.version == SDJWTVC {
		return c.value.Get("jti").Text()
	}
	if v := c.value.Get("id"); v.Exists() {
		return v.Text()
	}
	return c.claim("jti").Text()
}

// Issuer returns the identifier of the issuer, be it written as a string or as an object with an
// id; "" where there is none. Where the vc claim of a VC 1.1 JWT leaves it out, it is the iss
// claim.
func (c *Credential) Issuer() string {
	if c.version == SDJWTVC {
		return c.value.Get("iss").Text()
	}
	v := c.value.Get("issuer")
	if v.Kind() == strict.Object {
		v = v.Get("id")
	}
	if v.Exists() {
		return v.Text()
	}
	return c.claim("iss").Text()
}

// ValidFrom returns when the validity begins: validFrom in VC 2.0; in VC 1.1 issuanceDate, or the
// later of it and validFrom where a credential has both; in a VC 1.1 JWT the nbf claim where the vc
// claim leaves them out. The time is in UTC. It is not ok where there is none, or none that can be
// read; [Conform] tells these two apart.
func (c *Credential) ValidFrom() (t time.Time, ok bool) {
	return c.bound("issuanceDate", "validFrom", "nbf", time.Time.After)
}

// ValidUntil returns when the validity ends, with the same rules: validUntil; expirationDate, or
// the earlier of both; exp.
func (c *Credential) ValidUntil() (t time.Time, ok bool) {
	return c.bound("expirationDate", "validUntil", "exp", time.Time.Before)
}

// bound reads a limit of the validity; where two properties state it, the one that comes out
// narrower counts.
func (c *Credential) bound(name1, name2, claim string, narrower func(t, u time.Time) bool) (t time.Time, ok bool) {
	if c.version == SDJWTVC {
		return NumericDate(c.value.Get(claim))
	}
	if t, ok = parseTime(c.value.Get(name2).Text()); c.version == V2 {
		return t, ok
	}
	if u, found := parseTime(c.value.Get(name1).Text()); found && (!ok || narrower(u, t)) {
		t, ok = u, true
	}
	if !ok && !c.value.Get(name1).Exists() && !c.value.Get(name2).Exists() {
		return NumericDate(c.claim(claim))
	}
	return t, ok
}

// claim returns a registered claim that stands in for a property which the vc claim leaves out;
// the absent value for every other shape of credential.
func (c *Credential) claim(name string) strict.Value {
	if c.jws == nil || c.value == c.jws.claims {
		return strict.Value{}
	}
	return c.jws.claims.Get(name)
}
