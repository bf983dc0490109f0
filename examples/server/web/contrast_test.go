package web_test

import (
	"math"
	"testing"
)

// contrast is the contrast ratio of two colours (WCAG 2.2, relative luminance).
func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c [3]float64) float64 {
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

func TestContrastOfExtremes(t *testing.T) {
	black, white := [3]float64{}, [3]float64{1, 1, 1}
	if c := contrast(black, white); math.Abs(c-21) > 1e-9 {
		t.Error(c)
	}
	if c := contrast(white, white); c != 1 {
		t.Error(c)
	}
}
