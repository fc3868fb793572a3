package graphs_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestDistancesOfLargeGraphs against a search from each node alone: of more
// nodes than 512, and of more than 512 times a whole number.
func TestDistancesOfLargeGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(512, 1))
	var ws graphs.Workspace
	var d graphs.Distances
	for name, g := range map[string]*graphs.Graph{
		"collaboration":       graphtest.Collaboration(rng, 1300, 900, 4),
		"directed":            graphtest.Random(rng, 1024, true, 0.003, 1),
		"path and components": graphtest.Union(graphtest.Path(1100), graphtest.Star(40)),
	} {
		for _, along := range []graphs.Direction{graphs.Incoming, graphs.Outgoing} {
			d.Measure(g, along, &ws)
			checkSearches(t, name, g, along, &d)
		}
	}
}

func checkSearches(t *testing.T, name string, g *graphs.Graph, along graphs.Direction, d *graphs.Distances) {
	t.Helper()
	next := g.In
	if along == graphs.Outgoing {
		next = g.Out
	}
	pairs := make([]int64, len(d.Pairs))
	for s := range g.N() {
		var reached, within2, within3, longest int32
		var farness int64
		var harmonic, residual float64
		for _, x := range searchFrom(s, g.N(), next) {
			if x < 1 {
				continue
			}
			pairs[x]++
			reached++
			farness += int64(x)
			harmonic += 1 / float64(x)
			residual += math.Ldexp(1, -int(x))
			longest = max(longest, x)
			if x <= 2 {
				within2++
			}
			if x <= 3 {
				within3++
			}
		}
		if d.Reached[s] != reached || d.Within2[s] != within2 || d.Within3[s] != within3 || d.Farness[s] != farness || d.Eccentricity[s] != longest {
			t.Fatalf("%s: node %d reaches %d, %d within two and %d within three steps, farness %d, farthest %d; want %d, %d, %d, %d, %d", name, s,
				d.Reached[s], d.Within2[s], d.Within3[s], d.Farness[s], d.Eccentricity[s], reached, within2, within3, farness, longest)
		}
		if !(math.Abs(d.Harmonic[s]-harmonic) <= 1e-12*harmonic) || !(math.Abs(d.Residual[s]-residual) <= 1e-12*residual) {
			t.Fatalf("%s: node %d has harmonic %v and residual %v, want %v and %v", name, s, d.Harmonic[s], d.Residual[s], harmonic, residual)
		}
	}
	if !slices.Equal(pairs, d.Pairs) {
		t.Errorf("%s: pairs at each distance %v, want %v", name, d.Pairs, pairs)
	}
}

// searchFrom returns the distance of each of n nodes from s, or -1.
func searchFrom(s, n int, next func(int) []int32) []int32 {
	distance := make([]int32, n)
	for v := range distance {
		distance[v] = -1
	}
	distance[s] = 0
	queue := []int32{int32(s)}
	for i := 0; i < len(queue); i++ {
		v := queue[i]
		for _, w := range next(int(v)) {
			if distance[w] < 0 {
				distance[w] = distance[v] + 1
				queue = append(queue, w)
			}
		}
	}
	return distance
}
