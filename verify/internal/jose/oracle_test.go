package jose

import (
	"slices"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/badgeproof/badgeproof/keys"
)

// TestOracle changes tokens in every place and compares the answers with those of go-jose: whatever
// go-jose refuses is refused, and what it takes is refused only where it reads the text of a token
// more loosely than RFC 7515 writes it.
func TestOracle(t *testing.T) {
	for alg, kind := range algorithms {
		t.Run(string(alg), func(t *testing.T) {
			h := generate(t, kind)
			token := []byte(h.sign(t, alg, map[jose.HeaderKey]any{"kid": "did:example:issuer#1"}))
			if got := [2]bool{accepts(t, token, h.key), oracle(token, h, alg)}; got != [2]bool{true, true} {
				t.Fatalf("the token as it was made: %v", got)
			}
			taken, loose := 0, 0
			for at := 0; at < len(token); at += 1 + len(token)/150 {
				for _, flip := range []byte{1, 2, 32} {
					changed := slices.Clone(token)
					changed[at] ^= flip
					own, other := accepts(t, changed, h.key), oracle(changed, h, alg)
					if own && !other {
						t.Errorf("only go-jose refuses %s", changed)
					}
					if own {
						taken++
					}
					if other && !own {
						loose++
					}
				}
			}
			if taken > 0 {
				t.Errorf("%d changed tokens were accepted", taken)
			}
			t.Logf("%d changed tokens that only go-jose accepts", loose)
		})
	}
}

func accepts(t *testing.T, token []byte, key keys.Key) bool {
	t.Helper()
	return verify(t, string(token), key, "") == nil
}

func oracle(token []byte, h holder, alg jose.SignatureAlgorithm) bool {
	parsed, err := jose.ParseSignedCompact(string(token), []jose.SignatureAlgorithm{alg})
	if err != nil {
		return false
	}
	_, err = parsed.Verify(h.private.Public())
	return err == nil
}
