package stats

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// PearsonPower returns the probability that a correlation of rho among so many
// clusters is told from 0, two-sided at a level, by Student's t.
//
// Assumes a bivariate normal distribution. With r/√(1-r²) as (Z + θA)/B, Z
// normal, A and B chi with n-1 and n-2 degrees of freedom and θ = ρ/√(1-ρ²), it
// integrates over A and B.
func PearsonPower(n int, rho, level float64) float64 {
	if n < 3 {
		return 0
	}
	df := float64(n - 2)
	limit := QuantileT(1-level, df) / math.Sqrt(df)
	theta := rho / math.Sqrt(1-rho*rho)
	a, b := chi(float64(n-1)), chi(df)
	normal := distuv.UnitNormal
	const points = 48
	return quad.Fixed(func(x float64) float64 {
		return a.density(x) * quad.Fixed(func(y float64) float64 {
			reach := normal.CDF(theta*x-limit*y) + normal.CDF(-theta*x-limit*y)
			return b.density(y) * reach
		}, b.low, b.high, points, quad.Legendre{}, 0)
	}, a.low, a.high, points, quad.Legendre{}, 0)
}

// chiDistribution is the root of a chi-squared one, with where its mass lies.
type chiDistribution struct{ df, norm, low, high float64 }

func chi(df float64) chiDistribution {
	const tail = 1e-13
	square := distuv.ChiSquared{K: df}
	logGamma, _ := math.Lgamma(df / 2)
	return chiDistribution{df, (1-df/2)*math.Ln2 - logGamma, math.Sqrt(square.Quantile(tail)), math.Sqrt(square.Quantile(1 - tail))}
}

func (c chiDistribution) density(x float64) float64 {
	return math.Exp(c.norm + (c.df-1)*math.Log(x) - x*x/2)
}

// SpearmanPower returns the share of so many draws, that of draw d from
// stream(d) alone, in which the rank correlation of a bivariate normal sample
// of correlation rho is at least a limit, either way: see SpearmanLimit.
func SpearmanPower(n int, rho, limit float64, draws int, stream func(draw int) *rand.Rand) float64 {
	x, y := make([]float64, n), make([]float64, n)
	told := 0
	for d := range draws {
		random := stream(d)
		for i := range x {
			x[i] = random.NormFloat64()
			y[i] = rho*x[i] + math.Sqrt(1-rho*rho)*random.NormFloat64()
		}
		r, ok := Spearman(x, y)
		told += btoi(ok && math.Abs(r) >= limit*(1-tieTolerance))
	}
	return float64(told) / float64(draws)
}

// SpearmanLimit returns the least rank correlation without ties whose two-sided
// p is at most the level, exactly up to SpearmanExactRows, else by Student's t;
// above 1 where there is none.
func SpearmanLimit(n int, level float64) float64 {
	if n > SpearmanExactRows {
		t := QuantileT(1-level, float64(n-2))
		return t / math.Sqrt(float64(n-2)+t*t)
	}
	ranks := make([]float64, n)
	for i := range ranks {
		ranks[i] = float64(i)
	}
	a := compact(centredRanks(ranks))
	lowest, counts := pairingSums(a, a)
	centre, squares := sum(a)*sum(a), n*dot(a, a)-sum(a)*sum(a)
	var total, beyond uint64
	for _, c := range counts {
		total += c
	}
	// From the ends inwards: the sums are symmetric about their mean.
	limit := math.Inf(1)
	for i, j := 0, len(counts)-1; i < j; i, j = i+1, j-1 {
		beyond += counts[i] + counts[j]
		if float64(beyond)/float64(total) > level {
			break
		}
		limit = float64(n*(lowest+j)-centre) / float64(squares)
	}
	return limit
}
