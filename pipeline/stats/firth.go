package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Firth is a fitted logistic regression by penalised likelihood.
type Firth struct {
	Coef       []float64   // slope of each regressor, log odds
	SE         []float64   // from the information at the estimate
	Cov        [][]float64 // of the slopes, likewise
	P          []float64   // of each slope, by the penalised likelihood ratio
	Effects    []float64   // of each kept cluster
	LogLik     float64     // penalised
	N, G, DF   int
	Condition  float64
	Iterations int
	Dropped    []DroppedCluster

	design  *design
	fit     []float64
	inverse [][]float64
	outcome []float64
}

// FitFirth fits a binary outcome by logistic regression with cluster effects,
// the likelihood penalised by the root of the information's determinant.
//
// Model: that of FitLogit, with log L + ½ log|XᵀWX|: the estimate is finite
// whatever the data, and its bias of order 1/n is gone (Firth 1993, Biometrika
// 80; Heinze & Schemper 2002, Stat. Med. 21). Use it where FitLogit fails with
// *SeparatedError, or has below five events a coefficient.
//
// Inference: P, by the ratio of penalised likelihoods with one degree of
// freedom, the determinant that of all columns; Wald's SE is for display, and
// misleads on separation. Firms are taken as independent given the cluster.
// It shrinks probabilities to ½, so MarginalEffects refits the level first.
//
// Clusters that FitLogit drops are dropped and listed here too. Fails as
// FitLogit does, but for separation.
//
// R: brglm2::brglmFit(type = "AS_mean"); logistf::logistf(y ~ x + cluster).
func FitFirth(y []float64, x [][]float64, c *Clusters) (*Firth, error) {
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
	d, err := newDesign(x, clusters)
	if err != nil {
		return nil, err
	}
	condition, ok := Condition(x, clusters)
	if !ok {
		return nil, &AliasedError{Column: len(x) - 1}
	}
	f := &Firth{
		N: len(y), G: clusters.Len(), DF: len(y) - len(d.columns), Condition: condition,
		Dropped: dropped, design: d, outcome: y,
	}
	if f.Iterations, err = f.maximise(); err != nil {
		return nil, err
	}
	return f, f.testSlopes()
}

// maximise fits all coefficients.
func (f *Firth) maximise() (steps int, err error) {
	b, likelihood, steps, err := f.ascent(-1)
	if err != nil {
		return 0, err
	}
	f.fit, f.LogLik = b, likelihood
	_, r := thinQR(f.design.weighted(f.penalised(b).weight))
	f.inverse = inverseUpper(r)
	f.Coef, f.Effects = f.design.slopes(b), f.design.effects(b)
	s := sandwich{q: f.design.columns, inverse: f.inverse}
	contrasts := make([][]float64, len(f.Coef))
	for j := range contrasts {
		contrasts[j] = s.contrast(f.design.slope(j))
	}
	for _, a := range contrasts {
		f.Cov = append(f.Cov, rows(contrasts, a))
		f.SE = append(f.SE, floats.Norm(a, 2))
	}
	if !finite(f.Coef...) || !finite(f.SE...) || !allFinite(f.Cov) {
		return 0, ErrNotFinite
	}
	return steps, nil
}

// testSlopes refits without each slope in turn, and fills in P.
func (f *Firth) testSlopes() error {
	f.P = make([]float64, len(f.Coef))
	for j := range f.P {
		_, likelihood, _, err := f.ascent(j)
		if err != nil {
			return err
		}
		f.P[j] = UpperChiSquared(2*(f.LogLik-likelihood), 1)
	}
	return nil
}

// A penalty is a point of the penalised likelihood: residuals at unit variance,
// the leverage's part of the score among them.
type penalty struct {
	weight, residual []float64
	q                [][]float64
	likelihood       float64
}

func (f *Firth) penalised(b []float64) penalty {
	size := make([]float64, len(f.outcome))
	floats.AddConst(1, size)
	w := Logit.working(outcomes{f.outcome, size}, f.design.predict(b))
	q, r := thinQR(f.design.weighted(w.weight))
	p := penalty{weight: w.weight, residual: w.residual, q: q, likelihood: w.logLik}
	for j := range r {
		p.likelihood += math.Log(math.Abs(r[j][j]))
	}
	for i := range p.residual {
		var h float64
		for _, column := range q {
			h += column[i] * column[i]
		}
		p.residual[i] += h * (w.errors[i] + 0.5 - f.outcome[i]) / w.root[i] // h(½-p)
	}
	return p
}

// fisherSteps is how many steps of Fisher scoring come first. In small samples
// it then creeps, or goes back and forth, as the penalty is no part of its
// information; Newton's method takes over.
const fisherSteps = 10

// ascent maximises the penalised likelihood from 0, with column fixed held at 0
// unless it is negative.
func (f *Firth) ascent(fixed int) (b []float64, likelihood float64, steps int, err error) {
	b = make([]float64, len(f.design.columns))
	p := f.penalised(b)
	settled := false
	for step := 1; step <= newtonSteps; step++ {
		q, r := thinQR(without(f.design.weighted(p.weight), fixed))
		scores := project(q, p.residual)
		if !finite(scores...) {
			return nil, 0, 0, ErrNoConvergence
		}
		if settled {
			return b, p.likelihood, step, nil
		}
		settled = floats.Norm(scores, 2) <= shortStep
		inverse := inverseUpper(r)
		if step > fisherSteps {
			scores = f.newton(b, fixed, inverse, scores)
		}
		change := insertZero(rows(inverse, scores), fixed)
		next, ok := ascend(b, change, p.likelihood, func(b []float64) float64 {
			p = f.penalised(b)
			return p.likelihood
		})
		if !ok {
			return nil, 0, 0, ErrNoConvergence
		}
		b = next
	}
	return nil, 0, 0, ErrNoConvergence
}

// newton returns Newton's step in the coordinates in which Fisher's step is the
// scores, the second derivatives by differences of the score; and the scores
// where that step does not lead up.
func (f *Firth) newton(b []float64, fixed int, inverse [][]float64, scores []float64) []float64 {
	const h = 1e-5
	k := len(scores)
	curvature := mat.NewDense(k, k, nil)
	for l := range k {
		along := make([]float64, k)
		for j := range inverse {
			along[j] = inverse[j][l]
		}
		var ends [2][]float64
		for side, sign := range []float64{h, -h} {
			at := append([]float64(nil), b...)
			floats.AddScaled(at, sign, insertZero(along, fixed))
			p := f.penalised(at)
			ends[side] = transposed(inverse, project(without(f.design.weighted(p.weight), fixed), p.residual))
		}
		for j := range k {
			curvature.Set(j, l, (ends[1][j]-ends[0][j])/(2*h))
		}
	}
	symmetric := mat.NewSymDense(k, nil)
	for j := range k {
		for l := range j + 1 {
			symmetric.SetSym(l, j, (curvature.At(j, l)+curvature.At(l, j))/2)
		}
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(symmetric) {
		return scores
	}
	var step mat.VecDense
	if err := cholesky.SolveVecTo(&step, mat.NewVecDense(k, scores)); err != nil {
		return scores
	}
	return step.RawVector().Data
}

// transposed returns the product of a matrix's transpose with a vector.
func transposed(matrix [][]float64, v []float64) []float64 {
	out := make([]float64, len(matrix[0]))
	for i, row := range matrix {
		floats.AddScaled(out, v[i], row)
	}
	return out
}

// without returns the columns less one, or all for a negative index.
func without(columns [][]float64, j int) [][]float64 {
	if j < 0 {
		return columns
	}
	return append(append([][]float64(nil), columns[:j]...), columns[j+1:]...)
}

// insertZero puts a zero where without took a column.
func insertZero(v []float64, j int) []float64 {
	if j < 0 {
		return v
	}
	return append(append(append([]float64(nil), v[:j]...), 0), v[j:]...)
}

// MarginalEffects returns average marginal effects after the level of all rows
// was refitted without the penalty, so that fitted probabilities have the mean
// of the outcome (FLIC: Puhr et al. 2017, Stat. Med. 36). CR2 is not filled.
func (f *Firth) MarginalEffects(x [][]float64, c *Clusters) []MarginalEffect {
	x = keepClusters(x, c, f.Dropped)
	eta := f.design.predict(f.fit)
	floats.AddConst(f.level(eta), eta)
	by := make([]float64, len(f.fit)) // derivative of the level by the coefficients
	var total float64
	weight := make([]float64, len(eta))
	for i, e := range eta {
		weight[i] = Logit.at(e).slope
		total += weight[i]
	}
	for l, column := range f.design.columns {
		by[l] = -floats.Dot(weight, column) / total
	}
	s := sandwich{q: f.design.columns, inverse: f.inverse}
	out := make([]MarginalEffect, len(f.Coef))
	for j := range out {
		e := f.design.marginal(Logit, j, x[j], eta, f.fit[j])
		floats.AddScaled(e.gradient, e.shift, by)
		out[j] = MarginalEffect{
			Estimate: e.estimate, SE: floats.Norm(s.contrast(e.gradient), 2), Discrete: e.discrete,
		}
	}
	return out
}

// level returns what to add to all linear predictors so that fitted
// probabilities sum to the events.
func (f *Firth) level(eta []float64) float64 {
	events := floats.Sum(f.outcome)
	low, high := -50.0, 50.0
	for range 200 {
		middle := (low + high) / 2
		var sum float64
		for _, e := range eta {
			sum += Logit.at(e + middle).mean
		}
		if sum < events {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}
