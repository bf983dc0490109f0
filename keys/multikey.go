package keys

// ParseMultikey reads a public key in Multikey text.
func ParseMultikey(s string) (Key, error) {
	return Key{}, malformed("not a Multikey", nil)
}
