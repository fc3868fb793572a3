package stats

import "gonum.org/v1/gonum/floats"

// WildCluster prepares the score bootstrap of slope j: the restricted wild
// cluster bootstrap of the one step that leads from the fit without the slope
// towards that with it. Each draw multiplies the scores of every cluster, at
// the fit under the null, by one weight; nothing is refitted. The statistic is
// that step over its cluster-robust standard error, not Coef over SE.
//
// The null is that the slope is 0; an interval is of the step, and to be made
// of no other null. Of a linear model it is FixedEffects.WildCluster, to which
// everything else said there applies.
//
// Fails as that does, and as the fit without the slope.
//
// Reference: Kline & Santos 2012, J. Econometric Methods 1.
func (m *GLM) WildCluster(j int) (*WildCluster, error) {
	if err := checkTreated(m.design.columns[j], m.design.groups); err != nil {
		return nil, err
	}
	less := m.design.without(j)
	null, err := fitGLM(m.Family, m.outcomes, less)
	if err != nil {
		return nil, err
	}
	w := m.Family.working(m.outcomes, less.predict(null.fit))
	q, r := thinQR(m.design.weighted(w.weight))
	s := sandwich{clusters: m.design.groups, q: q, inverse: inverseUpper(r), spent: len(q)}
	var scores []float64
	s.errors, scores = residual(q, w.residual)
	contrast := s.contrast(m.design.slope(j))
	return s.wildCluster(WCR, contrast, floats.Dot(contrast, scores))
}
