package verify

import "strconv"

// quoteOr quotes s for a sentence, or returns the word for its absence.
func quoteOr(s, absent string) string {
	if s == "" {
		return absent
	}
	return strconv.Quote(s)
}
