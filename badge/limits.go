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

// MaxParts is the number of parts that the stacks of one call of [StackOf] list at most.
const MaxParts = 1000

// Limits of the search for what makes up an achievement.
const (
	maxStackDepth = 32  // parts of parts
	maxStanding   = 100 // achievements that stand for one
	maxShared     = 100 // alignments of an achievement that is covered by sharing all of them
)

// MaxObjects is the number of objects in lists that one reading of the typed model takes. What is
// beyond them is still in [Object.JSON], and still written.
const MaxObjects = 10_000

// maxWritten is the depth of objects that marshalling writes: what [strict.Parse] reads at most.
const maxWritten = 10_000

// Limits of what is looked up for a badge of Open Badges 2.0, beside those of [verify.Limits].
const (
	maxOlder        = 1 << 20 // bytes of an assertion, a badge class, a profile or a key that was fetched
	maxURL          = 8 << 10 // bytes of a URL
	maxKeys         = 8       // keys of an issuer that are tried
	maxAsked        = 8       // trusted issuers that are asked whether they host badges at a URL
	maxEndorsements = 16      // endorsements that are judged
)

// maxNested is the number of credentials inside a credential that are looked for. How many of them are judged is
// for [verify.Limits].
const maxNested = 4096

// maxPointers is the number of bytes in the pointers to them after which no more are looked for.
const maxPointers = 1 << 20

// maxUnindexed is the number of members of an object that are gone through for each name that is looked for.
const maxUnindexed = 16

// MaxPicture is the number of bytes of a picture that a data: URL may hold.
const MaxPicture = 2 << 20
