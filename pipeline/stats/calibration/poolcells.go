package main

import (
	"math"
	"math/rand/v2"
	"strconv"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// pooledMean is the mean of the clusters' correlations on Fisher's scale, and
// poolingSD how much they differ around it.
const pooledMean = 0.3

var poolingSD = []float64{0, 0.1, 0.2, 0.3}

var poolingViews = []view{{"Correlations of the clusters, pooled: intervals that cover, in per cent at 95 %", []column{
	{"**modified Hartung-Knapp**", coverage}, {"Hartung-Knapp", shown}, {"by the weights, normal", shown}, {"prediction, of another cluster", shown},
}}}

// poolingSection pools correlations over clusters of the study's sizes.
func poolingSection(sizes []int) section {
	s := section{name: "pooling", keys: []string{"tau"}, views: poolingViews}
	for _, tau := range poolingSD {
		name := []string{strconv.FormatFloat(tau, 'g', -1, 64)}
		s.cells = append(s.cells, cell{name, false, func(replication int) []verdict {
			return poolingVerdicts(sizes, tau, seed.Stream(studySeed, "calibration/pooling", name, replication))
		}})
	}
	return s
}

// poolingVerdicts draws the firms of every cluster from a normal distribution
// with a correlation of its own and pools what they show.
func poolingVerdicts(sizes []int, tau float64, random *rand.Rand) []verdict {
	another := pooledMean + tau*random.NormFloat64()
	var y, v []float64
	for _, n := range sizes {
		rho := math.Tanh(pooledMean + tau*random.NormFloat64())
		a, b := correlated(n, rho, random)
		if r, ok := stats.Pearson(a, b); ok && math.Abs(r) < 1 {
			y, v = append(y, math.Atanh(r)), append(v, 1/float64(n-3))
		}
	}
	verdicts := make([]verdict, 0, len(poolingViews[0].columns))
	for _, kind := range []stats.MetaKind{stats.ModifiedHartungKnapp, stats.HartungKnapp, stats.WaldZ} {
		m, err := stats.Pool(y, v, stats.TauREML, kind)
		if err != nil {
			return make([]verdict, len(poolingViews[0].columns))
		}
		low, high := m.Interval(0, confidence)
		verdicts = append(verdicts, covers(low, high, pooledMean, true))
	}
	m, err := stats.Pool(y, v, stats.TauREML, stats.ModifiedHartungKnapp)
	if err != nil {
		return make([]verdict, len(poolingViews[0].columns))
	}
	low, high := m.Prediction(confidence)
	return append(verdicts, covers(low, high, another, true))
}

// correlated draws n rows of a bivariate normal distribution.
func correlated(n int, rho float64, random *rand.Rand) (a, b []float64) {
	for range n {
		x := random.NormFloat64()
		a = append(a, x)
		b = append(b, rho*x+math.Sqrt(1-rho*rho)*random.NormFloat64())
	}
	return a, b
}

// A margin is how both columns of a correlation over clusters are distributed.
type margin struct {
	name string
	of   func(normal float64) float64
	// pearson is the product-moment correlation where that of the normal
	// columns behind them is rho.
	pearson func(rho float64) float64
}

var margins = []margin{
	{"normal", func(v float64) float64 { return v }, func(rho float64) float64 { return rho }},
	{"lognormal", math.Exp, func(rho float64) float64 { return math.Expm1(rho) / math.Expm1(1) }},
}

var correlationViews = []view{{"Correlations over clusters: intervals that cover, in per cent at 95 %", []column{
	{"Pearson, Fisher z", shown}, {"Pearson, BCa", shown}, {"Spearman, Bonett-Wright", shown}, {"Spearman, BCa", shown},
}}}

// bootstrapDraws is how many resamples a BCa interval has here.
const bootstrapDraws = 999

// correlationSection has rows that are clusters, as many as the study has.
func correlationSection(clusters int) section {
	s := section{name: "cluster", keys: []string{"columns", "correlation behind them"}, views: correlationViews}
	for _, m := range margins {
		for _, rho := range []float64{0, 0.5} {
			name := []string{m.name, strconv.FormatFloat(rho, 'g', -1, 64)}
			s.cells = append(s.cells, cell{name, false, func(replication int) []verdict {
				a, b := correlated(clusters, rho, seed.Stream(studySeed, "calibration/cluster", name, replication))
				for i := range a {
					a[i], b[i] = m.of(a[i]), m.of(b[i])
				}
				return correlationVerdicts(a, b, m.pearson(rho), 6/math.Pi*math.Asin(rho/2), permutations("cluster", name, replication))
			}})
		}
	}
	return s
}

// correlationVerdicts are those of correlationViews, given both correlations in
// the population.
func correlationVerdicts(a, b []float64, pearson, spearman float64, stream func(draw int) *rand.Rand) []verdict {
	n := len(a)
	verdicts := make([]verdict, 0, len(correlationViews[0].columns))
	for _, c := range []struct {
		of       func(x, y []float64) (float64, bool)
		interval func(r float64) (low, high float64, ok bool)
		truth    float64
	}{
		{stats.Pearson, func(r float64) (float64, float64, bool) { return stats.FisherZ(r, n, 0, confidence) }, pearson},
		{stats.Spearman, func(r float64) (float64, float64, bool) { return stats.BonettWright(r, n, confidence) }, spearman},
	} {
		r, ok := c.of(a, b)
		low, high, bounded := c.interval(r)
		verdicts = append(verdicts, covers(low, high, c.truth, ok && bounded))
		x, y := make([]float64, 0, n), make([]float64, 0, n)
		bca, ok := stats.Bootstrap(n, bootstrapDraws, confidence, func(rows []int) (float64, bool) {
			x, y = x[:0], y[:0]
			for _, i := range rows {
				x, y = append(x, a[i]), append(y, b[i])
			}
			return c.of(x, y)
		}, stream)
		verdicts = append(verdicts, covers(bca.Low, bca.High, c.truth, ok))
	}
	return verdicts
}
