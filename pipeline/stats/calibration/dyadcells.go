package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// The clusters of dyad cells, those of the reference simulation.
const (
	dyadClusters = 11
	dyadFirms    = 25
)

// A dyadScenario makes the matrices of outcome, term and control.
type dyadScenario struct {
	name         string
	exchangeable bool // firms of a cluster, as far as the term goes
	matrices     func(random *rand.Rand) (y, x, z pairMatrix)
}

// pairMatrix has the cells of all clusters, as stats.Pairs takes them.
type pairMatrix []float64

var dyadScenarios = []dyadScenario{
	{"iid,x dyadic", true, func(r *rand.Rand) (y, x, z pairMatrix) {
		return ofPairs(r), ofPairs(r), ofPairs(r)
	}},
	{"node RE,x dyadic", true, func(r *rand.Rand) (y, x, z pairMatrix) {
		return ofPairs(r).plus(ofFirms(r, 0.7)), ofPairs(r), distance(r)
	}},
	{"node RE,x=|diff|", true, func(r *rand.Rand) (y, x, z pairMatrix) {
		return ofPairs(r).plus(ofFirms(r, 0.7)), distance(r), distance(r)
	}},
	{"reciprocity+node RE,x=|diff|", true, func(r *rand.Rand) (y, x, z pairMatrix) {
		return reciprocal(r).plus(ofFirms(r, 0.7)), distance(r), distance(r)
	}},
	{"node RE,x sender attr", true, func(r *rand.Rand) (y, x, z pairMatrix) {
		a := attribute(r)
		x = fill(func(g, i, _ int) float64 { return a[g][i] })
		return ofPairs(r).plus(ofFirms(r, 0.7)), x, distance(r)
	}},
	{"node RE,x=|diff|,z corr", true, func(r *rand.Rand) (y, x, z pairMatrix) {
		a, c := attribute(r), attribute(r)
		for g := range c {
			for i := range c[g] {
				c[g][i] = 0.8*a[g][i] + 0.6*c[g][i]
			}
		}
		x, z = apart(a), apart(c)
		return ofPairs(r).plus(ofFirms(r, 0.7)).plus(z), x, z
	}},
	{"binary 8%,node RE,x=|diff|", true, func(r *rand.Rand) (y, x, z pairMatrix) {
		y = ofFirms(r, 0.7)
		for i, e := range y {
			tied := r.Float64() < 1/(1+math.Exp(3-e))
			y[i] = 0
			if tied {
				y[i] = 1
			}
		}
		return y, distance(r), distance(r)
	}},
	{"slope varies by cluster", false, func(r *rand.Rand) (y, x, z pairMatrix) {
		x = distance(r)
		slopes := make([]float64, dyadClusters)
		for g := range slopes {
			slopes[g] = 0.15 * r.NormFloat64()
		}
		own := fill(func(g, i, j int) float64 { return slopes[g] * x[at(g, i, j)] })
		return ofPairs(r).plus(ofFirms(r, 0.5)).plus(own), x, distance(r)
	}},
}

// at is the cell of a pair of firms.
func at(g, i, j int) int { return (g*dyadFirms+i)*dyadFirms + j }

// fill makes a matrix cell by cell.
func fill(value func(g, i, j int) float64) pairMatrix {
	m := make(pairMatrix, 0, dyadClusters*dyadFirms*dyadFirms)
	for g := range dyadClusters {
		for i := range dyadFirms {
			for j := range dyadFirms {
				m = append(m, value(g, i, j))
			}
		}
	}
	return m
}

func (m pairMatrix) plus(o pairMatrix) pairMatrix {
	for i, v := range o {
		m[i] += v
	}
	return m
}

// ofPairs has a draw of every ordered pair, reciprocal one of every two firms,
// √2 times the mean of two.
func ofPairs(r *rand.Rand) pairMatrix {
	return fill(func(int, int, int) float64 { return r.NormFloat64() })
}

func reciprocal(r *rand.Rand) pairMatrix {
	e := ofPairs(r)
	return fill(func(g, i, j int) float64 { return (e[at(g, i, j)] + e[at(g, j, i)]) / math.Sqrt2 })
}

// ofFirms is what sender and receiver bring along, each of one spread.
func ofFirms(r *rand.Rand, sd float64) pairMatrix {
	from, to := attribute(r), attribute(r)
	return fill(func(g, i, j int) float64 { return sd * (from[g][i] + to[g][j]) })
}

// distance is how far firms are apart in an attribute of their own.
func distance(r *rand.Rand) pairMatrix { return apart(attribute(r)) }

func apart(a [][]float64) pairMatrix {
	return fill(func(g, i, j int) float64 { return math.Abs(a[g][i] - a[g][j]) })
}

// attribute draws a number of every firm, by cluster.
func attribute(r *rand.Rand) [][]float64 {
	a := make([][]float64, dyadClusters)
	for g := range a {
		for range dyadFirms {
			a[g] = append(a[g], r.NormFloat64())
		}
	}
	return a
}

var dyadViews = []view{{"Pairs of firms, mean slope 0: rejections in per cent at 5 %", []column{
	{"**CR1 t(G-1)**", size}, {"cluster-wise t", size}, {"sign flips", size}, {"DSP", sizeOfTheirs},
	{"classical t", shown}, {"dyadic-robust t(G-1)", shown},
}}}

// dyadSection are the cells of pairs.
func dyadSection() section {
	pairs := stats.NewPairs(true, slices.Repeat([]int{dyadFirms}, dyadClusters)...)
	s := section{name: "dyad, mean slope 0", keys: []string{"pairs"}, views: dyadViews}
	for _, c := range dyadScenarios {
		name := []string{c.name}
		s.cells = append(s.cells, cell{name, c.exchangeable, func(replication int) []verdict {
			y, x, z := c.matrices(seed.Stream(studySeed, "calibration/dyad", name, replication))
			return dyadVerdicts(pairs, y, x, z, permutations("dyad", name, replication))
		}})
	}
	return s
}

// dyadVerdicts are those of dyadViews.
func dyadVerdicts(pairs *stats.Pairs, y, x, z pairMatrix, stream func(draw int) *rand.Rand) []verdict {
	fit, err := stats.FitPairs(pairs, y, [][]float64{x, z})
	if err != nil {
		return make([]verdict, len(dyadViews[0].columns))
	}
	byCluster, dyadic := fit.ByCluster()[focal], fit.Dyadic()[focal]
	var estimates []float64
	for _, c := range fit.OfClusters(focal) {
		if c.OK {
			estimates = append(estimates, c.Estimate)
		}
	}
	means, flips := ofEstimates(estimates, stream)
	dsp := fit.DSP(focal).Test(permutationDraws, 1, stream)
	return []verdict{
		rejects(byCluster.P, byCluster.OK), means.rejects(), flips.rejects(), rejects(dsp.P, true),
		byT(fit.Coef[focal], fit.ClassicalSE[focal], float64(fit.DF), true).rejects(), rejects(dyadic.P, dyadic.OK),
	}
}
