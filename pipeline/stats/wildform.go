package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// wildForm is the fast form of a wild cluster bootstrap at one null. In the
// orthonormal columns Q of the design, the contrast a of the coefficient and
// restricted residuals e, a draw w has the numerator aᵀm with m = Σ_h w_h Q_hᵀe_h,
// and as score of cluster g, from which the variance is made,
//
//	w_g aᵀQ_gᵀe_g - (Q_gᵀQ_g a)ᵀm:
//
// what the cluster adds, less what the refit takes. No draw touches the rows.
type wildForm struct {
	contrast []float64
	scores   []float64 // Q_gᵀe_g, as many numbers a cluster as there are columns
	parts    []float64 // Q_gᵀQ_g a
	own      []float64 // aᵀQ_gᵀe_g
	moved    []float64 // scratch: m
}

func newWildForm(q [][]float64, contrast, errors []float64, c *Clusters) *wildForm {
	f := &wildForm{contrast: contrast, moved: make([]float64, len(q))}
	influence := times(q, contrast)
	for g := range c.Len() {
		e, p := c.Of(errors, g), c.Of(influence, g)
		for _, column := range q {
			f.scores = append(f.scores, floats.Dot(c.Of(column, g), e))
			f.parts = append(f.parts, floats.Dot(c.Of(column, g), p))
		}
		f.own = append(f.own, floats.Dot(p, e))
	}
	return f
}

// move puts a draw's numerator and, by cluster, its scores into the given
// places.
func (f *wildForm) move(weights, scores []float64) (numerator float64) {
	k := len(f.contrast)
	clear(f.moved)
	for g, w := range weights {
		for l, s := range f.scores[g*k : (g+1)*k] {
			f.moved[l] += w * s
		}
	}
	for g, w := range weights {
		score := w * f.own[g]
		for l, p := range f.parts[g*k : (g+1)*k] {
			score -= p * f.moved[l]
		}
		scores[g] = score
	}
	for l, a := range f.contrast {
		numerator += a * f.moved[l]
	}
	return numerator
}

// A wildTally counts draws against the data.
type wildTally struct {
	draws                         int
	beyond, tied, greater, lesser int
}

// count adds a draw that stands for so many, with its negative where for two.
// A draw without a standard error lies beyond the data.
func (t *wildTally) count(numerator, se, observed float64, stands int) {
	t.draws += stands
	limit := math.Abs(observed) * se
	size := math.Abs(numerator)
	switch {
	case size > limit*(1+tieTolerance):
		t.beyond += stands
	case size >= limit*(1-tieTolerance):
		t.tied += stands
	}
	above, below := compareTied(numerator, observed*se)
	t.greater += btoi(above)
	t.lesser += btoi(below)
	if stands == 2 {
		above, below = compareTied(-numerator, observed*se)
		t.greater += btoi(above)
		t.lesser += btoi(below)
	}
}

// compareTied tells whether v is above or below the limit by more than
// rounding.
func compareTied(v, limit float64) (above, below bool) {
	slack := math.Abs(limit) * tieTolerance
	return v > limit+slack, v < limit-slack
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tally goes through all draws; observed is the statistic of the data on the
// variance without correction.
func (f *wildForm) tally(w *WildWeights, observed float64) wildTally {
	var t wildTally
	scores := make([]float64, w.clusters)
	for i := range w.rows() {
		numerator := f.move(w.row(i), scores)
		t.count(numerator, floats.Norm(scores, 2), observed, w.stands())
	}
	return t
}

// drawn returns the numerator of every row of weights, and its statistic times
// scale. One without a standard error is the largest number there is.
func (f *wildForm) drawn(w *WildWeights, scale float64) (numerators, statistics []float64) {
	numerators, statistics = make([]float64, w.rows()), make([]float64, w.rows())
	scores := make([]float64, w.clusters)
	for i := range statistics {
		numerators[i] = f.move(w.row(i), scores)
		t := ratio(numerators[i], floats.Norm(scores, 2)) * scale
		statistics[i] = max(-math.MaxFloat64, min(math.MaxFloat64, t))
	}
	return numerators, statistics
}

// ratio returns v/se, and the largest number there is where se is 0.
func ratio(v, se float64) float64 {
	if se == 0 {
		return math.Copysign(math.MaxFloat64, v)
	}
	return v / se
}
