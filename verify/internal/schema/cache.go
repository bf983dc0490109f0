package schema

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// program is a compiled schema. It counts its work for the validation that runs it, so that there can be
// one at a time.
type program struct {
	compiled *jsonschema.Schema
	values   int  // in all of its documents
	patterns int  // instructions of all of its patterns
	alone    bool // it refers to no other document
	run      *validation
}

// maxPrograms is how many compiled schemas a [Cache] keeps.
const maxPrograms = 32

// Cache keeps compiled schemas that refer to no other document, by their text. It lends each to one
// validation at a time; another one at the same time compiles it anew. The zero Cache is ready for use,
// and safe for concurrent use. The nil Cache keeps nothing.
type Cache struct {
	mu    sync.Mutex
	idle  map[string]*program
	order []string // of keys, the oldest first
}

// key is all that the compilation of a schema depends on, the limits apart.
func (in Input) key() string {
	sum := sha256.Sum256([]byte(in.Schema.Raw()))
	return strconv.Itoa(int(in.Dialect)) + string(sum[:]) + in.URL
}

// take lends a compiled schema, or returns nil.
func (c *Cache) take(in Input) *program {
	if c == nil {
		return nil
	}
	key := in.key()
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.idle[key]
	if p != nil {
		delete(c.idle, key)
		c.order = slices.DeleteFunc(c.order, func(k string) bool { return k == key })
	}
	return p
}

// put takes a compiled schema back, after a validation that came to its end.
func (c *Cache) put(in Input, p *program) {
	if c == nil || !p.alone {
		return
	}
	key := in.key()
	p.run = nil
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.idle == nil {
		c.idle = map[string]*program{}
	}
	if c.idle[key] != nil {
		return
	}
	c.idle[key] = p
	if c.order = append(c.order, key); len(c.order) > maxPrograms {
		delete(c.idle, c.order[0])
		c.order = c.order[1:]
	}
}
