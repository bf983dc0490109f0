package canon

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
)

// digest is a SHA-256 or SHA-384 value; the shorter one is padded with zeros. All digests of one
// run have the same length.
type digest [sha512.Size384]byte

// compare orders digests as their hexadecimal forms order in code points.
func (d *digest) compare(e *digest) int { return bytes.Compare(d[:], e[:]) }

// size returns the length of a digest of this run in bytes.
func (c *canonicalizer) size() int {
	if c.sha384 {
		return sha512.Size384
	}
	return sha256.Size
}

// hash returns the digest of data.
func (c *canonicalizer) hash(data []byte) (d digest) {
	if c.sha384 {
		return sha512.Sum384(data)
	}
	sum := sha256.Sum256(data)
	copy(d[:], sum[:])
	return d
}

// appendHash appends the digest of data to dst.
func (c *canonicalizer) appendHash(dst, data []byte) []byte {
	d := c.hash(data)
	return append(dst, d[:c.size()]...)
}

// appendHex appends the hexadecimal form of a digest to dst.
func (c *canonicalizer) appendHex(dst []byte, d *digest) []byte {
	const digits = "0123456789abcdef"
	for _, b := range d[:c.size()] {
		dst = append(dst, digits[b>>4], digits[b&15])
	}
	return dst
}

// newHash returns a running hash, for texts that are not held in memory as a whole.
func (c *canonicalizer) newHash() hash.Hash {
	if c.sha384 {
		return sha512.New384()
	}
	return sha256.New()
}
