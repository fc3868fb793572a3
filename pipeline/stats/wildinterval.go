package stats

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"
)

// ErrUnbounded is what an interval fails with where no null, however far, is
// rejected at its level.
var ErrUnbounded = errors.New("too few draws to bound an interval at this level")

// Interval returns the nulls that the symmetric test does not reject at
// 1-level: the outermost such null on either side of the estimate, to a
// millionth of a standard error. p is a step function of the null and need not
// fall steadily; nulls inside the interval may be rejected. Fails with
// ErrUnbounded where the level is out of reach of the draws.
//
// R: fwildclusterboot::boottest(..., conf_int = TRUE), which counts strictly.
func (w *WildCluster) Interval(level float64, weights *WildWeights) (low, high float64, err error) {
	w.check(weights)
	curves := w.curves(weights)
	below, ok := curves.outermost(w.SE, 1-level, +1)
	above, okAbove := curves.outermost(w.SE, 1-level, -1)
	if !ok || !okAbove {
		return 0, 0, ErrUnbounded
	}
	return w.estimate - below, w.estimate + above, nil
}

// wildCurves are the draws' numerators, linear in the distance d from the
// estimate down to the null, and variances, quadratic in it.
type wildCurves struct {
	n0, n1, v0, v1, v2 []float64
	se                 float64
	weights            *WildWeights
}

func (w *WildCluster) curves(weights *WildWeights) *wildCurves {
	c := &wildCurves{se: w.se, weights: weights}
	fit, unit := make([]float64, w.clusters), make([]float64, w.clusters)
	for i := range weights.rows() {
		c.n0 = append(c.n0, w.atFit.move(weights.row(i), fit))
		c.n1 = append(c.n1, w.perUnit.move(weights.row(i), unit))
		c.v0 = append(c.v0, floats.Dot(fit, fit))
		c.v1 = append(c.v1, 2*floats.Dot(fit, unit))
		c.v2 = append(c.v2, floats.Dot(unit, unit))
	}
	return c
}

// p returns the symmetric p at a distance.
func (c *wildCurves) p(d float64) float64 {
	limit := math.Abs(d) / c.se * (1 - tieTolerance)
	extreme := 0
	for i, n := range c.n0 {
		n += d * c.n1[i]
		if n*n >= limit*limit*(c.v0[i]+d*(c.v1[i]+d*c.v2[i])) {
			extreme++
		}
	}
	if c.weights.enumerated {
		return float64(max(1, extreme)) / float64(len(c.n0))
	}
	return float64(1+extreme) / float64(1+len(c.n0))
}

// outermost returns the largest distance in a direction at which p is above
// alpha. It looks every eighth of a standard error, in steps that double every
// 64 looks, until 64 looks in a row find nothing, and halves the last step.
func (c *wildCurves) outermost(se, alpha, sign float64) (distance float64, ok bool) {
	step, inside, width, quiet := se/8, 0.0, se/8, 0
	at := 0.0
	for look := 1; quiet < 64; look++ {
		at += step
		if quiet++; c.p(sign*at) > alpha {
			inside, quiet = at, 0
		}
		if look%64 == 0 {
			step *= 2
		}
		if quiet == 0 {
			width = step
		}
		if look > 64*40 {
			return 0, false
		}
	}
	outside := inside + width
	for outside-inside > 1e-6*se && inside+(outside-inside)/2 < outside {
		middle := inside + (outside-inside)/2
		if c.p(sign*middle) > alpha {
			inside = middle
		} else {
			outside = middle
		}
	}
	return inside, true
}
