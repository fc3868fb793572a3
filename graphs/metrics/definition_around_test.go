package metrics

import (
	"math"
	"slices"

	"firmties/graphs"
)

// partnersOf lists the firms tied to v.
func (a matrix) partnersOf(v int) []int {
	var partners []int
	for w := range a {
		if a[v][w] > 0 || a[w][v] > 0 {
			partners = append(partners, w)
		}
	}
	return partners
}

// twice is z_ij = a_ij + a_ji.
func (a matrix) twice() matrix {
	z := newMatrix(len(a))
	for i := range a {
		for j := range a {
			z[i][j] = a[i][j] + a[j][i]
		}
	}
	return z
}

// constraintParts are Burt's c_ij for the partners j of i.
func constraintParts(z matrix, i int) []float64 {
	total := z.degrees()
	var parts []float64
	for _, j := range z.partnersOf(i) {
		p := z[i][j] / total[i]
		for _, q := range z.partnersOf(i) {
			if q != j {
				p += z[i][q] / total[i] * z[q][j] / total[q]
			}
		}
		parts = append(parts, p*p)
	}
	return parts
}

func sum(x []float64) float64 {
	total := 0.0
	for _, y := range x {
		total += y
	}
	return total
}

func constraintOf(z matrix, i int) float64 {
	if len(z.partnersOf(i)) == 0 {
		return math.NaN()
	}
	return sum(constraintParts(z, i))
}

func effectiveSizeOf(z matrix, i int) float64 {
	partners := z.partnersOf(i)
	if len(partners) == 0 {
		return math.NaN()
	}
	size, total := 0.0, z.degrees()
	for _, j := range partners {
		size++
		for _, q := range partners {
			if q != j {
				size -= z[i][q] / total[i] * z[j][q] / slices.Max(z[j])
			}
		}
	}
	return size
}

// pairsOf sums a function over the unordered pairs of partners of v; NaN if
// there are fewer than two.
func (a matrix) pairsOf(v int, f func(j, k int) float64) float64 {
	partners := a.partnersOf(v)
	if len(partners) < 2 {
		return math.NaN()
	}
	total := 0.0
	for x, j := range partners {
		for _, k := range partners[:x] {
			total += f(j, k)
		}
	}
	return total
}

// coreNumber is the largest k for which v is left when firms with less than k
// are removed until there are none.
func coreNumber(n, v int, degree func(u int, left []bool) int) float64 {
	for k := 1; ; k++ {
		left := slices.Repeat([]bool{true}, n)
		for changed := true; changed; {
			changed = false
			for u := range left {
				if left[u] && degree(u, left) < k {
					left[u], changed = false, true
				}
			}
		}
		if !left[v] {
			return float64(k - 1)
		}
	}
}

func leftAmong(nodes []int32, left []bool) int {
	count := 0
	for _, w := range nodes {
		if left[w] {
			count++
		}
	}
	return count
}

// holesBy evaluates one of Burt's measures on a matrix of strengths.
func holesBy(f func(z matrix, i int) float64, strengths func(g *graphs.Graph) matrix) func(g *graphs.Graph) []float64 {
	return func(g *graphs.Graph) []float64 {
		z := strengths(g)
		return each(g.N(), func(v int) float64 { return f(z, v) })
	}
}

func arcCounts(g *graphs.Graph) matrix { return matrixOf(g).binary().twice() }

func plainTies(g *graphs.Graph) matrix { return matrixOf(g).undirected() }

var aroundDefinitions = map[string]func(g *graphs.Graph) []float64{
	"constraint_directed":     holesBy(constraintOf, arcCounts),
	"constraint_weighted":     holesBy(constraintOf, strengthsOf),
	"effective_size_directed": holesBy(effectiveSizeOf, arcCounts),
	"effective_size_weighted": holesBy(effectiveSizeOf, strengthsOf),
	"constraint_ego": holesBy(func(a matrix, v int) float64 {
		ego := append(a.partnersOf(v), v)
		return constraintOf(a.within(ego), len(ego)-1)
	}, plainTies),
	"constraint_hierarchy": holesBy(func(a matrix, v int) float64 {
		k := float64(len(a.partnersOf(v)))
		if k < 2 {
			return math.NaN()
		}
		parts := constraintParts(a, v)
		hierarchy := 0.0
		for _, c := range parts {
			r := c * k / sum(parts)
			hierarchy += r * math.Log(r)
		}
		return hierarchy / (k * math.Log(k))
	}, plainTies),
	"ego_betweenness": holesBy(func(a matrix, v int) float64 {
		partners := a.partnersOf(v)
		if len(partners) < 2 {
			return []float64{math.NaN(), 0}[len(partners)]
		}
		return a.pairsOf(v, func(j, k int) float64 {
			if a[j][k] == 1 {
				return 0
			}
			between := 1.0
			for _, q := range partners {
				between += a[j][q] * a[q][k]
			}
			return 1 / between
		})
	}, plainTies),
	"clustering_barrat": holesBy(func(a matrix, v int) float64 {
		both := a.pairsOf(v, func(j, k int) float64 { return min(1, a[j][k]) * (a[v][j] + a[v][k]) })
		return both / (a.degrees()[v] * float64(len(a.partnersOf(v))-1))
	}, strengthsOf),
	"clustering_onnela": holesBy(func(a matrix, v int) float64 {
		largest, k := 0.0, float64(len(a.partnersOf(v)))
		for i := range a {
			largest = max(largest, slices.Max(a[i]))
		}
		roots := a.pairsOf(v, func(i, j int) float64 { return math.Cbrt(a[v][i]*a[v][j]*a[i][j]) / largest })
		return roots / (k * (k - 1) / 2)
	}, strengthsOf),
	"clustering_directed": holesBy(func(z matrix, v int) float64 {
		arcs, mutual := 0.0, 0.0
		for _, x := range z[v] {
			arcs += x
			mutual += math.Floor(x / 2)
		}
		return z.pairsOf(v, func(j, k int) float64 { return z[v][j] * z[j][k] * z[k][v] }) / (arcs*(arcs-1) - 2*mutual)
	}, arcCounts),
	"square_clustering": holesBy(func(a matrix, v int) float64 {
		degree, squares := a.degrees(), 0.0
		possible := a.pairsOf(v, func(u, w int) float64 {
			q := 0.0
			for x := range a {
				if x != v {
					q += a[u][x] * a[w][x]
				}
			}
			squares += q
			return (degree[u] - 1 - q - a[u][w]) + (degree[w] - 1 - q - a[u][w]) + q
		})
		if possible == 0 {
			return 0
		}
		return squares / possible
	}, plainTies),
	"local_efficiency": holesBy(func(a matrix, v int) float64 {
		partners := a.partnersOf(v)
		d := a.within(partners).distances()
		k, sum := float64(len(partners)), 0.0
		for i := range d {
			s, _ := finite(d, i, inverse)
			sum += s
		}
		if k < 2 {
			return math.NaN()
		}
		return sum / (k * (k - 1))
	}, plainTies),
	"core_in": func(g *graphs.Graph) []float64 {
		return each(g.N(), func(v int) float64 {
			return coreNumber(g.N(), v, func(u int, left []bool) int { return leftAmong(g.In(u), left) })
		})
	},
	"core_out": func(g *graphs.Graph) []float64 {
		return each(g.N(), func(v int) float64 {
			return coreNumber(g.N(), v, func(u int, left []bool) int { return leftAmong(g.Out(u), left) })
		})
	},
	"core_total": func(g *graphs.Graph) []float64 {
		return each(g.N(), func(v int) float64 {
			return coreNumber(g.N(), v, func(u int, left []bool) int { return leftAmong(g.Out(u), left) + leftAmong(g.In(u), left) })
		})
	},
	"core_member": coreBySearch,
	"simmelian": holesBy(func(z matrix, v int) float64 {
		count := 0.0
		for j := range z {
			for k := range z {
				if z[v][j] == 2 && z[v][k] == 2 && z[j][k] == 2 {
					count++
					break
				}
			}
		}
		return count
	}, arcCounts),
	"coupling_first_order": holesBy(func(a matrix, v int) float64 {
		total, squares := a.degrees()[v], 0.0
		for _, x := range a[v] {
			squares += (x / total) * (x / total)
		}
		return squares
	}, strengthsOf),
	"embeddedness": holesBy(func(a matrix, v int) float64 {
		shared := 0.0
		for _, j := range a.partnersOf(v) {
			for k := range a {
				shared += a[v][k] * a[k][j]
			}
		}
		return shared / float64(len(a.partnersOf(v)))
	}, plainTies),
}

// coreBySearch tries as core the firms of every degree or more, and counts the
// pairs that do not fit.
func coreBySearch(g *graphs.Graph) []float64 {
	a := matrixOf(g).undirected()
	degree, best := a.degrees(), math.Inf(1)
	core := make([]float64, len(a))
	for least := float64(len(a)); least >= 0; least-- {
		misfits, size := 0.0, 0
		for i := range a {
			if degree[i] >= least {
				size++
			}
			for j := range i {
				switch {
				case degree[i] >= least && degree[j] >= least:
					misfits += 1 - a[i][j]
				case degree[i] < least && degree[j] < least:
					misfits += a[i][j]
				}
			}
		}
		if size == 0 || misfits >= best {
			continue
		}
		best = misfits
		for v := range core {
			core[v] = within(degree[v])(least)
		}
	}
	if g.Ties() == 0 {
		return each(g.N(), func(int) float64 { return math.NaN() })
	}
	return core
}
