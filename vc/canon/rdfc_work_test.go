package canon

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// clique returns n blank nodes, each linked to every other one.
func clique(n int) *dataset {
	b := &quadMaker{}
	for i := range n {
		for j := range n {
			if i != j {
				b.edge(i, j)
			}
		}
	}
	return &b.d
}

// cycle returns n blank nodes in a ring, with links both ways if asked for.
func cycle(n int, both bool) *dataset {
	b := &quadMaker{}
	for i := range n {
		b.edge(i, (i+1)%n)
		if both {
			b.edge((i+1)%n, i)
		}
	}
	return &b.d
}

// circulant returns n blank nodes, each linked to those at the distances given.
func circulant(n int, distances ...int) *dataset {
	b := &quadMaker{}
	for i := range n {
		for _, d := range distances {
			b.edge(i, (i+d)%n)
		}
	}
	return &b.d
}

// bipartite returns n blank nodes, each linked to each of n others.
func bipartite(n int) *dataset {
	b := &quadMaker{}
	for i := range n {
		for j := range n {
			b.edge(i, n+j)
		}
	}
	return &b.d
}

// chain returns n blank nodes in a row.
func chain(n int) *dataset {
	b := &quadMaker{}
	for i := range n {
		b.edge(i, i+1)
	}
	return &b.d
}

// stars returns groups of alike blank nodes around alike blank nodes.
func stars(groups, rays int) *dataset {
	b := &quadMaker{}
	for i := range groups {
		for j := range rays {
			b.edge(i*(rays+1), i*(rays+1)+j+1)
		}
	}
	return &b.d
}

// tree returns a complete tree of blank nodes.
func tree(fan, depth int) *dataset {
	b, next := &quadMaker{}, 1
	level := []int{0}
	for range depth {
		var below []int
		for _, parent := range level {
			for range fan {
				b.edge(parent, next)
				below = append(below, next)
				next++
			}
		}
		level = below
	}
	return &b.d
}

// grid returns n by n blank nodes on a torus.
func grid(n int) *dataset {
	b := &quadMaker{}
	for i := range n {
		for j := range n {
			b.edge(i*n+j, i*n+(j+1)%n)
			b.edge(i*n+j, (i+1)%n*n+j)
		}
	}
	return &b.d
}

// TestPoisonGraphsEndInTime canonicalizes graphs made to cost as much as possible: each ends, as
// done or by the limit, within a second and 128 MB.
func TestPoisonGraphsEndInTime(t *testing.T) {
	for name, d := range map[string]*dataset{
		"clique of 10":                clique(10),
		"clique of 12":                clique(12),
		"clique of 300":               clique(300),
		"ring of 10,000":              cycle(10_000, false),
		"ring of 10,000, both ways":   cycle(10_000, true),
		"ring of 100,000":             cycle(100_000, false),
		"circulant of 1,000":          circulant(1_000, 1, 2, 5, 11),
		"circulant of 5,000":          circulant(5_000, 1, 7, 49, 343, 2401, -1, -7, -49),
		"bipartite of 8":              bipartite(8),
		"bipartite of 300":            bipartite(300),
		"chain of 90,000":             chain(90_000),
		"star of 90,000":              stars(1, 90_000),
		"300 stars of 300":            stars(300, 300),
		"20,000 stars of 4":           stars(20_000, 4),
		"binary tree of depth 15":     tree(2, 15),
		"tree of fan 10 and depth 4":  tree(10, 4),
		"torus of 200 by 200":         grid(200),
		"torus of 6 by 6":             grid(6),
		"graph names that are linked": linkedGraphs(3_000),
	} {
		ended(t, name, d, time.Second)
	}
}

// linkedGraphs returns blank nodes that name the graphs in which they are linked.
func linkedGraphs(n int) *dataset {
	b := &quadMaker{}
	for i := range n {
		b.add(node(i), "<u:p>", node((i+1)%n), node((i+2)%n))
	}
	return &b.d
}

// ended canonicalizes and returns the error. It must end within the time, slowness aside, and
// allocate no more than 128 MB in all.
func ended(t *testing.T, name string, d *dataset, limit time.Duration) error {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err := canonicalize(d, 0, Limits{})
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	var stop *strict.Error
	if err != nil && (!errors.As(err, &stop) || stop.Code != codeBudget) {
		t.Errorf("%s: %v, want nothing or the code %s", name, err, codeBudget)
	}
	megabytes := (after.TotalAlloc - before.TotalAlloc) >> 20
	t.Logf("%s: %d quads, %v, %d MB, %v", name, len(d.quads), took, megabytes, err != nil)
	if took > slowness*limit || megabytes > 128 {
		t.Errorf("%s: took %v and %d MB", name, took, megabytes)
	}
	return err
}

// TestLargeHonestGraphsAreDone canonicalizes large documents without riddles: none may hit a limit.
func TestLargeHonestGraphsAreDone(t *testing.T) {
	for name, d := range map[string]*dataset{
		"90,000 literals of one node":     literals(90_000, 1, 20),
		"20,000 long literals":            literals(20_000, 1, 1_000),
		"30,000 nodes with three values":  literals(90_000, 30_000, 20),
		"20,000 alike nodes of one IRI":   alike(20_000, "<u:root>"),
		"20,000 alike nodes of one blank": alike(20_000, "_:root"),
		"10,000 alike pairs":              pairs(10_000),
	} {
		if err := ended(t, name, d, 2*time.Second); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func literals(n, nodes, size int) *dataset {
	b := &quadMaker{}
	for i := range n {
		b.add(node(i%nodes), fmt.Sprintf("<u:p%d>", i%7), fmt.Sprintf("\"%s %d\"", strings.Repeat("x", size), i), "")
	}
	return &b.d
}

// alike returns n blank nodes below one node that nothing tells apart.
func alike(n int, root string) *dataset {
	b := &quadMaker{}
	for i := range n {
		b.add(root, "<u:part>", node(i), "")
		b.add(node(i), "<u:type>", "<u:Alignment>", "")
	}
	return &b.d
}

// pairs returns n blank nodes that differ only by a value of the blank node below them.
func pairs(n int) *dataset {
	b := &quadMaker{}
	for i := range n {
		b.add("<u:root>", "<u:result>", node(2*i), "")
		b.add(node(2*i), "<u:type>", "<u:Result>", "")
		b.add(node(2*i), "<u:alignment>", node(2*i+1), "")
		b.add(node(2*i+1), "<u:name>", fmt.Sprintf("\"%d\"", i), "")
	}
	return &b.d
}

// TestCostGrowsAsSorting compares the time per quad of a document with that of one a hundred times
// its size. What is quadratic costs a hundred times as much; the bound leaves room for caches and for a
// machine that has other work.
func TestCostGrowsAsSorting(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	perQuad := func(n int) float64 {
		d := literals(n, n/6, 40)
		var c canonicalizer
		best := time.Hour
		for range max(3, 20_000/n) {
			start := time.Now()
			if err := c.run(d, 0, Limits{}); err != nil {
				t.Fatal(err)
			}
			c.appendSum(nil)
			best = min(best, time.Since(start))
		}
		return float64(best.Nanoseconds()) / float64(n)
	}
	small, large := perQuad(280), perQuad(28_000)
	t.Logf("%.0f and %.0f ns for each quad of 280 and of 28,000", small, large)
	if large > 30*small {
		t.Errorf("%.0f ns for each of 28,000 quads, %.0f ns for each of 280", large, small)
	}
}
