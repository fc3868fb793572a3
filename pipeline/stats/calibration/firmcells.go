package main

import (
	"math"
	"math/rand/v2"
	"strconv"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// slope is the mean slope of the cells that are not about size: a tenth of a
// standard deviation of the error for one of the metric inside clusters.
const slope = 0.1

// slopeSD is how much slopes differ between clusters where they do, and
// interceptSD how much intercepts do.
const (
	slopeSD     = 0.2
	interceptSD = 0.45
)

// A firmScenario makes the errors of all firms, or errors and a slope of mean 0
// of every cluster: those of the reference simulation.
type firmScenario struct {
	name         string
	exchangeable bool // inside clusters, up to what a robust t takes care of
	errors       func(d *firmDesign, random *rand.Rand) []float64
}

var firmScenarios = []firmScenario{
	{"iid", true, func(d *firmDesign, r *rand.Rand) []float64 { return d.normal(r) }},
	{"village_re", true, func(d *firmDesign, r *rand.Rand) []float64 {
		e := d.normal(r)
		for g := range d.clusters.Len() {
			floats.AddConst(interceptSD*r.NormFloat64(), d.clusters.Of(e, g))
		}
		return e
	}},
	{"hetero", false, func(d *firmDesign, r *rand.Rand) []float64 {
		e := d.normal(r)
		floats.Mul(e, d.spread)
		return e
	}},
	{"skew", true, func(d *firmDesign, r *rand.Rand) []float64 {
		e := make([]float64, d.clusters.Rows())
		for i := range e {
			e[i] = math.Pow(r.ExpFloat64(), 1.5)
		}
		return e
	}},
	{"slope_het", false, func(d *firmDesign, r *rand.Rand) []float64 { return d.withSlopes(d.normal(r), r) }},
	{"net_error_.4", false, func(d *firmDesign, r *rand.Rand) []float64 { return d.alongTies(r) }},
	{"net_err_slopehet", false, func(d *firmDesign, r *rand.Rand) []float64 { return d.withSlopes(d.alongTies(r), r) }},
}

// firmDesign is all of a firm cell but its outcome.
type firmDesign struct {
	clusters *stats.Clusters
	x        [][]float64 // the metric, in units of its standard deviation inside clusters, then the controls
	each     []regressors
	spread   []float64 // of the error where it grows with the metric
	spill    []*mat.LU
	signs    *stats.WildWeights
}

// regressors are those of one cluster that vary there.
type regressors struct {
	clusters *stats.Clusters
	x        [][]float64
}

func newFirmDesign(f *firms, metric int, spill []*mat.LU) (*firmDesign, error) {
	signs, err := stats.NewWildWeights(len(f.sizes), wildDraws, seed.Draws(studySeed, "calibration", "wild_cluster"))
	if err != nil {
		return nil, err
	}
	x := f.inWithinSD(f.metrics[metric])
	d := &firmDesign{clusters: f.clusters, x: append([][]float64{x}, f.controls...), spill: spill, signs: signs}
	mean, sd := stat.MeanStdDev(x, nil)
	for _, v := range x {
		z := (v - mean) / sd
		d.spread = append(d.spread, math.Sqrt(1+z*z/2))
	}
	for g, n := range f.sizes {
		one := regressors{clusters: stats.NewClusters(n)}
		for j, column := range d.x {
			part := f.clusters.Of(column, g)
			if j == 0 || !stats.ConstantWithin(part, one.clusters)[0] {
				one.x = append(one.x, part)
			}
		}
		d.each = append(d.each, one)
	}
	return d, nil
}

func (d *firmDesign) normal(r *rand.Rand) []float64 {
	e := make([]float64, d.clusters.Rows())
	for i := range e {
		e[i] = r.NormFloat64()
	}
	return e
}

// withSlopes adds a slope of its own to the errors of every cluster.
func (d *firmDesign) withSlopes(e []float64, r *rand.Rand) []float64 {
	for g := range d.clusters.Len() {
		floats.AddScaled(d.clusters.Of(e, g), slopeSD*r.NormFloat64(), d.clusters.Of(d.x[0], g))
	}
	return e
}

// alongTies draws errors that spread along ties: (I - ρW)⁻¹ε.
func (d *firmDesign) alongTies(r *rand.Rand) []float64 {
	e := d.normal(r)
	for g, left := range d.spill {
		part := d.clusters.Of(e, g)
		var solved mat.VecDense
		if err := left.SolveVecTo(&solved, false, mat.NewVecDense(len(part), part)); err != nil {
			panic(err) // ρW has no eigenvalue of 1
		}
		copy(part, solved.RawVector().Data)
	}
	return e
}

// firmSections are the cells without and with a mean slope.
func firmSections(f *firms) (none, some section, err error) {
	keys := []string{"metric", "errors"}
	none = section{name: "firm, mean slope 0", keys: keys, views: sizeViews}
	some = section{name: "firm, mean slope 0.1", keys: keys, views: slopeViews}
	spill := f.spill()
	for m, metric := range metricNames {
		d, err := newFirmDesign(f, m, spill)
		if err != nil {
			return none, some, err
		}
		classical := newClassicalPermutation(d.clusters, d.x)
		for _, s := range firmScenarios {
			name := []string{metric, s.name}
			none.cells = append(none.cells, cell{name, s.exchangeable, func(replication int) []verdict {
				y := s.errors(d, seed.Stream(studySeed, "calibration/size", name, replication))
				return d.sizes(y, classical, permutations("size", name, replication))
			}})
			some.cells = append(some.cells, cell{name, s.exchangeable, func(replication int) []verdict {
				y := s.errors(d, seed.Stream(studySeed, "calibration/slope", name, replication))
				floats.AddScaled(y, slope, d.x[0])
				return d.slopes(y, permutations("slope", name, replication))
			}})
		}
	}
	return none, some, nil
}

// permutations are the streams of the draws in one replication.
func permutations(purpose string, name []string, replication int) func(draw int) *rand.Rand {
	return seed.Draws(studySeed, "calibration/"+purpose+"/draws", append(name[:len(name):len(name)], strconv.Itoa(replication))...)
}
