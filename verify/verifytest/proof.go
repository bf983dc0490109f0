package verifytest

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

// Sign adds a proof to a credential: [Issuer.Proof] without options of its own, then [Attach].
func (i *Issuer) Sign(credential []byte, suite string) []byte {
	return Attach(credential, i.Proof(credential, suite, nil))
}

// Proof makes a Data Integrity proof over a credential, whose own proofs, if any, are left out. Suite is
// one that this library verifies, selective disclosure excepted, and has to fit the key.
//
// The proof names the suite, Method, the purpose assertionMethod and, as its time of creation, that
// from which the credential is valid. Members of options are added to these or replace them, and a nil
// takes one away; whatever comes of it is signed, proofValue and jws excepted. A proof with previousProof is over the proofs
// of the credential that it refers to, and over none otherwise. A credential whose contexts do not
// define what it says cannot be signed.
func (i *Issuer) Proof(credential []byte, suite string, options map[string]any) []byte {
	document := must(strict.Parse(credential, strict.Limits{}))
	proof := named(suite)
	found, ok := suites.Find(must(strict.Parse(encode(proof), strict.Limits{})))
	if !ok || !found.Accepts(i.kind) {
		panic("verifytest: " + suite + " does not sign with a key of the kind " + string(i.kind))
	}
	proof["verificationMethod"], proof["proofPurpose"] = i.Method, "assertionMethod"
	for _, name := range []string{"issuanceDate", "validFrom"} {
		if from := document.Get(name); from.Exists() {
			proof["created"] = from.Text()
		}
	}
	proof = edit(proof, options)
	// A value of the test's own is not overwritten, and nothing needs to be canonicalized for it.
	if !valued(options) {
		data, _, err := found.HashData(suites.Input{
			Document: document, Proof: must(strict.Parse(encode(proof), strict.Limits{})),
			Previous: previous(document, proof), Key: must(keys.ParseMultikey(i.Multikey)), Canon: canon.New(nil, canon.Limits{}), InlineContexts: true,
		}, newest)
		if err != nil {
			panic(err)
		}
		i.secure(proof, suite, data)
	}
	return encode(proof)
}

// valued reports whether a test has a value of its own for a proof, or wants none.
func valued(options map[string]any) bool {
	_, value := options["proofValue"]
	_, jws := options["jws"]
	return value || jws
}

// secure signs data and puts the signature into a proof: as a detached JWS (RFC 7797) in suites that have
// one, and in proofValue otherwise.
func (i *Issuer) secure(proof map[string]any, suite string, data []byte) {
	algorithm := signature.ForKind(i.kind)[0]
	switch suite {
	case "Ed25519Signature2018", "JsonWebSignature2020", "EcdsaSecp256k1Signature2019", "RsaSignature2018":
		if i.kind == keys.RSA {
			algorithm = signature.PS256
		}
		header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"` + string(algorithm) + `","b64":false,"crit":["b64"]}`))
		proof["jws"] = header + ".." + base64.RawURLEncoding.EncodeToString(i.sign(algorithm, append([]byte(header+"."), data...)))
	default:
		proof["proofValue"] = must(multibase.Encode(multibase.Base58BTC, i.sign(algorithm, data)))
	}
}

// previous returns the proofs of a credential that one of the members of a new proof, previousProof, refers
// to: such a proof is made over a credential with these proofs (VC Data Integrity 1.0 section 4.3). One
// that refers to nothing there can only be had with a proofValue of the test's own.
func previous(document strict.Value, proof map[string]any) (out []strict.Value) {
	own := must(strict.Parse(encode(proof), strict.Limits{}))
	all := append(slices.Collect(document.Get("proof").Each()), own)
	places, _ := suites.Chain(all)
	for _, i := range places[len(all)-1] {
		out = append(out, all[i])
	}
	return out
}

// newest chooses the newest content of contexts that were published with several under one URL; it is
// more than any context has.
const newest = 1 << 10

// named returns the members that name a suite.
func named(suite string) map[string]any {
	if strings.Contains(suite, "Signature") {
		return map[string]any{"type": suite}
	}
	return map[string]any{"type": "DataIntegrityProof", "cryptosuite": suite}
}

// edit returns the members of both; those of changes win, and a nil there takes a member away.
func edit(object, changes map[string]any) map[string]any {
	out := maps.Clone(object)
	maps.Copy(out, changes)
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	return out
}

// Attach adds a proof to a credential; beside other proofs it becomes the last of a list. The rest of
// the credential keeps its text.
func Attach(credential, proof []byte) []byte {
	// Values are copied as they are written: a decoder would change numbers and escapes.
	document := must(strict.Parse(credential, strict.Limits{}))
	var members []string
	var proofs []string
	for name, v := range document.Members() {
		if name == "proof" {
			for p := range v.Each() {
				proofs = append(proofs, p.Raw())
			}
			continue
		}
		members = append(members, string(encode(name))+":"+v.Raw())
	}
	all := string(must(json.Marshal(json.RawMessage(proof))))
	if len(proofs) > 0 {
		all = "[" + strings.Join(append(proofs, all), ",") + "]"
	}
	return []byte("{" + strings.Join(append(members, `"proof":`+all), ",") + "}")
}
