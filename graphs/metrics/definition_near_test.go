package metrics

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestFirmDefinitions compares with a second implementation, NaN standing for
// undefined.
func TestFirmDefinitions(t *testing.T) {
	all := maps.Clone(nearDefinitions)
	maps.Copy(all, betweenDefinitions)
	maps.Copy(all, aroundDefinitions)
	maps.Copy(all, walkDefinitions)
	for name, define := range all {
		m, ok := Lookup(Firm, name)
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
				got, want := f(g), define(g)
				if !allClose(got, want) {
					t.Errorf("%v, by definition %v, of %v, directed %v", got, want, matrixOf(g), g.IsDirected())
					if failures++; failures == 3 {
						break
					}
				}
			}
		})
	}
}

// TestEveryFirmMetricIsDefinedTwice: the metrics beyond the first ones have a
// second implementation each.
func TestEveryFirmMetricIsDefinedTwice(t *testing.T) {
	for _, list := range [][]Metric{nearMetrics, betweenMetrics, aroundMetrics, couplingMetrics} {
		for _, m := range list {
			_, near := nearDefinitions[m.Name]
			_, between := betweenDefinitions[m.Name]
			_, around := aroundDefinitions[m.Name]
			_, walk := walkDefinitions[m.Name]
			community := m.Name == "community" || m.Name == "participation" // TestCommunityDefinitions
			if !near && !between && !around && !walk && !community {
				t.Errorf("%s has no second implementation", m.Name)
			}
		}
	}
}

// allClose allows 1e-11 of the larger value, or of 1: both sum in another order.
func allClose(got, want []float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i, x := range got {
		if math.IsNaN(x) != math.IsNaN(want[i]) || math.Abs(x-want[i]) > 1e-11*max(1, math.Abs(x), math.Abs(want[i])) {
			return false
		}
	}
	return true
}

// strengthsOf is the undirected view: the strengths of the two directions added.
func strengthsOf(g *graphs.Graph) matrix {
	a := matrixOf(g)
	if !g.IsDirected() {
		return a
	}
	b := newMatrix(len(a))
	for i := range a {
		for j := range a {
			b[i][j] = a[i][j] + a[j][i]
		}
	}
	return b
}

// distancesBy are the lengths of the shortest paths where a tie of strength s
// is 1/s long.
func (a matrix) distancesBy() matrix {
	d := newMatrix(len(a))
	for i := range a {
		for j := range a {
			if i != j {
				d[i][j] = 1 / a[i][j]
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

// each evaluates a definition at every firm.
func each(n int, value func(v int) float64) []float64 {
	out := make([]float64, n)
	for v := range out {
		out[v] = value(v)
	}
	return out
}

// finite sums a function of the finite distances from v to others, and counts
// them.
func finite(d matrix, v int, f func(x float64) float64) (sum, count float64) {
	for w, x := range d[v] {
		if w != v && !math.IsInf(x, 1) {
			sum += f(x)
			count++
		}
	}
	return sum, count
}

func itself(x float64) float64 { return x }

func inverse(x float64) float64 { return 1 / x }

// within counts those at a distance of k or less.
func within(k float64) func(x float64) float64 {
	return func(x float64) float64 {
		if x <= k {
			return 1
		}
		return 0
	}
}

// overCount is the number of those reached over the sum of their distances.
func overCount(d matrix) []float64 {
	return each(len(d), func(v int) float64 {
		sum, count := finite(d, v, itself)
		return count / sum
	})
}

// overOthers is a sum over n-1.
func overOthers(d matrix, f func(x float64) float64) []float64 {
	return each(len(d), func(v int) float64 {
		sum, _ := finite(d, v, f)
		return sum / float64(len(d)-1)
	})
}

var nearDefinitions = map[string]func(g *graphs.Graph) []float64{
	"degree_total": func(g *graphs.Graph) []float64 {
		return each(g.N(), func(v int) float64 { return float64(len(g.In(v)) + len(g.Out(v))) })
	},
	"degree_opsahl": func(g *graphs.Graph) []float64 {
		a := strengthsOf(g)
		degrees, strengths := a.undirected().degrees(), a.degrees()
		return each(g.N(), func(v int) float64 { return math.Sqrt(degrees[v] * strengths[v]) })
	},
	"leverage": func(g *graphs.Graph) []float64 {
		a := matrixOf(g).undirected()
		k := a.degrees()
		return each(g.N(), func(i int) float64 {
			sum := 0.0
			for j := range a {
				if a[i][j] == 1 {
					sum += (k[i] - k[j]) / (k[i] + k[j])
				}
			}
			return sum / k[i]
		})
	},
	"neighbor_degree": func(g *graphs.Graph) []float64 {
		a := matrixOf(g).undirected()
		k := a.degrees()
		return each(g.N(), func(i int) float64 {
			sum := 0.0
			for j := range a {
				sum += a[i][j] * k[j]
			}
			return sum / k[i]
		})
	},
	"closeness_component_in":  func(g *graphs.Graph) []float64 { return overCount(matrixOf(g).transposed().distances()) },
	"closeness_component_out": func(g *graphs.Graph) []float64 { return overCount(matrixOf(g).distances()) },
	"closeness_freeman": func(g *graphs.Graph) []float64 {
		d := matrixOf(g).undirected().distances()
		return each(g.N(), func(v int) float64 {
			sum, count := finite(d, v, itself)
			if int(count) < g.N()-1 {
				return math.NaN()
			}
			return count / sum
		})
	},
	"closeness_maxplus1": func(g *graphs.Graph) []float64 {
		d := matrixOf(g).undirected().distances()
		longest := 0.0
		for v := range d {
			for _, x := range d[v] {
				if !math.IsInf(x, 1) {
					longest = max(longest, x)
				}
			}
		}
		return each(g.N(), func(v int) float64 {
			if longest == 0 {
				return math.NaN()
			}
			sum := 0.0
			for _, x := range d[v] {
				sum += min(x, longest+1)
			}
			return float64(g.N()-1) / sum
		})
	},
	"gil_schmidt": func(g *graphs.Graph) []float64 {
		d := matrixOf(g).undirected().distances()
		return each(g.N(), func(v int) float64 {
			sum, count := finite(d, v, inverse)
			return sum / count
		})
	},
	"closeness_residual": func(g *graphs.Graph) []float64 {
		d := matrixOf(g).undirected().distances()
		return each(g.N(), func(v int) float64 {
			sum, _ := finite(d, v, func(x float64) float64 { return math.Pow(2, -x) })
			return sum
		})
	},
	"harmonic_weighted":            func(g *graphs.Graph) []float64 { return overOthers(strengthsOf(g).distancesBy(), inverse) },
	"closeness_component_weighted": func(g *graphs.Graph) []float64 { return overCount(strengthsOf(g).distancesBy()) },
	"reach_3": func(g *graphs.Graph) []float64 {
		return overOthers(matrixOf(g).undirected().distances(), within(3))
	},
	"domain_in": func(g *graphs.Graph) []float64 {
		return overOthers(matrixOf(g).transposed().distances(), within(math.MaxFloat64))
	},
	"proximity_prestige": func(g *graphs.Graph) []float64 {
		d := matrixOf(g).transposed().distances()
		return each(g.N(), func(v int) float64 {
			sum, count := finite(d, v, itself)
			if count == 0 && g.N() > 1 {
				return 0
			}
			return count * count / (float64(g.N()-1) * sum)
		})
	},
}

// TestFirmAliases: each alias is what it is said to be a function of.
func TestFirmAliases(t *testing.T) {
	type row map[string]float64
	others := func(r row) float64 { return r["component_size"] - 1 }
	aliases := map[string]func(n float64, r row) float64{
		"degree_total":           func(n float64, r row) float64 { return r["degree_in"] + r["degree_out"] },
		"degree_opsahl":          func(n float64, r row) float64 { return math.Sqrt(r["degree"] * r["strength"]) },
		"closeness_component_in": func(n float64, r row) float64 { return r["closeness_wf_in"] / r["domain_in"] },
		"closeness_freeman":      func(n float64, r row) float64 { return r["closeness_wf"] },
		"gil_schmidt":            func(n float64, r row) float64 { return r["harmonic"] * (n - 1) / others(r) },
		"proximity_prestige":     func(n float64, r row) float64 { return r["closeness_wf_in"] },
		"betweenness_endpoints": func(n float64, r row) float64 {
			return (r["betweenness"]*(n-1)*(n-2)/2 + others(r)) / (n * (n - 1) / 2)
		},
		"embeddedness":        func(n float64, r row) float64 { return r["degree"] - r["effective_size"] },
		"efficiency":          func(n float64, r row) float64 { return r["effective_size"] / r["degree"] },
		"closeness_component": func(n float64, r row) float64 { return r["closeness_wf"] * (n - 1) / others(r) },
	}
	runner := NewRunner(Catalogue)
	for name, g := range samples {
		columns := runner.Run(Input{Graph: g, Observed: AllObserved(g)})
		for v := range g.N() {
			r := row{}
			for i, m := range Catalogue {
				if m.Level == Firm && columns[i].Reasons[v] == Defined {
					r[m.Name] = columns[i].Values[v]
				}
			}
			for i, m := range Catalogue {
				if m.Level != Firm || m.Alias == "" || columns[i].Reasons[v] != Defined || m.Name == "betweenness_endpoints" && g.N() < 3 {
					continue
				}
				if want := aliases[m.Name](float64(g.N()), r); !(math.Abs(r[m.Name]-want) <= 1e-12*max(1, want)) {
					t.Errorf("%s: %s of firm %d is %v, by alias %v", name, m.Name, v, r[m.Name], want)
				}
			}
		}
	}
}

// TestClusterAliases is the same for the metrics of a network.
func TestClusterAliases(t *testing.T) {
	type row map[string]float64
	pairs := func(n float64) float64 { return n * (n - 1) / 2 }
	aliases := map[string]func(n float64, directed bool, r row) float64{
		"fragmentation":       func(n float64, _ bool, r row) float64 { return 1 - r["connectedness"] },
		"reach_weighted_mean": func(n float64, _ bool, r row) float64 { return r["global_efficiency"] * (n - 1) },
		"ties_undirected":     func(n float64, _ bool, r row) float64 { return r["degree_mean"] * n / 2 },
		"density_undirected":  func(n float64, _ bool, r row) float64 { return r["degree_mean"] / (n - 1) },
		"reciprocity_dyad": func(n float64, _ bool, r row) float64 {
			return r["dyads_mutual"] / (r["dyads_mutual"] + r["dyads_asymmetric"])
		},
		"dyads_null": func(n float64, _ bool, r row) float64 { return pairs(n) - r["dyads_mutual"] - r["dyads_asymmetric"] },
		"density_weighted": func(n float64, directed bool, r row) float64 {
			if directed {
				return r["strength_mean"] / (2 * (n - 1))
			}
			return r["strength_mean"] / (n - 1)
		},
	}
	runner := NewRunner(clusterLevel())
	for name, g := range samples {
		r := row{}
		for i, c := range runner.Run(Input{Graph: g, Observed: AllObserved(g)}) {
			if c.Whole == Defined {
				r[runner.Metrics()[i].Name] = c.Values[0]
			}
		}
		for _, m := range runner.Metrics() {
			got, ok := r[m.Name]
			if m.Alias == "" || !ok {
				continue
			}
			if want := aliases[m.Name](float64(g.N()), g.IsDirected(), r); !(math.Abs(got-want) <= 1e-12*max(1, want)) {
				t.Errorf("%s: %s is %v, by alias %v", name, m.Name, got, want)
			}
		}
	}
}

func clusterLevel() []Metric {
	return slices.DeleteFunc(slices.Clone(Catalogue), func(m Metric) bool { return m.Level != Cluster || m.OnRequest })
}

// TestWeightedEqualsPlainAtUnitStrengths on undirected layers.
func TestWeightedEqualsPlainAtUnitStrengths(t *testing.T) {
	pairs := map[string]string{
		"harmonic_weighted": "harmonic", "closeness_component_weighted": "closeness_component",
		"betweenness_weighted": "betweenness", "eigenvector_weighted": "eigenvector", "constraint_weighted": "constraint",
		"effective_size_weighted": "effective_size", "clustering_barrat": "clustering", "clustering_onnela": "clustering",
		"degree_opsahl": "degree", "strength": "degree",
	}
	rng := rand.New(rand.NewPCG(71, 72))
	for weighted, plain := range pairs {
		m1, _ := Lookup(Firm, weighted)
		m2, ok := Lookup(Firm, plain)
		if !ok {
			t.Fatalf("no metric %s", plain)
		}
		for i := range 40 {
			g := graphtest.Random(rng, 3*i, false, rng.Float64()*8/float64(3*i+1), 1)
			if got, want := measured(t, m1)(g), measured(t, m2)(g); !allClose(got, want) {
				t.Errorf("%s: %v, %s: %v", weighted, got, plain, want)
			}
		}
	}
}
