package contexts

// Limits on a context that a caller adds with [Set.With]. The largest published one in use has
// 15 KB and is nested 6 deep.
const (
	maxBytes = 1 << 20 // length of the text
	maxDepth = 32      // arrays and objects open at once
)
