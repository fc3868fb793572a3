package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Ordinal is a fitted cumulative logit model with an effect of every cluster.
type Ordinal struct {
	Coef       []float64 // slope of each regressor: up means higher categories
	SE         []float64 // from the observed information
	Cov        [][]float64
	Categories []float64 // the outcomes there are, ascending
	Thresholds []float64 // between them, in the first kept cluster with all regressors 0
	Effects    []float64 // of each kept cluster; the first is 0
	LogLik     float64
	N, G       int
	DF         int // rows less thresholds, slopes and effects
	Condition  float64
	Iterations int
	Dropped    []DroppedCluster

	sandwich // of the stacked problem: two rows a firm, its upper and its lower threshold
	problem  *cumulative
	x        [][]float64 // of the rows kept
	at       []float64
}

// FitOrdinal fits an ordered outcome, as a rating, with cluster effects.
//
// Model: log odds of y_i ≤ category j are θ_j - x_i β - α_g(i), θ ascending, by
// maximum likelihood (McCullagh 1980, JRSS-B 42). exp β is the odds ratio of
// being above any threshold.
//
// Assumptions: the odds ratio is one for all thresholds (ProportionalOdds tests
// that) and all clusters. As with FitLogit, a dummy a cluster inflates slopes in
// small clusters. Merge categories of fewer than five rows first: MergeSparse.
// A cluster of one row, or all in the lowest or all in the highest category, is
// dropped and listed.
//
// Inference: SE takes firms as independent given the cluster; ClusterRobust
// does not.
//
// Fails with ErrConstantOutcome, ErrTooFewRows, *AliasedError, ErrNotFinite,
// ErrTooLarge, *SeparatedError where a combination separates two neighbouring
// categories, and ErrNoConvergence.
//
// R: ordinal::clm(factor(y) ~ x + factor(cluster)); MASS::polr.
func FitOrdinal(y []float64, x [][]float64, c *Clusters) (*Ordinal, error) {
	c.check(y)
	if !finite(y...) {
		return nil, ErrNotFinite
	}
	lowest, highest := slices.Min(y), slices.Max(y)
	if lowest == highest {
		return nil, ErrConstantOutcome
	}
	low := func(i int) bool { return y[i] == lowest }
	high := func(i int) bool { return y[i] == highest }
	clusters, kept, dropped, err := informative(y, low, high, c, append([][]float64{y}, x...)...)
	if err != nil {
		return nil, err
	}
	y, x = kept[0], kept[1:]
	p, err := newCumulative(y, x, nil, clusters)
	if err != nil {
		return nil, err
	}
	if err := p.separated(); err != nil {
		return nil, err
	}
	at, fit, steps, err := p.maximise(p.start())
	if err != nil {
		return nil, err
	}
	condition, ok := Condition(x, clusters)
	if !ok {
		return nil, &AliasedError{Column: len(x) - 1}
	}
	m := &Ordinal{
		Categories: p.categories, LogLik: fit.value, N: len(y), G: clusters.Len(), Condition: condition,
		Iterations: steps, Dropped: dropped, problem: p, x: x, at: at,
	}
	m.DF = m.N - len(at)
	m.sandwich = fit.sandwich(p)
	if m.DF < 1 {
		return nil, ErrTooFewRows
	}
	m.report()
	if !finite(m.Coef...) || !finite(m.SE...) || !finite(m.Thresholds...) || !allFinite(m.Cov) {
		return nil, ErrNotFinite
	}
	return m, nil
}

// report brings the stacked problem's coefficients to those of the model.
func (m *Ordinal) report() {
	var contrasts [][]float64
	for j := range m.x {
		c := m.problem.slope(j)
		m.Coef = append(m.Coef, floats.Dot(c, m.at))
		contrasts = append(contrasts, m.contrast(c))
	}
	for _, a := range contrasts {
		m.Cov = append(m.Cov, rows(contrasts, a))
		m.SE = append(m.SE, floats.Norm(a, 2))
	}
	for j := range len(m.Categories) - 1 {
		m.Thresholds = append(m.Thresholds, floats.Dot(m.problem.threshold(j), m.at))
	}
	for g := range m.G {
		m.Effects = append(m.Effects, floats.Dot(m.problem.effect(g), m.at))
	}
}

// ClusterRobust returns for every slope CR1S, √(G/(G-1)·(N-1)/(N-K)) times the
// sandwich of the clusters' scores, K counting thresholds and effects, on G - 1
// degrees of freedom. There is no CR2: one row has no residual of its own.
//
// Stata: ologit y x i.cluster, vce(cluster cluster), less its K.
func (m *Ordinal) ClusterRobust() []ClusterRobust {
	out := make([]ClusterRobust, len(m.Coef))
	if m.G < 2 {
		return out
	}
	n, g, k := float64(m.N), float64(m.G), float64(len(m.at))
	contrasts := make([][]float64, len(out))
	for j := range contrasts {
		contrasts[j] = m.contrast(m.problem.slope(j))
	}
	alone := m.alone(contrasts)
	for j, a := range contrasts {
		var v float64
		for h := range m.G {
			u := times(m.q, a)
			score := floats.Dot(m.clusters.Of(u, h), m.clusters.Of(m.errors, h))
			v += score * score
		}
		se := math.Sqrt(v * g / (g - 1) * (n - 1) / (n - k))
		if finite(se) && !alone[j] && se > negligible*m.SE[j] {
			out[j] = ClusterRobust{SE: se, DF: g - 1, P: TwoSidedT(m.Coef[j]/se, g-1), OK: true}
		}
	}
	return out
}

// ProportionalOdds tests for each regressor whether its slope is one for all
// thresholds: the likelihood ratio of giving it one at each, on categories less
// two degrees of freedom. The error says why a regressor's test has no result,
// as where its slopes would make thresholds cross.
//
// R: ordinal::nominal_test(clm(factor(y) ~ x)).
func (m *Ordinal) ProportionalOdds() ([]Diagnostic, []error) {
	tests, errs := make([]Diagnostic, len(m.x)), make([]error, len(m.x))
	df := float64(len(m.Categories) - 2)
	if df == 0 {
		for j := range errs {
			errs[j] = ErrTooFewRows
		}
		return tests, errs
	}
	for j := range m.x {
		p, err := newCumulative(m.problem.y, without(m.x, j), m.x[j], m.problem.groups)
		if err != nil {
			errs[j] = err
			continue
		}
		_, fit, _, err := p.maximise(p.start())
		if err != nil {
			errs[j] = err
			continue
		}
		tests[j] = chiSquared(2*max(fit.value-m.LogLik, 0), df)
	}
	return tests, errs
}

// MergeSparse merges every category of fewer than least rows with its smaller
// neighbour, until none is left or two are, and returns the outcome with the
// merged values replaced by the lowest of them, and the values replaced.
func MergeSparse(y []float64, least int) (merged []float64, replaced []float64) {
	merged = slices.Clone(y)
	for {
		values, counts := tabulate(merged)
		sparse := slices.IndexFunc(counts, func(n int) bool { return n < least })
		if sparse < 0 || len(values) <= 2 {
			return merged, replaced
		}
		into := sparse + 1
		if into == len(values) || sparse > 0 && counts[sparse-1] < counts[into] {
			into = sparse - 1
		}
		from, to := max(sparse, into), min(sparse, into)
		replaced = append(replaced, values[from])
		for i, v := range merged {
			if v == values[from] {
				merged[i] = values[to]
			}
		}
	}
}

// tabulate returns the values there are, ascending, and how often each occurs.
func tabulate(y []float64) (values []float64, counts []int) {
	values = slices.Clone(y)
	slices.Sort(values)
	values = slices.Compact(values)
	counts = make([]int, len(values))
	for _, v := range y {
		at, _ := slices.BinarySearch(values, v)
		counts[at]++
	}
	return values, counts
}
