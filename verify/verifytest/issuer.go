package verifytest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/go-jose/go-jose/v4"
	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/keys"
)

// Issuer is a throw-away issuer with one key. It is safe for concurrent use as long as nobody
// changes its fields. A test may change them, to sign in the name of somebody else.
type Issuer struct {
	ID       string // identifier, such as a DID: what "issuer" in a credential should be
	Method   string // verification method: what proofs and the kid of a JWT name
	Multikey string // public key in Multikey text

	kind    keys.Kind // of private
	private crypto.Signer
}

// NewIssuer makes a new key of this kind for an issuer. The id is a did:web DID or an https URL, whose
// documents [Issuer.Publish] hosts, or "did:key", which stands for the did:key DID of the new key.
// Every call makes a new key; an RSA key has 2048 bits and takes some time.
func NewIssuer(id string, kind keys.Kind) *Issuer {
	private := generate(kind)
	i := &Issuer{ID: id, Method: id + "#key-1", Multikey: multikey(private.Public()), kind: kind, private: private}
	if id == "did:key" {
		i.ID = "did:key:" + i.Multikey
		i.Method = i.ID + "#" + i.Multikey
	}
	return i
}

// generate makes a private key. The standard library reads its randomness from the system.
func generate(kind keys.Kind) crypto.Signer {
	switch kind {
	case keys.Ed25519:
		_, private, err := ed25519.GenerateKey(rand.Reader)
		return must(private, err)
	case keys.P256:
		return must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	case keys.P384:
		return must(ecdsa.GenerateKey(elliptic.P384(), rand.Reader))
	case keys.P521:
		return must(ecdsa.GenerateKey(elliptic.P521(), rand.Reader))
	case keys.RSA:
		return must(rsa.GenerateKey(rand.Reader, 2048))
	}
	panic("verifytest: no keys of the kind " + string(kind))
}

// multikey writes a public key as Controlled Identifiers 1.0, section 2.2.2, says.
func multikey(public crypto.PublicKey) string {
	var raw []byte
	switch public := public.(type) {
	case ed25519.PublicKey:
		raw = append([]byte{0xed, 0x01}, public...)
	case *ecdsa.PublicKey:
		raw = append(raw, 0x80, 0x24)
		switch public.Curve {
		case elliptic.P384():
			raw[0] = 0x81
		case elliptic.P521():
			raw[0] = 0x82
		}
		point := must(public.Bytes())
		size := (len(point) - 1) / 2
		raw = append(raw, 2+point[2*size]&1)
		raw = append(raw, point[1:1+size]...)
	case *rsa.PublicKey:
		raw = append([]byte{0x85, 0x24}, x509.MarshalPKCS1PublicKey(public)...)
	}
	return must(multibase.Encode(multibase.Base58BTC, raw))
}

// Publish hosts the issuer's documents: for did:web the DID document, for an https URL a controller
// document there and, at /.well-known/jwks.json of the same authority, the key as a JWK set, and the metadata of an
// issuer of SD-JWT VCs with that set. The former two list the key under Method, for assertions and authentication. For did:key there is nothing to host.
func (i *Issuer) Publish(h *Host) {
	switch {
	case strings.HasPrefix(i.ID, "did:web:"):
		h.Put(didWebURL(i.ID), "application/did+json", i.document())
	case strings.HasPrefix(i.ID, "https://"):
		h.Put(i.ID, "application/json", i.document())
		at := must(url.Parse(i.ID))
		h.Put("https://"+at.Host+"/.well-known/jwks.json", "application/jwk-set+json", i.jwks())
		h.Put("https://"+at.Host+"/.well-known/jwt-vc-issuer"+strings.TrimSuffix(at.EscapedPath(), "/"), "application/json",
			encode(map[string]any{"issuer": i.ID, "jwks": json.RawMessage(i.jwks())}))
	}
}

// didWebURL is where the did:web method puts the DID document: colons become slashes, and a port
// is percent-encoded (did:web method specification, section 2.5.2).
func didWebURL(did string) string {
	parts := strings.Split(strings.TrimPrefix(did, "did:web:"), ":")
	for n, part := range parts {
		parts[n] = must(url.PathUnescape(part))
	}
	if len(parts) == 1 {
		parts = append(parts, ".well-known")
	}
	return "https://" + strings.Join(parts, "/") + "/did.json"
}

// document is a controller document (Controlled Identifiers 1.0, section 2.1). A DID document is one,
// too. An RSA key is written as a JWK there: the specification lists no Multikey format for RSA.
func (i *Issuer) document() []byte {
	method := map[string]any{"id": i.Method, "type": "Multikey", "controller": i.ID, "publicKeyMultibase": i.Multikey}
	if i.kind == keys.RSA {
		method = map[string]any{"id": i.Method, "type": "JsonWebKey", "controller": i.ID, "publicKeyJwk": i.jwk()}
	}
	return encode(map[string]any{
		"@context":           []string{"https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"},
		"id":                 i.ID,
		"verificationMethod": []any{method},
		"assertionMethod":    []string{i.Method},
		"authentication":     []string{i.Method},
	})
}

// jwk is the public key with the name of the method as its kid. It states no alg, so that an RSA key
// serves RS256 and PS256.
func (i *Issuer) jwk() jose.JSONWebKey {
	return jose.JSONWebKey{Key: i.private.Public(), KeyID: i.Method, Use: "sig"}
}

// jwks is a set of one key (RFC 7517 section 5).
func (i *Issuer) jwks() []byte {
	return encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{i.jwk()}})
}

// encode writes JSON with the members of maps in sorted order, so that what a test signs is the same
// text each time.
func encode(v any) []byte { return must(json.Marshal(v)) }

// must returns v, and panics with err where there is one.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
