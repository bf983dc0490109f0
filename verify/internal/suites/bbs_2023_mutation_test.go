package suites

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// TestBBSComponents changes each component of a proof value by itself.
func TestBBSComponents(t *testing.T) {
	document := bbsFile(t, "derived-complete")
	p := canon.New(nil, canon.Limits{})
	good := bbsComponents(t, document)
	labels, mandatory, selective := good[1].(map[uint64]uint64), good[2].([]uint64), good[3].([]uint64)
	if len(labels) < 2 || len(mandatory) < 2 || len(selective) < 2 {
		t.Fatalf("too few components to change: %v %v %v", labels, mandatory, selective)
	}
	relabel := func(change func(m map[uint64]uint64)) map[uint64]uint64 {
		m := maps.Clone(labels)
		change(m)
		return m
	}
	list := func(from []uint64, change func(l []uint64) []uint64) []uint64 { return change(slices.Clone(from)) }
	swap := func(l []uint64) []uint64 { l[0], l[1] = l[1], l[0]; return l }
	cases := []struct {
		name      string
		component int
		value     any
		code      string
	}{
		{"control", 0, good[0], ""},
		{"proof empty", 0, []byte{}, "proof.value"},
		{"proof cut", 0, good[0].([]byte)[:100], "proof.value"},
		{"proof a byte short", 0, good[0].([]byte)[1:], "proof.value"},
		{"proof of zeros", 0, make([]byte, len(good[0].([]byte))), "proof.value"},
		{"proof over too much", 0, append(bytes.Clone(good[0].([]byte)), bytes.Repeat(good[0].([]byte)[144:176], 5000)...), "budget"},
		{"proof a bit off", 0, func() []byte { b := bytes.Clone(good[0].([]byte)); b[len(b)-1] ^= 1; return b }(), "proof.signature"},
		{"labels none", 1, map[uint64]uint64{}, "proof.signature"},
		{"labels swapped", 1, relabel(func(m map[uint64]uint64) { m[0], m[1] = m[1], m[0] }), "proof.signature"},
		{"label changed", 1, relabel(func(m map[uint64]uint64) { m[0] = 99 }), "proof.signature"},
		{"label twice", 1, relabel(func(m map[uint64]uint64) { m[0] = m[1] }), "proof.value"},
		{"label missing", 1, relabel(func(m map[uint64]uint64) { delete(m, 0) }), "proof.signature"},
		{"label more", 1, relabel(func(m map[uint64]uint64) { m[77] = 77 }), "proof.signature"},
		{"label of another node", 1, relabel(func(m map[uint64]uint64) { m[77] = m[0]; delete(m, 0) }), "proof.signature"},
		{"label huge", 1, relabel(func(m map[uint64]uint64) { m[0] = 1<<64 - 1 }), "proof.signature"},
		{"mandatory none", 2, []uint64{}, "proof.signature"},
		{"mandatory one less", 2, mandatory[1:], "proof.signature"},
		{"mandatory twice", 2, list(mandatory, func(l []uint64) []uint64 { return append(l, l[0]) }), "proof.value"},
		{"mandatory beyond", 2, list(mandatory, func(l []uint64) []uint64 { return append(l, 1000) }), "proof.signature"},
		{"mandatory huge", 2, list(mandatory, func(l []uint64) []uint64 { l[0] = 1<<64 - 1; return l }), "proof.signature"},
		{"mandatory another", 2, list(mandatory, func(l []uint64) []uint64 { l[len(l)-1]--; return l }), "proof.value"},
		{"selective none", 3, []uint64{}, "proof.signature"},
		{"selective one less", 3, selective[1:], "proof.signature"},
		{"selective one more", 3, list(selective, func(l []uint64) []uint64 { return append(l, l[len(l)-1]+1) }), "proof.signature"},
		{"selective swapped", 3, list(selective, swap), "proof.value"},
		{"selective twice", 3, list(selective, func(l []uint64) []uint64 { l[1] = l[0]; return l }), "proof.value"},
		{"selective beyond", 3, list(selective, func(l []uint64) []uint64 { l[len(l)-1] = 1000; return l }), "proof.value"},
		{"selective huge", 3, list(selective, func(l []uint64) []uint64 { l[len(l)-1] = 1<<64 - 1; return l }), "proof.value"},
		{"presentation header", 4, []byte("another"), "proof.signature"},
		{"presentation header none", 4, []byte{}, "proof.signature"},
		{"text for bytes", 4, "text", "proof.value"},
		{"null", 4, nil, "proof.value"},
		{"list for bytes", 4, []int{1, 2}, "proof.value"},
		{"number for bytes", 0, 7, "proof.value"},
		{"list for a map", 1, []uint64{1}, "proof.value"},
		{"text keys", 1, map[string]uint64{"c14n0": 1}, "proof.value"},
		{"negative label", 1, map[uint64]int{0: -1}, "proof.value"},
		{"fraction", 2, []float64{0.5}, "proof.value"},
		{"whole float", 2, []float64{1}, "proof.value"},
		{"negative index", 3, []int{-1}, "proof.value"},
		{"null index", 3, []any{nil}, "proof.value"},
		{"bytes for a list", 3, []byte{1}, "proof.value"},
		{"nested", 3, []any{[]any{[]any{[]any{[]any{1}}}}}, "proof.value"},
		{"tag", 4, cbor.Tag{Number: 64, Content: []byte("x")}, "proof.value"},
		{"true", 4, true, "proof.value"},
	}
	for i := range mandatory {
		for _, other := range []uint64{mandatory[i] + 1, mandatory[i] + 7} {
			if !slices.Contains(mandatory, other) {
				cases = append(cases, struct {
					name      string
					component int
					value     any
					code      string
				}{"mandatory moved", 2, list(mandatory, func(l []uint64) []uint64 { l[i] = other; return l }), "proof.signature"})
			}
		}
	}
	for i := range len(selective) - 1 {
		moved := list(selective, func(l []uint64) []uint64 { l[i]++; return l })
		code := "proof.signature"
		if moved[i] == moved[i+1] {
			code = "proof.value"
		}
		cases = append(cases, struct {
			name      string
			component int
			value     any
			code      string
		}{"selective moved", 3, moved, code})
	}
	for i, tc := range cases {
		t.Run(fmt.Sprint(i, tc.name), func(t *testing.T) {
			c := slices.Clone(good)
			c[tc.component] = tc.value
			suite, in := input(t, p, withValue(t, document, encodeBBS(t, 3, c)))
			_, err := suite.Verify(in)
			wantCode(t, err, tc.code)
		})
	}
}

// statements is what a document says without its proof, "" where it is none.
func statements(p *canon.Processor, document strict.Value) string {
	c, err := p.Canonicalize(canon.Input{Value: document, Omit: []string{"proof"}}, canon.Options{})
	if err != nil {
		return ""
	}
	return string(c.NQuads())
}

// TestBBSEveryMember alters every text and every member of what was disclosed, and of the proof. What still
// verifies makes the same statements: the complete badge says some things twice of one thing.
func TestBBSEveryMember(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	for _, name := range bbsSamples {
		t.Run(name, func(t *testing.T) {
			original := bbsFile(t, name)
			_, genuine := input(t, p, original)
			all := changes(t, original)
			if len(all) < 60 {
				t.Fatalf("only %d changes", len(all))
			}
			for _, c := range all {
				document := parse(t, c.text)
				suite, ok := Find(document.Get("proof"))
				if !ok {
					if !strings.HasPrefix(c.pointer, "/proof") {
						t.Errorf("%s: no suite", c.pointer)
					}
					continue
				}
				_, err := suite.Verify(Input{Document: document, Proof: document.Get("proof"), Key: genuine.Key, Canon: p})
				same := !strings.HasPrefix(c.pointer, "/proof") && statements(p, document) == statements(p, genuine.Document)
				if code := codeOf(err); !strings.HasPrefix(code, "proof.") && !strings.HasPrefix(code, "jsonld.") && !(same && err == nil) {
					t.Errorf("%s: %v", c.pointer, err)
				}
			}
		})
	}
}

// TestBBSProofOptions adds options to the proof that the issuer did not sign.
func TestBBSProofOptions(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	original := bbsFile(t, "derived-some")
	for member, value := range map[string]string{
		"created": "2026-03-02T09:30:00Z", "expires": "2099-01-01T00:00:00Z", "challenge": "c", "domain": "example.org", "nonce": "n",
	} {
		var document map[string]any
		fatal(t, json.Unmarshal(original, &document))
		document["proof"].(map[string]any)[member] = value
		suite, in := input(t, p, encode(t, document))
		_, err := suite.Verify(in)
		wantCode(t, err, "proof.signature")
	}
}

// TestBBSHidden puts back what the holder kept to himself: it is not verified by the proof.
func TestBBSHidden(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	var base, derived map[string]any
	fatal(t, json.Unmarshal(bbsFile(t, "base"), &base))
	fatal(t, json.Unmarshal(bbsFile(t, "derived-some"), &derived))
	base["proof"] = derived["proof"]
	suite, in := input(t, p, encode(t, base))
	_, err := suite.Verify(in)
	wantCode(t, err, "proof.signature")
}

// TestBBSText changes how proofValue is written.
func TestBBSText(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	original := bbsFile(t, "derived-some")
	good := parse(t, original).Get("proof").Get("proofValue").Text()
	raw, err := base64.RawURLEncoding.DecodeString(good[1:])
	fatal(t, err)
	written := func(head string, data ...byte) string {
		return "u" + base64.RawURLEncoding.EncodeToString(append([]byte(head), data...))
	}
	payload := raw[3:]
	indefinite := append(append([]byte{0x9f}, payload[1:]...), 0xff)
	if payload[0] != 0x85 {
		t.Fatalf("the payload begins with %x", payload[0])
	}
	for name, tc := range map[string]struct {
		value any
		code  string
	}{
		"control":                   {written("\xd9\x5d\x03", payload...), ""},
		"number":                    {1, "proof.value"},
		"empty":                     {"", "proof.value"},
		"header alone":              {"u", "proof.value"},
		"base58":                    {base58(t, raw), "proof.value"},
		"base64 with padding":       {"U" + base64.URLEncoding.EncodeToString(raw), "proof.value"},
		"standard alphabet":         {"m" + base64.RawStdEncoding.EncodeToString(raw), "proof.value"},
		"padding":                   {good + "=", "proof.value"},
		"line break":                {good[:50] + "\n" + good[50:], "proof.value"},
		"space":                     {good + " ", "proof.value"},
		"bytes of the suite alone":  {written("\xd9\x5d\x03"), "proof.value"},
		"two bytes":                 {written("\xd9\x5d"), "proof.value"},
		"kind 0, of ecdsa-sd-2023":  {written("\xd9\x5d\x00", payload...), "proof.value"},
		"kind 1, of ecdsa-sd-2023":  {written("\xd9\x5d\x01", payload...), "proof.value"},
		"kind 10":                   {written("\xd9\x5d\x0a", payload...), "proof.value"},
		"holder binding's kind":     {written("\xd9\x5d\x05", payload...), "proof.value"},
		"pseudonym's kind":          {written("\xd9\x5d\x07", payload...), "proof.value"},
		"kind of both":              {written("\xd9\x5d\x09", payload...), "proof.value"},
		"other first byte":          {written("\xd8\x5d\x03", payload...), "proof.value"},
		"other second byte":         {written("\xd9\x5e\x03", payload...), "proof.value"},
		"kind of a base proof":      {written("\xd9\x5d\x02", payload...), "proof.base"},
		"base with holder binding":  {written("\xd9\x5d\x04", payload...), "proof.base"},
		"base with pseudonym":       {written("\xd9\x5d\x06", payload...), "proof.base"},
		"base with both":            {written("\xd9\x5d\x08", payload...), "proof.base"},
		"more CBOR":                 {written("\xd9\x5d\x03", append(bytes.Clone(payload), 0x00)...), "proof.value"},
		"cut":                       {written("\xd9\x5d\x03", payload[:len(payload)-1]...), "proof.value"},
		"indefinite length":         {written("\xd9\x5d\x03", indefinite...), "proof.value"},
		"longer form of the length": {written("\xd9\x5d\x03", append([]byte{0x98, 0x05}, payload[1:]...)...), "proof.value"},
		"six components":            {written("\xd9\x5d\x03", append(append([]byte{0x86}, payload[1:]...), 0x00)...), "proof.value"},
		"tagged":                    {written("\xd9\x5d\x03", append([]byte{0xc1}, payload...)...), "proof.value"},
		"a map":                     {written("\xd9\x5d\x03", 0xa0), "proof.value"},
		"a bomb of arrays":          {written("\xd9\x5d\x03", bytes.Repeat([]byte{0x81}, 100_000)...), "proof.value"},
		"a huge length":             {written("\xd9\x5d\x03", 0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), "proof.value"},
		"a huge byte string":        {written("\xd9\x5d\x03", 0x85, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), "proof.value"},
	} {
		t.Run(name, func(t *testing.T) {
			suite, in := input(t, p, withValue(t, original, tc.value))
			_, err := suite.Verify(in)
			wantCode(t, err, tc.code)
		})
	}
}

// TestBBSLabelOrder takes label maps in any order, as encoders write them, but no key twice.
func TestBBSLabelOrder(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	original := bbsFile(t, "derived-complete")
	c := bbsComponents(t, original)
	labels := c[1].(map[uint64]uint64)
	keys := slices.Sorted(maps.Keys(labels))
	if len(keys) < 2 || len(keys) > 23 {
		t.Fatalf("%d labels", len(keys))
	}
	write := func(keys []uint64) []byte {
		out := []byte{0xa0 | byte(len(keys))}
		for _, k := range keys {
			key, err := cbor.Marshal(k)
			fatal(t, err)
			label, err := cbor.Marshal(labels[k])
			fatal(t, err)
			out = append(append(out, key...), label...)
		}
		return out
	}
	backwards := slices.Clone(keys)
	slices.Reverse(backwards)
	for _, tc := range []struct {
		labels []byte
		code   string
	}{{write(keys), ""}, {write(backwards), ""}, {write(append(slices.Clone(keys), keys[0])), "proof.value"}} {
		c[1] = cbor.RawMessage(tc.labels)
		suite, in := input(t, p, withValue(t, original, encodeBBS(t, 3, c)))
		_, err := suite.Verify(in)
		wantCode(t, err, tc.code)
	}
}

// TestBBSKey refuses a key whose form is right and whose point is none.
func TestBBSKey(t *testing.T) {
	suite, in := input(t, canon.New(nil, canon.Limits{}), bbsFile(t, "derived-some"))
	for x := range byte(20) {
		raw := make([]byte, 98)
		raw[0], raw[1], raw[2], raw[97] = 0xeb, 0x01, 0x80, x
		in.Key = multikey(t, base58(t, raw))
		_, err := suite.Verify(in)
		wantCode(t, err, "key.malformed")
	}
	in.Key = multikey(t, sampleKey(t))
	_, err := suite.Verify(in)
	wantCode(t, err, "")
	in.Key = multikey(t, "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
	_, err = suite.Verify(in)
	wantCode(t, err, "proof.method")
}

// FuzzBBSValue: of the texts of a proofValue, only those with the same components verify.
func FuzzBBSValue(f *testing.F) {
	p := canon.New(nil, canon.Limits{})
	original := bbsFile(f, "derived-some")
	suite, in := input(f, p, original)
	if _, err := suite.Verify(in); err != nil {
		f.Fatal("the seed does not verify", err)
	}
	want, err := parseBBS(in.Proof)
	fatal(f, err)
	for _, name := range append(bbsSamples, "base") {
		f.Add(parse(f, bbsFile(f, name)).Get("proof").Get("proofValue").Text())
	}
	f.Fuzz(func(t *testing.T, value string) {
		_, in := input(t, p, withValue(t, original, value))
		_, err := suite.Verify(in)
		switch codeOf(err) {
		case "proof.value", "proof.signature", "proof.base", "budget":
		case "":
			got, parseError := parseBBS(in.Proof)
			if err != nil || parseError != nil || !bytes.Equal(got.value, want.value) || !slices.Equal(got.selective, want.selective) ||
				!maps.Equal(got.labels, want.labels) || !bytes.Equal(got.presentationHeader, want.presentationHeader) {
				t.Errorf("%q verifies, %v", value, err)
			}
		default:
			t.Errorf("%q: %v", value, err)
		}
	})
}

// TestBBSConfusion presents a derived proof under the name of every other suite, with its own key and with
// keys of every kind.
func TestBBSConfusion(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	others := []string{sampleKey(t)}
	for _, s := range samples {
		_, key, _ := strings.Cut(parse(t, sample(t, s.file)).Get("proof").Get("verificationMethod").Text(), "#")
		if strings.HasPrefix(key, "z") {
			others = append(others, key)
		}
	}
	tried := 0
	for _, e := range table() {
		if e.cryptosuite == "bbs-2023" {
			continue
		}
		var document map[string]any
		fatal(t, json.Unmarshal(bbsFile(t, "derived-some"), &document))
		proof := document["proof"].(map[string]any)
		proof["type"] = e.proofType
		if delete(proof, "cryptosuite"); e.cryptosuite != "" {
			proof["cryptosuite"] = e.cryptosuite
		}
		suite, in := input(t, p, encode(t, document))
		for _, key := range others {
			in.Key = multikey(t, key)
			_, err := suite.Verify(in)
			if code := codeOf(err); code != "proof.method" && code != "proof.value" {
				t.Errorf("%s with a key of kind %s: %v", suite.Name(), in.Key.Kind(), err)
			}
			tried++
		}
	}
	if tried < 50 {
		t.Errorf("only %d combinations", tried)
	}
}
