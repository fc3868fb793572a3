package metrics

import (
	"maps"
	"math"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// matrix is a network as the definitions are written: element i, j is the
// strength of the tie from i to j, 0 where there is none.
type matrix [][]float64

func newMatrix(n int) matrix {
	a := make(matrix, n)
	for i := range a {
		a[i] = make([]float64, n)
	}
	return a
}

func matrixOf(g *graphs.Graph) matrix {
	a := newMatrix(g.N())
	for t := range g.All() {
		a[t.From][t.To] = t.Strength
		if !g.IsDirected() {
			a[t.To][t.From] = t.Strength
		}
	}
	return a
}

// undirected ties a pair with strength 1 where it is tied in either direction.
func (a matrix) undirected() matrix {
	b := newMatrix(len(a))
	for i := range a {
		for j := range a {
			if a[i][j] > 0 || a[j][i] > 0 {
				b[i][j] = 1
			}
		}
	}
	return b
}

// distances are the lengths of the shortest paths (Floyd & Warshall).
func (a matrix) distances() matrix {
	d := newMatrix(len(a))
	for i := range a {
		for j := range a {
			switch {
			case i == j:
			case a[i][j] > 0:
				d[i][j] = 1
			default:
				d[i][j] = math.Inf(1)
			}
		}
	}
	for k := range d {
		for i := range d {
			for j := range d {
				d[i][j] = min(d[i][j], d[i][k]+d[k][j])
			}
		}
	}
	return d
}

// without is the network without a firm.
func (a matrix) without(v int) matrix {
	var keep []int
	for i := range a {
		if i != v {
			keep = append(keep, i)
		}
	}
	return a.within(keep)
}

// within is the network among some firms.
func (a matrix) within(keep []int) matrix {
	b := newMatrix(len(keep))
	for i, v := range keep {
		for j, w := range keep {
			b[i][j] = a[v][w]
		}
	}
	return b
}

// parts are the components of the undirected view.
func (a matrix) parts() [][]int {
	d := a.undirected().distances()
	var parts [][]int
	for i := range a {
		var part []int
		for j := range a {
			if !math.IsInf(d[i][j], 1) {
				part = append(part, j)
			}
		}
		if part[0] == i {
			parts = append(parts, part)
		}
	}
	return parts
}

// largestParts are the undirected views of the components with the most firms.
func (a matrix) largestParts() []matrix {
	most := 0
	for _, part := range a.parts() {
		most = max(most, len(part))
	}
	var largest []matrix
	for _, part := range a.parts() {
		if len(part) == most {
			largest = append(largest, a.undirected().within(part))
		}
	}
	return largest
}

func (a matrix) degrees() []float64 {
	d := make([]float64, len(a))
	for i := range a {
		for j := range a {
			d[i] += a[i][j]
		}
	}
	return d
}

// smallNetworks yields every undirected network of up to six firms (five with
// -short), every one of seven up to the firms' names (not with -short), every
// directed one of up to four, and larger ones at random.
func smallNetworks(yield func(*graphs.Graph) bool) {
	largest := 6
	if testing.Short() {
		largest = 5
	}
	for n := range largest + 1 {
		if !everyNetwork(n, false, yield) || n < 5 && !everyNetwork(n, true, yield) {
			return
		}
	}
	rng := rand.New(rand.NewPCG(61, 62))
	if !testing.Short() {
		for g := range graphtest.Every(7) {
			if !yield(graphtest.Relabelled(g, rng.Perm(7))) {
				return
			}
		}
	}
	for i := range 200 {
		g := graphtest.Random(rng, 5+i%8, i%2 == 0, 0.1+0.6*rng.Float64(), 3)
		if !yield(g) {
			return
		}
	}
}

func everyNetwork(n int, directed bool, yield func(*graphs.Graph) bool) bool {
	var pairs [][2]int
	for i := range n {
		for j := range n {
			if i < j || directed && i != j {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	for set := range 1 << len(pairs) {
		var chosen [][2]int
		for k, p := range pairs {
			if set>>k&1 == 1 {
				chosen = append(chosen, p)
			}
		}
		shape := graphtest.Undirected
		if directed {
			shape = graphtest.Directed
		}
		if !yield(shape(n, chosen...)) {
			return false
		}
	}
	return true
}

// TestDefinitions compares with a second implementation.
func TestDefinitions(t *testing.T) {
	all := maps.Clone(definitions)
	maps.Copy(all, pathDefinitions)
	maps.Copy(all, holdingDefinitions)
	for name, define := range all {
		m, ok := Lookup(Cluster, name)
		if !ok {
			t.Errorf("no metric %s", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			f := measured(t, m)
			failures := 0
			for g := range smallNetworks {
				if m.Applies.directed() && !g.IsDirected() {
					continue
				}
				got, want := f(g)[0], define(matrixOf(g))
				if !near([]float64{got}, []float64{want}) {
					t.Errorf("%v, by definition %v, of %v", got, want, matrixOf(g))
					if failures++; failures == 3 {
						break
					}
				}
			}
		})
	}
}
