package metrics

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"firmties/graphs"
)

// symmetricEigen returns the leading eigenvector of a symmetric matrix by
// Householder reduction, its value, and how far the next value is.
func symmetricEigen(a matrix) (vector []float64, value, gap float64) {
	n := len(a)
	m := mat.NewSymDense(n, nil)
	for i := range a {
		for j := range a {
			m.SetSym(i, j, a[i][j])
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(m, true) {
		panic("no convergence")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	for v := range n {
		vector = append(vector, math.Abs(vectors.At(v, n-1))) // no value is negative where it is unique
	}
	values := eigen.Values(nil)
	if n == 1 {
		return vector, values[0], math.Inf(1)
	}
	return vector, values[n-1], values[n-1] - values[n-2]
}

// spectralRadiusOf is the largest eigenvalue of the undirected view.
func spectralRadiusOf(g *graphs.Graph) float64 {
	_, value, _ := symmetricEigen(matrixOf(g).undirected())
	return value
}

func undefined(n int) []float64 { return each(n, func(int) float64 { return math.NaN() }) }

// doubled is the matrix with A above and A' below the diagonal.
func (a matrix) doubled() matrix {
	n := len(a)
	b := newMatrix(2 * n)
	for i := range a {
		for j := range a {
			if a[i][j] > 0 {
				b[i][n+j], b[n+j][i] = 1, 1
			}
		}
	}
	return b
}

// singular returns a half of the leading eigenvector of the doubled matrix,
// scaled to length 1.
func singular(g *graphs.Graph, half int) []float64 {
	n := g.N()
	if n == 0 {
		return nil
	}
	vector, _, gap := symmetricEigen(matrixOf(g).doubled())
	if gap < sameEigenvalue {
		return undefined(n)
	}
	return each(n, func(v int) float64 { return vector[half*n+v] * math.Sqrt2 })
}

// perronOf returns the leading eigenvalue of a matrix of an irreducible graph
// and the vector x with a·x = value·x, of length 1.
func perronOf(a matrix) (value float64, vector []float64) {
	n := len(a)
	m := mat.NewDense(n, n, nil)
	for i := range a {
		m.SetRow(i, a[i])
	}
	var eigen mat.Eigen
	if !eigen.Factorize(m, mat.EigenRight) {
		panic("no convergence")
	}
	leading, values := 0, eigen.Values(nil)
	for i, x := range values {
		if real(x) > real(values[leading]) {
			leading = i
		}
	}
	var vectors mat.CDense
	eigen.VectorsTo(&vectors)
	for v := range n {
		vector = append(vector, math.Abs(real(vectors.At(v, leading))))
	}
	normalise(vector)
	return real(values[leading]), vector
}

// cyclicParts are the strong components of two firms or more.
func (a matrix) cyclicParts() [][]int {
	d := a.distances()
	var parts [][]int
	for i := range a {
		var part []int
		for j := range a {
			if !math.IsInf(d[i][j], 1) && !math.IsInf(d[j][i], 1) {
				part = append(part, j)
			}
		}
		if part[0] == i && len(part) > 1 {
			parts = append(parts, part)
		}
	}
	return parts
}

// resolvent solves (I - b·a) x = rhs.
func resolvent(a matrix, b float64, rhs []float64) []float64 {
	m := newMatrix(len(a))
	for i := range a {
		for j := range a {
			m[i][j] = -b * a[i][j]
		}
		m[i][i]++
	}
	return solve(m, rhs)
}

func ones(n int) []float64 { return each(n, func(int) float64 { return 1 }) }

// unlessNoTies evaluates a definition that takes the largest eigenvalue.
func unlessNoTies(f func(g *graphs.Graph, radius float64) []float64) func(g *graphs.Graph) []float64 {
	return func(g *graphs.Graph) []float64 {
		if g.Ties() == 0 {
			return undefined(g.N())
		}
		return f(g, spectralRadiusOf(g))
	}
}

func bonacichBy(part float64) func(g *graphs.Graph) []float64 {
	return unlessNoTies(func(g *graphs.Graph, radius float64) []float64 {
		a := matrixOf(g).undirected()
		x := resolvent(a, part/radius, a.degrees())
		normalise(x)
		return each(len(x), func(v int) float64 { return x[v] * math.Sqrt(float64(len(x))) })
	})
}

var walkDefinitions = map[string]func(g *graphs.Graph) []float64{
	"eigenvector_weighted": func(g *graphs.Graph) []float64 {
		if g.N() == 0 {
			return nil
		}
		vector, _, gap := symmetricEigen(strengthsOf(g))
		if gap < sameEigenvalue {
			return undefined(g.N())
		}
		return vector
	},
	"eigenvector_in": func(g *graphs.Graph) []float64 {
		a := matrixOf(g).transposed().binary()
		largest, out := 0.0, undefined(g.N())
		for _, part := range a.cyclicParts() {
			value, vector := perronOf(a.within(part))
			switch {
			case value > largest+sameEigenvalue:
				largest, out = value, make([]float64, g.N())
				for i, v := range part {
					out[v] = vector[i]
				}
			case value > largest-sameEigenvalue:
				out = undefined(g.N())
			}
		}
		return out
	},
	"pagerank_directed_weighted": func(g *graphs.Graph) []float64 {
		a, n := matrixOf(g), g.N()
		strengths, m := a.degrees(), newMatrix(n)
		for i := range a {
			for j := range a {
				m[i][j] = 1 / float64(n) // where firm j names nobody
				if strengths[j] > 0 {
					m[i][j] = a[j][i] / strengths[j]
				}
			}
		}
		return resolvent(m, 0.85, each(n, func(int) float64 { return 0.15 / float64(n) }))
	},
	"hub":       func(g *graphs.Graph) []float64 { return singular(g, 0) },
	"authority": func(g *graphs.Graph) []float64 { return singular(g, 1) },
	"katz": unlessNoTies(func(g *graphs.Graph, radius float64) []float64 {
		return resolvent(matrixOf(g).undirected(), 0.5/radius, ones(g.N()))
	}),
	"katz_in": unlessNoTies(func(g *graphs.Graph, radius float64) []float64 {
		a := matrixOf(g).transposed().binary()
		return resolvent(a, 0.5/radius, ones(g.N()))
	}),
	"bonacich_power":          bonacichBy(0.5),
	"bonacich_power_negative": bonacichBy(-0.5),
	"subgraph": func(g *graphs.Graph) []float64 {
		a, out := matrixOf(g).undirected(), ones(g.N())
		for v := range a {
			walks := unit(len(a), v)
			for k := 1; k <= 80; k++ {
				next := make([]float64, len(a))
				for i := range a {
					for j := range a {
						next[i] += a[i][j] * walks[j] / float64(k)
					}
				}
				walks = next
				out[v] += walks[v]
			}
		}
		return out
	},
}
