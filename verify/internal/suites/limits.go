package suites

// Limits of this package. What is larger ends in the error "budget" where it may be genuine, and
// in proof.value where no document that can be verified has it.
const (
	maxDepth       = 1_000   // arrays and objects open at once in a document that is put together
	maxProofValue  = 4 << 20 // characters of the proofValue of a derived proof
	maxDisclosures = 10_000  // statements of a document whose signatures are checked one by one
	maxLabels      = 100_000 // blank nodes that a derived proof names
	maxIndexes     = 100_000 // statements that a derived proof numbers
	maxJWSHeader   = 1_024   // characters of the header of a detached JWS
	maxSignature   = 1_024   // bytes of a signature whose size the key decides
)
