package suites

import (
	"crypto"
	"crypto/sha256"
	"errors"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/bbs"
)

// bbs2023 is bbs-2023 (Data Integrity BBS Cryptosuites v1.0): derived proofs. The proof shows that every
// statement of the document is one of those that the issuer signed together. It does not show what
// else was signed. A base proof is refused as such.
//
// The optional features of the specification are holder binding, which is blind BBS, and pseudonyms of one secret, as
// the specification's vectors have them. The text and the vectors differ in what proofValue holds with a
// pseudonym; here it is as in the text.
//
// What is not checked: that the presentation header, the domain of a pseudonym and the pseudonym are what
// somebody expects. Nothing else shows that a proof was derived for this presentation.
func bbs2023() definition {
	return definition{curves: []curve{{kind: keys.BLS12381G2, hash: crypto.SHA256}}, selective: true, verify: verifyBBS}
}

// bbsProof is the components of a derived proof.
type bbsProof struct {
	feature            bbs.Feature
	value              []byte
	labels             map[string]string
	mandatory          []uint64
	selective          []int
	presentationHeader []byte
	nymDomain, nym     []byte
	signed             int // messages that the issuer signed; 0 in the baseline, which does not say it
}

// verifyBBS is the algorithm Verify Derived Proof.
func verifyBBS(_ Suite, in Input, c curve) (Result, error) {
	octets, _ := in.Key.Public().([96]byte)
	key, err := bbs.ParsePublicKey(octets[:])
	if err != nil {
		return Result{}, at(in.Proof.Get("verificationMethod"), in.Proof, codeKey, "the public key is not a point of the group that it should be of", err)
	}
	p, err := parseBBS(in.Proof)
	if err != nil {
		return Result{}, err
	}
	return in.tryContents(func(content int, omit []string) (int, error) {
		d, contents, err := disclose(in, c, content, omit, p.labels, p.mandatory)
		if err == nil {
			err = p.check(in, key, d)
		}
		return contents, err
	})
}

// check verifies the BBS proof over the statements of the document.
func (p *bbsProof) check(in Input, key *bbs.PublicKey, d disclosed) error {
	value := in.Proof.Get("proofValue")
	if len(p.selective) != len(d.nonMandatory) {
		return at(value, in.Proof, codeSignature, "the proof is about "+strconv.Itoa(len(p.selective))+
			" statements, and the document makes "+strconv.Itoa(len(d.nonMandatory))+" beside the mandatory ones", nil)
	}
	messages := make([][]byte, len(d.nonMandatory))
	for i, line := range d.nonMandatory {
		messages[i] = []byte(line)
	}
	mandatory := sha256.Sum256([]byte(strings.Join(d.mandatory, "")))
	err := bbs.VerifyProof(key, p.value, bbs.Statement{
		Feature:            p.feature,
		Header:             append(append([]byte(nil), d.options...), mandatory[:]...),
		PresentationHeader: p.presentationHeader,
		Messages:           messages,
		Indexes:            p.selective,
		Signed:             p.signed,
		NymDomain:          p.nymDomain,
		Nym:                p.nym,
		Points:             in.Memory.generators(),
	})
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bbs.ErrMismatch):
		return mismatch(in, "proofValue")
	case errors.Is(err, bbs.ErrLimit):
		return at(value, in.Proof, codeBudget, "the proof is about more statements than are verified", err)
	}
	return at(value, in.Proof, codeValue, "proofValue does not hold a proof that can be one", err)
}

func (m *Memory) generators() *bbs.Points {
	if m == nil {
		return nil
	}
	return &m.points
}

// The components of proofValue by feature (serializeDerivedProofValue).
type (
	bbsBaseline struct {
		_                    struct{} `cbor:",toarray"`
		Proof                cbor.ByteString
		Labels               map[uint64]uint64
		Mandatory, Selective []uint64
		PresentationHeader   cbor.ByteString
	}
	bbsBound struct {
		_                    struct{} `cbor:",toarray"`
		Proof                cbor.ByteString
		Labels               map[uint64]uint64
		Mandatory, Selective []uint64
		PresentationHeader   cbor.ByteString
		Signed               uint64
	}
	bbsPseudonym struct {
		_                    struct{} `cbor:",toarray"`
		Proof                cbor.ByteString
		Labels               map[uint64]uint64
		Mandatory, Selective []uint64
		PresentationHeader   cbor.ByteString
		NymDomain, Nym       cbor.ByteString
		Signed               uint64
	}
)

// parseBBS decodes proofValue (parseDerivedProofValue).
func parseBBS(proof strict.Value) (*bbsProof, error) {
	kind, data, err := derivedValue(proof)
	if err != nil {
		return nil, err
	}
	p := &bbsProof{}
	switch kind {
	case 0x02, 0x04, 0x06, 0x08:
		return nil, baseProof(proof)
	case 0x03:
		p.feature = bbs.Baseline
	case 0x05:
		p.feature = bbs.HolderBinding
	case 0x07:
		p.feature = bbs.Pseudonym
	case 0x09:
		p.feature = bbs.HolderBindingPseudonym
	default:
		return nil, at(proof.Get("proofValue"), proof, codeValue, "proofValue is of another suite", nil)
	}
	parts, err := p.decode(proof, data)
	if err != nil {
		return nil, err
	}
	if err := distinct(proof, parts.Mandatory); err != nil {
		return nil, err
	}
	if p.labels, err = numberedLabels(proof, parts.Labels); err != nil {
		return nil, err
	}
	p.value, p.mandatory, p.presentationHeader = []byte(parts.Proof), parts.Mandatory, []byte(parts.PresentationHeader)
	p.nymDomain, p.nym, p.signed = []byte(parts.NymDomain), []byte(parts.Nym), small(parts.Signed)
	for _, i := range parts.Selective {
		p.selective = append(p.selective, small(i))
	}
	return p, nil
}

// decode decodes the components that the feature has; what it does not have is zero.
func (p *bbsProof) decode(proof strict.Value, data []byte) (bbsPseudonym, error) {
	switch p.feature {
	case bbs.Baseline:
		var c bbsBaseline
		err := decodeCBOR(proof, data, &c)
		return bbsPseudonym{
			Proof: c.Proof, Labels: c.Labels, Mandatory: c.Mandatory, Selective: c.Selective, PresentationHeader: c.PresentationHeader,
		}, err
	case bbs.HolderBinding:
		var c bbsBound
		err := decodeCBOR(proof, data, &c)
		return bbsPseudonym{
			Proof: c.Proof, Labels: c.Labels, Mandatory: c.Mandatory, Selective: c.Selective, PresentationHeader: c.PresentationHeader,
			Signed: c.Signed,
		}, err
	}
	var c bbsPseudonym
	err := decodeCBOR(proof, data, &c)
	return c, err
}

// numberedLabels makes the map of labels: c14nN to bM (decompressLabelMap).
func numberedLabels(proof strict.Value, compressed map[uint64]uint64) (map[string]string, error) {
	labels := make(map[string]string, len(compressed))
	taken := make(map[uint64]bool, len(compressed))
	for canonical, label := range compressed {
		if taken[label] {
			return nil, at(proof.Get("proofValue"), proof, codeValue, "proofValue gives one label to two blank nodes", nil)
		}
		taken[label] = true
		labels["c14n"+strconv.FormatUint(canonical, 10)] = "b" + strconv.FormatUint(label, 10)
	}
	return labels, nil
}

// small keeps a number within those that an index can have; more than any of them is one that no index has.
func small(n uint64) int { return int(min(n, 1<<31-1)) }
