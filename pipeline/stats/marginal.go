package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// MarginalEffect is what a regressor goes with on the scale of the outcome, on
// average over the rows kept.
type MarginalEffect struct {
	Estimate float64
	SE       float64       // delta method on the model-based covariance, dispersion 1
	CR2      ClusterRobust // delta method on CR2; OK as for the slope
	Discrete bool          // of 1 against 0, for a regressor of zeros and ones; else of one unit more, at the margin
}

// MarginalEffects returns the average marginal effect of every regressor:
// mean dμ/dη·β, or mean μ(x_j=1) - μ(x_j=0) for a regressor of zeros and ones.
// Standard errors are by the delta method, the rows taken as they are and the
// effects of clusters as estimated. x is what the model was fitted to, in full.
//
// R: marginaleffects::avg_slopes(m), avg_comparisons(m).
func (m *GLM) MarginalEffects(x [][]float64, c *Clusters) []MarginalEffect {
	x = keepClusters(x, c, m.Dropped)
	eta := m.design.predict(m.fit)
	out := make([]MarginalEffect, len(m.Coef))
	contrasts := make([][]float64, len(out))
	estimates := make([]float64, len(out))
	for j := range out {
		e := m.design.marginal(m.Family, j, x[j], eta, m.fit[j])
		estimates[j], contrasts[j] = e.estimate, m.contrast(e.gradient)
		out[j] = MarginalEffect{Estimate: e.estimate, SE: floats.Norm(contrasts[j], 2), Discrete: e.discrete}
	}
	// The effects of clusters are each known from one cluster alone: here the
	// sandwich takes them as given, and what it says hangs on the slope's.
	hidden := m.alone(m.slopeContrasts())
	if m.G < 2 {
		return out
	}
	r := m.robust(CR2, contrasts)
	for j, estimate := range estimates {
		se, df := math.Sqrt(r.covariance(j, j)), r.satterthwaiteDF(j)
		if !hidden[j] && finite(se, df) && df > 0 && se > negligible*out[j].SE {
			out[j].CR2 = ClusterRobust{SE: se, DF: df, P: TwoSidedT(estimate/se, df), OK: true}
		}
	}
	return out
}

// averageEffect is an average marginal effect and its derivatives by the
// coefficients of the design's columns, and by a shift of all rows.
type averageEffect struct {
	estimate float64
	gradient []float64
	shift    float64
	discrete bool
}

func (d *design) marginal(f Family, j int, x, eta []float64, b float64) averageEffect {
	e := averageEffect{gradient: make([]float64, len(d.columns)), discrete: true}
	for _, v := range x {
		e.discrete = e.discrete && binary(v)
	}
	n := float64(len(eta))
	weight := make([]float64, len(eta)) // of the row's columns in the gradient
	for i := range eta {
		if e.discrete {
			one, zero := f.at(eta[i]+(1-x[i])*b/d.units[j]), f.at(eta[i]-x[i]*b/d.units[j])
			e.estimate += (one.mean - zero.mean) / n
			weight[i] = (one.slope - zero.slope) / n
			e.gradient[j] += (one.slope*(1-x[i]) + zero.slope*x[i]) / d.units[j] / n
		} else {
			r := f.at(eta[i])
			e.estimate += r.slope * b / d.units[j] / n
			weight[i] = r.curve * b / d.units[j] / n
			e.gradient[j] += r.slope / d.units[j] / n
		}
	}
	for l, column := range d.columns {
		e.gradient[l] += floats.Dot(weight, column)
	}
	e.shift = floats.Sum(weight)
	return e
}

// keepClusters returns the columns less the rows of dropped clusters.
func keepClusters(columns [][]float64, c *Clusters, dropped []DroppedCluster) [][]float64 {
	c.check(columns...)
	out := make([][]float64, len(columns))
	next := 0
	for g := range c.Len() {
		if next < len(dropped) && dropped[next].Cluster == g {
			next++
			continue
		}
		for j, column := range columns {
			out[j] = append(out[j], c.Of(column, g)...)
		}
	}
	return out
}
