package verify

import (
	"strconv"
	"strings"
)

// quoteOr quotes s for a sentence, or returns the word for its absence.
func quoteOr(s, absent string) string {
	if s == "" {
		return absent
	}
	return strconv.Quote(s)
}

// shown is a pointer in a sentence. Names of members are a stranger's text: a long one is cut, and one that is not of the
// signs that names and URLs have is quoted, so that it does not go on with the sentence.
func shown(pointer string) string {
	if len(pointer) > maxShown {
		pointer = strings.ToValidUTF8(pointer[:maxShown], "") + "…"
	}
	if strings.IndexFunc(pointer, func(c rune) bool {
		return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && !strings.ContainsRune("/-._:@#~%…", c)
	}) >= 0 {
		return strconv.Quote(pointer)
	}
	return pointer
}
