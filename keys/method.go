package keys

import (
	"strconv"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Method is a verification method (CID 1.0 section 2.2): a key with its name, and who controls it.
// That it was given out means that the document lists it; it says nothing about whose signature a
// signature with the key is, as long as Controller is not compared with the issuer. Times are zero where
// the method has none; they are not compared with any clock here.
type Method struct {
	// ID is absolute: a relative one is resolved against the id of the document.
	ID string
	// Type is as written, such as "Multikey"; "" for a bare JWK.
	Type string
	// Controller is as written (iss for a bare JWK): who is named, not who is proved.
	Controller string
	// Key is the key itself.
	Key Key
	// Algorithm is the alg of a JWK, "" where there is none.
	Algorithm string
	// Revoked is when the method was revoked; it may lie in the future (CID 1.0 section 2.2).
	Revoked time.Time
	// Expires is when the method ceases to count.
	Expires time.Time
}

// methodType says where a type of verification method keeps its key, and which kind it must be.
type methodType struct {
	member string
	kind   Kind // "" for any
	// others are members that documents in use have the key in instead.
	others []string
}

// typeOf returns the rules of a verification method type. Names count in their exact case and in
// their short form; which context defines them is not looked at, since a controller document is read
// as JSON, whether or not it has an @context.
func typeOf(name string) (t methodType, ok bool) {
	switch name {
	case "Multikey": // CID 1.0 section 2.2.2
		return methodType{member: "publicKeyMultibase"}, true
	case "JsonWebKey", "JsonWebKey2020": // CID 1.0 section 2.2.3
		return methodType{member: "publicKeyJwk"}, true
	case "Ed25519VerificationKey2020":
		return methodType{member: "publicKeyMultibase", kind: Ed25519}, true
	case "Ed25519VerificationKey2018":
		return methodType{member: "publicKeyBase58", kind: Ed25519}, true
	case "EcdsaSecp256k1VerificationKey2019": // RFC 8812 for the JWK
		return methodType{member: "publicKeyJwk", others: []string{"publicKeyHex", "publicKeyBase58", "publicKeyMultibase"}, kind: Secp256k1}, true
	case "RsaVerificationKey2018":
		return methodType{member: "publicKeyPem", others: []string{"publicKeyJwk"}, kind: RSA}, true
	case "EcdsaSecp256r1VerificationKey2019":
		return methodType{member: "publicKeyMultibase", kind: P256}, true
	}
	return methodType{}, false
}

// parseMethod reads a verification method whose absolute id is known. Refused are a published
// secret, more or other key material than the type has, a deactivated method, and times that are
// no xsd:dateTimeStamp. Beside an error the Method is not to be used.
func parseMethod(v strict.Value, id string) (Method, error) {
	m := Method{ID: id}
	// A secret that is published comes first: it is the finding that its owner must see.
	var err error
	if err = refuseSecrets(v); err != nil {
		return Method{}, err
	}
	if m.Type, err = requiredText(v, "type"); err != nil {
		return Method{}, err
	}
	if m.Controller, err = requiredText(v, "controller"); err != nil {
		return Method{}, err
	}
	if err = refuseDeactivated(v); err != nil {
		return Method{}, err
	}
	if m.Revoked, err = timestamp(v, "revoked"); err != nil {
		return Method{}, err
	}
	if m.Expires, err = timestamp(v, "expires"); err != nil {
		return Method{}, err
	}
	return m, m.material(v)
}

// material reads the key of the method. Key material in a member that its type does not have is
// refused, since other software may take that for the key (CID 1.0 section 2.2.1).
func (m *Method) material(v strict.Value) error {
	t, ok := typeOf(m.Type)
	if !ok {
		return at(v.Get("type"), codeUnresolved, "verification methods of the type "+strconv.Quote(m.Type)+" are not supported")
	}
	for _, other := range t.others {
		if v.Get(other).Exists() && !v.Get(t.member).Exists() {
			t.member = other
		}
	}
	// The prefix covers publicKeyPem, publicKeyHex and whatever else was ever in use.
	for name, member := range v.Members() {
		if strings.HasPrefix(name, "publicKey") && name != t.member {
			return at(member, codeMalformed, "a "+m.Type+" has its key in "+t.member+", and nowhere else")
		}
	}
	key, alg, err := readMaterial(v, t)
	if err != nil {
		return err
	}
	if t.kind != "" && key.kind != t.kind {
		return at(v.Get(t.member), codeMalformed, "a "+m.Type+" cannot hold a key of the kind "+string(key.kind))
	}
	m.Key, m.Algorithm = key, alg
	return nil
}

// readMaterial reads the one member that holds the key of a method, and the alg of a JWK.
func readMaterial(v strict.Value, t methodType) (key Key, alg string, err error) {
	material := v.Get(t.member)
	if t.member == "publicKeyJwk" {
		if !material.Exists() {
			return Key{}, "", at(v, codeMalformed, "the verification method has no publicKeyJwk")
		}
		j, err := ParseJWK(material)
		return j.Key, j.Algorithm, err
	}
	text, err := requiredText(v, t.member)
	if err != nil {
		return Key{}, "", err
	}
	read := ParseMultikey
	switch {
	case t.member == "publicKeyPem":
		read = parseRSAPEM
	case t.member == "publicKeyHex":
		read = parseHex
	case t.member == "publicKeyBase58" && t.kind == Secp256k1:
		read = parseSecp256k1Base58
	case t.member == "publicKeyBase58":
		read = parseBase58
	}
	key, err = placed(material)(read(text))
	return key, "", err
}

// refuseSecrets refuses a method that publishes secret material in any of the forms that were
// ever in use: secretKeyMultibase, privateKeyJwk, privateKeyBase58, …
func refuseSecrets(v strict.Value) error {
	for name, member := range v.Members() {
		if strings.HasPrefix(name, "secretKey") || strings.HasPrefix(name, "privateKey") {
			return at(member, codeMalformed, "the verification method publishes its secret in "+strconv.Quote(name)+"; it proves nothing")
		}
	}
	return nil
}

// refuseDeactivated refuses a document or a method that says it is deactivated. Anything but true and
// false there is refused too: it cannot be read as a no.
func refuseDeactivated(v strict.Value) error {
	d := v.Get("deactivated")
	switch {
	case !d.Exists():
		return nil
	case d.Kind() != strict.Bool:
		return at(d, codeMalformed, "deactivated must be true or false, not "+d.Kind().String())
	case d.Bool():
		return at(d, codeRevoked, "its owner has deactivated it")
	}
	return nil
}
