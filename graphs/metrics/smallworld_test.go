package metrics

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

func bitGraphOf(g *graphs.Graph) *bitGraph {
	b := new(bitGraph)
	b.reset(g.N())
	for t := range g.All() {
		b.tie(int(t.From), int(t.To))
	}
	return b
}

// TestBitGraphMeasures compares with the metrics of the whole network.
func TestBitGraphMeasures(t *testing.T) {
	clustered, _ := Lookup(Cluster, "clustering_mean_zero")
	distant, _ := Lookup(Cluster, "mean_distance")
	f, h := measured(t, clustered), measured(t, distant)
	rng := rand.New(rand.NewPCG(71, 72))
	for _, n := range []int{2, 5, 20, 64, 65, 130} {
		g := graphtest.Random(rng, n, false, min(1, 5/float64(n)), 1)
		if g.Ties() == 0 {
			continue
		}
		got, want := bitGraphOf(g).measure(), world{f(g)[0], h(g)[0]}
		if !near([]float64{got.clustering, got.distance}, []float64{want.clustering, want.distance}) {
			t.Errorf("%d firms: %v, want %v", n, got, want)
		}
	}
}

// TestLattice: with k even and n·k/2 ties, the clustering of a ring lattice is
// 3(k-2)/4(k-1) (Watts & Strogatz 1998).
func TestLattice(t *testing.T) {
	var b bitGraph
	for _, c := range []struct {
		n, ties int
		want    float64
	}{{20, 20, 0}, {20, 40, 0.5}, {100, 300, 0.6}, {7, 21, 1}, {6, 15, 1}} {
		b.reset(c.n)
		b.lattice(c.ties)
		laid := 0
		for v := range c.n {
			for u := range v {
				if b.tied(u, v) {
					laid++
				}
			}
		}
		if got := b.clustering(); laid != c.ties || !(math.Abs(got-c.want) < 1e-12) {
			t.Errorf("%d firms and %d ties: %d laid, clustering %v, want %v", c.n, c.ties, laid, got, c.want)
		}
	}
}

// TestRandomTiesAreUniform draws networks of five firms, of which there are 120
// with three ties and as many with seven, and compares their counts by
// chi-square with 119 degrees of freedom, 180 being beyond 1 in 3000.
func TestRandomTiesAreUniform(t *testing.T) {
	for _, ties := range []int{3, 7} {
		rng := rand.New(rand.NewPCG(73, 74))
		var b bitGraph
		b.reset(5)
		counts := make(map[string]float64)
		const draws = 24_000
		for range draws {
			b.random(ties, rng)
			key := ""
			for _, row := range b.rows {
				key += string(rune('a' + row))
			}
			counts[key]++
		}
		var observed, expected []float64
		for _, count := range counts {
			observed, expected = append(observed, count), append(expected, draws/120)
		}
		if x := stat.ChiSquare(observed, expected); len(counts) != 120 || x > 180 {
			t.Errorf("%d ties: %d networks, chi-square %v", ties, len(counts), x)
		}
	}
}

// TestSmallWorlds: a lattice is as clustered as can be, but its distances are
// long; with shortcuts they become short at once.
func TestSmallWorlds(t *testing.T) {
	m, _ := Lookup(Cluster, "small_world_propensity")
	q, _ := Lookup(Cluster, "small_world_q")
	f, h := measured(t, m), measured(t, q)
	var pairs [][2]int
	for v := range 60 {
		pairs = append(pairs, [2]int{v, (v + 1) % 60}, [2]int{v, (v + 2) % 60})
	}
	lattice := graphtest.Undirected(60, pairs...)
	if got, want := f(lattice)[0], 1-math.Sqrt(0.5); !(math.Abs(got-want) < 1e-12) {
		t.Errorf("propensity of a lattice %v, want %v", got, want)
	}
	for _, v := range []int{0, 7, 16, 25} {
		i := slices.Index(pairs, [2]int{v, v + 1})
		pairs[i] = [2]int{v, v + 30}
	}
	shortcuts := graphtest.Undirected(60, pairs...)
	if got := f(shortcuts)[0]; !(got > 0.7) {
		t.Errorf("propensity of a lattice with shortcuts %v", got)
	}
	if got, before := h(shortcuts)[0], h(lattice)[0]; !(got > before) || !(before > 1) {
		t.Errorf("q of a lattice %v, with shortcuts %v", before, got)
	}
	tree := graphtest.Path(20)
	if got := f(tree)[0]; !math.IsNaN(got) {
		t.Errorf("propensity of a path %v", got)
	}
	if got := f(graphtest.Union(graphtest.Cycle(9), graphtest.Empty(9)))[0]; !math.IsNaN(got) {
		t.Errorf("propensity of nine firms %v", got)
	}
}

func TestKeyDecidesDraws(t *testing.T) {
	q, _ := Lookup(Cluster, "small_world_q")
	g := graphtest.Random(rand.New(rand.NewPCG(75, 76)), 30, false, 0.2, 1)
	runner := NewRunner([]Metric{q})
	value := func(key byte) float64 {
		return runner.Run(Input{Graph: g, Observed: AllObserved(g), Key: [32]byte{5: key}})[0].Values[0]
	}
	first := value(1)
	if first == value(2) || first != value(1) {
		t.Errorf("key 1 gives %v and %v, key 2 %v", first, value(1), value(2))
	}
}
