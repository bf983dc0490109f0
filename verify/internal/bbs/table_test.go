package bbs

import (
	"bytes"
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
	// P1 is a generator of its own series (section 7.2.2 of the draft); here it is by the hex the draft prints.
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
