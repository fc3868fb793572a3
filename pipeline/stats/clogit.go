package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// ConditionalLogit is a fitted logistic regression given the number of events
// in each cluster.
type ConditionalLogit struct {
	Coef       []float64 // slope of each regressor: log odds ratios
	SE         []float64
	Cov        [][]float64
	LogLik     float64 // conditional
	N, G       int     // rows and clusters kept
	DF         int     // rows less clusters less regressors
	Condition  float64
	Iterations int
	Dropped    []DroppedCluster

	robustCov mat.Symmetric // of γ, CR0
	basis     *basis
}

// FitConditionalLogit fits a binary outcome within clusters, given how many
// events each has.
//
// Model: that of FitLogit, but the effects of clusters are conditioned away, not
// estimated: the likelihood is that of which firms had the events, exp(Σ_events
// xβ) over its sum across all choices of as many firms, by the exact recursion
// of Gail, Lubin & Rubinstein (1981, Biometrika 68). Slopes have no
// incidental-parameter bias, whatever the size of clusters. There are no
// probabilities, so no marginal effects.
//
// Assumes one log odds ratio in all clusters, and firms independent given the
// cluster. SE is from the information; ClusterRobust does without the latter.
//
// Fails with *OutcomeError, ErrConstantOutcome, ErrTooFewRows, ErrNotFinite,
// *AliasedError, *SeparatedError where a combination orders events above the
// rest in every cluster, ErrTooLarge, ErrFlatLikelihood and ErrNoConvergence. Clusters
// without an event, or without anything else, are dropped and listed.
//
// Cost: rows times events times regressors squared, in each cluster and step.
//
// R: survival::clogit(y ~ x + strata(cluster), method = "exact").
func FitConditionalLogit(y []float64, x [][]float64, c *Clusters) (*ConditionalLogit, error) {
	if err := checkOutcome(y, "0 or 1", binary); err != nil {
		return nil, err
	}
	none := func(i int) bool { return y[i] == 0 }
	all := func(i int) bool { return y[i] == 1 }
	clusters, kept, dropped, err := informative(y, none, all, c, append([][]float64{y}, x...)...)
	if err != nil {
		return nil, err
	}
	y, x = kept[0], kept[1:]
	b, err := newBasis(x, clusters)
	if err != nil {
		return nil, err
	}
	condition, ok := Condition(x, clusters)
	if !ok {
		return nil, &AliasedError{Column: len(x) - 1}
	}
	pairs, err := b.orderings(y, clusters)
	if err != nil {
		return nil, err
	}
	if err := separate(pairs); err != nil {
		return nil, err
	}
	choices := newChoices(y, b, clusters)
	p, err := climb(make([]float64, len(x)), choices.likelihood)
	if err != nil {
		return nil, err
	}
	m := &ConditionalLogit{
		Coef: rows(b.inverse, p.at), LogLik: p.value, N: len(y), G: clusters.Len(),
		Condition: condition, Iterations: p.steps, Dropped: dropped, basis: b,
	}
	m.DF = m.N - m.G - len(x)
	m.Cov, m.SE = b.covariance(p.covariance)
	m.robustCov = sandwichOf(choices.scores(p.at), p.covariance)
	if !finite(m.Coef...) || !finite(m.SE...) || !allFinite(m.Cov) {
		return nil, ErrNotFinite
	}
	return m, nil
}

// orderings returns event less non-event for all pairs in a cluster: a
// direction that is nowhere negative on them orders events above the rest.
func (b *basis) orderings(y []float64, c *Clusters) ([][]float64, error) {
	var z [][]float64
	for g := range c.Len() {
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			for j := c.starts[g]; j < c.starts[g+1]; j++ {
				if y[i] == 1 && y[j] == 0 {
					z = append(z, b.difference(i, j))
				}
			}
		}
		if len(z) > largestDesign/len(b.q) {
			return nil, ErrTooLarge
		}
	}
	return z, nil
}

// ClusterRobust returns for every slope CR1, √(G/(G-1)) times the plain
// sandwich of the clusters' scores, on G - 1 degrees of freedom.
func (m *ConditionalLogit) ClusterRobust() []ClusterRobust {
	return scoreRobust(m.basis, m.robustCov, m.Coef, m.SE, m.G, 1)
}

// scoreRobust brings a sandwich of γ, times G/(G-1) and a factor more, to the
// coefficients, on G - 1 degrees of freedom.
func scoreRobust(b *basis, gamma mat.Symmetric, coef, model []float64, clusters int, factor float64) []ClusterRobust {
	out := make([]ClusterRobust, len(coef))
	if clusters < 2 {
		return out
	}
	g := float64(clusters)
	_, se := b.covariance(gamma)
	for j, s := range se {
		s *= math.Sqrt(g / (g - 1) * factor)
		if finite(s) && s > negligible*model[j] {
			out[j] = ClusterRobust{SE: s, DF: g - 1, P: TwoSidedT(coef[j]/s, g-1), OK: true}
		}
	}
	return out
}

// sandwichOf returns M (Σ s_g s_gᵀ) M.
func sandwichOf(scores [][]float64, m *mat.SymDense) *mat.SymDense {
	k := m.SymmetricDim()
	out := mat.NewSymDense(k, nil)
	for _, s := range scores {
		var half mat.VecDense
		half.MulVec(m, mat.NewVecDense(k, s))
		out.SymRankOne(out, 1, &half)
	}
	return out
}

// choices evaluates the conditional likelihood. Its sums over all choices of j
// of the first i rows are kept as means, so that they neither overflow nor
// cancel: E(j,i) = (1-j/i) E(j,i-1) + (j/i) w_i E(j-1,i-1).
type choices struct {
	y        []float64
	b        *basis
	clusters *Clusters
	row      []float64
}

func newChoices(y []float64, b *basis, c *Clusters) *choices {
	return &choices{y, b, c, make([]float64, len(b.q))}
}

func (c *choices) likelihood(b, gradient []float64, information *mat.SymDense) float64 {
	var value float64
	clear(gradient)
	if information != nil {
		information.Zero()
	}
	for g := range c.clusters.Len() {
		value += c.cluster(g, b, gradient, information)
	}
	return value
}

// scores returns the gradient of each cluster.
func (c *choices) scores(b []float64) [][]float64 {
	out := make([][]float64, c.clusters.Len())
	scratch := mat.NewSymDense(len(b), nil)
	for g := range out {
		out[g] = make([]float64, len(b))
		c.cluster(g, b, out[g], scratch)
	}
	return out
}

// choiceMean is one entry of the recursion with its derivatives.
type choiceMean struct {
	value  float64
	first  []float64
	second []float64 // upper triangle, k×k
}

// cluster adds cluster g to the gradient and information, and returns its part
// of the log-likelihood.
func (c *choices) cluster(g int, b, gradient []float64, information *mat.SymDense) float64 {
	from, to := c.clusters.starts[g], c.clusters.starts[g+1]
	events := int(floats.Sum(c.y[from:to]))
	k := len(b)
	table := make([]choiceMean, events+1)
	for j := range table {
		table[j] = choiceMean{first: make([]float64, k), second: make([]float64, k*k)}
	}
	table[0].value = 1
	var value, centre float64
	for i := from; i < to; i++ {
		centre += floats.Dot(b, c.b.row(i, c.row)) / float64(to-from)
	}
	for i := from; i < to; i++ {
		row := c.b.row(i, c.row)
		eta := floats.Dot(b, row) - centre
		if c.y[i] == 1 {
			value += eta
			if gradient != nil {
				floats.Add(gradient, row)
			}
		}
		done := i - from + 1
		for j := min(done, events); j >= 1; j-- {
			share := float64(j) / float64(done)
			table[j].mix(1-share, share*math.Exp(eta), &table[j-1], row, gradient != nil)
		}
	}
	last := &table[events]
	value -= math.Log(last.value) + logChoose(to-from, events)
	if gradient == nil {
		return value
	}
	floats.AddScaled(gradient, -1/last.value, last.first)
	for l := range k {
		for m := l; m < k; m++ {
			v := last.second[l*k+m]/last.value - last.first[l]*last.first[m]/last.value/last.value
			information.SetSym(l, m, information.At(l, m)+v)
		}
	}
	return value
}

// mix replaces e by stay·e + weight·from, weight being proportional to exp(row·b).
func (e *choiceMean) mix(stay, weight float64, from *choiceMean, row []float64, derivatives bool) {
	if derivatives {
		k := len(row)
		for l := range k {
			for m := l; m < k; m++ {
				grown := from.second[l*k+m] + row[l]*from.first[m] + row[m]*from.first[l] + row[l]*row[m]*from.value
				e.second[l*k+m] = stay*e.second[l*k+m] + weight*grown
			}
		}
		for l := range k {
			e.first[l] = stay*e.first[l] + weight*(from.first[l]+row[l]*from.value)
		}
	}
	e.value = stay*e.value + weight*from.value
}

func logChoose(n, k int) float64 {
	return logFactorial(float64(n)) - logFactorial(float64(k)) - logFactorial(float64(n-k))
}
