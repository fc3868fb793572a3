package stats

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// Spearman returns the rank correlation of x and y, the Pearson correlation of
// their mid-ranks, and false where one of them is constant.
//
// R: cor(x, y, method = "spearman").
func Spearman(x, y []float64) (rho float64, ok bool) {
	if len(x) != len(y) {
		panic("stats: columns of unequal length")
	}
	a, b := centredRanks(x), centredRanks(y)
	return correlationOf(dot(a, b), dot(a, a), dot(b, b))
}

// correlationOf is the correlation with that sum of products and of squares,
// and false where a square is 0.
func correlationOf(product, squaresA, squaresB int) (rho float64, ok bool) {
	scale := math.Sqrt(float64(squaresA)) * math.Sqrt(float64(squaresB))
	if scale == 0 {
		return 0, false
	}
	// Rounding can carry a perfect correlation past 1.
	return max(-1, min(1, float64(product)/scale)), true
}

// SpearmanMonteCarlo tests independence by random pairings of x and y, the
// pairing of draw d from stream(d) alone. Ranks are compared as whole numbers,
// so ties with the data are exact.
//
// Assumption, here and in SpearmanExact: if x and y are unrelated, every
// pairing was equally likely (rows exchangeable).
//
// R: coin::spearman_test(y ~ x, distribution = approximate(draws)).
func SpearmanMonteCarlo(x, y []float64, draws int, stream func(draw int) *rand.Rand) PermutationTest {
	rho, _ := Spearman(x, y)
	a, b := centredRanks(x), centredRanks(y)
	observed := magnitude(dot(a, b))
	paired := make([]int, len(b))
	asExtreme := 0
	for draw := range draws {
		copy(paired, b)
		shuffle(paired, stream(draw))
		if magnitude(dot(a, paired)) >= observed {
			asExtreme++
		}
	}
	return permutationTest(rho, asExtreme, draws)
}

// BonettWright returns an interval for a rank correlation of n rows: Fisher's
// z with variance (1+rho²/2)/(n-3), back on the scale of rho. It does not
// exist, and ok is false, for |rho| = 1 and for n < 4.
//
// Assumes a bivariate distribution not far from normal after a monotone change
// of each axis; with few rows and long tails it covers 80 to 89 % at 95 %, so
// it goes with the permutation p, never instead of it.
//
// Bonett & Wright 2000, Psychometrika 65.
//
// R: DescTools::SpearmanRho(x, y, conf.level = level) has 1.06/(n-3) in place
// of this variance; tanh(atanh(rho) + c(-1,1)*qnorm((1+level)/2)*
// sqrt((1+rho^2/2)/(n-3))).
func BonettWright(rho float64, n int, level float64) (low, high float64, ok bool) {
	if n < 4 || math.Abs(rho) >= 1 {
		return 0, 0, false
	}
	z := math.Atanh(rho)
	half := distuv.UnitNormal.Quantile((1+level)/2) * math.Sqrt((1+rho*rho/2)/float64(n-3))
	return math.Tanh(z - half), math.Tanh(z + half), true
}

func dot(a, b []int) int {
	var sum int
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func magnitude(v int) int { return max(v, -v) }
