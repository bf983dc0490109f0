package badge

// MaxFindings is the number of breaches after which [Conform] stops looking. A document with
// more of them is not described better by a longer list.
const MaxFindings = 100
