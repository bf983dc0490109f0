package bake

// Defaults of [Limits]. The length of a credential is what package vc reads by default; the
// others leave room for large pictures with many parts.
const (
	DefaultImage      = 16 << 20
	DefaultCredential = 4 << 20
	DefaultChunks     = 20_000
	DefaultMarkup     = 400_000
	DefaultDepth      = 256
)

// Limits bounds the work on one image. A field that is zero or negative stands for its default,
// so the zero value is the safe setting.
type Limits struct {
	Image      int // bytes of the image
	Credential int // bytes of the credential, after decompression
	Chunks     int // chunks of a PNG
	Markup     int // signs '<' and '=' in an SVG: a bound on tags and attributes that costs one pass
	Depth      int // elements of an SVG open at once
}

func (l Limits) orDefault() Limits {
	for _, f := range [...]struct {
		value *int
		safe  int
	}{
		{&l.Image, DefaultImage}, {&l.Credential, DefaultCredential}, {&l.Chunks, DefaultChunks},
		{&l.Markup, DefaultMarkup}, {&l.Depth, DefaultDepth},
	} {
		if *f.value <= 0 {
			*f.value = f.safe
		}
	}
	return l
}
