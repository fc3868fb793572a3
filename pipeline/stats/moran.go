package stats

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
)

// Autocorrelation is Moran's I or Geary's C: whether neighbours are alike.
type Autocorrelation struct {
	Value       float64
	Expectation float64 // where values are exchanged among the rows of a cluster, or of residuals under the model
	Variance    float64 // likewise
	HasVariance bool    // false where a cluster has fewer than 4 rows, or Variance is 0

	z       []float64 // centred in clusters
	centre  float64   // expectation where z is exchanged
	weights *Weights
	of      func(z []float64) float64
}

// P returns the two-sided p of the normal distribution with the moments, and
// false where there is no variance.
func (a *Autocorrelation) P() (p float64, ok bool) {
	if !a.HasVariance {
		return 0, false
	}
	return TwoSidedZ((a.Value - a.Expectation) / math.Sqrt(a.Variance)), true
}

// Moran returns Moran's I of x, I = N/S0 · z'Wz/z'z with z centred in clusters
// and S0 the sum of the weights, which rows without neighbours do not add to:
// the correlation of neighbours, positive where they are alike. Its moments are
// those of exchange inside clusters; with one cluster, of Cliff & Ord's
// randomisation. It is null (false) where x is constant inside every cluster or
// no row has a neighbour.
//
// R: spdep::moran.test(x, W, randomisation = TRUE, adjust.n = FALSE, zero.policy
// = TRUE); with weights of 1, sna::nacf(net, x, type = "moran").
//
// Moran 1950, Biometrika 37; Cliff & Ord 1981.
func Moran(x []float64, w *Weights) (*Autocorrelation, bool) {
	z, height, err := unitWithin(x, w.clusters)
	if err != nil || height == 0 || w.Ties() == 0 {
		return nil, false
	}
	factor := float64(len(x)) / floats.Sum(w.value)
	a := &Autocorrelation{z: z, weights: w, HasVariance: true}
	a.of = func(z []float64) float64 { return factor * floats.Dot(z, w.Lag(z)) }
	a.Value = a.of(z)
	for g := range w.clusters.Len() {
		mean, variance, ok := w.exchanged(z, g)
		a.Expectation += factor * mean
		a.Variance += factor * factor * variance
		a.HasVariance = a.HasVariance && ok
	}
	a.centre = a.Expectation
	a.HasVariance = a.HasVariance && a.Variance > 0
	return a, true
}

// Geary returns Geary's C of x, C = (N-G)/(2·S0) · Σ W_ij (x_i-x_j)² / z'z with
// z centred in clusters: 1 where neighbours are as others, below where they are
// alike. It has no variance; Test permutes. It is null as Moran.
//
// R: with one cluster and weights of 1, sna::nacf(net, x, type = "geary").
//
// Geary 1954, The Incorporated Statistician 5.
func Geary(x []float64, w *Weights) (*Autocorrelation, bool) {
	z, height, err := unitWithin(x, w.clusters)
	if err != nil || height == 0 || w.Ties() == 0 {
		return nil, false
	}
	factor := float64(len(x)-w.clusters.Len()) / (2 * floats.Sum(w.value))
	a := &Autocorrelation{z: z, weights: w}
	a.of = func(z []float64) float64 {
		var sum float64
		for i := range z {
			for k := w.from[i]; k < w.from[i+1]; k++ {
				d := z[i] - z[w.to[k]]
				sum += w.value[k] * d * d
			}
		}
		return factor * sum
	}
	a.Value = a.of(z)
	for g := range w.clusters.Len() {
		part := w.clusters.Of(z, g)
		if n := float64(len(part)); n > 1 {
			a.Expectation += factor * 2 * w.total(g) * floats.Dot(part, part) / (n - 1)
		}
	}
	a.centre = a.Expectation
	return a, true
}

// total is the sum of the weights of a cluster.
func (w *Weights) total(g int) float64 {
	c := w.clusters
	return floats.Sum(w.value[w.from[c.starts[g]]:w.from[c.starts[g+1]]])
}

// exchanged returns the moments of z'Wz in a cluster whose values are exchanged
// (Cliff & Ord 1981, 1.40); the variance is false below 4 rows.
func (w *Weights) exchanged(z []float64, g int) (mean, variance float64, ok bool) {
	start, end := w.clusters.starts[g], w.clusters.starts[g+1]
	part := w.clusters.Of(z, g)
	n := float64(len(part))
	total, squares := w.total(g), floats.Dot(part, part)
	if total == 0 || squares == 0 {
		return 0, 0, true
	}
	mean = -total * squares / (n * (n - 1))
	if n < 4 {
		return mean, 0, false
	}
	var s1, s2, fourth float64
	both := make([]float64, len(part)) // row and column sums
	for i := start; i < end; i++ {
		for k := w.from[i]; k < w.from[i+1]; k++ {
			v, back := w.value[k], w.mirror(i, k)
			both[i-start] += v
			both[w.to[k]-start] += v
			s1 += v * (v + back) // ½ Σ (W_ij+W_ji)²
		}
		fourth += math.Pow(z[i], 4)
	}
	for _, v := range both {
		s2 += v * v
	}
	kurtosis := n * fourth / (squares * squares)
	second := n*((n*n-3*n+3)*s1-n*s2+3*total*total) - kurtosis*((n*n-n)*s1-2*n*s2+6*total*total)
	second *= squares * squares / (n * n) / ((n - 1) * (n - 2) * (n - 3))
	return mean, second - mean*mean, true
}

// Test exchanges the values inside clusters: all arrangements where they are
// few, else so many drawn, draw d from stream(d) alone. The p is two-sided, by
// the distance from the mean of all arrangements, which is the statistic. Of
// residuals, which are not quite exchangeable, it is an approximation.
func (a *Autocorrelation) Test(draws, workers int, stream func(draw int) *rand.Rand) PermutationTest {
	starts := a.weights.clusters.starts
	p := &Pairs{firms: starts}
	for g := range a.weights.clusters.Len() {
		p.sizes = append(p.sizes, starts[g+1]-starts[g])
	}
	statistic := func() pairStatistic {
		z := make([]float64, len(a.z))
		return func(order []int32) float64 {
			for g := range p.sizes {
				for i := starts[g]; i < starts[g+1]; i++ {
					z[i] = a.z[starts[g]+int(order[i])]
				}
			}
			return a.of(z) - a.centre
		}
	}
	return p.permute(a.Value-a.centre, statistic, draws, workers, stream)
}
