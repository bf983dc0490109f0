package suites

import (
	"strconv"

	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// proofValue decodes the signature of a proof: the multibase header "z" and base58 in the Bitcoin
// alphabet, of exactly size bytes. One signature has one text: what would not encode back to the same
// characters is refused. The text is measured before it is decoded, because base58 takes quadratic time.
func proofValue(proof strict.Value, size int) ([]byte, error) {
	v := proof.Get("proofValue")
	text := v.Text()
	switch {
	case !v.Exists():
		return nil, at(v, proof, codeValue, "the proof has no proofValue, so nothing is signed", nil)
	case v.Kind() != strict.String:
		return nil, at(v, proof, codeValue, "proofValue must be a string, not "+v.Kind().String(), nil)
	case len(text) == 0 || text[0] != 'z':
		return nil, at(v, proof, codeValue, `proofValue must start with "z", the multibase header of base58`, nil)
	case len(text) > 1+2*size:
		return nil, at(v, proof, codeValue, "proofValue is too long for this suite", nil)
	}
	_, value, err := multibase.Decode(text)
	if err != nil {
		return nil, at(v, proof, codeValue, "proofValue is not base58 in the Bitcoin alphabet", err)
	}
	if len(value) != size {
		return nil, at(v, proof, codeValue, "proofValue has "+strconv.Itoa(len(value))+" bytes; a signature of this suite has "+
			strconv.Itoa(size), nil)
	}
	if again, err := multibase.Encode(multibase.Base58BTC, value); err != nil || again != text {
		return nil, at(v, proof, codeValue, "proofValue is not in its canonical base58 form", err)
	}
	return value, nil
}
