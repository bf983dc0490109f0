package vc

import (
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Names that SD-JWT keeps for itself (RFC 9901 sections 4.1.1, 4.2.4.1 and 4.2.4.2).
const (
	sdDigests = "_sd"
	sdElement = "..."
	sdHash    = "_sd_alg"
)

// placing writes the processed payload (RFC 9901 section 7.3): the issuer's payload with each
// disclosed claim and element in its place, and without digests. Values keep the text that they
// were written in. Each disclosure is placed at most once, so the result is no longer than the input.
type placing struct {
	byDigest  map[string]*disclosure
	seen      map[string]bool // digests in the payload and in what was placed
	out       []byte
	maxDepth  int
	top       string   // top-level member under way
	disclosed []string // see [SDJWT.Disclosed]
	withheld  []string // see [SDJWT.Withheld]
	hidden    int
}

// place puts the disclosures where their digests are, in the issuer's payload or in other
// disclosures, and parses what comes of it. Refused with sdjwt.disclosure are: two equal disclosures
// or digests, a disclosure without a digest, a claim where an element belongs and back, a claim with
// a reserved name or with the name of a claim that is there, and reserved names used for anything else.
func (s *SDJWT) place(disclosures []*disclosure, limits Limits) error {
	p := &placing{byDigest: make(map[string]*disclosure, len(disclosures)), seen: map[string]bool{}, maxDepth: limits.JSON.Depth}
	if p.maxDepth <= 0 {
		p.maxDepth = defaultDepth
	}
	for _, d := range disclosures {
		if p.byDigest[d.digest] != nil {
			return disclosureError(d.offset, nil, "the same disclosure is there twice")
		}
		p.byDigest[d.digest] = d
	}
	if err := p.value(s.issuer.claims, 0); err != nil {
		return err
	}
	for _, d := range disclosures {
		if !d.placed {
			return disclosureError(d.offset, nil, "nothing in the credential has the digest of this disclosure: it was changed, or belongs to another credential")
		}
	}
	slices.Sort(p.disclosed)
	slices.Sort(p.withheld)
	s.disclosed, s.withheld, s.hidden = slices.Compact(p.disclosed), slices.Compact(p.withheld), p.hidden
	payload, err := strict.Parse(p.out, limits.JSON)
	s.payload = payload
	return err
}

// value writes one value; depth is that of the arrays and objects around it in the result.
func (p *placing) value(v strict.Value, depth int) error {
	if k := v.Kind(); k != strict.Object && k != strict.Array {
		p.out = append(p.out, v.Raw()...)
		return nil
	}
	if depth >= p.maxDepth {
		return &strict.Error{Code: "json.depth", Offset: -1, Detail: "with its disclosures the credential is nested more than " + strconv.Itoa(p.maxDepth) + " deep"}
	}
	if v.Kind() == strict.Array {
		return p.array(v, depth)
	}
	return p.object(v, depth)
}

// object writes an object: its own claims, then those that its _sd leads to.
func (p *placing) object(v strict.Value, depth int) error {
	p.out = append(p.out, '{')
	start, digests := len(p.out), strict.Value{}
	for name, m := range v.Members() {
		switch {
		case name == sdDigests:
			digests = m
			continue
		case name == sdHash && depth == 0:
			continue
		case name == sdElement || name == sdHash:
			return reserved(m, "the name "+strconv.Quote(name)+" cannot be used here in an SD-JWT")
		}
		if err := p.member(name, m, start, depth); err != nil {
			return err
		}
	}
	if digests.Exists() {
		if err := p.claims(v, digests, start, depth); err != nil {
			return err
		}
	}
	p.out = append(p.out, '}')
	return nil
}

// member writes one claim of the object that begins at start.
func (p *placing) member(name string, v strict.Value, start, depth int) error {
	if len(p.out) > start {
		p.out = append(p.out, ',')
	}
	if depth == 0 {
		p.top = name
	}
	p.out = append(appendQuoted(p.out, name), ':')
	return p.value(v, depth+1)
}

// claims writes the disclosed claims of the object v. A claim never takes the place of another one,
// disclosed or not.
func (p *placing) claims(v, digests strict.Value, start, depth int) error {
	if digests.Kind() != strict.Array {
		return reserved(digests, "_sd is "+digests.Kind().String()+"; it must be an array of digests")
	}
	var taken map[string]bool
	for e := range digests.Elements() {
		d, err := p.find(e, depth)
		if err != nil {
			return err
		}
		if d == nil {
			continue
		}
		if taken == nil {
			taken = make(map[string]bool, v.Len())
			for name := range v.Members() {
				taken[name] = true
			}
		}
		name := d.name.Text()
		switch {
		case !d.name.Exists():
			return disclosureError(d.offset, nil, "a disclosed array element stands where a claim belongs")
		case name == sdDigests || name == sdElement || name == sdHash:
			return disclosureError(d.offset, nil, "a disclosure has the reserved name "+strconv.Quote(name))
		case taken[name]:
			return disclosureError(d.offset, nil, "a disclosure has the name "+clip(name)+" of a claim that is there already")
		}
		taken[name] = true
		if depth == 0 {
			p.top = name
		}
		p.disclosed = append(p.disclosed, p.top)
		if err := p.member(name, d.value, start, depth); err != nil {
			return err
		}
	}
	return nil
}

// array writes an array: elements that are digests are replaced by what is disclosed, and left out
// where nothing is.
func (p *placing) array(v strict.Value, depth int) error {
	p.out = append(p.out, '[')
	start := len(p.out)
	for e := range v.Elements() {
		if slot := e.Get(sdElement); slot.Exists() {
			if e.Len() != 1 {
				return reserved(slot, `an array element with "..." must have no other member`)
			}
			d, err := p.find(slot, depth)
			if err != nil {
				return err
			}
			if d == nil {
				continue
			}
			if d.name.Exists() {
				return disclosureError(d.offset, nil, "a disclosed claim stands where an array element belongs")
			}
			p.disclosed = append(p.disclosed, p.top)
			e = d.value
		}
		if len(p.out) > start {
			p.out = append(p.out, ',')
		}
		if err := p.value(e, depth+1); err != nil {
			return err
		}
	}
	p.out = append(p.out, ']')
	return nil
}

// find returns the disclosure of a digest that stands so deep, nil for one that is not disclosed, or a
// decoy.
func (p *placing) find(v strict.Value, depth int) (*disclosure, error) {
	if v.Kind() != strict.String {
		return nil, reserved(v, "a digest is "+v.Kind().String()+"; it must be a string")
	}
	if p.seen[v.Text()] {
		return nil, reserved(v, "the same digest is there twice")
	}
	p.seen[v.Text()] = true
	d := p.byDigest[v.Text()]
	if d == nil {
		p.hidden++
		if n := len(p.withheld); depth > 0 && (n == 0 || p.withheld[n-1] != p.top) {
			p.withheld = append(p.withheld, p.top)
		}
		return nil, nil
	}
	d.placed = true
	return d, nil
}

// reserved is a finding about what the issuer signed, or what a disclosure holds. Its place is told
// by the pointer within that text.
func reserved(v strict.Value, detail string) error {
	return &strict.Error{Code: codeDisclosure, Pointer: v.Pointer(), Offset: -1, Detail: detail}
}

// appendQuoted writes a member name as a JSON string. Names are well-formed UTF-8.
func appendQuoted(out []byte, s string) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c < ' ':
			out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}
