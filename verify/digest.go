package verify

import (
	"crypto"
	_ "crypto/sha256" // for the hashes below
	_ "crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"strings"

	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// digest is what a document must hash to.
type digest struct {
	hash crypto.Hash
	sum  []byte
}

func (d digest) matches(body []byte) bool {
	h := d.hash.New()
	h.Write(body)
	return subtle.ConstantTimeCompare(h.Sum(nil), d.sum) == 1
}

// digests are alternatives of which one must match.
type digests []digest

func (d digests) match(body []byte) bool {
	for _, one := range d {
		if one.matches(body) {
			return true
		}
	}
	return false
}

// hasDigest reports whether an object states a digest of what it names.
func hasDigest(v strict.Value) bool {
	return v.Get("digestSRI").Exists() || v.Get("digestMultibase").Exists()
}

// digestsOf reads digestSRI and digestMultibase (VC Data Model 2.0 section 5.3). Each of them that is
// there must match, so that all of the result must. A malformed one is resource.malformed, one whose
// algorithm is not known resource.unchecked.
func digestsOf(v strict.Value) (all []digests, found *strict.Error) {
	for _, member := range [...]struct {
		name string
		read func(string) (digests, string)
	}{{"digestSRI", readSRI}, {"digestMultibase", readMultihash}} {
		m := v.Get(member.name)
		if !m.Exists() {
			continue
		}
		d, code := member.read(m.Text())
		switch {
		case m.Kind() != strict.String || code == "resource.malformed":
			return nil, problem("resource.malformed", m.Pointer(), "the digest "+member.name+" is malformed")
		case code != "":
			return nil, problem(code, m.Pointer(), "the digest "+member.name+" is of a kind that is not known; SHA-256, SHA-384 and SHA-512 are")
		}
		all = append(all, d)
	}
	return all, nil
}

// sriHashes are the algorithms of Subresource Integrity (W3C, section 3.2), weakest first.
var sriHashes = [...]struct {
	name string
	hash crypto.Hash
}{{"sha256", crypto.SHA256}, {"sha384", crypto.SHA384}, {"sha512", crypto.SHA512}}

// readSRI reads integrity metadata: one or several digests with white space between, of which those of
// the strongest algorithm count, and any one of these suffices (Subresource Integrity section 3.3.4).
func readSRI(text string) (strongest digests, code string) {
	best, fields := -1, strings.Fields(text)
	for _, field := range fields {
		name, rest, ok := strings.Cut(field, "-")
		if !ok {
			return nil, "resource.malformed"
		}
		rest, _, _ = strings.Cut(rest, "?") // options, of which none is defined
		for rank, known := range sriHashes {
			if name != known.name {
				continue
			}
			sum, err := base64.StdEncoding.Strict().DecodeString(rest)
			if err != nil || len(sum) != known.hash.Size() || strings.ContainsAny(rest, "\r\n") {
				return nil, "resource.malformed"
			}
			if rank > best {
				best, strongest = rank, nil
			}
			if rank == best {
				strongest = append(strongest, digest{known.hash, sum})
			}
		}
	}
	switch {
	case len(fields) == 0:
		return nil, "resource.malformed"
	case len(strongest) == 0:
		return nil, "resource.unchecked"
	}
	return strongest, ""
}

// multihashes are the codes of multihash (a byte each) for the same algorithms.
var multihashes = map[byte]crypto.Hash{0x12: crypto.SHA256, 0x20: crypto.SHA384, 0x13: crypto.SHA512}

// maxMultibase bounds the text of a digest, which takes 93 characters at most in base58.
const maxMultibase = 512

// readMultihash reads a multihash in multibase (Controlled Identifiers 1.0 sections 2.4 and 2.5).
func readMultihash(text string) (digests, string) {
	if text == "" || len(text) > maxMultibase {
		return nil, "resource.malformed"
	}
	_, raw, err := multibase.Decode(text)
	if err != nil || len(raw) < 2 {
		return nil, "resource.malformed"
	}
	hash, ok := multihashes[raw[0]]
	switch {
	case !ok:
		return nil, "resource.unchecked"
	case int(raw[1]) != hash.Size() || len(raw) != 2+hash.Size():
		return nil, "resource.malformed"
	}
	return digests{{hash, raw[2:]}}, ""
}
