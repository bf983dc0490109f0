package schema

// Defaults of [Limits].
const (
	DefaultDocuments = 16
	DefaultBytes     = 1 << 20
	DefaultValues    = 20_000
	DefaultSteps     = 50_000
	DefaultWork      = 100_000_000
	DefaultFindings  = 20
)

// Limits of this package that no caller changes.
const (
	maxPattern  = 2_000  // bytes of a pattern
	maxProgram  = 20_000 // instructions that it compiles to
	maxPatterns = 60_000 // instructions of all patterns of a schema and of what it refers to, each time one is compiled
	maxDigits   = 400    // characters of a number, and its greatest exponent
	bookkeeping = 64     // work for a member where a schema keeps track of what was evaluated
	maxSentence = 200    // bytes of a finding's sentence that come from documents
)

// Limits bounds one validation. A field that is zero or negative stands for its default, so the zero
// value is the safe setting. Reaching one is the error "budget", which says nothing about the document.
type Limits struct {
	Documents int // schemas that the first one refers to, one through the other
	Bytes     int // length of each
	Values    int // JSON values in all of them
	Steps     int // times that a schema is applied to a value
	// Work bounds the product of the values in the schemas and in the document; and, together, the
	// members that steps go through and the steps of all patterns.
	Work     int
	Findings int // breaches that are listed
}

func (l Limits) orDefault() Limits {
	for _, f := range [...]struct {
		field *int
		value int
	}{
		{&l.Documents, DefaultDocuments}, {&l.Bytes, DefaultBytes}, {&l.Values, DefaultValues},
		{&l.Steps, DefaultSteps}, {&l.Work, DefaultWork}, {&l.Findings, DefaultFindings},
	} {
		if *f.field <= 0 {
			*f.field = f.value
		}
	}
	return l
}
