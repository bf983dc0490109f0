package vc

import (
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// place is where a value stands: a chain from the value up to the root of the text. It lives on
// the stack of whoever walks, so that a pointer costs nothing until a breach is found, and then
// only as much as the document is deep.
type place struct {
	up     *place
	name   string       // member name, where holder exists
	index  int          // position in an array otherwise
	holder strict.Value // the object that has the member
}

// pointer returns the JSON Pointer of the place; a nil place is the root.
func (p *place) pointer() string {
	switch {
	case p == nil:
		return ""
	case p.holder.Exists():
		return strict.Join(p.up.pointer(), p.name)
	}
	return p.up.pointer() + "/" + strconv.Itoa(p.index)
}

// property returns the nearest member that the place is the value of, or one of the values.
func (p *place) property() *place {
	for p != nil && !p.holder.Exists() {
		p = p.up
	}
	return p
}

// clip shortens a text from a document for use in a sentence.
func clip(s string) string {
	const most = 80
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xc0 == 0x80 {
			cut--
		}
		s = s[:cut] + "…"
	}
	return strconv.Quote(s)
}
