package schema

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// pattern compiles a regular expression of ECMA-262, as far as it can be matched in linear time and
// means the same in Go. Look-around and back-references cannot; what Go reads in another way is
// refused as well. The error makes the schema unusable.
func (p *program) pattern(text string) (jsonschema.Regexp, error) {
	if len(text) > maxPattern {
		return nil, unusable("a pattern of the schema is too long", nil)
	}
	translated, ok := translate(text)
	if !ok {
		return nil, unusable("the pattern "+clip(text)+" is of a kind that is not matched", nil)
	}
	parsed, err := syntax.Parse(translated, syntax.Perl)
	if err != nil {
		return nil, unusable("the pattern "+clip(text)+" is of a kind that is not matched", err)
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(program.Inst) > maxProgram {
		return nil, unusable("the pattern "+clip(text)+" is too large", err)
	}
	if p.patterns += len(program.Inst); p.patterns > maxPatterns {
		panic(stop{budget("the patterns of the schema are too large together")})
	}
	compiled, err := regexp.Compile(translated)
	if err != nil {
		return nil, unusable("the pattern "+clip(text)+" is of a kind that is not matched", err)
	}
	return &matcher{p, compiled, text, len(program.Inst)}, nil
}

// matcher is a pattern whose work is counted.
type matcher struct {
	p    *program
	re   *regexp.Regexp
	text string
	size int // instructions
}

func (m *matcher) String() string { return m.text }

// MatchString is linear in the product of both sizes.
func (m *matcher) MatchString(s string) bool {
	m.p.run.step()
	m.p.run.spend(m.size * (len(s) + 1))
	return m.re.MatchString(s)
}

// translate rewrites \uXXXX for Go, and refuses what Go has and ECMA-262 has not, or has in another
// meaning: flags in a group, \A, \z, \a, \Q, \C, \p without braces, and classes in double brackets.
func translate(text string) (string, bool) {
	if strings.Contains(text, "[[:") || strings.Contains(text, "(?P") {
		return "", false
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '(' && strings.HasPrefix(text[i:], "(?") && !strings.HasPrefix(text[i:], "(?:") && !strings.HasPrefix(text[i:], "(?<"):
			return "", false
		case text[i] != '\\' || i+1 == len(text):
			out.WriteByte(text[i])
			continue
		}
		i++
		switch c := text[i]; {
		case c == 'u' && len(text) >= i+5 && isHex(text[i+1:i+5]):
			out.WriteString(`\x{` + text[i+1:i+5] + `}`)
			i += 4
		case strings.IndexByte("AzaQECuc", c) >= 0, (c == 'p' || c == 'P') && !strings.HasPrefix(text[i+1:], "{"):
			return "", false
		default:
			out.WriteByte('\\')
			out.WriteByte(c)
		}
	}
	return out.String(), true
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdefABCDEF") == "" }
