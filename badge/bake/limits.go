package bake

// Defaults of [Limits]. The length of a credential is what package vc reads by default; the
// others leave room for large pictures with many parts.
const (
	defaultImage      = 16 << 20
	defaultCredential = 4 << 20
	defaultChunks     = 20_000
	defaultMarkup     = 400_000
	defaultDepth      = 256
)

// Limits bounds the work on one image. A field that is zero or negative stands for its default,
// so the zero value is the safe setting.
type Limits struct {
	Image      int // bytes of the image; 16 MiB
	Credential int // bytes of the credential, after decompression; 4 MiB
	Chunks     int // chunks of a PNG; 20,000
	Markup     int // signs '<' and '=' in an SVG: a bound on tags and attributes that costs one pass; 400,000
	Depth      int // elements of an SVG open at once; 256
}

func (l Limits) orDefault() Limits {
	for _, f := range [...]struct {
		value *int
		safe  int
	}{
		{&l.Image, defaultImage}, {&l.Credential, defaultCredential}, {&l.Chunks, defaultChunks},
		{&l.Markup, defaultMarkup}, {&l.Depth, defaultDepth},
	} {
		if *f.value <= 0 {
			*f.value = f.safe
		}
	}
	return l
}
