// Ratios reads the output of the benchmarks of package verify and prints what one verification costs
// against the least that it could cost and against json-gold:
//
//	go test -c -o verify.test ./verify
//	for i in 1 2 3 4 5 6 7 8 9; do (cd verify && ../verify.test -test.run '^$' \
//		-test.bench '(Verify|Limit|Reference)/' -test.cpu 1 -test.benchtime 100ms); done | go run ./examples/ratios
//
// It prints medians of ratios within one repetition, because machines differ and are noisy.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// run holds the measurements of one benchmark, one number for each repetition.
type run struct {
	nanoseconds []float64
	allocations []float64
}

func main() {
	results, order, err := read(os.Stdin)
	if err == nil && len(order) == 0 {
		err = fmt.Errorf("no lines of BenchmarkVerify in the input")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ratios:", err)
		os.Exit(1)
	}
	print(os.Stdout, results, order)
}

// read collects the lines of go test -bench. The names in order are those of BenchmarkVerify.
func read(r io.Reader) (results map[string]*run, order []string, err error) {
	results = map[string]*run{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := withoutCPUs(strings.TrimPrefix(fields[0], "Benchmark"))
		m, ok := results[name]
		if !ok {
			m = &run{}
			results[name] = m
			if input, ok := strings.CutPrefix(name, "Verify/"); ok {
				order = append(order, input)
			}
		}
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				return nil, nil, fmt.Errorf("%q is no number in %q", fields[i], lines.Text())
			}
			switch fields[i+1] {
			case "ns/op":
				m.nanoseconds = append(m.nanoseconds, value)
			case "allocs/op":
				m.allocations = append(m.allocations, value)
			}
		}
	}
	return results, order, lines.Err()
}

// withoutCPUs removes the number of CPUs that go test appends to a name, which may hold a dash itself.
func withoutCPUs(name string) string {
	i := strings.LastIndexByte(name, '-')
	if i < 0 {
		return name
	}
	if _, err := strconv.Atoi(name[i+1:]); err != nil {
		return name
	}
	return name[:i]
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

func print(w io.Writer, results map[string]*run, order []string) {
	fmt.Fprintf(w, "%-10s %14s %18s %12s\n", "", "Verify/Limit", "Reference/Verify", "allocations")
	for _, input := range order {
		own := results["Verify/"+input]
		fmt.Fprintf(w, "%-10s %14s %18s %12.0f\n", input,
			ratio(own, results["Limit/"+input], 2), ratio(results["Reference/"+input], own, 1), median(own.allocations))
	}
}

// ratio is the median of the ratios of each repetition: what was measured close together is compared,
// since a machine's speed changes over a run. A benchmark that was not run has none.
func ratio(a, b *run, digits int) string {
	if a == nil || b == nil || len(a.nanoseconds) == 0 || len(a.nanoseconds) != len(b.nanoseconds) {
		return "-"
	}
	ratios := make([]float64, len(a.nanoseconds))
	for i := range ratios {
		ratios[i] = a.nanoseconds[i] / b.nanoseconds[i]
	}
	return strconv.FormatFloat(median(ratios), 'f', digits, 64)
}
