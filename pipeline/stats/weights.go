package stats

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Weights say how much each row's neighbours count for it, inside clusters: a
// sparse matrix W that is block diagonal over clusters. A row without
// neighbours is 0 throughout.
type Weights struct {
	clusters *Clusters
	from     []int // first entry of each row, and their number at the end
	to       []int // by entry: the neighbour
	value    []float64
	spectra  [][]complex128 // by cluster: the eigenvalues, once they were asked for
}

// NewWeights returns weights of 1 for the neighbours of every row: rows of its
// own cluster, in increasing order and not itself. For a directed network the
// neighbours of a firm are those it nominates.
func NewWeights(c *Clusters, neighbours [][]int) *Weights {
	if len(neighbours) != c.Rows() {
		panic("stats: a row of weights for every row")
	}
	w := &Weights{clusters: c, from: make([]int, 1, c.Rows()+1)}
	for g := range c.Len() {
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			before := c.starts[g] - 1
			for _, j := range neighbours[i] {
				if j <= before || j >= c.starts[g+1] || j == i {
					panic("stats: a neighbour out of order, of another cluster, or the row itself")
				}
				before = j
				w.to, w.value = append(w.to, j), append(w.value, 1)
			}
			w.from = append(w.from, len(w.to))
		}
	}
	return w
}

// RowNormalised returns the weights with every row divided by its sum, so that
// the lag is the mean over a row's neighbours; rows without any stay 0.
func (w *Weights) RowNormalised() *Weights {
	out := *w
	out.value, out.spectra = slices.Clone(w.value), nil
	for i := range out.from[1:] {
		row := out.value[out.from[i]:out.from[i+1]]
		var sum float64
		for _, v := range row {
			sum += v
		}
		for k := range row {
			row[k] /= sum
		}
	}
	return &out
}

// Ties returns the number of neighbours of all rows.
func (w *Weights) Ties() int { return len(w.to) }

// TiesOf returns the number of neighbours of the rows of cluster g.
func (w *Weights) TiesOf(g int) int {
	return w.from[w.clusters.starts[g+1]] - w.from[w.clusters.starts[g]]
}

// Lag returns Wx.
func (w *Weights) Lag(x []float64) []float64 {
	w.clusters.check(x)
	out := make([]float64, len(x))
	for i := range out {
		for k := w.from[i]; k < w.from[i+1]; k++ {
			out[i] += w.value[k] * x[w.to[k]]
		}
	}
	return out
}

// lags returns the lag of every column.
func (w *Weights) lags(columns [][]float64) [][]float64 {
	out := make([][]float64, len(columns))
	for j, column := range columns {
		out[j] = w.Lag(column)
	}
	return out
}

// mirror returns W_ji for entry k, W_ij; 0 where j does not have i.
func (w *Weights) mirror(i, k int) float64 {
	j := w.to[k]
	at, found := slices.BinarySearch(w.to[w.from[j]:w.from[j+1]], i)
	if !found {
		return 0
	}
	return w.value[w.from[j]+at]
}

// squares returns tr(W'W) and tr(WW).
func (w *Weights) squares() (own, crossed float64) {
	for i := range w.from[1:] {
		for k := w.from[i]; k < w.from[i+1]; k++ {
			own += w.value[k] * w.value[k]
			crossed += w.value[k] * w.mirror(i, k)
		}
	}
	return own, crossed
}

// block returns the weights of cluster g.
func (w *Weights) block(g int) *mat.Dense {
	start, end := w.clusters.starts[g], w.clusters.starts[g+1]
	block := mat.NewDense(end-start, end-start, nil)
	for i := start; i < end; i++ {
		for k := w.from[i]; k < w.from[i+1]; k++ {
			block.Set(i-start, w.to[k]-start, w.value[k])
		}
	}
	return block
}

// similar returns a symmetric matrix with the eigenvalues of cluster g's
// weights: D^(1/2) W D^(-1/2) of a W = D⁻¹A whose A is symmetric has
// √(W_ij W_ji). It is false where a tie is not returned.
func (w *Weights) similar(g int) (*mat.SymDense, bool) {
	start, end := w.clusters.starts[g], w.clusters.starts[g+1]
	block := mat.NewSymDense(end-start, nil)
	for i := start; i < end; i++ {
		for k := w.from[i]; k < w.from[i+1]; k++ {
			back := w.mirror(i, k)
			if back == 0 {
				return nil, false
			}
			block.SetSym(i-start, w.to[k]-start, math.Sqrt(w.value[k]*back))
		}
	}
	return block, true
}

// Only returns the weights of some clusters, with the eigenvalues that are
// known.
func (w *Weights) Only(keep func(g int) bool) *Weights {
	out := &Weights{from: make([]int, 1)}
	var sizes []int
	for g := range w.clusters.Len() {
		start, end := w.clusters.starts[g], w.clusters.starts[g+1]
		if !keep(g) {
			continue
		}
		before := start - (len(out.from) - 1)
		for i := start; i < end; i++ {
			for k := w.from[i]; k < w.from[i+1]; k++ {
				out.to, out.value = append(out.to, w.to[k]-before), append(out.value, w.value[k])
			}
			out.from = append(out.from, len(out.to))
		}
		sizes = append(sizes, end-start)
		if w.spectra != nil {
			out.spectra = append(out.spectra, w.spectra[g])
		}
	}
	out.clusters = NewClusters(sizes...)
	return out
}

// ErrLargeCluster is what the eigenvalues of a network fail with where a
// cluster has more than 1500 rows: they would take minutes.
var ErrLargeCluster = errors.New("a cluster is too large for the eigenvalues of its network")

const largestBlock = 1500

// Eigenvalues returns those of W, cluster by cluster; they are complex where
// ties are not returned. It fails with ErrLargeCluster. The first call is not
// for several goroutines at once.
func (w *Weights) Eigenvalues() ([]complex128, error) {
	for g := len(w.spectra); g < w.clusters.Len(); g++ {
		spectrum, err := w.spectrum(g)
		if err != nil {
			w.spectra = nil
			return nil, err
		}
		w.spectra = append(w.spectra, spectrum)
	}
	return slices.Concat(w.spectra...), nil
}

func (w *Weights) spectrum(g int) ([]complex128, error) {
	if w.clusters.size(g) > largestBlock {
		return nil, ErrLargeCluster
	}
	similar, symmetric := w.similar(g)
	if !symmetric {
		var eigen mat.Eigen
		if !eigen.Factorize(w.block(g), mat.EigenNone) {
			return nil, ErrNoConvergence
		}
		return eigen.Values(nil), nil
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(similar, false) {
		return nil, ErrNoConvergence
	}
	var values []complex128
	for _, v := range eigen.Values(nil) {
		values = append(values, complex(v, 0))
	}
	return values, nil
}

// rounding is how far from 0 a computed eigenvalue, or its imaginary part, may
// be by rounding alone: those of a block that cannot be diagonalised are off by
// more than the last digits.
const rounding = 1e-7

// Feasible returns the interval of ρ around 0 in which I-ρW has an inverse:
// from one over the least real eigenvalue to one over the largest. Where none
// is negative it begins at -1, and where none is positive, which takes a
// network without circles, it ends at 1: row-normalised weights have an inverse
// there in any case.
func Feasible(eigenvalues []complex128) (low, high float64) {
	low, high = -1, 1
	var least, largest float64
	for _, v := range eigenvalues {
		if math.Abs(imag(v)) <= rounding {
			least, largest = min(least, real(v)), max(largest, real(v))
		}
	}
	if least < -rounding {
		low = 1 / least
	}
	if largest > rounding {
		high = 1 / largest
	}
	return low, high
}
