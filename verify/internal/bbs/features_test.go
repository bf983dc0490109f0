package bbs

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
)

// official are the W3C vectors for the optional features of bbs-2023.
type official struct {
	PublicKey, ProofHash, MandatoryHash, PresentationHeader string
	LabelMap                                                map[string]int
	MandatoryIndexes, SelectiveIndexes                      []int
	LengthBBSMessages                                       int
	NymDomain, Pseudonym                                    string
	Proofs                                                  map[string]string
	Statements                                              []string
	Document, Terms                                         json.RawMessage
}

var featureNames = map[Feature]string{
	HolderBinding: "anonymous_holder_binding", Pseudonym: "pseudonym", HolderBindingPseudonym: "holder_binding_pseudonym",
}

func officialClaims(t testing.TB) map[Feature]claim {
	t.Helper()
	var o official
	readData(t, "features.json", &o)
	var disclosed [][]byte
	mandatory := sha256.New()
	for i, line := range o.Statements {
		if slices.Contains(o.MandatoryIndexes, i) {
			mandatory.Write([]byte(line))
		} else {
			disclosed = append(disclosed, []byte(line))
		}
	}
	if got := hex.EncodeToString(mandatory.Sum(nil)); got != o.MandatoryHash {
		t.Fatalf("the mandatory statements hash to %s, want %s", got, o.MandatoryHash)
	}
	claims := map[Feature]claim{}
	for feature, name := range featureNames {
		s := Statement{
			Feature: feature, Header: unhex(t, o.ProofHash+o.MandatoryHash), PresentationHeader: unhex(t, o.PresentationHeader),
			Messages: disclosed, Indexes: o.SelectiveIndexes, Signed: o.LengthBBSMessages,
		}
		if feature.pseudonymous() {
			s.NymDomain, s.Nym = []byte(o.NymDomain), unhex(t, o.Pseudonym)
		}
		claims[feature] = claim{publicKey(t, unhex(t, o.PublicKey)), unhex(t, o.Proofs[name]), s}
	}
	return claims
}

func TestOfficialFeatures(t *testing.T) {
	for feature, c := range officialClaims(t) {
		t.Run(featureNames[feature], func(t *testing.T) {
			want(t, c.verify(), nil)
			twins(t, c)
			featureTwins(t, c)
		})
	}
}

// featureTwins changes what only the optional features have.
func featureTwins(t *testing.T, c claim) {
	t.Helper()
	for _, signed := range []int{-1, 0, c.statement.Signed - 1, c.statement.Signed + 1, 1 << 40} {
		want(t, c.with(func(c *claim) { c.statement.Signed = signed }).verify(), ErrMalformed)
	}
	want(t, c.with(func(c *claim) { // an index of a message of the holder
		c.statement.Indexes[len(c.statement.Indexes)-1] = c.statement.Signed
	}).verify(), ErrMalformed)
	if !c.statement.Feature.pseudonymous() {
		return
	}
	want(t, c.with(func(c *claim) { c.statement.NymDomain = append(c.statement.NymDomain, '/') }).verify(), ErrMismatch)
	want(t, c.with(func(c *claim) { c.statement.NymDomain = nil }).verify(), ErrMismatch)
	want(t, c.with(func(c *claim) { c.statement.Nym[0] ^= 0x20 }).verify(), ErrMismatch) // the negative
	want(t, c.with(func(c *claim) { c.statement.Nym = c.octets[:pointSize] }).verify(), ErrMismatch)
	for name, nym := range malformedPoints(t) {
		t.Run("pseudonym "+name, func(t *testing.T) {
			want(t, c.with(func(c *claim) { c.statement.Nym = nym }).verify(), ErrMalformed)
		})
	}
}

// TestFeatureConfusion presents each proof as one of every other variant.
func TestFeatureConfusion(t *testing.T) {
	claims := officialClaims(t)
	key, cases := fixtures(t)
	baseline := cases[2].claim(t, key)
	baseline.statement.Signed = 10
	claims[Baseline] = baseline
	nym := claims[Pseudonym].statement
	for is, c := range claims {
		for as := range claims {
			changed := c.with(func(c *claim) {
				c.statement.Feature = as
				c.statement.NymDomain, c.statement.Nym = nym.NymDomain, nym.Nym
				// The number that agrees with the proof, so that nothing but the variant differs.
				c.statement.Signed += is.secrets() - as.secrets()
			})
			switch err := changed.verify(); {
			case is == as:
				want(t, err, nil)
			default:
				want(t, err, ErrMismatch)
			}
		}
	}
}

// TestProver checks that the prover of these tests makes proofs that verify, for every variant and number
// of messages around the table's end, and that their twins do not.
func TestProver(t *testing.T) {
	i := newIssuer(t)
	for feature := Baseline; feature <= HolderBindingPseudonym; feature++ {
		for _, n := range []int{1, 5, tabled + 1} {
			messages := make([][]byte, n)
			for k := range messages {
				messages[k] = []byte{byte(k), byte(k >> 8)}
			}
			s := i.sign(t, feature, []byte("header"), messages, randoms(t, feature.secrets()))
			for _, disclosed := range [][]int{nil, {0}, {n - 1}} {
				c := s.prove(t, []byte("presentation"), disclosed, []byte("domain"))
				want(t, c.verify(), nil)
				want(t, c.with(func(c *claim) { c.statement.Header[0]++ }).verify(), ErrMismatch)
				if feature != Baseline && n == 5 && len(disclosed) > 0 {
					featureTwins(t, c)
				}
			}
			if feature == Baseline {
				want(t, VerifySignature(i.key, s.octets(), []byte("header"), messages), nil)
				want(t, VerifySignature(i.key, s.octets(), []byte("headers"), messages), ErrMismatch)
			}
		}
	}
}

// TestSecretsNotPutIn signs with fewer or more secrets than the variant has: a proof that is bound to no
// holder is not taken for one that is.
func TestSecretsNotPutIn(t *testing.T) {
	i := newIssuer(t)
	messages := [][]byte{[]byte("a"), []byte("b"), []byte("c")}
	for feature := HolderBinding; feature <= HolderBindingPseudonym; feature++ {
		for secrets := range maxSecrets + 2 {
			if feature.pseudonymous() && secrets == 0 {
				continue // there is no secret to make a pseudonym of
			}
			s := i.sign(t, feature, nil, messages, randoms(t, secrets))
			c := s.prove(t, nil, []int{1}, []byte("domain"))
			switch {
			case secrets == feature.secrets():
				want(t, c.verify(), nil)
			default:
				want(t, c.verify(), ErrMalformed)
				c.statement.Signed = 3 + secrets - feature.secrets() // as the proof's length has it
				if err := c.verify(); err == nil {
					t.Errorf("%d secrets are taken for %d", secrets, feature.secrets())
				}
			}
		}
	}
}

// TestPseudonymOfAnotherSecret joins a good proof with the pseudonym of another holder.
func TestPseudonymOfAnotherSecret(t *testing.T) {
	i := newIssuer(t)
	sign := func() signature { return i.sign(t, Pseudonym, nil, [][]byte{[]byte("a")}, randoms(t, 2)) }
	mine, theirs := sign().prove(t, nil, nil, []byte("d")), sign().prove(t, nil, nil, []byte("d"))
	want(t, mine.verify(), nil)
	want(t, mine.with(func(c *claim) { c.statement.Nym = theirs.statement.Nym }).verify(), ErrMismatch)
}

// TestSameDomainSamePseudonym checks what pseudonyms are for: proofs of one secret share theirs for one
// domain, and not for two.
func TestSameDomainSamePseudonym(t *testing.T) {
	s := newIssuer(t).sign(t, Pseudonym, nil, [][]byte{[]byte("a")}, randoms(t, 2))
	one, again, other := s.prove(t, nil, nil, []byte("d")), s.prove(t, nil, []int{0}, []byte("d")), s.prove(t, nil, nil, []byte("e"))
	for _, c := range []claim{one, again, other} {
		want(t, c.verify(), nil)
	}
	if !slices.Equal(one.statement.Nym, again.statement.Nym) || slices.Equal(one.statement.Nym, other.statement.Nym) {
		t.Error("the pseudonym does not follow the domain")
	}
}

// malformedPoints are octets that are no point of G1, or one that must not occur.
func malformedPoints(t testing.TB) map[string][]byte {
	t.Helper()
	outside := bls.GeneratePointNotInG1(fpElement(3))
	var affine bls.G1Affine
	affine.FromJacobian(&outside)
	if affine.IsInSubGroup() || !affine.IsOnCurve() {
		t.Fatal("not a point of the curve outside of the group")
	}
	wrongGroup := affine.Bytes()
	_, _, generator, _ := bls.Generators()
	raw := generator.RawBytes()
	good := generator.Bytes()
	flagged := func(octets [pointSize]byte, flags byte) []byte {
		octets[0] = octets[0]&0x1f | flags
		return octets[:]
	}
	modulus := unhex(t, "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab")
	return map[string][]byte{
		"nil":                         nil,
		"short":                       good[:pointSize-1],
		"long":                        append(good[:], 0),
		"zeros":                       make([]byte, pointSize),
		"ones":                        slices.Repeat([]byte{0xff}, pointSize),
		"identity":                    flagged([pointSize]byte{}, 0xc0),
		"identity with a sign":        flagged([pointSize]byte{}, 0xe0),
		"identity, not zero":          flagged([pointSize]byte{pointSize - 1: 1}, 0xc0),
		"identity, uncompressed":      flagged([pointSize]byte{}, 0x40),
		"uncompressed":                raw[:],
		"half of an uncompressed one": raw[:pointSize],
		"compressed flag missing":     flagged(good, 0),
		"sign without compression":    flagged(good, 0x20),
		"x is the modulus":            flagged([pointSize]byte(modulus), 0x80),
		"x is no point's":             noPoint(t),
		"outside of the group":        wrongGroup[:],
		"zero x":                      flagged([pointSize]byte{}, 0x80), // on the curve, of order 3
	}
}

// noPoint returns the form of a point whose x no point of the curve has.
func noPoint(t testing.TB) []byte {
	t.Helper()
	for x := byte(1); x < 100; x++ {
		octets := make([]byte, pointSize)
		octets[0], octets[pointSize-1] = 0x80, x
		var p bls.G1Affine
		if _, err := p.SetBytes(octets); err != nil && err.Error() != "invalid point: subgroup check failed" {
			return octets
		}
	}
	t.Fatal("every x is a point's")
	return nil
}

func fpElement(n uint64) (e blsField) {
	e.SetUint64(n)
	return e
}
