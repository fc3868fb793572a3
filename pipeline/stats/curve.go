package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// CurveSpecification is one way to ask a question, as TestCurve takes it.
type CurveSpecification struct {
	Estimate float64 // on a scale that all share, such as standard deviations
	T        float64 // its statistic, and DF its degrees of freedom
	DF       float64
	// DrawnEstimate and DrawnT are what each draw under the null made of them,
	// draw i of all specifications belonging together.
	DrawnEstimate, DrawnT []float64
}

// CurveTest is what a specification curve says as a whole.
type CurveTest struct {
	Median, Low, High          float64 // of the estimates
	Share                      float64 // with the dominant sign and p < 0.05
	Stouffer                   float64 // sum of z over the root of their number
	MedianP, ShareP, StoufferP float64
}

// TestCurve tests a specification curve as a whole: whether the median
// estimate, the share of specifications with the dominant sign and p < 0.05, and
// Stouffer's z are farther from 0 than where no specification has anything to
// tell. Draws must belong together over specifications, such as those of
// WildCluster.Drawn over common weights; a set of draws that lists one of two
// with opposite signs serves as well, since all three are judged without sign.
//
// Where the draws are all there are (enumerated) a p is b/m, the data among
// them; else (1+b)/(1+m). Ties count as extreme, to a relative 1e-10. Panics
// without specifications.
//
// Reference: Simonsohn, Simmons & Nelson 2020, Nat. Hum. Behav. 4, who permute
// or bootstrap rows; here clusters are what is drawn.
func TestCurve(specifications []CurveSpecification, enumerated bool) CurveTest {
	n := len(specifications)
	draws := len(specifications[0].DrawnT)
	estimates, scores := make([]float64, n), make([]float64, n)
	limits := make([]float64, n)
	for k, s := range specifications {
		estimates[k], scores[k], limits[k] = s.Estimate, s.T, QuantileT(0.95, s.DF)
	}
	c := CurveTest{Low: slices.Min(estimates), High: slices.Max(estimates),
		Share: dominantShare(scores, limits), Stouffer: stouffer(scores, specifications), Median: medianOf(estimates)}
	var median, share, sum int // draws as far from 0
	for i := range draws {
		for k, s := range specifications {
			estimates[k], scores[k] = s.DrawnEstimate[i], s.DrawnT[i]
		}
		share += btoi(asFar(dominantShare(scores, limits), c.Share))
		sum += btoi(asFar(stouffer(scores, specifications), c.Stouffer))
		median += btoi(asFar(medianOf(estimates), c.Median))
	}
	c.MedianP, c.ShareP, c.StoufferP = shareOf(median, draws, enumerated), shareOf(share, draws, enumerated), shareOf(sum, draws, enumerated)
	return c
}

// asFar tells whether a draw is as far from 0 as the data, rounding forgiven.
func asFar(drawn, observed float64) bool {
	return math.Abs(drawn) >= math.Abs(observed)*(1-tieTolerance)
}

// shareOf is the p of so many extreme draws.
func shareOf(extreme, draws int, enumerated bool) float64 {
	if enumerated {
		return float64(extreme) / float64(draws)
	}
	return float64(1+extreme) / float64(1+draws)
}

// dominantShare is the share of statistics beyond their limits on the side
// where more are.
func dominantShare(t, limits []float64) float64 {
	above, below := 0, 0
	for k, limit := range limits {
		above += btoi(t[k] > limit)
		below += btoi(t[k] < -limit)
	}
	return float64(max(above, below)) / float64(len(t))
}

// stouffer adds up the normal scores of t statistics.
func stouffer(t []float64, specifications []CurveSpecification) float64 {
	var sum float64
	for k, s := range specifications {
		sum += normalScore(t[k], s.DF)
	}
	return sum / math.Sqrt(float64(len(t)))
}

// normalScore is the normal deviate that lies as far out as t does.
func normalScore(t, df float64) float64 {
	const least = 1e-300 // a smaller p has no deviate
	return math.Copysign(mathext.NormalQuantile(max(TwoSidedT(t, df)/2, least)), t)
}

// medianOf sorts x and returns its median.
func medianOf(x []float64) float64 {
	slices.Sort(x)
	n := len(x)
	return (x[(n-1)/2] + x[n/2]) / 2
}
