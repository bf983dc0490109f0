//go:build race

package canon

// slowness is how many times longer than on an idle machine work may take: the race detector alone
// makes it ten times slower.
const slowness = 30
