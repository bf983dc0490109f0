package canon

import (
	"crypto"
	"sync"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Processor turns JSON-LD into canonical N-Quads. It holds the contexts in compiled form: each is
// compiled when a document first needs it, once for all goroutines. What it keeps is bounded;
// contexts that stand in documents are never kept. A Processor is safe for concurrent use.
type Processor struct {
	set     *contexts.Set
	limits  Limits
	cache   sync.Mutex
	buffers sync.Pool
}

// New returns a processor that knows the contexts of set and no others: nothing is ever fetched.
// A nil set is the embedded one.
func New(set *contexts.Set, limits Limits) *Processor {
	if set == nil {
		set = contexts.Embedded()
	}
	return &Processor{set: set, limits: limits.orDefault()}
}

// Input says what is to be canonicalized.
type Input struct {
	// Value is a JSON object.
	Value strict.Value
	// Context, where it exists, is taken in place of Value's own @context: proof options take that
	// of the document they secure.
	Context strict.Value
	// Omit names top-level members of Value that are left out, such as "proof".
	Omit []string
}

// Options are the choices that a caller has. The zero value is the strict setting.
type Options struct {
	// Hash is the hash of RDFC-1.0: SHA256 (0 stands for it) or SHA384.
	Hash crypto.Hash
	// Content chooses among the published contents of a context URL that has several: 0 is the
	// oldest; a URL that has fewer contents takes its newest.
	Content int
	// InlineContexts permits contexts that are written out in the document. They may only define
	// new terms for new IRIs: no redefinition, no alias of a keyword or of another term, no null.
	InlineContexts bool
}
