package simulate

import "math"

// outcomes are what is reported of one firm's innovation.
type outcomes struct {
	index    float64 // points
	products int     // new products in three years
	rating   int     // 1 to 5
}

// blanks tells which cells about one firm are left empty in the sheets.
type blanks struct{ employees, founded, index, products, rating bool }

// ratingCells are one respondent's ratings of the cluster; 0 is no answer.
type ratingCells struct {
	respondent                 string
	innovation, sustainability int
}

// The scales on which respondents rate their cluster.
const (
	innovationTop     = 10
	sustainabilityTop = 5
)

// judge draws the outcomes of the clusters, which compares them with one
// another, and so needs all of their networks.
func (w *world) judge() {
	n := len(w.clusters)
	degree, closure := make([]float64, n), make([]float64, n)
	for g, c := range w.clusters {
		c.structure = structureOf(c.networks[jointTask])
		degree[g], closure[g] = c.structure.degreeMean, c.structure.transitivity
	}
	degree, closure = standardise(degree), standardise(closure)
	d := w.design
	spread := math.Hypot(d.Innovation.Structure, d.Innovation.Noise)
	for g, c := range w.clusters {
		rng := w.stream("cluster outcomes", g)
		departure := d.Innovation.Structure*degree[g] + d.Innovation.Noise*rng.NormFloat64()
		c.innovation = d.Innovation.Intercept + departure
		if spread > 0 {
			c.innovative = departure / spread
		}
		c.sustaining = d.Sustainability.Intercept + d.Sustainability.Structure*closure[g] +
			d.Sustainability.Noise*rng.NormFloat64()
		w.rate(g, c)
	}
}

// rate lets leader and senior rate their cluster.
func (w *world) rate(g int, c *cluster) {
	d := w.design
	for k, p := range c.people {
		rng := w.stream("ratings", g, k)
		if p.role == owner || p.refused {
			continue
		}
		cells := ratingCells{
			respondent:     p.id,
			innovation:     onScale(c.innovation+d.Innovation.Rater*rng.NormFloat64(), innovationTop),
			sustainability: onScale(c.sustaining+d.Sustainability.Rater*rng.NormFloat64(), sustainabilityTop),
		}
		if chance(rng, d.MissingOutcome) {
			cells.sustainability = 0
		}
		c.ratingCells = append(c.ratingCells, cells)
	}
}

// onScale rounds to the scale from 1 to top.
func onScale(x float64, top int) int {
	return int(min(max(math.Round(x), 1), float64(top)))
}

// innovate draws the outcomes of a cluster's firms from their true position.
func (w *world) innovate(g int, c *cluster) {
	n := len(c.firms)
	degree, employees := make([]float64, n), make([]float64, n)
	for i := range c.firms {
		degree[i] = float64(c.networks[jointTask].degree(i))
		employees[i] = float64(c.firms[i].employees)
	}
	c.degreeZ = standardise(degree)
	c.couplingZ = standardise(net(c.coupling, c.degreeZ, employees))
	d := w.design
	for i := range c.firms {
		rng := w.stream("outcomes", g, i)
		predictor := func(e Effects) float64 {
			return e.Intercept + e.Degree*c.degreeZ[i] + e.Employees*(employees[i]-10) +
				e.Coupling*c.couplingZ[i] + e.Cluster*c.innovative + e.Noise*rng.NormFloat64()
		}
		o := outcomes{index: math.Round(10*predictor(d.Index)) / 10}
		o.products = poisson(rng, math.Exp(min(predictor(d.Products), maxLogProducts)))
		o.rating = rated(predictor(d.Rating), d.RatingCuts, rng.Float64())
		c.outcomes = append(c.outcomes, o)
		c.blankCells = append(c.blankCells, w.leaveBlank(g, i))
	}
}

// maxLogProducts keeps any design's counts those of a small firm: 55 in three
// years.
const maxLogProducts = 4

// rated returns the rating whose cumulative probability, by proportional odds,
// first reaches u: P(rating <= k) = logistic(cut k - predictor).
func rated(predictor float64, cuts [4]float64, u float64) int {
	for k, cut := range cuts {
		if u <= logistic(cut-predictor) {
			return k + 1
		}
	}
	return len(cuts) + 1
}

func (w *world) leaveBlank(g, i int) blanks {
	rng := w.stream("blanks", g, i)
	d := w.design
	return blanks{
		employees: chance(rng, d.MissingAttribute),
		founded:   chance(rng, d.MissingAttribute),
		index:     chance(rng, d.MissingOutcome),
		products:  chance(rng, d.MissingOutcome),
		rating:    chance(rng, d.MissingOutcome),
	}
}

// standardise returns the values less their mean, over their standard deviation
// (divisor n-1); all zero where they do not vary.
func standardise(x []float64) []float64 {
	z := centre(x)
	s := math.Sqrt(dot(z, z) / float64(len(z)-1))
	for i := range z {
		if s < noVariation {
			z[i] = 0
		} else {
			z[i] /= s
		}
	}
	return z
}

// noVariation is a standard deviation that only rounding makes: everything
// standardised here is a share, a degree or a residual of one, of size 1.
const noVariation = 1e-9

// net returns what x has that a constant and the regressors do not account for
// (least squares, by Gram-Schmidt).
func net(x []float64, regressors ...[]float64) []float64 {
	var basis [][]float64
	for _, r := range regressors {
		v := sweep(centre(r), basis)
		if dot(v, v) > noVariation*noVariation {
			basis = append(basis, v)
		}
	}
	return sweep(centre(x), basis)
}

// sweep takes out of x its projection on each of the orthogonal vectors.
func sweep(x []float64, basis [][]float64) []float64 {
	for _, b := range basis {
		k := dot(x, b) / dot(b, b)
		for i := range x {
			x[i] -= k * b[i]
		}
	}
	return x
}

// centre returns a copy of x less its mean.
func centre(x []float64) []float64 {
	mean := 0.0
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	c := make([]float64, len(x))
	for i, v := range x {
		c[i] = v - mean
	}
	return c
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}
