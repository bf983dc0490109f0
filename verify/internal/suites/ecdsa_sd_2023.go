package suites

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"
	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// The third byte of proofValue in ecdsa-sd-2023.
const (
	ecdsaSDBase    = 0x00
	ecdsaSDDerived = 0x01
)

var errOutOfRange = errors.New("index out of range")

// ecdsaSD2023 is ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites v1.0, section 3.6): derived proofs,
// with P-256 alone. A base proof is refused as such.
//
// Two kinds of signatures make one proof. With its own key the issuer signs the proof options, the
// mandatory statements, and a key made for this proof; with that key, each other statement by
// itself. The text of the specification reads as if the first, too, were checked with the key of the proof
// (Verify Derived Proof); then nothing would tie it to the issuer, and no implementation does so.
func ecdsaSD2023() definition {
	return definition{curves: []curve{p256Curve()}, selective: true, verify: verifyEcdsaSD}
}

// ecdsaSDProof is the components of a derived proof (section 3.5, parseDerivedProofValue).
type ecdsaSDProof struct {
	_          struct{} `cbor:",toarray"`
	Base       cbor.ByteString
	Key        cbor.ByteString // as in a Multikey: prefix and compressed point
	Signatures []cbor.ByteString
	Labels     map[uint64]cbor.ByteString // N of c14nN to the HMAC that is the issuer's label
	Mandatory  []uint64                   // among the lines of the disclosed document
}

func verifyEcdsaSD(_ Suite, in Input, c curve) (Result, error) {
	p, key, err := parseEcdsaSD(in.Proof, c)
	if err != nil {
		return Result{}, err
	}
	labels, err := hmacLabels(in.Proof, p.Labels)
	if err != nil {
		return Result{}, err
	}
	return in.tryContents(func(content int, omit []string) (int, error) {
		d, contents, err := disclose(in, c, content, omit, labels, p.Mandatory)
		if err == nil {
			err = p.check(in, key, d)
		}
		return contents, err
	})
}

// check verifies all signatures (section 3.6, Verify Derived Proof).
func (p *ecdsaSDProof) check(in Input, key keys.Key, d disclosed) error {
	if len(p.Signatures) != len(d.nonMandatory) {
		return at(in.Proof.Get("proofValue"), in.Proof, codeSignature, "the proof has signatures for "+strconv.Itoa(len(p.Signatures))+
			" statements, and the document makes "+strconv.Itoa(len(d.nonMandatory))+" beside the mandatory ones", nil)
	}
	mandatory := sha256.Sum256([]byte(strings.Join(d.mandatory, "")))
	data := append(append(append([]byte(nil), d.options...), p.Key...), mandatory[:]...)
	if !signature.Verify(signature.ES256, in.Key, data, []byte(p.Base)) {
		return mismatch(in, "proofValue")
	}
	for i, line := range d.nonMandatory {
		if !signature.Verify(signature.ES256, key, []byte(line), []byte(p.Signatures[i])) {
			return at(in.Proof.Get("proofValue"), in.Proof, codeSignature, "a signature does not match its statement, "+quote(strings.TrimSuffix(line, "\n")), nil)
		}
	}
	return nil
}

// parseEcdsaSD decodes proofValue and the key that was made for the proof.
func parseEcdsaSD(proof strict.Value, c curve) (*ecdsaSDProof, keys.Key, error) {
	kind, data, err := derivedValue(proof)
	if err != nil {
		return nil, keys.Key{}, err
	}
	malformed := func(detail string, cause error) (*ecdsaSDProof, keys.Key, error) {
		return nil, keys.Key{}, at(proof.Get("proofValue"), proof, codeValue, detail, cause)
	}
	switch kind {
	case ecdsaSDBase:
		return nil, keys.Key{}, baseProof(proof)
	case ecdsaSDDerived:
	default:
		return malformed("proofValue is of another suite", nil)
	}
	p := &ecdsaSDProof{}
	if err := decodeCBOR(proof, data, p); err != nil {
		return nil, keys.Key{}, err
	}
	if len(p.Signatures) > maxDisclosures {
		return nil, keys.Key{}, at(proof.Get("proofValue"), proof, codeBudget, "the proof has more signatures than are checked", nil)
	}
	if len(p.Base) != c.size {
		return malformed("the base signature does not have the length of a signature", nil)
	}
	for _, s := range p.Signatures {
		if len(s) != c.size {
			return malformed("a signature in proofValue has the wrong length", nil)
		}
	}
	if err := distinct(proof, p.Mandatory); err != nil {
		return nil, keys.Key{}, err
	}
	text, err := multibase.Encode(multibase.Base58BTC, []byte(p.Key)[:min(len(p.Key), maxSignature)])
	if err != nil {
		return malformed("the key in proofValue cannot be read", err)
	}
	key, err := keys.ParseMultikey(text)
	if err != nil || key.Kind() != c.kind {
		return malformed("the key in proofValue is not one of the kind "+string(c.kind), err)
	}
	return p, key, nil
}

// hmacLabels makes the map of labels: c14nN to "u" and base64url of 32 bytes (section 3.5,
// decompressLabelMap).
func hmacLabels(proof strict.Value, compressed map[uint64]cbor.ByteString) (map[string]string, error) {
	labels := make(map[string]string, len(compressed))
	taken := make(map[cbor.ByteString]bool, len(compressed))
	for n, mac := range compressed {
		if len(mac) != sha256.Size || taken[mac] {
			return nil, at(proof.Get("proofValue"), proof, codeValue, "a label in proofValue does not have 32 bytes, or stands there twice", nil)
		}
		taken[mac] = true
		labels["c14n"+strconv.FormatUint(n, 10)] = "u" + base64.RawURLEncoding.EncodeToString([]byte(mac))
	}
	return labels, nil
}
