//go:build !race

package canon

// slowness is how many times longer than on an idle machine work may take.
const slowness = 3
