package stats

import "math"

// Without returns the columns less the rows of cluster g, and the clusters
// that are left.
func (c *Clusters) Without(g int, columns ...[]float64) (*Clusters, [][]float64) {
	c.check(columns...)
	var sizes []int
	for h := range c.Len() {
		if h != g {
			sizes = append(sizes, c.starts[h+1]-c.starts[h])
		}
	}
	rest := make([][]float64, len(columns))
	for j, column := range columns {
		rest[j] = append(rest[j], column[:c.starts[g]]...)
		rest[j] = append(rest[j], column[c.starts[g+1]:]...)
	}
	return NewClusters(sizes...), rest
}

// LeaveOneOut is what each cluster does to the estimates of a model.
type LeaveOneOut struct {
	Coef [][]float64 // estimates without cluster g; nil where Err[g] is not
	Err  []error     // why the rest of the data has none
}

// LeaveClustersOut fits a model without each cluster in turn.
func LeaveClustersOut(c *Clusters, fit func(without int) ([]float64, error)) LeaveOneOut {
	l := LeaveOneOut{make([][]float64, c.Len()), make([]error, c.Len())}
	for g := range c.Len() {
		l.Coef[g], l.Err[g] = fit(g)
		if l.Err[g] != nil {
			l.Coef[g] = nil
		}
	}
	return l
}

// Jackknife returns CV3 of the estimates of the whole data: the square root of
// (G-1)/G Σ_g (b₋g - b)² with G - 1 degrees of freedom, for a model that is not
// linear, as a hazard on person-periods (MacKinnon, Nielsen & Webb 2024, arXiv
// 2406.00650). It is not OK where one of the fits failed, or with G < 3.
func (l LeaveOneOut) Jackknife(whole []float64) []ClusterRobust {
	out := make([]ClusterRobust, len(whole))
	g := float64(len(l.Coef))
	for _, err := range l.Err {
		if err != nil {
			return out
		}
	}
	if g < 3 {
		return out
	}
	for j, b := range whole {
		var sum float64
		for _, coef := range l.Coef {
			sum += (coef[j] - b) * (coef[j] - b)
		}
		se := math.Sqrt((g - 1) / g * sum)
		if finite(se) && se > negligible*math.Abs(b) {
			out[j] = ClusterRobust{SE: se, DF: g - 1, P: TwoSidedT(b/se, g-1), OK: true}
		}
	}
	return out
}
