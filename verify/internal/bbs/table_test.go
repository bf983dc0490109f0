package bbs

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"os"
	"testing"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
)

var update = flag.Bool("update", false, "write generators.bin anew")

// compute makes the table from the definitions of the draft.
func compute(t *testing.T) []byte {
	t.Helper()
	// P1 is by the hex that the draft prints; TestBasePoint computes it.
	octets, err := hex.DecodeString("a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9")
	if err != nil {
		t.Fatal(err)
	}
	var p1 bls.G1Affine
	if _, err := p1.SetBytes(octets); err != nil {
		t.Fatal(err)
	}
	points := []bls.G1Affine{p1}
	for _, s := range series() {
		more, err := derive(nil, s.count, s.api)
		if err != nil {
			t.Fatal(err)
		}
		points = append(points, more...)
	}
	var out bytes.Buffer
	for _, p := range points {
		raw := p.RawBytes()
		out.Write(raw[:])
	}
	return out.Bytes()
}

func TestTable(t *testing.T) {
	want := compute(t)
	if *update {
		if err := os.WriteFile("generators.bin", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal([]byte(table), want) {
		t.Fatal("generators.bin is not what the draft defines; go test -run TestTable -update writes it")
	}
}

// TestBasePoint computes P1 as the first point of a series with a seed of its own, as the draft says that it
// was made.
func TestBasePoint(t *testing.T) {
	api := Baseline.api()
	v := expandMessage([]byte(api+"BP_MESSAGE_GENERATOR_SEED"), api+"SIG_GENERATOR_SEED_")
	v = expandMessage(binary.BigEndian.AppendUint64(v, 1), api+"SIG_GENERATOR_SEED_")
	p, err := bls.HashToG1(v, []byte(api+"SIG_GENERATOR_DST_"))
	if err != nil {
		t.Fatal(err)
	}
	if got := basePoint(); !got.Equal(&p) {
		t.Errorf("P1 is %x, computed %x", got.Bytes(), p.Bytes())
	}
}

// TestSeriesDiffer: no point stands in two series, or twice in one.
func TestSeriesDiffer(t *testing.T) {
	seen := map[bls.G1Affine]bool{basePoint(): true}
	for _, s := range series() {
		for _, p := range known(s.count+5, s.api) {
			if seen[p] || !p.IsOnCurve() || !p.IsInSubGroup() || p.IsInfinity() {
				t.Errorf("%s has a point twice, or a wrong one", s.api)
			}
			seen[p] = true
		}
	}
	if len(seen) != 1+3*tabled+2*maxSecrets {
		t.Errorf("%d points", len(seen))
	}
	if known(3, "another series") != nil {
		t.Error("a series that is not in the table has points")
	}
}
