package main

import "time"

// Limits of what is read.
const (
	maxInput    = 16 << 20 // bytes of a file or of standard input
	maxLine     = 8 << 20  // bytes of a line of an .ndjson file
	maxEvidence = 64 << 20 // bytes of an evidence bundle
)

// Limits of the text that is printed about one credential. What is cut ends with a sign, and --json has all of it.
const (
	columns    = 80 // of a terminal; a longer line would run on to the left edge, where verdicts stand
	maxIndent  = 24 // columns; what is nested deeper stands no further to the right
	maxName    = 2  // lines of a name
	maxField   = 8  // lines of a name with an identifier or an address, which are cut late: they tell who is who
	maxText    = 12 // lines of what somebody wrote: criteria, a narrative
	maxDetail  = 6  // lines of what was found
	maxCauses  = 2  // likely causes beside a verdict
	maxItems   = 12 // entries of a list: skills, results, evidence, what was found
	maxNested  = 64 // credentials inside a credential, with those inside them, of which each kind of verdict is told
	maxFull    = 8  // credentials of a presentation that are shown with all that they say
	maxMembers = 64 // members of an object that are looked at for what it claims
)

// soon is how long before the end of a period there is a word about it.
const soon = 30 * 24 * time.Hour
