package stats

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// PairsFit is a linear model of a matrix of pairs with an effect of every
// cluster.
type PairsFit struct {
	*FixedEffects
	pairs *Pairs
	y     []float64   // matrices
	x     [][]float64 // likewise
}

// FitPairs regresses the matrix y on the matrices x, with an effect of every
// cluster: FitFixedEffects over the pairs, and failing as it does.
//
// Assumptions: the terms are linear. Errors of pairs that share a firm, or a
// cluster, are not independent: the classical standard error is for comparison.
//
// R: lm(y ~ x + factor(cluster)) over ordered pairs; sna::netlm of one cluster.
func FitPairs(p *Pairs, y []float64, x [][]float64) (*PairsFit, error) {
	f := &PairsFit{pairs: p, y: p.matrix(p.list(y))}
	columns := make([][]float64, len(x))
	for j, m := range x {
		columns[j] = p.list(m)
		f.x = append(f.x, p.matrix(columns[j]))
	}
	fit, err := FitFixedEffects(p.list(y), columns, p.clusters)
	f.FixedEffects = fit
	return f, err
}

// Condition returns the largest condition index of the design.
func (f *PairsFit) Condition() (condition float64, ok bool) {
	columns := make([][]float64, len(f.x))
	for j, m := range f.x {
		columns[j] = f.pairs.list(m)
	}
	return Condition(columns, f.clusters)
}

// scores are the contributions of the pairs to coefficient j.
func (f *PairsFit) scores(j int) []float64 {
	s := f.partial(j)
	floats.Scale(f.units[j], s)
	floats.Mul(s, f.residuals)
	return s
}

// ByCluster returns for every coefficient CR1, the pairs of a cluster taken
// together, with clusters less 1 degrees of freedom. Where slopes differ
// between clusters it holds its level, and what permutes firms does not.
//
// R: sandwich::vcovCL(lm, cluster, type = "HC0", cadjust = TRUE).
func (f *PairsFit) ByCluster() []ClusterRobust {
	g := f.clusters.Len()
	out := make([]ClusterRobust, len(f.Coef))
	for j := range out {
		s := f.scores(j)
		var v float64
		for c := range g {
			sum := floats.Sum(f.clusters.Of(s, c))
			v += sum * sum
		}
		out[j] = f.tested(j, v*float64(g)/float64(g-1))
	}
	return out
}

// DyadicRobust is a standard error for pairs that share firms.
type DyadicRobust struct {
	ClusterRobust
	// TwoWay is true where the variance is not positive, and that of two-way
	// clustering, by either end, stands in its place.
	TwoWay bool
}

// Dyadic returns for every coefficient the standard error that lets the errors
// of any two pairs with a firm in common be correlated, with clusters less 1
// degrees of freedom.
//
// References: Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015, Polit.
// Anal. 23. R: dyadRobust; lfe::felm has none.
func (f *PairsFit) Dyadic() []DyadicRobust {
	out := make([]DyadicRobust, len(f.Coef))
	for j := range out {
		v, twoWay := f.dyadicVariances(j)
		if out[j].TwoWay = v <= 0; out[j].TwoWay {
			v = twoWay
		}
		out[j].ClusterRobust = f.tested(j, v)
	}
	return out
}

func (f *PairsFit) dyadicVariances(j int) (dyadic, twoWay float64) {
	p, s := f.pairs, f.scores(j)
	m := make([]float64, p.Cells())
	n := p.firms[len(p.sizes)]
	either, ego, alter := make([]float64, n), make([]float64, n), make([]float64, n)
	next := 0
	p.each(func(g, i, k, cell int) {
		v := s[next]
		next++
		a, b := p.firms[g]+i, p.firms[g]+k
		either[a] += v
		either[b] += v
		ego[a] += v
		alter[b] += v
		m[cell] = v
	})
	dyadic = floats.Dot(either, either)
	twoWay = floats.Dot(ego, ego) + floats.Dot(alter, alter) - floats.Dot(s, s)
	p.each(func(g, i, k, cell int) { // what the two firms of a pair share was counted at both
		if k < i {
			both := m[cell] + m[p.cells[g]+k*p.sizes[g]+i]
			dyadic -= both * both
		}
	})
	return dyadic, twoWay
}

// tested refers a coefficient with this variance to clusters less 1 degrees of
// freedom.
func (f *PairsFit) tested(j int, variance float64) ClusterRobust {
	df := float64(f.clusters.Len() - 1)
	se := math.Sqrt(variance)
	if df < 1 || !(variance > 0) || se <= negligible*math.Abs(f.ClassicalSE[j]) {
		return ClusterRobust{}
	}
	return ClusterRobust{SE: se, DF: df, P: TwoSidedT(f.Coef[j]/se, df), OK: true}
}

// OfClusters returns the estimates of coefficient j in each cluster alone, with
// the terms that vary there.
func (f *PairsFit) OfClusters(j int) []ClusterEstimate {
	out := make([]ClusterEstimate, len(f.pairs.sizes))
	for g := range out {
		one, parts := f.pairs.only(g, append([][]float64{f.y, f.x[j]}, without(f.x, j)...)...)
		x := parts[1:2]
		for _, m := range parts[2:] {
			if !ConstantWithin(one.list(m), one.clusters)[0] {
				x = append(x, m)
			}
		}
		out[g].N = one.Len()
		if fit, err := FitPairs(one, parts[0], x); err == nil {
			out[g].Estimate, out[g].SE, out[g].OK = fit.Coef[0], fit.ClassicalSE[0], true
		}
	}
	return out
}

// DSP tests one term of a linear model of pairs by double semi-partialing: what
// the other terms and the effects of clusters leave of the term, firms changing
// places inside their clusters, is put in its place, and its t taken again.
//
// Null: given the other terms, the term is unrelated to the outcome. It speaks
// about these clusters: it rejects 27 % at nominal 5 % where slopes differ
// between clusters around 0.
//
// References: Dekker, Krackhardt & Snijders 2007, Psychometrika 72:563-581.
// R: sna::netlm(y, x, nullhyp = "qapspp") of one cluster without missing
// cells; its p lacks the one that stands for the data.
type DSP struct {
	pairs    *Pairs
	sums     *products   // of the outcome and the other terms
	inverse  [][]float64 // of their triangle
	outcome  []float64   // the outcome on their orthonormal columns
	left     float64     // its sum of squares off them
	length   float64     // sum of squares of what changes places
	df       float64
	observed float64
}

// DSP prepares the test of term j.
func (f *PairsFit) DSP(j int) *DSP {
	p := f.pairs
	others := without(f.x, j)
	moves := f.partial(j)
	d := &DSP{pairs: p, df: float64(f.DF), observed: f.Coef[j] / f.ClassicalSE[j], length: floats.Dot(moves, moves)}
	// Products with what is centred need no centring: the matrices keep zeros.
	d.sums = newProducts(p, p.matrix(moves), append([][]float64{f.y}, others...))
	y := CentreWithin(p.list(f.y), f.clusters)
	d.left = floats.Dot(y, y)
	if len(others) == 0 {
		return d
	}
	columns := make([][]float64, len(others))
	for k, m := range others {
		columns[k] = CentreWithin(p.list(m), f.clusters)
	}
	q, r := thinQR(columns)
	d.inverse = inverseUpper(r)
	for _, column := range q {
		along := floats.Dot(column, y)
		d.outcome = append(d.outcome, along)
		d.left -= along * along
	}
	return d
}

// Statistic returns the t of the term with firm order[i] of a cluster in the
// place of its firm i.
func (d *DSP) Statistic(order []int32) float64 { return d.statistic()(order) }

func (d *DSP) statistic() pairStatistic {
	sums, scratch := make([]float64, 1+len(d.outcome)), make([]float64, slices.Max(d.pairs.sizes))
	return func(order []int32) float64 {
		d.sums.sumTo(sums, order, scratch)
		return d.refit(sums[0], sums[1:])
	}
}

// refit is the t of a column whose products with outcome and other terms are
// given.
func (d *DSP) refit(outcome float64, others []float64) float64 {
	length := d.length
	for l, along := range d.outcome {
		var on float64
		for m, s := range others[:l+1] {
			on += d.inverse[m][l] * s
		}
		length -= on * on
		outcome -= on * along
	}
	left := d.left - outcome*outcome/length
	if length <= negligible*d.length || !(left > 0) {
		return math.Inf(1) // the others give it, or it gives the outcome: as extreme as can be
	}
	return outcome / math.Sqrt(length*left/d.df)
}

// Test judges the term: by all orders of firms where they are at most 50,000,
// else by random ones, draw d from stream(d) alone, on so many workers.
func (d *DSP) Test(draws, workers int, stream func(draw int) *rand.Rand) PermutationTest {
	return d.pairs.permute(d.observed, d.statistic, draws, workers, stream)
}
