// Package bake takes credentials out of the images that carry them, and puts them in: PNG and
// SVG, as Open Badges 3.0 describes (section "Baked badges" of its document format), and as Open
// Badges 2.0 and its predecessors do (Badge Baking 1.0), under another keyword and in another namespace.
//
// What comes out is text, not a badge: this package neither reads the credential nor judges it.
// It guarantees that there is exactly one, that it arrives byte for byte, and that a damaged or
// ambiguous image is refused instead of guessed at. Pixels are not decoded, scripts and styles
// of an SVG are neither run nor removed, and nothing that an image names is ever fetched. The
// picture itself is not protected by the credential's signature: anybody can bake a genuine
// credential into another picture.
//
// [Insert] and [Replace] add nothing but the credential, and [Remove] takes out nothing else: other
// chunks, comments, elements and namespaces stay byte for byte.
//
// Every error is a [*strict.Error] whose Offset counts bytes in the image (of [Insert], for
// bake.text and bake.size, in the credential that is to be put in):
//
//	bake.format     not a PNG or SVG, or not one that has a single reading
//	bake.crc        a chunk of a PNG was changed after it was written
//	bake.size       a limit of [Limits] is exceeded, after decompression too
//	bake.missing    the image carries no credential of Open Badges
//	bake.duplicate  the image carries more than one
//	bake.text       the credential is there and cannot be read as text
package bake
