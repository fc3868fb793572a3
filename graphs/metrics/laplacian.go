package metrics

import (
	"math"

	"firmties/graphs"
)

// algebraicConnectivity is how hard the largest component is to part: the
// second-smallest eigenvalue of D - A, the diagonal of degrees less the
// adjacency matrix; the smallest such value where several components are the
// largest. n_c where all are tied, near 0 where few ties hold large parts
// together. Undirected view, strengths ignored. Null without ties. Cost n_c³.
// Fiedler 1973, Czechoslovak Mathematical Journal 23, doi:10.21136/CMJ.1973.101168.
// It is algebraic_connectivity in NetworkX of that component.
func algebraicConnectivity(s *Shared, out []float64) {
	out[0] = s.leastOfLargest(func(members []int32) float64 {
		l := &s.ofNetwork.laplacian
		l.set(s.undirected(), members)
		l.reduce()
		return l.second()
	})
}

// laplacian finds eigenvalues of D - A of a component by Householder's
// reduction to three diagonals and bisection (Golub & Van Loan 2013, Matrix
// Computations, 8.3 and 8.4).
type laplacian struct {
	size          int
	element       []float64 // by rows
	diagonal, off []float64 // after reduce; off[i] couples i and i+1
	v, w          []float64
	place         []int32 // of each firm of the component
}

func (l *laplacian) row(i int) []float64 { return l.element[i*l.size : (i+1)*l.size] }

func (l *laplacian) set(g *graphs.Graph, members []int32) {
	k := len(members)
	l.size = k
	l.element = resized(l.element, k*k)
	clear(l.element)
	l.diagonal, l.off = resized(l.diagonal, k), resized(l.off, k)
	l.v, l.w = resized(l.v, k), resized(l.w, k)
	l.place = resized(l.place, g.N())
	for i, v := range members {
		l.place[v] = int32(i)
	}
	for i, v := range members {
		row := l.row(i)
		row[i] = float64(len(g.Out(int(v))))
		for _, w := range g.Out(int(v)) {
			row[l.place[w]] = -1
		}
	}
}

// reduce turns the matrix into one of three diagonals with the same
// eigenvalues: in each step a reflection, I - 2vv', clears a column below the
// second of them.
func (l *laplacian) reduce() {
	for j := range l.size {
		l.diagonal[j] = l.row(j)[j]
		if j == l.size-1 {
			break
		}
		v := l.v[j+1:]
		for i := range v {
			v[i] = l.row(j + 1 + i)[j]
		}
		l.off[j] = reflector(v)
		if l.off[j] != v[0] {
			l.reflect(j+1, v)
		}
	}
}

// reflector sets v to the vector of length 1 whose reflection takes it to a
// multiple of the first unit vector, and returns that multiple. It leaves v
// where it is one already.
func reflector(v []float64) float64 {
	rest := math.Sqrt(dot(v[1:], v[1:]))
	if rest == 0 {
		return v[0]
	}
	to := -math.Copysign(math.Hypot(v[0], rest), v[0])
	v[0] -= to
	normalise(v)
	return to
}

// reflect multiplies the part of the matrix from row and column first on by the
// reflection from both sides: A - 2vw' - 2wv', w being Av - (v'Av)v. What is
// above the diagonal is neither read nor written.
func (l *laplacian) reflect(first int, v []float64) {
	w := l.w[first:]
	for i, x := range v {
		row := l.row(first + i)[first : first+i]
		w[i] = dot(row, v[:i]) + l.row(first + i)[first+i]*x
		axpy(w[:i], x, row)
	}
	axpy(w, -dot(w, v), v)
	for i := range w {
		row, a, b := l.row(first + i)[first:first+i+1], 2*v[i], 2*w[i]
		for k := range row {
			row[k] -= a*w[k] + b*v[k]
		}
	}
}

// second returns the second-smallest eigenvalue, to the last digit that the
// highest degree leaves it.
func (l *laplacian) second() float64 {
	low, high := 0.0, 0.0
	for i, d := range l.diagonal {
		high = max(high, d)
		if i > 0 {
			high = max(high, d+math.Abs(l.off[i-1])+math.Abs(l.off[i]))
		}
	}
	high *= 2
	for {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			return high
		}
		if l.below(middle) < 2 {
			low = middle
		} else {
			high = middle
		}
	}
}

// below counts the eigenvalues below x, the negative pivots of the matrix less x
// (Sylvester's law of inertia).
func (l *laplacian) below(x float64) int {
	count, pivot := 0, 1.0
	for i, d := range l.diagonal {
		d -= x
		if i > 0 {
			d -= l.off[i-1] * l.off[i-1] / pivot
		}
		if d == 0 {
			d = 1e-300
		}
		if d < 0 {
			count++
		}
		pivot = d
	}
	return count
}
