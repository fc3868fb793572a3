package stats

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
)

// ClusterEstimate is a coefficient estimated in one cluster alone.
type ClusterEstimate struct {
	Estimate float64
	SE       float64 // 0: none
	N        int     // rows
	OK       bool    // false where the cluster has no estimate
}

// IbragimovMuller is what the estimates of clusters, one each, say of their
// mean.
type IbragimovMuller struct {
	Mean, SE  float64
	Statistic float64
	DF        float64
	P         float64
}

// ibragimovMullerValid is the p below which the t test holds its level for
// estimates of unequal variance (Ibragimov & Müller 2010, JBES 28).
const ibragimovMullerValid = 0.083

// Valid tells whether P is in the range for which the test holds its level;
// larger ones are to be printed as above 0.083.
func (t IbragimovMuller) Valid() bool { return t.P <= ibragimovMullerValid }

// TestMean tests that the estimates of G clusters have mean 0, by Student's t
// with G - 1 degrees of freedom.
//
// Model: each estimate is normal about one mean, with a variance of its own:
// anything goes inside a cluster. The test is conservative where variances
// differ, below p = 0.083. Fails with *TooFewClustersError below two, and with
// ErrNoStandardError where the estimates are equal.
//
// Reference: Ibragimov & Müller 2010, JBES 28. R: t.test(b).
func TestMean(estimates []float64) (IbragimovMuller, error) {
	g := float64(len(estimates))
	if len(estimates) < 2 {
		return IbragimovMuller{}, &TooFewClustersError{len(estimates), 2}
	}
	mean, sd := meanSD(estimates)
	if !finite(mean, sd) {
		return IbragimovMuller{}, ErrNotFinite
	}
	if sd <= negligible*math.Abs(mean) {
		return IbragimovMuller{}, ErrNoStandardError
	}
	t := IbragimovMuller{Mean: mean, SE: sd / math.Sqrt(g), DF: g - 1}
	t.Statistic = t.Mean / t.SE
	t.P = TwoSidedT(t.Statistic, t.DF)
	return t, nil
}

func meanSD(x []float64) (mean, sd float64) {
	n := float64(len(x))
	mean = floats.Sum(x) / n
	for _, v := range x {
		sd += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(sd / (n - 1))
}

// SignFlipTest is the outcome of changing the signs of estimates.
type SignFlipTest struct {
	AsExtreme  int
	Draws      int // all 2^G by enumeration
	Enumerated bool
	P          float64 // by enumeration AsExtreme/Draws, the data included; else (1+AsExtreme)/(1+Draws)
}

// SignFlips tests that the estimates of G clusters lie symmetrically about 0,
// by changing their signs in all ways up to 14 clusters, else at random; draw d
// is from stream(d) alone.
//
// The statistic is |t| of TestMean: the sum of squares is the same for all
// signs, so it orders them as the absolute sum does. Exact for estimates that
// are independent and symmetric about 0, whatever their variances. P is at
// least 2/2^G: five clusters cannot reach 0.05.
//
// References: Canay, Romano & Shaikh 2017, Econometrica 85; Cai, Canay, Kim &
// Shaikh 2023, J. Econometric Methods.
func SignFlips(estimates []float64, draws int, stream func(draw int) *rand.Rand) SignFlipTest {
	limit := math.Abs(floats.Sum(estimates)) * (1 - tieTolerance)
	t := SignFlipTest{Draws: draws}
	if g := len(estimates); g < 63 && 1<<g <= wildMostSigns {
		t.Draws, t.Enumerated = 1<<g, true
		for set := range 1 << g {
			t.AsExtreme += btoi(math.Abs(flipped(estimates, uint64(set))) >= limit)
		}
		t.P = float64(t.AsExtreme) / float64(t.Draws)
		return t
	}
	for draw := range draws {
		random := stream(draw)
		var sum float64
		for from := 0; from < len(estimates); from += 64 {
			sum += flipped(estimates[from:min(from+64, len(estimates))], random.Uint64())
		}
		t.AsExtreme += btoi(math.Abs(sum) >= limit)
	}
	t.P = float64(1+t.AsExtreme) / float64(1+t.Draws)
	return t
}

// flipped sums up to 64 numbers, those in the set with the other sign.
func flipped(x []float64, set uint64) float64 {
	var sum float64
	for i, v := range x {
		if set>>i&1 != 0 {
			v = -v
		}
		sum += v
	}
	return sum
}
