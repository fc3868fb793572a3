package metrics

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// layerColumns runs the metrics that compare layers on one input.
func layerColumns(in Input) map[string]Column {
	list := append(append([]Metric{}, firmLayerMetrics...), clusterLayerMetrics...)
	in.Observed = AllObserved(in.Graph)
	out := map[string]Column{}
	for i, c := range NewRunner(list).Run(in) {
		out[list[i].Level.String()+" "+list[i].Name] = c
	}
	return out
}

// united is the union of graphs, without direction.
func united(n int, members ...*graphs.Graph) *graphs.Graph {
	tied := newMatrix(n)
	for _, g := range members {
		for a := range g.All() {
			tied[min(a.From, a.To)][max(a.From, a.To)] = 1
		}
	}
	var arcs []graphs.Arc
	for u := range n {
		for v := range n {
			if tied[u][v] > 0 {
				arcs = append(arcs, graphs.Arc{From: int32(u), To: int32(v), Strength: 1})
			}
		}
	}
	return graphs.New(n, false, arcs)
}

// TestLayerMetricsFromMatrices is a second implementation: relations as
// matrices, and expectation and variance of the overlap over all sets that a
// firm's partners could be.
func TestLayerMetricsFromMatrices(t *testing.T) {
	rng := rand.New(rand.NewPCG(20, 14))
	for round := range 60 {
		n := 2 + round%8
		p := 0.2 + 0.1*float64(round%6)
		members := []*graphs.Graph{graphtest.Random(rng, n, round%2 == 0, p, 3), graphtest.Random(rng, n, false, p, 1), graphtest.Random(rng, n, true, p/2, 2)}
		in := Input{Graph: united(n, members...), Members: members, Repertoire: graphtest.Random(rng, n, false, p, 2)}
		got := layerColumns(in)
		union, repertoire := matrixOf(in.Graph), matrixOf(in.Repertoire).undirected()
		carried, tied := 0.0, 0.0
		for v := range n {
			var degrees []float64
			o, partners := 0.0, partnersOf(union[v])
			for _, g := range members {
				k := partnersOf(matrixOf(g).undirected()[v])
				degrees, o = append(degrees, k), o+k
			}
			carried, tied = carried+o, tied+partners
			spread := 0.0
			for _, k := range degrees {
				spread += (k / o) * (k / o)
			}
			expect(t, got, "firm multiplexity", v, o/partners, partners > 0)
			expect(t, got, "firm layer_participation", v, 1.5*(1-spread), partners > 0)
			z, jaccard, ok := coupled(v, union[v], repertoire[v])
			expect(t, got, "firm coupling_z", v, z, ok)
			expect(t, got, "firm coupling_jaccard", v, jaccard, ok)
		}
		expect(t, got, "cluster multiplexity", 0, carried/tied, tied > 0)
	}
}

func partnersOf(x []float64) float64 {
	all := 0.0
	for _, y := range x {
		all += y
	}
	return all
}

func expect(t *testing.T, got map[string]Column, name string, v int, want float64, defined bool) {
	t.Helper()
	c := got[name]
	if (c.Reasons[v] == Defined) != defined || defined && !(math.Abs(c.Values[v]-want) <= 1e-11+1e-9*math.Abs(want)) {
		t.Errorf("%s of %d is %v (%s), want %v, %t", name, v, c.Values[v], c.Reasons[v], want, defined)
	}
}

// coupled compares a firm's partners with all sets of as many of the others.
func coupled(v int, joint, shared []float64) (z, jaccard float64, ok bool) {
	n, observed, either, mine := len(joint), 0.0, 0.0, uint(0)
	for w := range n {
		observed += joint[w] * shared[w]
		either += max(joint[w], shared[w])
		mine |= uint(shared[w]) << w
	}
	k := int(partnersOf(joint))
	if k == 0 || k == n-1 || partnersOf(shared) == 0 || partnersOf(shared) == float64(n-1) {
		return 0, 0, false
	}
	sets, shares, squares := 0.0, 0.0, 0.0
	for set := range uint(1) << n {
		if bits.OnesCount(set) != k || set>>v&1 == 1 {
			continue
		}
		both := float64(bits.OnesCount(set & mine))
		sets, shares, squares = sets+1, shares+both, squares+both*both
	}
	mean := shares / sets
	return (observed - mean) / math.Sqrt(squares/sets-mean*mean), observed / either, true
}

func TestLayerMetricsClosedForms(t *testing.T) {
	star, ring := graphtest.Star(6), graphtest.Cycle(6)
	same := layerColumns(Input{Graph: star, Members: []*graphs.Graph{star, star, star}, Repertoire: star})
	for v := range 6 {
		expect(t, same, "firm multiplexity", v, 3, true)
		expect(t, same, "firm layer_participation", v, 1, true)
		expect(t, same, "firm coupling_jaccard", v, 1, v > 0) // the hub is tied with all
	}
	expect(t, same, "cluster multiplexity", 0, 3, true)
	one := layerColumns(Input{Graph: ring, Members: []*graphs.Graph{ring, graphtest.Empty(6)}, Repertoire: graphtest.Empty(6)})
	for v := range 6 {
		expect(t, one, "firm multiplexity", v, 1, true)
		expect(t, one, "firm layer_participation", v, 0, true)
	}
	for name, want := range map[string]Reason{"firm coupling_z": NoRepertoire, "firm coupling_jaccard": NoRepertoire} {
		if c := one[name]; c.Reasons[0] != want || c.Whole != Defined {
			t.Errorf("%s without partners in the repertoire: %s, whole %s", name, c.Reasons[0], c.Whole)
		}
	}
	none := layerColumns(Input{Graph: ring, Members: []*graphs.Graph{ring}})
	for name, c := range none {
		if want := map[bool]Reason{true: NoRepertoire, false: NotUnion}[name == "firm coupling_z" || name == "firm coupling_jaccard"]; c.Whole != want {
			t.Errorf("%s of a single relation: %s", name, c.Whole)
		}
	}
	// A mutual pair of arcs is one partner.
	arcs := graphtest.Directed(2, [2]int{0, 1}, [2]int{1, 0})
	expect(t, layerColumns(Input{Graph: arcs, Members: []*graphs.Graph{arcs, graphtest.Path(2)}}), "firm multiplexity", 0, 2, true)
}
