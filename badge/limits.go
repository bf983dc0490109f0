package badge

// MaxFindings is the number of breaches after which [Conform] stops looking. A document with
// more of them is not described better by a longer list.
const MaxFindings = 100

// Limits of what is said, and looked for, about a recipient that does not match.
const (
	maxNamed      = 8     // types of identifiers that are listed
	maxShown      = 200   // bytes of a stranger's text in a sentence
	maxNearMisses = 8     // identities that are compared with other spellings
	maxSpelled    = 1_024 // bytes of a value or a salt that is compared so
)

// MaxSkills is the number of skills that [Skills] returns, and of results that [Outcomes] returns, at most.
const MaxSkills = 10_000

// MaxParts is the number of parts that a [Stack] lists at most.
const MaxParts = 1000

// MaxObjects is the number of objects in lists that one reading of the typed model takes. What is
// beyond them is still in [Object.JSON], and still written.
const MaxObjects = 10_000

// maxWritten is the depth of objects that marshalling writes: what [strict.Parse] reads at most.
const maxWritten = 10_000

// maxNested is the number of credentials inside a credential that are looked for. How many of them are judged is
// for [verify.Limits].
const maxNested = 4096
