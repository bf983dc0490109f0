package main

import (
	"strings"
	"testing"
)

const sample = `goos: linux
BenchmarkVerify/simple-2         1000   50000 ns/op   40.1 MB/s   9000 B/op   55 allocs/op
BenchmarkVerify/simple-2         1000   60000 ns/op   40.1 MB/s   9000 B/op   55 allocs/op
BenchmarkVerify/simple-2         1000   52000 ns/op   40.1 MB/s   9000 B/op   55 allocs/op
BenchmarkVerify/jwt-eddsa        1000   44000 ns/op   9000 B/op   70 allocs/op
BenchmarkLimit/simple-2          1000   40000 ns/op
BenchmarkLimit/simple-2          1000   30000 ns/op
BenchmarkLimit/simple-2          1000   40000 ns/op
BenchmarkLimit/jwt-eddsa         1000   40000 ns/op
BenchmarkReference/simple-2      1000   1000000 ns/op
BenchmarkReference/simple-2      1000   1500000 ns/op
BenchmarkReference/simple-2      1000   2080000 ns/op
PASS
`

func TestRatios(t *testing.T) {
	results, order, err := read(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	print(&b, results, order)
	for _, want := range []string{"simple", "1.30", "25.0", "55", "jwt-eddsa", "1.10"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestBrokenInput(t *testing.T) {
	if _, _, err := read(strings.NewReader("BenchmarkVerify/simple 1000 fast ns/op\n")); err == nil {
		t.Error("a line that is no measurement was read")
	}
	if _, order, err := read(strings.NewReader("PASS\n")); err != nil || len(order) != 0 {
		t.Errorf("%v %v", order, err)
	}
}
