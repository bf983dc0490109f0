package view

// Limits of what is shown. More than that is left out, and never cut within a word's bytes.
const (
	maxPicture = 4 << 20 // bytes of a picture's data: URL
	maxText    = 20_000  // bytes of one text
	maxItems   = 200     // skills, pieces of evidence, endorsements, identifiers, credentials inside
	maxDepth   = 3       // credentials inside one another
)
