package stats

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// PairsLogit is a logistic model of ties with an effect of every cluster.
type PairsLogit struct {
	*GLM
	pairs *Pairs      // of the clusters that have both ties and pairs without
	y     []float64   // matrices of those clusters
	x     [][]float64 // likewise
}

// FitPairsLogit fits the ties y, 0 or 1, to the matrices x by logistic
// regression with an effect of every cluster: FitLogit over the pairs, and
// failing as it does. Clusters without ties, or with all of them, are left out.
//
// R: glm(y ~ x + factor(cluster), binomial) over ordered pairs; sna::netlogit
// of one cluster (its null deviance is 2n log 2 whatever the ties).
func FitPairsLogit(p *Pairs, y []float64, x [][]float64) (*PairsLogit, error) {
	f := &PairsLogit{pairs: p, y: y, x: x}
	f.keepVarying()
	columns := make([][]float64, len(x))
	for j, m := range f.x {
		columns[j] = f.pairs.list(m)
	}
	fit, err := FitLogit(f.pairs.list(f.y), columns, f.pairs.clusters)
	f.GLM = fit
	return f, err
}

// keepVarying leaves out the clusters in which all pairs are alike, unless none
// is left.
func (f *PairsLogit) keepVarying() {
	p := f.pairs
	var sizes []int
	var y []float64
	x := make([][]float64, len(f.x))
	for g, alike := range ConstantWithin(p.list(f.y), p.clusters) {
		if alike {
			continue
		}
		sizes = append(sizes, p.sizes[g])
		y = append(y, f.y[p.cells[g]:p.cells[g+1]]...)
		for j, m := range f.x {
			x[j] = append(x[j], m[p.cells[g]:p.cells[g+1]]...)
		}
	}
	if len(sizes) > 0 {
		f.pairs, f.y, f.x = NewPairs(p.directed, sizes...), y, x
	}
}

// The ties that a logistic model of them needs: in each cluster, and for each
// coefficient.
const (
	tiesOfCluster     = 10
	tiesOfCoefficient = 5
)

// FewTies tells whether ties are so few, or so many, that the linear model is
// the one to use.
func (f *PairsLogit) FewTies() bool {
	y := f.pairs.list(f.y)
	for g := range f.pairs.sizes {
		part := f.pairs.clusters.Of(y, g)
		ties := floats.Sum(part)
		if min(ties, float64(len(part))-ties) < tiesOfCluster {
			return true
		}
	}
	return EventsPerCoefficient(y, len(f.x), f.pairs.clusters) < tiesOfCoefficient
}

// ScoreDSP tests one term of a logistic model of ties by double
// semi-partialing: what the other terms and the effects of clusters leave of
// it, linearly, firms changing places inside their clusters, is put in its
// place. The statistic is the score of the model without it over its standard
// error, which needs no refit.
//
// Null and limits are those of DSP. With few ties, below 10 in a cluster or 5
// for each coefficient, the linear model is the one to use.
//
// References: Dekker, Krackhardt & Snijders 2007, Psychometrika 72; Rao 1948.
// R: sna::netlogit(y, x, nullhyp = "qapspp") refits and takes Wald's z.
type ScoreDSP struct {
	pairs    *Pairs
	moves    []float64
	residual []float64   // matrices: outcome less its fit without the term,
	weight   []float64   // variance of that fit,
	others   [][]float64 // orthonormal columns of the others, by root of the variance
	total    []float64   // weight of each cluster
	observed float64
}

// DSP prepares the test of term j; it fails as the fit without the term does.
func (f *PairsLogit) DSP(j int) (*ScoreDSP, error) {
	p := f.pairs
	columns := make([][]float64, len(f.x))
	for k, m := range f.x {
		columns[k] = p.list(m)
	}
	y := p.list(f.y)
	linear, err := FitFixedEffects(y, columns, p.clusters)
	if err != nil {
		return nil, err
	}
	restricted, err := FitLogit(y, without(columns, j), p.clusters)
	if err != nil {
		return nil, err
	}
	moves := linear.partial(j)
	floats.Scale(1/floats.Norm(moves, 2), moves)
	d := &ScoreDSP{pairs: p, moves: p.matrix(moves)}
	d.weigh(y, restricted.Fitted, without(columns, j))
	d.observed = d.statistic()(p.inPlace())
	return d, nil
}

// weigh fills in what the fit without the term leaves.
func (d *ScoreDSP) weigh(y, fitted []float64, others [][]float64) {
	c := d.pairs.clusters
	residual, weight := make([]float64, len(y)), make([]float64, len(y))
	for i, mean := range fitted {
		residual[i], weight[i] = y[i]-mean, mean*(1-mean)
	}
	for g := range c.Len() {
		d.total = append(d.total, floats.Sum(c.Of(weight, g)))
	}
	d.residual, d.weight = d.oneSided(residual), d.oneSided(weight)
	if len(others) == 0 {
		return
	}
	rooted := make([][]float64, len(others))
	for k, column := range others {
		rooted[k] = slices.Clone(column)
		for g, total := range d.total {
			part, w := c.Of(rooted[k], g), c.Of(weight, g)
			floats.AddConst(-floats.Dot(part, w)/total, part)
			for i := range part {
				part[i] *= math.Sqrt(w[i])
			}
		}
	}
	q, _ := thinQR(rooted)
	for _, column := range q {
		for i := range column {
			column[i] *= math.Sqrt(weight[i])
		}
		d.others = append(d.others, d.oneSided(column))
	}
}

// oneSided is the matrix of a list, unordered pairs below the diagonal only.
func (d *ScoreDSP) oneSided(list []float64) []float64 {
	m := make([]float64, d.pairs.Cells())
	next := 0
	d.pairs.each(func(_, _, _, cell int) {
		m[cell] = list[next]
		next++
	})
	return m
}

// Statistic returns the score with firm order[i] of a cluster in the place of
// its firm i.
func (d *ScoreDSP) Statistic(order []int32) float64 { return d.statistic()(order) }

func (d *ScoreDSP) statistic() pairStatistic {
	p := d.pairs
	along, scratch := make([]float64, len(d.others)), make([]float64, slices.Max(p.sizes))
	return func(order []int32) float64 {
		clear(along)
		var score, variance float64
		for g, n := range p.sizes {
			own := order[p.firms[g]:p.firms[g+1]]
			var mean float64
			for i, at := range own {
				from, to := p.cells[g]+i*n, p.cells[g]+(i+1)*n
				row := p.cells[g] + int(at)*n
				moved := gather(scratch, d.moves[row:row+n], own)
				score += floats.Dot(d.residual[from:to], moved)
				mean += floats.Dot(d.weight[from:to], moved)
				for l, m := range d.others {
					along[l] += floats.Dot(m[from:to], moved)
				}
				floats.Mul(moved, moved)
				variance += floats.Dot(d.weight[from:to], moved)
			}
			variance -= mean * mean / d.total[g]
		}
		variance -= floats.Dot(along, along)
		if !(variance > 0) {
			return math.Inf(1)
		}
		return score / math.Sqrt(variance)
	}
}

// Test judges the term: by all orders of firms where they are at most 50,000,
// else by random ones, draw d from stream(d) alone, on so many workers.
func (d *ScoreDSP) Test(draws, workers int, stream func(draw int) *rand.Rand) PermutationTest {
	return d.pairs.permute(d.observed, d.statistic, draws, workers, stream)
}
