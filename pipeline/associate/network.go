package associate

import (
	"slices"

	"firmties/pipeline/stats"
)

// The terms of network autocorrelations.
const (
	lagTerm   = "rho"
	errorTerm = "lambda"
)

// Where maximum likelihood estimates a network autocorrelation too low (Neuman
// & Mizruchi 2010), and the F below which instruments are weak (Staiger & Stock
// 1997).
const (
	denseNetwork = 0.3
	smallNetwork = 30
	weakF        = 10
)

// weights are the ties among the firms of the sample, of the fit's own layer,
// row-normalised: a firm's row has those that it nominates, or where the layer
// has no direction those that it has ties with.
func (s *sample) weights(f *frame, layer Layer, c *stats.Clusters) *stats.Weights {
	at := make([]int, len(f.firms)) // row of a firm of the frame, from 1
	for row, i := range s.firms {
		at[i] = row + 1
	}
	ties, neighbours := f.tiesOf(layer), make([][]int, len(s.firms))
	for row, i := range s.firms {
		for _, j := range ties[i] {
			if at[j] > 0 && j != i {
				neighbours[row] = append(neighbours[row], at[j]-1)
			}
		}
		neighbours[row] = slices.Compact(neighbours[row])
	}
	return stats.NewWeights(c, neighbours).RowNormalised()
}

// networkLag fits lag.
func networkLag(r *regression) (*estimate, error) {
	return byNetwork(r, stats.FitLag, lagTerm)
}

// networkError fits error.
func networkError(r *regression) (*estimate, error) {
	return byNetwork(r, stats.FitError, errorTerm)
}

func byNetwork(r *regression, fitTo func([]float64, [][]float64, *stats.Weights) (*stats.NetworkFit, error), term string) (*estimate, error) {
	fit, err := fitTo(r.y, r.x, r.weights)
	if err != nil {
		return nil, err
	}
	e := &estimate{modelSE: "expected_information", modelP: "likelihood_ratio",
		statistics: map[string]float64{logLikelihood: fit.LogLik, dfResidual: float64(fit.DF), conditionIndex: fit.Condition}}
	for j, b := range fit.Coef {
		e.coef = append(e.coef, b)
		e.model = append(e.model, stats.ClusterRobust{SE: fit.SE[j], P: fit.P[j], OK: fit.SE[j] > 0})
	}
	e.addNetwork(r, term, fit.Rho, stats.ClusterRobust{SE: fit.RhoSE, P: fit.RhoP, OK: true})
	e.with(biasedDown, r.denseOrSmall())
	return e, nil
}

// instrumented fits lag_2sls, with the lags of metric and controls and theirs as
// instruments.
func instrumented(r *regression) (*estimate, error) {
	fit, err := stats.FitLag2SLS(r.y, r.x, r.x, r.weights)
	if err != nil {
		return nil, err
	}
	e := &estimate{coef: fit.Coef, statistics: map[string]float64{sigmaStatistic: fit.Sigma, dfResidual: float64(fit.DF), firstStageF: fit.FirstStageF}}
	if condition, ok := stats.Condition(r.x, r.clusters); ok {
		e.statistics[conditionIndex] = condition
	}
	e.information(fit.SE, "classical")
	e.addNetwork(r, lagTerm, fit.Rho, underModel(fit.Rho, fit.RhoSE, 0))
	e.with(weakInstruments, exceeds(weakF, fit.FirstStageF))
	return e, nil
}

// addNetwork adds the term of the network, and what the residuals of least
// squares say of it.
func (e *estimate) addNetwork(r *regression, term string, rho float64, inferred stats.ClusterRobust) {
	if slices.Contains(r.names, term) {
		term += " (network)" // a control's own row bears the plain name
	}
	e.names = append(slices.Clone(r.names), term)
	e.coef, e.model = append(e.coef, rho), append(e.model, inferred)
	e.reflected = term != errorTerm
	if tests, err := stats.TestLeastSquares(r.y, r.x, r.weights); err == nil {
		e.moran, e.geary = tests.Moran, tests.Geary
	}
}

// denseOrSmall tells whether in one of the clusters more than 0.3 of the ties
// that could be are there, or firms are fewer than 30.
func (r *regression) denseOrSmall() bool {
	for g := range r.clusters.Len() {
		n := len(r.clusters.Of(r.y, g))
		if n < smallNetwork || exceeds(float64(r.weights.TiesOf(g))/float64(n*(n-1)), denseNetwork) {
			return true
		}
	}
	return false
}
