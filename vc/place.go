package vc

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// path is where a walk through a text stands, as a stack of steps from its root. A pointer is made
// only when a breach is found, and costs as much as the document is deep.
type path []step

// step leads into a member of an object, or into an element of an array.
type step struct {
	name   string       // of the member, where holder exists
	index  int          // of the element otherwise
	holder strict.Value // the object

	credential bool // the object is known to be a credential or presentation
}

func (p *path) member(name string, holder strict.Value) {
	*p = append(*p, step{name: name, holder: holder})
}

func (p *path) element(i int) { *p = append(*p, step{index: i}) }

func (p *path) leave() { *p = (*p)[:len(*p)-1] }

// pointer returns the JSON Pointer of the place.
func (p path) pointer() string {
	var pointer strings.Builder
	for _, s := range p {
		if s.holder.Exists() {
			pointer.WriteString(strict.Join("", s.name))
		} else {
			pointer.WriteByte('/')
			pointer.WriteString(strconv.Itoa(s.index))
		}
	}
	return pointer.String()
}

// property returns the nearest member that the place is the value of, or among the values of; the
// zero step at the root.
func (p path) property() step {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i].holder.Exists() {
			return p[i]
		}
	}
	return step{}
}

// clip quotes a text from a document for use in a sentence, and shortens it.
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
