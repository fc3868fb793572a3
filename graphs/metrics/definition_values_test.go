package metrics

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"firmties/graphs/graphtest"
)

// none is what an undefined metric has.
var none = math.NaN()

// definitions are cluster metrics again, slowly, as their definitions read;
// NaN is undefined. Those of directed layers are not asked about undirected
// networks.
var definitions = map[string]func(a matrix) float64{
	"ties_undirected":    func(a matrix) float64 { return a.undirected().sum() / 2 },
	"density_undirected": func(a matrix) float64 { return a.undirected().sum() / a.pairs() },
	"degree_in_sd":       func(a matrix) float64 { return stat.StdDev(a.binary().received(), nil) },
	"degree_in_max": func(a matrix) float64 {
		return slices.Max(append(a.binary().received(), 0))
	},
	"degree_in_skewness": func(a matrix) float64 { return momentSkewness(a.binary().received()) },
	"degree_in_gini":     func(a matrix) float64 { return meanDifference(a.binary().received()) },
	"degree_skewness":    func(a matrix) float64 { return momentSkewness(a.undirected().degrees()) },
	"degree_gini":        func(a matrix) float64 { return meanDifference(a.undirected().degrees()) },
	"degree_entropy": func(a matrix) float64 {
		if len(a) == 0 {
			return none
		}
		shares := make([]float64, len(a))
		for _, d := range a.undirected().degrees() {
			shares[int(d)] += 1 / float64(len(a))
		}
		return stat.Entropy(shares)
	},
	"degree_hierarchy": func(a matrix) float64 {
		degrees := a.undirected().degrees()
		slices.Sort(degrees)
		slices.Reverse(degrees)
		var x, y []float64
		for i, d := range degrees {
			if d > 0 {
				x, y = append(x, math.Log(float64(i+1))), append(y, math.Log(d))
			}
		}
		if len(x) < 3 {
			return none
		}
		_, slope := stat.LinearRegression(x, y, nil, false)
		return -slope
	},
	"assortativity_slope": func(a matrix) float64 {
		u := a.undirected()
		degrees := u.degrees()
		var x, y []float64
		for i, d := range degrees {
			if d > 0 {
				x, y = append(x, d), append(y, stat.Mean(degrees, u[i]))
			}
		}
		if constant(x) {
			return none
		}
		_, slope := stat.LinearRegression(x, y, nil, false)
		return slope
	},
	"reciprocity_dyad": func(a matrix) float64 {
		mutual, tied := 0.0, 0.0
		for i := range a {
			for j := range i {
				if a[i][j] > 0 && a[j][i] > 0 {
					mutual++
				}
				if a[i][j] > 0 || a[j][i] > 0 {
					tied++
				}
			}
		}
		return mutual / tied
	},
	"reciprocity_rho": func(a matrix) float64 {
		var x, y []float64
		for i := range a {
			for j := range a {
				if i != j {
					x, y = append(x, a.binary()[i][j]), append(y, a.binary()[j][i])
				}
			}
		}
		return pearson(x, y)
	},
	"reciprocity_weighted": func(a matrix) float64 {
		returned := 0.0
		for i := range a {
			for j := range a {
				returned += min(a[i][j], a[j][i])
			}
		}
		return returned / a.sum()
	},
	"transitivity_directed": func(a matrix) float64 {
		paths, closed := 0.0, 0.0
		for i := range a {
			for j := range a {
				for k := range a {
					if i != k && a[i][j] > 0 && a[j][k] > 0 {
						paths++
						if a[i][k] > 0 {
							closed++
						}
					}
				}
			}
		}
		return closed / paths
	},
	"clustering_mean_zero": func(a matrix) float64 {
		u, sum := a.undirected(), 0.0
		for i, d := range u.degrees() {
			closed := 0.0
			for j := range u {
				for k := range u {
					closed += u[i][j] * u[j][k] * u[k][i]
				}
			}
			if d > 1 {
				sum += closed / (d * (d - 1))
			}
		}
		return sum / float64(len(a))
	},
	"assortativity_degree_directed": func(a matrix) float64 {
		sent, received := a.binary().degrees(), a.binary().received()
		var x, y []float64
		for i := range a {
			for j := range a {
				if a[i][j] > 0 {
					x, y = append(x, sent[i]), append(y, received[j])
				}
			}
		}
		return pearson(x, y)
	},
	"spectral_radius": func(a matrix) float64 {
		values := a.undirected().eigenvalues()
		return slices.Max(append(values, 0))
	},
	"constraint_mean": func(a matrix) float64 {
		return meanOfTied(a, func(u matrix, p matrix, i int) float64 {
			sum := 0.0
			for j := range u {
				if u[i][j] == 0 {
					continue
				}
				x := p[i][j]
				for q := range u {
					x += p[i][q] * p[q][j]
				}
				sum += x * x
			}
			return sum
		})
	},
	"effective_size_mean": func(a matrix) float64 {
		return meanOfTied(a, func(u matrix, p matrix, i int) float64 {
			sum := 0.0
			for j := range u {
				if u[i][j] == 0 {
					continue
				}
				sum++
				for q := range u {
					sum -= p[i][q] * u[j][q]
				}
			}
			return sum
		})
	},
}

func (a matrix) sum() float64 {
	sum := 0.0
	for _, d := range a.degrees() {
		sum += d
	}
	return sum
}

func (a matrix) pairs() float64 { return float64(len(a) * (len(a) - 1)) }

// binary is the network with all strengths 1.
func (a matrix) binary() matrix {
	b := newMatrix(len(a))
	for i := range a {
		for j := range a {
			if a[i][j] > 0 {
				b[i][j] = 1
			}
		}
	}
	return b
}

func (a matrix) transposed() matrix {
	b := newMatrix(len(a))
	for i := range a {
		for j := range a {
			b[i][j] = a[j][i]
		}
	}
	return b
}

func (a matrix) received() []float64 { return a.transposed().degrees() }

func (a matrix) eigenvalues() []float64 {
	if len(a) == 0 {
		return nil
	}
	dense := mat.NewSymDense(len(a), slices.Concat(a...))
	var solved mat.EigenSym
	if !solved.Factorize(dense, false) {
		panic("no eigenvalues")
	}
	return solved.Values(nil)
}

// meanOfTied is the mean over firms with a partner of a value that is given
// the undirected view and its rows over their sums.
func meanOfTied(a matrix, value func(u, p matrix, i int) float64) float64 {
	u := a.undirected()
	degrees := u.degrees()
	p := newMatrix(len(u))
	for i := range u {
		for j := range u {
			p[i][j] = u[i][j] / max(1, degrees[i])
		}
	}
	var values []float64
	for i, d := range degrees {
		if d > 0 {
			values = append(values, value(u, p, i))
		}
	}
	return stat.Mean(values, nil)
}

func momentSkewness(x []float64) float64 {
	if constant(x) {
		return none
	}
	return stat.Moment(3, x, nil) / math.Pow(stat.Moment(2, x, nil), 1.5)
}

func meanDifference(x []float64) float64 {
	sum, total := 0.0, 0.0
	for _, xi := range x {
		total += xi
		for _, xj := range x {
			sum += math.Abs(xi - xj)
		}
	}
	return sum / (2 * float64(len(x)) * total)
}

func constant(x []float64) bool {
	for _, xi := range x {
		if xi != x[0] {
			return false
		}
	}
	return true
}

// pearson is the correlation, NaN where it has none.
func pearson(x, y []float64) float64 {
	if constant(x) || constant(y) {
		return none
	}
	return stat.Correlation(x, y, nil)
}

// TestStrengthDefinitions tries the metrics whose definitions ask whether an
// undirected tie stands in the matrix twice.
func TestStrengthDefinitions(t *testing.T) {
	measure := make(map[string]graphtest.Function)
	for _, name := range []string{"strength_mean", "strength_gini", "density_weighted"} {
		m, _ := Lookup(Cluster, name)
		measure[name] = measured(t, m)
	}
	for g := range smallNetworks {
		a := matrixOf(g)
		strengths := a.degrees()
		if g.IsDirected() {
			for i, x := range a.received() {
				strengths[i] += x
			}
		}
		for name, want := range map[string]float64{
			"strength_mean":    stat.Mean(append(strengths, make([]float64, max(0, 1-g.N()))...), nil),
			"strength_gini":    meanDifference(strengths),
			"density_weighted": a.sum() / a.pairs(),
		} {
			if got := measure[name](g); !near(got, []float64{want}) {
				t.Fatalf("%s is %v, by definition %v, of %v", name, got, want, a)
			}
		}
	}
}
