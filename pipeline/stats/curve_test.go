package stats

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mathext"

	"firmties/pipeline/seed"
)

// curveData is two readings of what goes with an outcome, in eight clusters.
func curveData() (y []float64, readings [][]float64, c *Clusters) {
	random := seed.Draws(7, "curve")(0)
	c = NewClusters(9, 10, 11, 12, 9, 10, 8, 9)
	for range 78 {
		x := random.NormFloat64()
		readings = append(readings, []float64{x, x + 0.5*random.NormFloat64()})
		y = append(y, 0.4*x+random.NormFloat64())
	}
	byReading := make([][]float64, 2)
	for _, r := range readings {
		byReading[0], byReading[1] = append(byReading[0], r[0]), append(byReading[1], r[1])
	}
	return y, byReading, c
}

// TestDrawnEstimatesAreRefits: the estimate of a draw is that of a fit to the
// restricted fit with its residuals' signs changed.
func TestDrawnEstimatesAreRefits(t *testing.T) {
	y, x, c := curveData()
	fit, err := FitFixedEffects(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	wild, err := fit.WildCluster(0, WCR)
	if err != nil {
		t.Fatal(err)
	}
	weights, err := NewWildWeights(c.Len(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	estimates, statistics := wild.Drawn(weights)
	null, err := FitFixedEffects(y, x[1:], c)
	if err != nil {
		t.Fatal(err)
	}
	centred := CentreWithin(y, c)
	other := CentreWithin(x[1], c)
	for _, draw := range []int{0, 1, 77, 127} {
		var again []float64
		for g, w := range weights.row(draw) {
			fitted := c.Of(other, g)
			for i, v := range c.Of(centred, g) {
				mean := null.Coef[0] * fitted[i]
				again = append(again, mean+w*(v-mean))
			}
		}
		refit, err := FitFixedEffects(again, x, c)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(refit.Coef[0]-estimates[draw]) > 1e-12 {
			t.Errorf("draw %d: estimate %v, refitted %v", draw, estimates[draw], refit.Coef[0])
		}
		if again := refit.Coef[0] / refit.ClusterRobust(CR1S)[0].SE; math.Abs(again-statistics[draw]) > 1e-10*math.Abs(again) {
			t.Errorf("draw %d: statistic %v, refitted %v", draw, statistics[draw], again)
		}
	}
}

// TestCurveOfOneSpecification: alone, its median is its estimate, and the p of
// all three are of one and the same order of draws.
func TestCurveOfOneSpecification(t *testing.T) {
	drawn := []float64{2, -0.5, 1, -3, 0.2, 2.5, -1.9, 0.7}
	c := TestCurve([]CurveSpecification{{Estimate: 2, T: 2, DF: 10, DrawnEstimate: drawn, DrawnT: drawn}}, false)
	want := (1 + 3.0) / 9 // 2, -3 and 2.5 are as far out
	if c.Median != 2 || c.Low != 2 || c.High != 2 || c.MedianP != want || c.StoufferP != want {
		t.Errorf("%+v, want p %v", c, want)
	}
	if p := 2 * mathext.NormalQuantile(1-TwoSidedT(2, 10)/2); math.Abs(2*c.Stouffer-p) > 1e-12 {
		t.Errorf("Stouffer's z of one t is %v, want %v", c.Stouffer, p/2)
	}
	if c.Share != 0 || c.ShareP != 1 { // 2 is below the limit, 2.23
		t.Errorf("share %v (p %v), want 0 and 1", c.Share, c.ShareP)
	}
}

// TestCurveBruteForce holds the three statistics to their definitions.
func TestCurveBruteForce(t *testing.T) {
	random := seed.Draws(3, "curve")(0)
	const n, draws = 5, 40
	specifications := make([]CurveSpecification, n)
	for k := range specifications {
		s := &specifications[k]
		s.DF = float64(6 + k)
		s.T = 3 * random.NormFloat64()
		s.Estimate = s.T / 4
		for range draws {
			v := 2 * random.NormFloat64()
			s.DrawnT, s.DrawnEstimate = append(s.DrawnT, v), append(s.DrawnEstimate, v/4)
		}
	}
	statistics := func(t, b func(k int) float64) (median, share, z float64) {
		var estimates []float64
		var above, below float64
		for k, s := range specifications {
			estimates = append(estimates, b(k))
			p := TwoSidedT(t(k), s.DF)
			if p < 0.05 && t(k) > 0 {
				above++
			}
			if p < 0.05 && t(k) < 0 {
				below++
			}
			z += math.Copysign(-mathext.NormalQuantile(p/2), t(k)) / math.Sqrt(n)
		}
		slices.Sort(estimates)
		return estimates[2], max(above, below) / n, z
	}
	median, share, z := statistics(func(k int) float64 { return specifications[k].T }, func(k int) float64 { return specifications[k].Estimate })
	var far [3]float64
	for i := range draws {
		m, s, v := statistics(func(k int) float64 { return specifications[k].DrawnT[i] }, func(k int) float64 { return specifications[k].DrawnEstimate[i] })
		for j, extreme := range []bool{math.Abs(m) >= math.Abs(median), s >= share, math.Abs(v) >= math.Abs(z)} {
			if extreme {
				far[j]++
			}
		}
	}
	got := TestCurve(specifications, true)
	for j, pair := range [][2]float64{{got.Median, median}, {got.Share, share}, {got.Stouffer, z}, {got.MedianP, far[0] / draws}, {got.ShareP, far[1] / draws}, {got.StoufferP, far[2] / draws}} {
		if math.Abs(pair[0]-pair[1]) > 1e-12 {
			t.Errorf("statistic %d is %v, want %v", j, pair[0], pair[1])
		}
	}
}
