package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// FitLogit fits a binary outcome by logistic regression with cluster effects.
//
// Model: log odds of y_i = 1 are x_i β + α_g(i), by maximum likelihood. Coef is
// in log odds; MarginalEffects puts it in probability.
//
// Assumptions: the log odds are linear in x with one slope for all clusters,
// and what firms of a cluster share is its effect. A dummy a cluster inflates
// slopes by about n/(n-1): 16, 12, 6, 3 % at 8, 10, 20, 40 firms a cluster; use
// FitConditionalLogit for odds ratios below 40. A cluster of one row, or with
// one outcome throughout, says nothing about β; it is dropped and listed.
//
// Inference: ClusterRobust; SE takes firms as independent given the cluster.
// DF is n - k - G of what is kept.
//
// Fails with *OutcomeError where y is not 0 or 1; ErrConstantOutcome where no
// cluster is left; ErrTooFewRows, *AliasedError, ErrNotFinite, ErrTooLarge;
// *SeparatedError where the regressors predict some rows without error, so that
// the likelihood has no maximum (use FitFirth); and ErrNoConvergence.
//
// R: glm(y ~ x + factor(cluster), binomial).
func FitLogit(y []float64, x [][]float64, c *Clusters) (*GLM, error) {
	if err := checkOutcome(y, "0 or 1", binary); err != nil {
		return nil, err
	}
	return fitShares(Logit, y, nil, x, c)
}

// FitPoisson fits a count by Poisson quasi-likelihood with cluster effects.
//
// Model: E y_i = exp(x_i β + α_g(i)). The estimate is right if that mean is,
// whatever the distribution (Gourieroux, Monfort & Trognon 1984); it has no
// incidental-parameter bias. A slope is the change in the log of the mean.
//
// Assumptions beyond the mean enter only SE, that of a Poisson variance: for a
// variance in proportion to it multiply by √Dispersion and refer to t on DF;
// ClusterRobust needs neither. A cluster of one row, or of zeros, is dropped
// and listed. Not for a count out of a known number: see FitBinomial.
//
// Fails as FitLogit; *SeparatedError where zeros are predicted without error
// (Santos Silva & Tenreyro 2010, Econ. Letters 107).
//
// R: glm(y ~ x + factor(cluster), quasipoisson); fixest::fepois(y ~ x | cluster).
func FitPoisson(y []float64, x [][]float64, c *Clusters) (*GLM, error) {
	whole := func(v float64) bool { return v >= 0 && v == math.Trunc(v) }
	if err := checkOutcome(y, "a count", whole); err != nil {
		return nil, err
	}
	zero := func(i int) bool { return y[i] == 0 }
	clusters, kept, dropped, err := informative(y, zero, never, c, append([][]float64{y}, x...)...)
	if err != nil {
		return nil, err
	}
	y = kept[0]
	size := make([]float64, len(y))
	for i := range size {
		size[i] = 1
	}
	signs := func(i int) (up, down bool) { return y[i] > 0, true }
	return fitKept(LogMean, outcomes{y, size}, kept[1:], clusters, dropped, signs)
}

// FitBinomial fits a number of successes out of size, as practices adopted out
// of those there are, by quasi-likelihood with cluster effects.
//
// Model: y_i/size_i has mean 1/(1+exp(-x_i β - α_g(i))) and a variance in
// proportion to the binomial one: successes of one firm may depend on each
// other. Assumptions, dropping and failures are those of FitLogit; SE is for
// dispersion 1, so multiply by √Dispersion and refer to t on DF. *OutcomeError
// where y is not a whole number from 0 to size.
//
// R: glm(cbind(y, size - y) ~ x + factor(cluster), quasibinomial).
func FitBinomial(y, size []float64, x [][]float64, c *Clusters) (*GLM, error) {
	c.check(y, size)
	for i, v := range y {
		if !finite(v, size[i]) {
			return nil, ErrNotFinite
		}
		if size[i] < 1 || v < 0 || v > size[i] || v != math.Trunc(v) || size[i] != math.Trunc(size[i]) {
			return nil, &OutcomeError{i, "a whole number out of its size"}
		}
	}
	share := make([]float64, len(y))
	for i := range y {
		share[i] = y[i] / size[i]
	}
	return fitShares(Logit, share, size, x, c)
}

// EventsPerCoefficient returns how many rows of the rarer outcome there are for
// each slope and cluster effect, in clusters that have both outcomes: below 10
// logit slopes are biased, below 5 use FitFirth, below 2 fit nothing. It is 0
// where no cluster has both.
func EventsPerCoefficient(y []float64, regressors int, c *Clusters) float64 {
	c.check(y)
	var events, others float64
	effects := 0
	for g := range c.Len() {
		part := c.Of(y, g)
		if n := floats.Sum(part); n > 0 && n < float64(len(part)) {
			events += n
			others += float64(len(part)) - n
			effects++
		}
	}
	if effects == 0 {
		return 0
	}
	return min(events, others) / float64(regressors+effects)
}

func binary(v float64) bool { return v == 0 || v == 1 }

// fitShares fits shares of size trials, of one trial where size is nil.
func fitShares(f Family, y, size []float64, x [][]float64, c *Clusters) (*GLM, error) {
	if size == nil {
		size = make([]float64, len(y))
		for i := range size {
			size[i] = 1
		}
	}
	none := func(i int) bool { return y[i] == 0 }
	all := func(i int) bool { return y[i] == 1 }
	clusters, kept, dropped, err := informative(y, none, all, c, append([][]float64{y, size}, x...)...)
	if err != nil {
		return nil, err
	}
	y = kept[0]
	signs := func(i int) (up, down bool) { return y[i] > 0, y[i] < 1 }
	return fitKept(f, outcomes{y, kept[1]}, kept[2:], clusters, dropped, signs)
}

// fitKept fits the rows kept. signs tells in which directions the linear
// predictor of a row may not go for ever without loss: with both, in none.
func fitKept(f Family, o outcomes, x [][]float64, c *Clusters, dropped []DroppedCluster, signs func(i int) (up, down bool)) (*GLM, error) {
	if !slices.Contains(ConstantWithin(o.y, c), false) {
		return nil, ErrConstantOutcome
	}
	d, err := newDesign(x, c)
	if err != nil {
		return nil, err
	}
	if err := d.separated(signs); err != nil {
		return nil, err
	}
	m, err := fitGLM(f, o, d)
	if err != nil {
		return nil, err
	}
	m.Dropped = dropped
	condition := 1.0
	if len(x) > 0 {
		var ok bool
		if condition, ok = Condition(x, c); !ok {
			return nil, &AliasedError{Column: len(x) - 1}
		}
	}
	m.Condition = condition
	return m, nil
}
