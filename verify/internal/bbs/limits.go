package bbs

// Limits of what is verified. Each signed message, disclosed or not, costs a point that is hashed to the
// curve (some 0.3 ms beyond those in the table, unless [Points] holds it) and a part of a multiplication.
const (
	// maxMessages is how many messages a signature may be over, those of the holder included.
	maxMessages = 4096
	// tabled is how many points of each series stand in the table generators.bin.
	tabled = 128
)
