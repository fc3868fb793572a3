package stats

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// BCa is a bias-corrected and accelerated bootstrap interval.
type BCa struct {
	Low, High    float64
	Bias         float64 // z0: how far the draws lie to one side of the estimate
	Acceleration float64 // of the spread along the estimate, from the jackknife
	Degenerate   int     // resamples without an estimate, drawn again
}

// bcaTries bounds how many resamples are drawn for one that has an estimate.
const bcaTries = 100

// Bootstrap draws rows with replacement and returns the interval of a
// statistic of them; draw d is from stream(d) alone. Ok is false where the data
// have no estimate, or without one row there is none, or most resamples have
// none, or the draws are all on one side.
//
// Below 20 rows it is indicative: of 11 it runs from -0.47 to 0.82 about a
// correlation of 0.34. The permutation p and the estimates without each row say
// more.
//
// Efron 1987, JASA 82. R: boot::boot.ci(type = "bca", L = centred jackknife);
// its default acceleration is by regression, and empinf(type = "jack") is not
// centred.
func Bootstrap(n, draws int, level float64, statistic func(rows []int) (float64, bool), stream func(draw int) *rand.Rand) (b BCa, ok bool) {
	all := identity(n)
	estimate, ok := statistic(all)
	if !ok {
		return b, false
	}
	without := make([]float64, n)
	for i := range without {
		if without[i], ok = statistic(slices.Delete(slices.Clone(all), i, i+1)); !ok {
			return b, false
		}
	}
	drawn, rows, degenerate := make([]float64, draws), make([]int, n), 0
	for d := range drawn {
		random := stream(d)
		for try := 0; ; try++ {
			for i := range rows {
				rows[i] = random.IntN(n)
			}
			if drawn[d], ok = statistic(rows); ok {
				break
			}
			if degenerate++; try == bcaTries {
				return b, false
			}
		}
	}
	b, ok = newBCa(estimate, drawn, without, level)
	b.Degenerate = degenerate
	return b, ok
}

func identity(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// newBCa is the interval from draws and from the estimates without each row.
func newBCa(estimate float64, drawn, without []float64, level float64) (b BCa, ok bool) {
	below := 0
	for _, v := range drawn {
		below += btoi(v < estimate)
	}
	if below == 0 || below == len(drawn) {
		return b, false
	}
	normal := distuv.UnitNormal
	b.Bias = normal.Quantile(float64(below) / float64(len(drawn)))
	var squares, cubes float64
	middle := mean(without)
	for _, v := range without {
		l := middle - v
		squares += l * l
		cubes += l * l * l
	}
	if squares > 0 {
		b.Acceleration = cubes / (6 * math.Pow(squares, 1.5))
	}
	sorted := slices.Sorted(slices.Values(drawn))
	end := func(tail float64) float64 {
		z := b.Bias + normal.Quantile(tail)
		return betweenDraws(sorted, normal.CDF(b.Bias+z/(1-b.Acceleration*z)))
	}
	b.Low, b.High = end((1-level)/2), end((1+level)/2)
	return b, true
}

// betweenDraws is the quantile of sorted draws, between two of them on the
// normal scale (Davison & Hinkley 1997, section 5.2).
func betweenDraws(sorted []float64, p float64) float64 {
	n := len(sorted)
	at := float64(n+1) * p
	k := int(at)
	switch {
	case k == 0:
		return sorted[0]
	case k >= n:
		return sorted[n-1]
	case float64(k) == at:
		return sorted[k-1]
	}
	normal := distuv.UnitNormal
	low, high := normal.Quantile(float64(k)/float64(n+1)), normal.Quantile(float64(k+1)/float64(n+1))
	share := (normal.Quantile(p) - low) / (high - low)
	return sorted[k-1] + share*(sorted[k]-sorted[k-1])
}
