package graphs_test

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// near is the tolerance of all comparisons with other software.
func near(got, want float64) bool {
	return math.Abs(got-want) <= 1e-11+1e-9*max(math.Abs(got), math.Abs(want))
}

// records reads a CSV file of testdata, without its heading.
func records(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func float(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// pairGraphs are the graphs of testdata/pairs.R.
func pairGraphs(t *testing.T) map[string]*graphs.Graph {
	t.Helper()
	arcs, nodes, directed := map[string][]graphs.Arc{}, map[string]int{}, map[string]bool{}
	for _, r := range records(t, "pairs_arcs.csv") {
		nodes[r[0]], directed[r[0]] = int(float(t, r[2])), r[1] == "1"
		arcs[r[0]] = append(arcs[r[0]], graphs.Arc{From: int32(float(t, r[3])), To: int32(float(t, r[4])), Strength: 1})
	}
	out := map[string]*graphs.Graph{}
	for name, n := range nodes {
		out[name] = graphs.New(n, directed[name], arcs[name])
	}
	return out
}

// TestPairsAgreeWithIgraphAndSna compares with the values beside the script.
// sna::sedist leaves out the term of the pair's own two cells.
func TestPairsAgreeWithIgraphAndSna(t *testing.T) {
	list := pairGraphs(t)
	var ws graphs.Workspace
	seen := map[string]int{}
	for _, r := range records(t, "pairs_values.csv") {
		g, u, v, want := list[r[0]], int(float(t, r[2])), int(float(t, r[3])), float(t, r[4])
		got := 0.0
		switch r[1] {
		case "edge_betweenness":
			got = edgeBetweenness(g, &ws)[[2]int32{int32(u), int32(v)}]
		case "distance":
			hops := make([]int32, g.N())
			graphs.Hops(hops, g, u, &ws)
			got = float64(hops[v])
		case "sedist":
			_, there := g.Strength(u, v)
			_, back := g.Strength(v, u)
			got = graphs.StructuralDistance(g, u, v)
			if there != back {
				got = math.Sqrt(got*got - 1)
			}
		}
		if seen[r[1]]++; !near(got, want) {
			t.Errorf("%s: %s of %d, %d is %v, want %v", r[0], r[1], u, v, got, want)
		}
	}
	if len(seen) != 3 || len(list) != 16 {
		t.Errorf("%v of %d graphs", seen, len(list))
	}
}

func edgeBetweenness(g *graphs.Graph, ws *graphs.Workspace) map[[2]int32]float64 {
	dst := make([]float64, g.Ties())
	graphs.EdgeBetweenness(dst, g, ws)
	out, i := map[[2]int32]float64{}, 0
	for a := range g.All() {
		out[[2]int32{a.From, a.To}] = dst[i]
		i++
	}
	return out
}

// TestEdgeBetweennessFromPathCounts is the definition: of the shortest paths
// from s to t, those that go to u, take the tie to v, and go on to t.
func TestEdgeBetweennessFromPathCounts(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var ws graphs.Workspace
	for round := range 60 {
		directed := round%2 == 0
		n := []int{1, 2, 5, 9, 20, 70}[round/10]
		g := graphtest.Random(rng, n, directed, 2.5/float64(n), 3)
		hops, paths := pathCounts(g, &ws)
		for tie, got := range edgeBetweenness(g, &ws) {
			want := 0.0
			for s := range n {
				for e := range n {
					want += taking(hops, paths, s, e, tie[0], tie[1])
					if !directed {
						want += taking(hops, paths, s, e, tie[1], tie[0])
					}
				}
			}
			if !directed {
				want /= 2
			}
			if !near(got, want) {
				t.Fatalf("directed %v, n %d: tie %v has %v, want %v", directed, n, tie, got, want)
			}
		}
	}
}

func taking(hops [][]int32, paths [][]float64, s, e int, u, v int32) float64 {
	if hops[s][u] < 0 || hops[v][e] < 0 || s == e || hops[s][u]+1+hops[v][e] != hops[s][e] {
		return 0
	}
	return paths[s][u] * paths[v][e] / paths[s][e]
}

// pathCounts counts shortest paths by adding those to the nodes before.
func pathCounts(g *graphs.Graph, ws *graphs.Workspace) (hops [][]int32, paths [][]float64) {
	n := g.N()
	for s := range n {
		h, p := make([]int32, n), make([]float64, n)
		graphs.Hops(h, g, s, ws)
		p[s] = 1
		for d := int32(1); int(d) < n; d++ {
			for w := range n {
				for _, v := range g.In(w) {
					if h[w] == d && h[v] == d-1 {
						p[w] += p[v]
					}
				}
			}
		}
		hops, paths = append(hops, h), append(paths, p)
	}
	return hops, paths
}

func TestEdgeBetweennessClosedForms(t *testing.T) {
	var ws graphs.Workspace
	for _, n := range []int{2, 9, 64, 65, 100} {
		for tie, got := range edgeBetweenness(graphtest.Path(n), &ws) {
			if want := float64(tie[1]) * float64(n-int(tie[1])); got != want {
				t.Errorf("path of %d: tie %v has %v, want %v", n, tie, got, want)
			}
		}
		for tie, got := range edgeBetweenness(graphtest.Star(n), &ws) {
			if got != float64(n-1) {
				t.Errorf("star of %d: tie %v has %v", n, tie, got)
			}
		}
		for tie, got := range edgeBetweenness(graphtest.Clique(n), &ws) {
			if got != 1 {
				t.Errorf("complete graph of %d: tie %v has %v", n, tie, got)
			}
		}
	}
	// The shortest paths along a chain of diamonds double beyond a float64.
	const n = 3*1030 + 1
	for tie, got := range edgeBetweenness(graphtest.Undirected(n, chain(1030)...), &ws) {
		a := int(tie[0]) / 3 * 3 // where its diamond begins
		want := 1.0              // the two in the middle
		switch {
		case int(tie[0]) == a: // half of all that pass, and those that end at the other side
			want = float64(a+1) * (float64(n-a-3)/2 + 1)
		case int(tie[1]) == a+3:
			want = float64(n-a-3) * (float64(a+1)/2 + 1)
		}
		if !near(got, want) {
			t.Fatalf("chain of diamonds: tie %v has %v, want %v", tie, got, want)
		}
	}
}

// TestStructuralDistanceFromTheMatrix is the definition, on the full matrix.
func TestStructuralDistanceFromTheMatrix(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 7))
	for round := range 40 {
		n := 2 + round
		g := graphtest.Random(rng, n, round%2 == 0, 0.3, 2)
		a := func(i, j int) float64 {
			if _, ok := g.Strength(i, j); ok {
				return 1
			}
			return 0
		}
		for u := range n {
			for v := range n {
				if u == v {
					continue
				}
				sum, shared := math.Pow(a(u, v)-a(v, u), 2), 0
				for k := range n {
					if k == u || k == v {
						continue
					}
					sum += math.Pow(a(u, k)-a(v, k), 2) + math.Pow(a(k, u)-a(k, v), 2)
					if a(u, k) == 1 && a(v, k) == 1 {
						shared++
					}
				}
				if got := graphs.StructuralDistance(g, u, v); !near(got, math.Sqrt(sum)) {
					t.Fatalf("%d, %d of %d nodes: %v, want %v", u, v, n, got, math.Sqrt(sum))
				}
				if !g.IsDirected() && graphs.SharedPartners(g, u, v) != shared {
					t.Fatalf("%d, %d share %d, want %d", u, v, graphs.SharedPartners(g, u, v), shared)
				}
			}
		}
	}
	// One list much longer than the other: the hub of a star and a leaf.
	if g := graphtest.Star(5000); graphs.SharedPartners(g, 1, 4999) != 1 || graphs.SharedPartners(g, 0, 4999) != 0 ||
		graphs.StructuralDistance(g, 1, 2) != 0 || graphs.StructuralDistance(g, 0, 1) != math.Sqrt(2*4998) {
		t.Error("a star")
	}
}

func TestPairKernelsDoNotAllocateOnceWarm(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 7))
	var ws graphs.Workspace
	for _, n := range []int{40, 100} {
		g := graphtest.Random(rng, n, false, 0.1, 1)
		dst, hops := make([]float64, g.Ties()), make([]int32, n)
		if a := testing.AllocsPerRun(3, func() {
			graphs.EdgeBetweenness(dst, g, &ws)
			graphs.Hops(hops, g, 0, &ws)
			graphs.StructuralDistance(g, 0, 1)
		}); a != 0 {
			t.Errorf("%v allocations with %d nodes", a, n)
		}
	}
}

func BenchmarkEdgeBetweenness40(b *testing.B) {
	g := graphtest.Random(rand.New(rand.NewPCG(40, 3)), 40, false, 6.0/39, 1)
	var ws graphs.Workspace
	dst := make([]float64, g.Ties())
	for b.Loop() {
		graphs.EdgeBetweenness(dst, g, &ws)
	}
}
