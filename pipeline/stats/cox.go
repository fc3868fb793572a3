package stats

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Ties names how a proportional-hazards likelihood treats events at one time.
type Ties int

// The treatments. Both approximate the sum over the orders they may have
// happened in, Efron far better.
const (
	Efron Ties = iota
	Breslow
)

// Spell is one row of survival data: a firm at risk after Entry up to Exit, and
// whether the event happened then.
type Spell struct {
	Entry, Exit float64
	Event       bool
}

// SpellError says that a spell ends before it begins.
type SpellError struct{ Row int }

func (e *SpellError) Error() string {
	return fmt.Sprintf("the spell of row %d does not end after it begins", e.Row)
}

// Cox is a fitted proportional-hazards model, stratified by cluster.
type Cox struct {
	Coef        []float64 // slope of each regressor: log hazard ratios
	SE          []float64 // from the information
	Cov         [][]float64
	LogLik      float64 // partial likelihood
	LogLikNull  float64 // with all slopes 0
	Concordance float64 // share of comparable pairs that the model puts in order, ties counting half
	N, G        int     // rows and clusters
	Events      int
	Condition   float64
	Iterations  int

	robustCov mat.Symmetric
	basis     *basis
	sets      []riskSet
	ties      Ties
	at        []float64
	inverse   *mat.SymDense
}

// FitCox fits the time of an event by partial likelihood within clusters.
//
// Model: the hazard of a firm of cluster g is h_g(t) exp(x β), h_g of any shape
// (Cox 1972). With tied times the likelihood is Efron's or Breslow's. Entry is
// left truncation: a firm is compared only at times after it. A firm may have
// several spells, one after the other, over which x changes.
//
// Assumes proportional hazards (see ProportionalHazards), censoring that says
// nothing about the hazard, and one slope for all clusters. With years as times
// prefer FitHazard.
//
// Inference: SE takes firms as independent; ClusterRobust does not. There are
// no degrees of freedom.
//
// Fails with *SpellError, ErrConstantOutcome where no event has anyone to be
// compared with, ErrTooFewRows, ErrNotFinite, *AliasedError where a regressor
// is constant in all clusters or a combination of others, *SeparatedError
// where a combination is highest (or lowest) for each event when it happens,
// ErrTooLarge, ErrFlatLikelihood and ErrNoConvergence.
//
// Cost: rows times event times in a cluster times regressors squared.
//
// R: survival::coxph(Surv(entry, exit, event) ~ x + strata(cluster), ties = "efron").
func FitCox(spells []Spell, x [][]float64, c *Clusters, ties Ties) (*Cox, error) {
	sets, events, err := riskSets(spells, c)
	if err != nil {
		return nil, err
	}
	b, err := newBasis(x, c)
	if err != nil {
		return nil, err
	}
	condition, ok := Condition(x, c)
	if !ok {
		return nil, &AliasedError{Column: len(x) - 1}
	}
	m := &Cox{
		N: c.Rows(), G: c.Len(), Events: events, Condition: condition,
		basis: b, sets: sets, ties: ties,
	}
	if err := m.separated(); err != nil {
		return nil, err
	}
	m.LogLikNull = m.likelihood(make([]float64, len(x)), nil, nil)
	p, err := climb(make([]float64, len(x)), m.likelihood)
	if err != nil {
		return nil, err
	}
	m.Coef, m.LogLik, m.Iterations = rows(b.inverse, p.at), p.value, p.steps
	m.Cov, m.SE = b.covariance(p.covariance)
	m.at, m.inverse = p.at, p.covariance
	m.robustCov = sandwichOf(m.scores(), p.covariance)
	m.Concordance = m.concordance()
	if !finite(m.Coef...) || !finite(m.SE...) || !allFinite(m.Cov) {
		return nil, ErrNotFinite
	}
	return m, nil
}

// A riskSet is one time in one cluster at which events happen: the rows at risk
// then, those with the event first.
type riskSet struct {
	cluster int
	time    float64
	events  int
	rows    []int
}

// riskSets returns the sets in which an event has someone to be compared with.
func riskSets(spells []Spell, c *Clusters) (sets []riskSet, events int, err error) {
	if len(spells) != c.Rows() {
		panic("stats: a column has not as many rows as the clusters")
	}
	for i, s := range spells {
		if !finite(s.Entry, s.Exit) {
			return nil, 0, ErrNotFinite
		}
		if s.Exit <= s.Entry {
			return nil, 0, &SpellError{i}
		}
		if s.Event {
			events++
		}
	}
	size := 0
	for g := range c.Len() {
		for _, t := range eventTimes(spells[c.starts[g]:c.starts[g+1]]) {
			set := atRisk(spells, c.starts[g], c.starts[g+1], t)
			set.cluster = g
			if len(set.rows) > 1 {
				sets = append(sets, set)
			}
			if size += len(set.rows); size > largestDesign {
				return nil, 0, ErrTooLarge
			}
		}
	}
	if len(sets) == 0 {
		return nil, 0, ErrConstantOutcome
	}
	return sets, events, nil
}

func eventTimes(spells []Spell) []float64 {
	var times []float64
	for _, s := range spells {
		if s.Event {
			times = append(times, s.Exit)
		}
	}
	slices.Sort(times)
	return slices.Compact(times)
}

func atRisk(spells []Spell, from, to int, t float64) riskSet {
	set := riskSet{time: t}
	var others []int
	for i := from; i < to; i++ {
		switch s := spells[i]; {
		case s.Entry >= t || s.Exit < t:
		case s.Event && s.Exit == t:
			set.rows = append(set.rows, i)
		default:
			others = append(others, i)
		}
	}
	set.events = len(set.rows)
	set.rows = append(set.rows, others...)
	return set
}

// separated fails with *SeparatedError if a direction orders each event above
// all at risk with it, tied events being equal.
func (m *Cox) separated() error {
	var z [][]float64
	for _, set := range m.sets {
		for e, i := range set.rows[:set.events] {
			for _, j := range set.rows[set.events:] {
				z = append(z, m.basis.difference(i, j))
			}
			if e > 0 {
				z = append(z, m.basis.difference(i, set.rows[e-1]), m.basis.difference(set.rows[e-1], i))
			}
		}
		if len(z) > largestDesign/len(m.basis.q) {
			return ErrTooLarge
		}
	}
	return separate(z)
}

func (m *Cox) likelihood(b, gradient []float64, information *mat.SymDense) float64 {
	clear(gradient)
	if information != nil {
		information.Zero()
	}
	var value float64
	for _, set := range m.sets {
		value += m.set(set, b, gradient, information)
	}
	return value
}

// scores returns the gradient of each cluster at the estimate.
func (m *Cox) scores() [][]float64 {
	out := make([][]float64, m.G)
	for g := range out {
		out[g] = make([]float64, len(m.at))
	}
	scratch := mat.NewSymDense(len(m.at), nil)
	for _, set := range m.sets {
		m.set(set, m.at, out[set.cluster], scratch)
	}
	return out
}

// riskSums are Σ w, Σ w x and Σ w xxᵀ over rows at risk, w = exp(xb).
type riskSums struct {
	value  float64
	first  []float64
	second *mat.SymDense
}

func newRiskSums(k int) riskSums {
	return riskSums{first: make([]float64, k), second: mat.NewSymDense(k, nil)}
}

func (r *riskSums) add(weight float64, row []float64) {
	r.value += weight
	floats.AddScaled(r.first, weight, row)
	r.second.SymRankOne(r.second, weight, mat.NewVecDense(len(row), row))
}

// set adds one risk set to the gradient and information, where wanted, and
// returns its part of the log-likelihood.
func (m *Cox) set(set riskSet, b, gradient []float64, information *mat.SymDense) float64 {
	k := len(b)
	eta := make([]float64, len(set.rows))
	row := make([]float64, k)
	for e, i := range set.rows {
		eta[e] = floats.Dot(b, m.basis.row(i, row))
	}
	most := floats.Max(eta)
	all, tied := newRiskSums(k), newRiskSums(k)
	var value float64
	for e, i := range set.rows {
		weight := math.Exp(eta[e] - most)
		if gradient == nil {
			all.value += weight
			if e < set.events {
				tied.value += weight
			}
		} else {
			all.add(weight, m.basis.row(i, row))
			if e < set.events {
				tied.add(weight, row)
				floats.Add(gradient, row)
			}
		}
		if e < set.events {
			value += eta[e] - most
		}
	}
	for e := range set.events {
		share := 0.0
		if m.ties == Efron {
			share = float64(e) / float64(set.events)
		}
		total := all.value - share*tied.value
		value -= math.Log(total)
		if gradient != nil {
			removeMean(gradient, information, all, tied, share, total)
		}
	}
	return value
}

// removeMean takes the mean of x over those at risk from the gradient, and adds
// its variance to the information.
func removeMean(gradient []float64, information *mat.SymDense, all, tied riskSums, share, total float64) {
	k := len(gradient)
	centre := make([]float64, k)
	for l := range centre {
		centre[l] = (all.first[l] - share*tied.first[l]) / total
	}
	floats.Sub(gradient, centre)
	for l := range k {
		for n := l; n < k; n++ {
			v := (all.second.At(l, n) - share*tied.second.At(l, n)) / total
			information.SetSym(l, n, information.At(l, n)+v-centre[l]*centre[n])
		}
	}
}

// concordance compares every event with those at risk whom it did not befall.
func (m *Cox) concordance() float64 {
	eta := times(m.basis.q, m.at)
	var ordered, pairs float64
	for _, set := range m.sets {
		for _, i := range set.rows[:set.events] {
			for _, j := range set.rows[set.events:] {
				pairs++
				switch {
				case eta[i] > eta[j]:
					ordered++
				case eta[i] == eta[j]:
					ordered += 0.5
				}
			}
		}
	}
	if pairs == 0 {
		return 0.5
	}
	return ordered / pairs
}
