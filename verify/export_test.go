package verify

// What the tests of this package know of its limits.
const (
	DefaultProofs      = defaultProofs
	DefaultListFresh   = defaultListFresh
	DefaultNestedDepth = defaultNestedDepth
	DefaultCauses      = defaultCauses
	DefaultCauseTime   = defaultCauseTime
)
