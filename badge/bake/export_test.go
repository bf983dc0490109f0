package bake

// What the tests of this package know of its limits.
const (
	DefaultImage      = defaultImage
	DefaultCredential = defaultCredential
	DefaultMarkup     = defaultMarkup
	DefaultChunks     = defaultChunks
	DefaultDepth      = defaultDepth
)
