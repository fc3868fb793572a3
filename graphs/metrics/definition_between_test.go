package metrics

import (
	"math"

	"firmties/graphs"
)

// lengths are those of the ties: 1/strength.
func (a matrix) lengths() matrix {
	b := newMatrix(len(a))
	for i := range a {
		for j := range a {
			b[i][j] = 1 / a[i][j]
		}
	}
	return b
}

// shortestPaths are the distances and the numbers of shortest paths, found from
// the distances: those to w are those to the firms before it.
type shortestPaths struct {
	length, distance, count matrix
}

func newShortestPaths(a, distance matrix) shortestPaths {
	p := shortestPaths{a.lengths(), distance, newMatrix(len(a))}
	for s := range a {
		for t := range a {
			p.count[s][t] = -1
		}
	}
	for s := range a {
		for t := range a {
			p.number(s, t)
		}
	}
	return p
}

// same tells whether two lengths are equal but for rounding.
func same(x, y float64) bool { return math.Abs(x-y) <= 1e-12*y }

func (p shortestPaths) number(s, t int) float64 {
	switch {
	case s == t:
		p.count[s][t] = 1
	case p.count[s][t] < 0:
		sum := 0.0
		for v := range p.count {
			if v != t && !math.IsInf(p.length[v][t], 1) && same(p.distance[s][v]+p.length[v][t], p.distance[s][t]) {
				sum += p.number(s, v)
			}
		}
		p.count[s][t] = sum
	}
	return p.count[s][t]
}

// passing sums, over ordered pairs of others whose shortest paths pass v, a
// function of the pair.
func (p shortestPaths) passing(v int, f func(i, j int) float64) float64 {
	sum := 0.0
	for i := range p.count {
		for j := range p.count {
			if i != j && i != v && j != v && !math.IsInf(p.distance[i][j], 1) && same(p.distance[i][v]+p.distance[v][j], p.distance[i][j]) {
				sum += f(i, j)
			}
		}
	}
	return sum
}

func (p shortestPaths) share(i, v, j int) float64 {
	return p.count[i][v] * p.count[v][j] / p.count[i][j]
}

func plainPaths(a matrix) shortestPaths { return newShortestPaths(a.binary(), a.distances()) }

// passed evaluates a sum over pairs for every firm.
func passed(p shortestPaths, f func(i, v, j int) float64) []float64 {
	return each(len(p.count), func(v int) float64 {
		return p.passing(v, func(i, j int) float64 { return f(i, v, j) })
	})
}

// greatestFlow is that from s to t by Ford & Fulkerson.
func greatestFlow(a matrix, s, t int) float64 {
	capacity := newMatrix(len(a))
	for i := range a {
		copy(capacity[i], a[i])
	}
	flow := 0.0
	for augment(capacity, s, t, make([]bool, len(a))) {
		flow++
	}
	return flow
}

func augment(capacity matrix, v, t int, seen []bool) bool {
	if v == t {
		return true
	}
	seen[v] = true
	for w := range capacity {
		if capacity[v][w] > 0 && !seen[w] && augment(capacity, w, t, seen) {
			capacity[v][w]--
			capacity[w][v]++
			return true
		}
	}
	return false
}

// solve solves a·x = b by elimination with exchanges.
func solve(a matrix, b []float64) []float64 {
	n := len(a)
	m := newMatrix(n)
	x := append([]float64(nil), b...)
	for i := range a {
		copy(m[i], a[i])
	}
	for j := range n {
		best := j
		for i := j; i < n; i++ {
			if math.Abs(m[i][j]) > math.Abs(m[best][j]) {
				best = i
			}
		}
		m[j], m[best], x[j], x[best] = m[best], m[j], x[best], x[j]
		for i := range n {
			if factor := m[i][j] / m[j][j]; i != j && factor != 0 {
				for k := j; k < n; k++ {
					m[i][k] -= factor * m[j][k]
				}
				x[i] -= factor * x[j]
			}
		}
	}
	for i := range x {
		x[i] /= m[i][i]
	}
	return x
}

// unit is the i-th unit vector.
func unit(n, i int) []float64 {
	e := make([]float64, n)
	e[i] = 1
	return e
}

// laplacianPlus is the Laplacian matrix plus 1 everywhere, which has an inverse
// where the network is connected.
func (a matrix) laplacianPlus() matrix {
	b, k := newMatrix(len(a)), a.degrees()
	for i := range a {
		for j := range a {
			b[i][j] = 1 - a[i][j]
		}
		b[i][i] = 1 + k[i]
	}
	return b
}

// inComponents evaluates a definition within each component of the undirected
// view.
func inComponents(g *graphs.Graph, f func(a matrix) []float64) []float64 {
	a := matrixOf(g)
	out := make([]float64, len(a))
	for _, part := range a.parts() {
		for i, x := range f(a.undirected().within(part)) {
			out[part[i]] = x
		}
	}
	return out
}

var betweenDefinitions = map[string]func(g *graphs.Graph) []float64{
	"betweenness_weighted": func(g *graphs.Graph) []float64 {
		a := strengthsOf(g)
		p, n := newShortestPaths(a, a.distancesBy()), float64(g.N())
		return each(g.N(), func(v int) float64 {
			return p.passing(v, func(i, j int) float64 { return p.share(i, v, j) }) / ((n - 1) * (n - 2))
		})
	},
	"betweenness_endpoints": func(g *graphs.Graph) []float64 {
		p, n := plainPaths(matrixOf(g).undirected()), float64(g.N())
		return each(g.N(), func(v int) float64 {
			_, others := finite(p.distance, v, itself)
			return (p.passing(v, func(i, j int) float64 { return p.share(i, v, j) })/2 + others) / (n * (n - 1) / 2)
		})
	},
	"betweenness_proximal_source_directed": func(g *graphs.Graph) []float64 {
		a := matrixOf(g)
		p := plainPaths(a)
		return passed(p, func(i, v, j int) float64 {
			if a[v][j] == 0 {
				return 0
			}
			return p.count[i][v] / p.count[i][j]
		})
	},
	"betweenness_linear_scaled_directed": func(g *graphs.Graph) []float64 {
		p := plainPaths(matrixOf(g))
		return passed(p, func(i, v, j int) float64 { return p.share(i, v, j) * p.distance[i][v] / p.distance[i][j] })
	},
	"betweenness_length_scaled_directed": func(g *graphs.Graph) []float64 {
		p := plainPaths(matrixOf(g))
		return passed(p, func(i, v, j int) float64 { return p.share(i, v, j) / p.distance[i][j] })
	},
	"stress_directed": func(g *graphs.Graph) []float64 {
		p := plainPaths(matrixOf(g))
		return passed(p, func(i, v, j int) float64 { return p.count[i][v] * p.count[v][j] })
	},
	"load_directed": func(g *graphs.Graph) []float64 {
		a := matrixOf(g)
		d, out := a.distances(), make([]float64, len(a))
		// send passes on a part of the unit for t from v, counting it everywhere.
		var send func(v, t int, part float64)
		send = func(v, t int, part float64) {
			out[v] += part
			var next []int
			for w := range a {
				if a[v][w] > 0 && d[w][t] == d[v][t]-1 {
					next = append(next, w)
				}
			}
			for _, w := range next {
				send(w, t, part/float64(len(next)))
			}
		}
		for s := range a {
			for t := range a {
				if !math.IsInf(d[s][t], 1) {
					send(s, t, 1)
				}
			}
		}
		return out
	},
	"flow_betweenness": func(g *graphs.Graph) []float64 {
		a := matrixOf(g).undirected()
		return each(g.N(), func(v int) float64 {
			if g.N() < 3 {
				return math.NaN()
			}
			rest, sum := newMatrix(len(a)), 0.0
			for i := range a {
				for j := range a {
					if i != v && j != v {
						rest[i][j] = a[i][j]
					}
				}
			}
			for j := range a {
				for k := range j {
					if j != v && k != v {
						sum += greatestFlow(a, j, k) - greatestFlow(rest, j, k)
					}
				}
			}
			return sum
		})
	},
	"current_flow_betweenness": func(g *graphs.Graph) []float64 { return inComponents(g, currentsThrough) },
	"information": func(g *graphs.Graph) []float64 {
		return inComponents(g, func(a matrix) []float64 {
			if len(a) == 1 {
				return []float64{0}
			}
			// Stephenson & Zelen: 1/(c_ii + (T - 2R)/n), C the inverse of L + J.
			n, l := len(a), a.laplacianPlus()
			trace, diagonal, sums := 0.0, make([]float64, n), make([]float64, n)
			for i := range a {
				for j, x := range solve(l, unit(n, i)) {
					sums[i] += x
					if i == j {
						diagonal[i] = x
						trace += x
					}
				}
			}
			return each(n, func(i int) float64 { return 1 / (diagonal[i] + (trace-2*sums[i])/float64(n)) })
		})
	},
}

// currentsThrough sends a unit between each pair and adds up what passes the others.
func currentsThrough(a matrix) []float64 {
	n, l := len(a), a.laplacianPlus()
	potentials := newMatrix(n)
	for i := range a {
		potentials[i] = solve(l, unit(n, i))
	}
	return each(n, func(v int) float64 {
		sum := 0.0
		for s := range a {
			for t := range s {
				if s == v || t == v {
					continue
				}
				for w := range a {
					volt := func(x int) float64 { return potentials[s][x] - potentials[t][x] }
					sum += a[v][w] * math.Abs(volt(v)-volt(w)) / 2
				}
			}
		}
		return sum
	})
}
