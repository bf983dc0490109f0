package canon

// keyword is a keyword of JSON-LD 1.1 (section 1.7 of its syntax), 0 where a term is none.
type keyword uint8

const (
	notKeyword keyword = iota
	kwContext
	kwDirection
	kwGraph
	kwID
	kwIncluded
	kwIndex
	kwJSON
	kwLanguage
	kwList
	kwNest
	kwNone
	kwReverse
	kwSet
	kwType
	kwValue
	kwOther // one that has a meaning inside contexts only
)

// keywordOf returns the keyword that a string is.
func keywordOf(s string) keyword {
	if len(s) == 0 || s[0] != '@' {
		return notKeyword
	}
	switch s {
	case "@context":
		return kwContext
	case "@direction":
		return kwDirection
	case "@graph":
		return kwGraph
	case "@id":
		return kwID
	case "@included":
		return kwIncluded
	case "@index":
		return kwIndex
	case "@json":
		return kwJSON
	case "@language":
		return kwLanguage
	case "@list":
		return kwList
	case "@nest":
		return kwNest
	case "@none":
		return kwNone
	case "@reverse":
		return kwReverse
	case "@set":
		return kwSet
	case "@type":
		return kwType
	case "@value":
		return kwValue
	case "@base", "@container", "@import", "@prefix", "@propagate", "@protected", "@version", "@vocab":
		return kwOther
	}
	return notKeyword
}

// memberKeywords are the keywords that can be the name of a member of a node or value object.
var memberKeywords = [...]string{
	"@context", "@direction", "@graph", "@id", "@included", "@index", "@language", "@list", "@nest",
	"@reverse", "@set", "@type", "@value", "@none", "@json",
	"@base", "@container", "@import", "@prefix", "@propagate", "@protected", "@version", "@vocab",
}

// resemblesKeyword reports whether a string has the form of a keyword: "@" and ASCII letters.
// Those that are no keywords are reserved, and JSON-LD drops them.
func resemblesKeyword(s string) bool {
	if len(s) < 2 || s[0] != '@' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
