package graphs

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// The kernel of spectral densities: Gaussian of this standard deviation, on a
// grid from 6 of them below 0 to 6 above 2, in steps of half of one. On such a
// grid sums are integrals to all digits.
const (
	kernelWidth = 0.05
	gridStep    = kernelWidth / 2
	gridFrom    = -6 * kernelWidth
	gridPoints  = 105
)

// laplacian holds the matrix whose spectrum is taken.
type laplacian struct {
	elements []float64
	eigen    mat.EigenSym
	values   []float64
}

// density is that of the eigenvalues of the normalised Laplacian, 1 on the
// diagonal of nodes with partners and -1/sqrt(d_v d_w) where v and w are tied,
// with the kernel in the place of each. Nil without nodes.
func (l *laplacian) density(g *Graph) []float64 {
	n := g.N()
	if n == 0 {
		return nil
	}
	l.elements, l.values = resized(l.elements, n*n), resized(l.values, n)
	clear(l.elements)
	for v := range n {
		if len(g.Out(v)) > 0 {
			l.elements[v*n+v] = 1
		}
		for _, w := range g.Out(v) {
			l.elements[v*n+int(w)] = -1 / math.Sqrt(float64(len(g.Out(v)))*float64(len(g.Out(int(w)))))
		}
	}
	if !l.eigen.Factorize(mat.NewSymDense(n, l.elements), false) {
		panic("graphs: eigenvalues of a symmetric matrix did not converge")
	}
	l.eigen.Values(l.values)
	density := make([]float64, gridPoints)
	height := 1 / (float64(n) * kernelWidth * math.Sqrt(2*math.Pi))
	for _, x := range l.values {
		first := max(0, int((x-gridFrom)/gridStep)-16) // beyond 8 standard deviations is nothing
		last := min(gridPoints-1, first+33)
		for i := first; i <= last; i++ {
			z := (gridFrom + float64(i)*gridStep - x) / kernelWidth
			density[i] += height * math.Exp(-z*z/2)
		}
	}
	return density
}

// SpectralDistance is the root of the integral of the squared difference of two
// spectral densities of the normalised Laplacian, with a Gaussian kernel of
// standard deviation 0.05 (Banerjee & Jost 2008, doi:10.1016/j.laa.2007.09.029,
// compare plots of such densities).
func SpectralDistance(a, b *Signature) float64 {
	sum := 0.0
	for i := range gridPoints {
		d := element(a.Spectrum, i) - element(b.Spectrum, i)
		sum += d * d
	}
	return math.Sqrt(sum * gridStep)
}
