package graphs

import "math"

// walkScratch holds, for each node, one number for each of up to 64 sources.
// Its number of columns is a multiple of 4, those beyond the sources zero.
type walkScratch struct {
	sum, next []float64
	columns   int
	terms     []float64 // the factors of the series
}

// largestSeries is the largest eigenvalue of A/2 for which the series is summed
// as it is: it has some 40 terms then, and 20 where it is 1.
const largestSeries = 8

// ClosedWalks sets dst[v] to the sum over k of the number of closed walks of k
// steps from v, over k!, to the largest float64 at most: the diagonal of the
// exponential of the adjacency matrix A. That of v is the square of the length
// of column v of exp(A/2), whose series has no negative term and so loses no
// digits. radius is the largest eigenvalue of A; where it is large, the series
// is that of a fraction of A, and the result is squared again and again, which
// takes n³ steps. It panics if g is directed.
func ClosedWalks(dst []float64, g *Graph, radius float64, ws *Workspace) {
	mustBeUndirected("ClosedWalks", g)
	checkLen("ClosedWalks", len(dst), g)
	w, n := &ws.walks, g.N()
	part, squarings, batch := 0.5, 0, 64
	if radius*part > largestSeries {
		for batch = n; radius*part > 1; squarings++ {
			part /= 2
		}
	}
	terms := seriesLength(max(0, radius*part))
	for first := 0; first < n; first += batch {
		width := min(batch, n-first)
		w.start(n, first, width, terms, part)
		for k := terms - 1; k >= 0; k-- {
			w.step(g, first, width, w.terms[k])
		}
		for range squarings {
			w.square(n)
		}
		w.lengths(dst[first:first+width], width)
	}
}

// seriesLength returns how many terms of the exponential series of x are worth
// adding: the next is below 1e-17 and each after it less than half of it.
func seriesLength(x float64) int {
	logTerm := 0.0
	for k := 1; ; k++ {
		logTerm += math.Log(x / float64(k))
		if float64(k) >= 2*x && logTerm < math.Log(1e-17) {
			return k
		}
	}
}

// start sets the factors of the terms of the series, and the sum to the last.
func (w *walkScratch) start(n, first, width, terms int, part float64) {
	w.terms = append(w.terms[:0], 1)
	for k := range terms {
		w.terms = append(w.terms, w.terms[k]*part/float64(k+1))
	}
	w.columns = (width + 3) &^ 3
	w.sum, w.next = resized(w.sum, n*w.columns), resized(w.next, n*w.columns)
	clear(w.sum)
	for i := range width {
		w.sum[(first+i)*w.columns+i] = w.terms[terms]
	}
}

// step multiplies the sum by the adjacency matrix, and adds a term that stands
// for no step (Horner's rule). Where all nodes are sources at once the sum is
// symmetric, and half of it is a copy of the other.
func (w *walkScratch) step(g *Graph, first, width int, term float64) {
	symmetric := width == g.N()
	gather(w, &g.out, symmetric)
	for i := range width {
		w.next[(first+i)*w.columns+i] += term
	}
	if symmetric {
		mirror(w.next, width, w.columns)
	}
	w.sum, w.next = w.next, w.sum
}

// gatherScalar sets each row of next to the sum of those of the node's
// neighbours in sum; if half is asked for, up to the diagonal, four columns at a
// time.
func gatherScalar(w *walkScratch, rows *adjacency, half bool) {
	for v := range rows.nodes() {
		to := w.next[v*w.columns:][:w.columns]
		if half {
			to = to[:(v+4)&^3]
		}
		w.gather(to, rows.row(v))
	}
}

// gather sets to, the beginning of a row, to the sum of those of the given nodes.
func (w *walkScratch) gather(to []float64, from []int32) {
	row := func(u int32) []float64 { return w.sum[int(u)*w.columns:][:len(to)] }
	clear(to)
	for ; len(from) >= 4; from = from[4:] {
		addRows(to, row(from[0]), row(from[1]), row(from[2]), row(from[3]))
	}
	for ; len(from) >= 2; from = from[2:] {
		addTwo(to, row(from[0]), row(from[1]))
	}
	for _, u := range from {
		addTimes(to, 1, row(u))
	}
}

// mirror copies what is below the diagonal of a matrix to above it, where it can
// two columns at a time.
func mirror(matrix []float64, n, columns int) {
	v := 0
	for ; v+1 < n; v += 2 {
		first, second := matrix[v*columns:][:v+1], matrix[(v+1)*columns:][:v+1]
		for i, x := range first {
			to := matrix[i*columns+v:][:2]
			to[0], to[1] = x, second[i]
		}
	}
	for ; v < n; v++ {
		for i, x := range matrix[v*columns:][:v] {
			matrix[i*columns+v] = x
		}
	}
}

// addRows adds four rows at once, which takes half the time of four additions.
func addRows(to, a, b, c, d []float64) {
	a, b, c, d = a[:len(to)], b[:len(to)], c[:len(to)], d[:len(to)]
	for i := range to {
		to[i] += a[i] + b[i] + (c[i] + d[i])
	}
}

func addTwo(to, a, b []float64) {
	a, b = a[:len(to)], b[:len(to)]
	for i := range to {
		to[i] += a[i] + b[i]
	}
}

// square multiplies the sum, a symmetric matrix of n rows without negative
// elements, by itself. No element grows beyond the largest float64.
func (w *walkScratch) square(n int) {
	row := func(i int) []float64 { return w.sum[i*w.columns:][:n] }
	for i := range n {
		for j := range i + 1 {
			x := min(product(row(i), row(j)), math.MaxFloat64)
			w.next[i*w.columns+j], w.next[j*w.columns+i] = x, x
		}
	}
	w.sum, w.next = w.next, w.sum
}

func (w *walkScratch) lengths(dst []float64, width int) {
	clear(dst)
	for at := 0; at < len(w.sum); at += w.columns {
		for i, x := range w.sum[at : at+width] {
			dst[i] += x * x
		}
	}
	for i := range dst {
		dst[i] = min(dst[i], math.MaxFloat64)
	}
}
