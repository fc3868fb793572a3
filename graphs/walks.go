package graphs

import "math"

// walkScratch holds, for each node, one number for each of up to 64 sources.
type walkScratch struct {
	term, next, sum []float64
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
		w.start(n, first, width)
		for k := 1; k <= terms; k++ {
			w.step(g, width, part/float64(k))
		}
		for range squarings {
			w.square(n)
		}
		w.lengths(dst[first:first+width], width)
	}
}

// seriesLength returns how many terms of the exponential series of x are worth
// adding: the next is below 1e-18 and each after it less than half of it.
func seriesLength(x float64) int {
	logTerm := 0.0
	for k := 1; ; k++ {
		logTerm += math.Log(x / float64(k))
		if float64(k) >= 2*x && logTerm < math.Log(1e-18) {
			return k
		}
	}
}

func (w *walkScratch) start(n, first, width int) {
	w.term, w.next, w.sum = resized(w.term, n*width), resized(w.next, n*width), resized(w.sum, n*width)
	clear(w.term)
	for i := range width {
		w.term[(first+i)*width+i] = 1
	}
	copy(w.sum, w.term)
}

// step multiplies the term by the adjacency matrix and the factor, and adds it.
func (w *walkScratch) step(g *Graph, width int, factor float64) {
	for v := range g.N() {
		to := w.next[v*width : (v+1)*width]
		clear(to)
		for _, u := range g.Out(v) {
			for i, x := range w.term[int(u)*width : (int(u)+1)*width] {
				to[i] += x
			}
		}
		sum := w.sum[v*width : (v+1)*width]
		for i := range to {
			to[i] *= factor
			sum[i] += to[i]
		}
	}
	w.term, w.next = w.next, w.term
}

// square multiplies the sum, a symmetric matrix of n rows without negative
// elements, by itself. No element grows beyond the largest float64.
func (w *walkScratch) square(n int) {
	row := func(i int) []float64 { return w.sum[i*n : (i+1)*n] }
	for i := range n {
		for j := range i + 1 {
			x := min(product(row(i), row(j)), math.MaxFloat64)
			w.next[i*n+j], w.next[j*n+i] = x, x
		}
	}
	w.sum, w.next = w.next, w.sum
}

func (w *walkScratch) lengths(dst []float64, width int) {
	clear(dst)
	for at := 0; at < len(w.sum); at += width {
		for i, x := range w.sum[at : at+width] {
			dst[i] += x * x
		}
	}
	for i := range dst {
		dst[i] = min(dst[i], math.MaxFloat64)
	}
}
