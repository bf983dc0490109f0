package bbs

import (
	"testing"
)

// fixture is a case of the draft's own fixtures (section 8.4 and appendix D), made again by other software.
type fixture struct {
	Name                       string
	Header, PresentationHeader string
	Messages                   []string
	Disclosed                  []int
	Signature, Proof           string
}

func fixtures(t testing.TB) (key *PublicKey, cases []fixture) {
	t.Helper()
	var file struct {
		PublicKey string
		Cases     []fixture
	}
	readData(t, "draft.json", &file)
	if len(file.Cases) != 7 {
		t.Fatalf("%d cases, want 7", len(file.Cases))
	}
	return publicKey(t, unhex(t, file.PublicKey)), file.Cases
}

func (f fixture) claim(t testing.TB, key *PublicKey) claim {
	t.Helper()
	c := claim{key: key, octets: unhex(t, f.Proof)}
	c.statement = Statement{
		Header: unhex(t, f.Header), PresentationHeader: unhex(t, f.PresentationHeader), Indexes: f.Disclosed,
	}
	for _, i := range f.Disclosed {
		c.statement.Messages = append(c.statement.Messages, unhex(t, f.Messages[i]))
	}
	return c
}

func (f fixture) messages(t testing.TB) (out [][]byte) {
	t.Helper()
	for _, m := range f.Messages {
		out = append(out, unhex(t, m))
	}
	return out
}

// TestPrinted compares fixtures with the beginning of what the draft prints, which is not from a library.
func TestPrinted(t *testing.T) {
	_, cases := fixtures(t)
	for i, c := range []struct{ signature, proof string }{
		{"84773160b824e194073a57493dac1a20b667af70cd2352d8", "94916292a7a6bade28456c601d3af33fcf39278d6594b467"},
		{"8339b285a4acd89dec7777c09543a43e3cc60684b0a6f8ab", "b1f468aec2001c4f54cb56f707c6222a43e5803a25b2253e"},
		{"8339b285a4acd89dec7777c09543a43e3cc60684b0a6f8ab", "a2ed608e8e12ed21abc2bf154e462d744a367c7f1f969bdb"},
	} {
		if cases[i].Signature[:48] != c.signature || cases[i].Proof[:48] != c.proof {
			t.Errorf("%s is not the draft's", cases[i].Name)
		}
	}
}

func TestDraftSignatures(t *testing.T) {
	key, cases := fixtures(t)
	other := newIssuer(t)
	for _, f := range cases {
		t.Run(f.Name, func(t *testing.T) {
			octets, header, messages := unhex(t, f.Signature), unhex(t, f.Header), f.messages(t)
			want(t, VerifySignature(key, octets, header, messages), nil)

			want(t, VerifySignature(other.key, octets, header, messages), ErrMismatch)
			want(t, VerifySignature(key, octets, append(header, 0), messages), ErrMismatch)
			want(t, VerifySignature(key, octets, header, append(messages, []byte("x"))), ErrMismatch)
			want(t, VerifySignature(key, octets, header, append(messages, nil)), ErrMismatch)
			for i := range messages {
				changed := append([][]byte(nil), messages...)
				changed[i] = append([]byte{1}, changed[i]...)
				want(t, VerifySignature(key, octets, header, changed), ErrMismatch)
			}
			if len(messages) > 1 {
				want(t, VerifySignature(key, octets, header, messages[1:]), ErrMismatch)
				messages[0], messages[1] = messages[1], messages[0]
				want(t, VerifySignature(key, octets, header, messages), ErrMismatch)
			}
		})
	}
}

func TestDraftProofs(t *testing.T) {
	key, cases := fixtures(t)
	for _, f := range cases {
		t.Run(f.Name, func(t *testing.T) {
			c := f.claim(t, key)
			want(t, c.verify(), nil)
			twins(t, c)
		})
	}
}

// twins changes every part of a claim that verifies, one at a time, and expects each to be refused.
func twins(t *testing.T, c claim) {
	t.Helper()
	try := func(name string, reason error, change func(c *claim)) {
		t.Helper()
		t.Run(name, func(t *testing.T) { t.Helper(); want(t, c.with(change).verify(), reason) })
	}
	other := newIssuer(t)
	try("key", ErrMismatch, func(c *claim) { c.key = other.key })
	try("header", ErrMismatch, func(c *claim) { c.statement.Header = append(c.statement.Header, 0) })
	try("presentation header", ErrMismatch, func(c *claim) { c.statement.PresentationHeader = append(c.statement.PresentationHeader, 0) })
	try("headers swapped", ErrMismatch, func(c *claim) {
		s := &c.statement
		s.Header, s.PresentationHeader = append(s.PresentationHeader, 1), s.Header
	})
	for k := range c.statement.Messages {
		try("message", ErrMismatch, func(c *claim) { c.statement.Messages[k] = append([]byte{7}, c.statement.Messages[k]...) })
		try("message emptied", ErrMismatch, func(c *claim) { c.statement.Messages[k] = []byte("?") })
	}
	if len(c.statement.Messages) > 1 {
		try("messages swapped", ErrMismatch, func(c *claim) {
			m := c.statement.Messages
			m[0], m[1] = m[1], m[0]
		})
		try("indexes swapped", ErrMalformed, func(c *claim) {
			i := c.statement.Indexes
			i[0], i[1] = i[1], i[0]
		})
		try("index twice", ErrMalformed, func(c *claim) { c.statement.Indexes[1] = c.statement.Indexes[0] })
	}
	for k := range c.statement.Indexes {
		try("index negative", ErrMalformed, func(c *claim) { c.statement.Indexes[k] = -1 })
		try("index huge", ErrMalformed, func(c *claim) { c.statement.Indexes[k] = 1 << 40 })
	}
	if n := len(c.statement.Indexes); n > 0 {
		try("a message less", ErrMalformed, func(c *claim) { c.statement.Messages = c.statement.Messages[1:] })
		try("an index less", ErrMalformed, func(c *claim) { c.statement.Indexes = c.statement.Indexes[1:] })
	}
	try("a message more", ErrMalformed, func(c *claim) { c.statement.Messages = append(c.statement.Messages, []byte("x")) })
	try("an index more", ErrMalformed, func(c *claim) { c.statement.Indexes = append(c.statement.Indexes, 3) })
	octetTwins(t, c)
}

// octetTwins changes each point and scalar of the proof: by one bit, to zero, to its neighbour's.
func octetTwins(t *testing.T, c claim) {
	t.Helper()
	parts := []int{0, pointSize, 2 * pointSize}
	for at := 3 * pointSize; at < len(c.octets); at += scalarSize {
		parts = append(parts, at)
	}
	for _, at := range parts {
		size := scalarSize
		if at < 3*pointSize {
			size = pointSize
		}
		if c.with(func(c *claim) { c.octets[at+size-1] ^= 1 }).verify() == nil {
			t.Errorf("a changed bit at %d verifies", at)
		}
		want(t, c.with(func(c *claim) { clear(c.octets[at : at+size]) }).verify(), ErrMalformed)
	}
	for k := 3; k+1 < len(parts); k++ {
		swapped := c.with(func(c *claim) {
			a, b := c.octets[parts[k]:][:scalarSize], c.octets[parts[k+1]:][:scalarSize]
			for i := range a {
				a[i], b[i] = b[i], a[i]
			}
		})
		want(t, swapped.verify(), ErrMismatch)
	}
	for _, points := range [][2]int{{0, 1}, {1, 2}, {0, 2}} {
		swapped := c.with(func(c *claim) {
			a, b := c.octets[points[0]*pointSize:][:pointSize], c.octets[points[1]*pointSize:][:pointSize]
			for i := range a {
				a[i], b[i] = b[i], a[i]
			}
		})
		want(t, swapped.verify(), ErrMismatch)
	}
	want(t, c.with(func(c *claim) { c.octets[0] ^= 0x20 }).verify(), ErrMismatch) // -Abar
	for _, cut := range []int{1, scalarSize - 1, pointSize} {
		want(t, c.with(func(c *claim) { c.octets = c.octets[:len(c.octets)-cut] }).verify(), ErrMalformed)
		want(t, c.with(func(c *claim) { c.octets = append(c.octets, make([]byte, cut)...) }).verify(), ErrMalformed)
	}
	if c.with(func(c *claim) { c.octets = append(c.octets, c.octets[len(c.octets)-scalarSize:]...) }).verify() == nil {
		t.Error("a proof with a scalar more verifies")
	}
}
