package metrics

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// holdingDefinitions are the definitions of metrics about what holds a network
// together.
var holdingDefinitions = map[string]func(a matrix) float64{
	"components_mutual": func(a matrix) float64 {
		mutual := newMatrix(len(a))
		for i := range a {
			for j := range a {
				mutual[i][j] = min(a[i][j], a[j][i])
			}
		}
		return float64(len(mutual.parts()))
	},
	"bridges": func(a matrix) float64 {
		u, count := a.undirected(), 0.0
		for i := range u {
			for j := range i {
				if u[i][j] == 0 {
					continue
				}
				u[i][j], u[j][i] = 0, 0
				if len(u.parts()) > len(a.parts()) {
					count++
				}
				u[i][j], u[j][i] = 1, 1
			}
		}
		return count
	},
	"fragmentation_max_rise": func(a matrix) float64 {
		if len(a) < 3 {
			return none
		}
		rise := math.Inf(-1)
		for v := range a {
			rise = max(rise, pathDefinitions["fragmentation"](a.without(v))-pathDefinitions["fragmentation"](a))
		}
		return rise
	},
	"clique_number": func(a matrix) float64 {
		largest := 0
		for members := range a.subsets {
			if a.undirected().within(members).complete() {
				largest = max(largest, len(members))
			}
		}
		return float64(largest)
	},
	"cliques": func(a matrix) float64 {
		u, count := a.undirected(), 0.0
		for members := range u.subsets {
			if len(members) < 3 || !u.within(members).complete() {
				continue
			}
			maximal := true
			for v := range u {
				if !slices.Contains(members, v) && u.within(append(slices.Clone(members), v)).complete() {
					maximal = false
				}
			}
			if maximal {
				count++
			}
		}
		return count
	},
	"vertex_connectivity": func(a matrix) float64 {
		if len(a) < 2 {
			return none
		}
		least := math.Inf(1)
		for _, part := range a.largestParts() {
			least = min(least, part.connectivity())
		}
		return least
	},
	"algebraic_connectivity": func(a matrix) float64 {
		if a.sum() == 0 {
			return none
		}
		least := math.Inf(1)
		for _, part := range a.largestParts() {
			degrees := part.degrees()
			for i := range part {
				for j := range part {
					part[i][j] = -part[i][j]
				}
				part[i][i] = degrees[i]
			}
			values := part.eigenvalues()
			slices.Sort(values)
			least = min(least, values[1])
		}
		return least
	},
	"local_efficiency": func(a matrix) float64 {
		if len(a) == 0 {
			return none
		}
		sum := 0.0
		for _, partners := range a.undirected() {
			var around []int
			for j, x := range partners {
				if x > 0 {
					around = append(around, j)
				}
			}
			if len(around) > 1 {
				b := a.undirected().within(around)
				sum += pathDefinitions["global_efficiency_directed"](b)
			}
		}
		return sum / float64(len(a))
	},
	"clustering_directed_mean": func(a matrix) float64 {
		z, sum := a.counts(), 0.0
		for i := range z {
			triangles, total, mutual := 0.0, 0.0, 0.0
			for j := range z {
				total += z[i][j]
				if z[i][j] == 2 {
					mutual++
				}
				for k := range z {
					triangles += z[i][j] * z[j][k] * z[k][i]
				}
			}
			if possible := 2 * (total*(total-1) - 2*mutual); possible > 0 {
				sum += triangles / possible
			}
		}
		return sum / max(1, float64(len(a)))
	},
	"constraint_directed_mean": func(a matrix) float64 {
		z := a.counts()
		totals := z.degrees()
		var values []float64
		for i := range z {
			sum := 0.0
			for j := range z {
				if z[i][j] == 0 {
					continue
				}
				x := z[i][j] / totals[i]
				for q := range z {
					if z[i][q] > 0 {
						x += z[i][q] / totals[i] * z[q][j] / totals[q]
					}
				}
				sum += x * x
			}
			if totals[i] > 0 {
				values = append(values, sum)
			}
		}
		return stat.Mean(values, nil)
	},
	"core_periphery_fit": func(a matrix) float64 {
		u := a.undirected()
		degrees := u.degrees()
		fewest, fit := math.Inf(1), none
		for least := len(a) - 1; least >= 0; least-- { // the core is the firms of that degree or more
			if !slices.Contains(degrees, float64(least)) {
				continue
			}
			misfits := 0.0
			var x, y []float64
			for i := range u {
				for j := range i {
					core := degrees[i] >= float64(least)
					if core != (degrees[j] >= float64(least)) {
						continue
					}
					ideal := 0.0
					if core {
						ideal = 1
					}
					misfits += math.Abs(u[i][j] - ideal)
					x, y = append(x, ideal), append(y, u[i][j])
				}
			}
			if misfits < fewest {
				fewest, fit = misfits, pearson(x, y)
			}
		}
		return fit
	},
}

// counts are the numbers of arcs of pairs.
func (a matrix) counts() matrix {
	z := a.binary()
	for i, row := range a.transposed().binary() {
		for j, x := range row {
			z[i][j] += x
		}
	}
	return z
}

// subsets yields every set of one firm or more.
func (a matrix) subsets(yield func([]int) bool) {
	for set := 1; set < 1<<len(a); set++ {
		var members []int
		for v := range a {
			if set>>v&1 == 1 {
				members = append(members, v)
			}
		}
		if !yield(members) {
			return
		}
	}
}

func (a matrix) complete() bool { return a.binary().sum() == a.pairs() }

// connectivity is the fewest firms that leave the others, one or more, alone or
// apart.
func (a matrix) connectivity() float64 {
	fewest := len(a) - 1
	for rest := range a.subsets {
		if len(a.within(rest).parts()) > 1 {
			fewest = min(fewest, len(a)-len(rest))
		}
	}
	return float64(fewest)
}

// TestStrengthsOfOne: where every tie has strength 1, metrics of strengths are
// those that ignore them.
func TestStrengthsOfOne(t *testing.T) {
	for weighted, plain := range map[string]string{
		"strength_mean": "degree_mean", "density_weighted": "density", "strength_gini": "degree_gini", "reciprocity_weighted": "reciprocity",
	} {
		m, _ := Lookup(Cluster, weighted)
		p, _ := Lookup(Cluster, plain)
		f, h := measured(t, m), measured(t, p)
		for name, g := range samples {
			if g.IsDirected() != m.Applies.directed() {
				continue
			}
			var arcs []graphs.Arc
			for a := range g.All() {
				arcs = append(arcs, graphs.Arc{From: a.From, To: a.To, Strength: 1})
			}
			one := graphs.New(g.N(), g.IsDirected(), arcs)
			if got, want := f(one), h(one); !near(got, want) {
				t.Errorf("%s: %s %v, %s %v", name, weighted, got, plain, want)
			}
		}
	}
}

// TestExpensiveMetricsWaitToBeAsked measures networks a firm too large.
func TestExpensiveMetricsWaitToBeAsked(t *testing.T) {
	for _, m := range Catalogue {
		if m.Largest() == 0 || m.Largest() > 1000 {
			continue
		}
		runner := NewRunner([]Metric{m})
		for _, directed := range []bool{false, true} {
			ring := graphs.New(m.Largest()+1, directed, slices.Collect(graphtest.Cycle(m.Largest()+1).All()))
			in := Input{Graph: ring, Observed: AllObserved(ring)}
			if whole := runner.Run(in)[0].Whole; whole != TooLarge && whole != UndirectedLayer {
				t.Errorf("%s of %d firms: %q", m.Name, ring.N(), whole)
			}
		}
		small := graphtest.Cycle(9)
		in := Input{Graph: small, Observed: AllObserved(small), Expensive: true}
		if whole := runner.Run(in)[0].Whole; whole == TooLarge {
			t.Errorf("%s of 9 firms, asked for: %q", m.Name, whole)
		}
	}
}
