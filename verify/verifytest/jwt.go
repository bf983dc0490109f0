package verifytest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// SignJWT makes a compact JWS over payload, which is taken as it is; [Claims] makes one from a
// credential. Alg is EdDSA, or one of the ES, RS and PS algorithms of RFC 7518, and has to fit the key.
//
// The header says alg, kid (Method) and typ ("JWT"). Members of header are added to these or replace
// them, and a nil takes one away; a header may so name another algorithm than the one that is used.
func (i *Issuer) SignJWT(payload []byte, alg string, header map[string]any) []byte {
	if !slices.Contains(signature.ForKind(i.kind), signature.Algorithm(alg)) {
		panic("verifytest: " + alg + " does not sign with a key of the kind " + string(i.kind))
	}
	text := edit(map[string]any{"alg": alg, "kid": i.Method, "typ": "JWT"}, header)
	input := base64.RawURLEncoding.EncodeToString(encode(text)) + "." + base64.RawURLEncoding.EncodeToString(payload)
	return []byte(input + "." + base64.RawURLEncoding.EncodeToString(i.sign(signature.Algorithm(alg), []byte(input))))
}

// hashes are the hashes of the algorithms that do not have SHA-256.
var hashes = map[signature.Algorithm]crypto.Hash{
	signature.ES384: crypto.SHA384, signature.ES512: crypto.SHA512,
	signature.RS384: crypto.SHA384, signature.RS512: crypto.SHA512, signature.PS384: crypto.SHA384, signature.PS512: crypto.SHA512,
}

// sign makes a raw signature: ECDSA as r and s side by side, PSS with a salt as long as the hash.
// The algorithm fits the key; for ECDSA and Ed25519 the key decides.
func (i *Issuer) sign(algorithm signature.Algorithm, message []byte) []byte {
	hash, ok := hashes[algorithm]
	if !ok {
		hash = crypto.SHA256
	}
	h := hash.New()
	h.Write(message)
	switch private := i.private.(type) {
	case *ecdsa.PrivateKey:
		r, s, err := ecdsa.Sign(rand.Reader, private, h.Sum(nil))
		size := (private.Params().BitSize + 7) / 8
		return append(must(r, err).FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...)
	case *rsa.PrivateKey:
		if strings.HasPrefix(string(algorithm), "PS") {
			return must(rsa.SignPSS(rand.Reader, private, hash, h.Sum(nil), &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}))
		}
		return must(rsa.SignPKCS1v15(nil, private, hash, h.Sum(nil)))
	}
	return must(i.private.Sign(rand.Reader, message, crypto.Hash(0)))
}

// Claims makes the payload of a JWT from a credential, as Open Badges 3.0 asks: the credential as a
// whole (VC 2.0) or in the vc claim (VC 1.1), with the claims iss, jti, sub, nbf and exp that repeat what
// it says, so far as it says it.
func Claims(credential []byte) []byte {
	c := must(vc.Parse(credential, vc.Limits{}))
	claims := map[string]any{}
	if c.Version() == vc.V1 {
		claims["vc"] = json.RawMessage(credential)
	} else if err := json.Unmarshal(credential, &claims); err != nil {
		panic(err)
	}
	// What the credential leaves out is no claim; an empty one would contradict nothing and mean nothing.
	set := func(name, value string) {
		if value != "" {
			claims[name] = value
		}
	}
	set("iss", c.Issuer())
	set("jti", c.ID())
	for _, subject := range c.Subjects() { // Open Badges have exactly one
		set("sub", subject.Get("id").Text())
	}
	if from, ok := c.ValidFrom(); ok {
		claims["nbf"] = from.Unix()
	}
	if until, ok := c.ValidUntil(); ok {
		claims["exp"] = until.Unix()
	}
	return encode(claims)
}
