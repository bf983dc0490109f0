package strict

// Defaults of [Limits].
const (
	defaultBytes  = 4 << 20
	defaultDepth  = 64
	defaultValues = 200_000
)

// Limits bounds a text before anything is built from it. A field that is zero or negative stands
// for its default, so the zero value is the safe setting.
type Limits struct {
	Bytes  int // length of the text in bytes; 4 MiB, never more than 1 GiB
	Depth  int // arrays and objects open at once; 64, never more than 10,000
	Values int // values of every kind in the whole text; 200,000
}

// Ceilings that no setting lifts: positions are kept in 32 bits, and the stack is not endless.
const (
	maxBytes = 1 << 30
	maxDepth = 10_000
)

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = defaultBytes
	}
	if l.Depth <= 0 {
		l.Depth = defaultDepth
	}
	if l.Values <= 0 {
		l.Values = defaultValues
	}
	l.Bytes, l.Depth = min(l.Bytes, maxBytes), min(l.Depth, maxDepth)
	return l
}
