package verifytest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// SignSDJWT makes an SD-JWT (RFC 9901) over payload, a JSON object, with everything disclosed and without
// key binding. Alg and header are as in [Issuer.SignJWT], and typ is "vc+sd-jwt". The named top-level
// members become selectively disclosable, each by a disclosure of its own in the order of the names; to
// withhold one, cut it out. Salts are the names, so that tests can be repeated.
func (i *Issuer) SignSDJWT(payload []byte, alg string, header map[string]any, disclosable ...string) []byte {
	var claims map[string]json.RawMessage
	if err := json.Unmarshal(payload, &claims); err != nil {
		panic(err)
	}
	var digests []string
	var disclosures bytes.Buffer
	for _, name := range disclosable {
		text := base64.RawURLEncoding.EncodeToString(encode([]any{"salt of " + name, name, claims[name]}))
		delete(claims, name)
		disclosures.WriteString(text + "~")
		digests = append(digests, digest(text))
	}
	if digests != nil {
		claims["_sd"] = encode(digests)
	}
	changed := map[string]any{"typ": "vc+sd-jwt"}
	maps.Copy(changed, header)
	signed := i.SignJWT(encode(claims), alg, changed)
	return append(append(signed, '~'), disclosures.Bytes()...)
}

// Bind adds a Key Binding JWT (RFC 9901 section 4.3) to an SD-JWT: i is the holder, whose [Issuer.JWK] the
// issuer put into cnf. The claims nonce, aud and iat have to be among claims; sd_hash is added, unless it is
// there.
func (i *Issuer) Bind(sdjwt []byte, alg string, claims map[string]any) []byte {
	claims = edit(map[string]any{"sd_hash": digest(string(sdjwt))}, claims)
	return append(slices.Clone(sdjwt), i.SignJWT(encode(claims), alg, map[string]any{"typ": "kb+jwt", "kid": nil})...)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// JWK returns the public key as a JWK (RFC 7517).
func (i *Issuer) JWK() []byte { return encode(i.jwk()) }

// numbers are the algorithms of JOSE in COSE (RFC 9053 section 2, RFC 8812).
var numbers = map[string]int64{"EdDSA": -8, "ES256": -7, "ES384": -35, "ES512": -36}

// SignCOSE makes a tagged COSE_Sign1 (RFC 9052) over payload, which is taken as it is. Alg is the name that
// JOSE gives to the algorithm, and has to fit the key.
//
// The protected header says alg, content type ("application/vc"), kid (Method) and typ
// ("application/vc+cose"). Members of header are added to these or replace them, by their labels, and a
// nil takes one away.
func (i *Issuer) SignCOSE(payload []byte, alg string, header map[int64]any) []byte {
	number, ok := numbers[alg]
	if !ok || !slices.Contains(signature.ForKind(i.kind), signature.Algorithm(alg)) {
		panic("verifytest: " + strconv.Quote(alg) + " does not sign COSE messages with a key of the kind " + string(i.kind))
	}
	all := map[int64]any{1: number, 3: "application/vc", 4: []byte(i.Method), 16: "application/vc+cose"}
	maps.Copy(all, header)
	maps.DeleteFunc(all, func(_ int64, v any) bool { return v == nil })
	mode := must(cbor.CoreDetEncOptions().EncMode())
	protected := must(mode.Marshal(all))
	input := must(mode.Marshal([]any{"Signature1", protected, []byte{}, payload}))
	message := []any{protected, map[int64]any{}, payload, i.sign(signature.Algorithm(alg), input)}
	return must(mode.Marshal(cbor.Tag{Number: 18, Content: message}))
}
