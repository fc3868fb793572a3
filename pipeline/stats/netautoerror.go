package stats

import "gonum.org/v1/gonum/floats"

// errorLag is the least squares of y-λWy on the columns less λ times theirs.
type errorLag struct {
	*networkProblem
	left, leftOfLag []float64 // what the design leaves of y at λ = 0, and its lag
	scores          []float64
	lagged          [][]float64 // of the columns
	ones, lagOfOnes []float64   // the dummies of all clusters, side by side
}

func lagError(p *networkProblem) conditional {
	m := &errorLag{networkProblem: p, lagged: p.weights.lags(p.design.columns), ones: make([]float64, len(p.y))}
	m.left, m.scores = residual(p.q, p.y)
	m.leftOfLag = p.weights.Lag(m.left)
	floats.AddConst(1, m.ones)
	m.lagOfOnes = p.weights.Lag(m.ones)
	return m
}

// less returns v - λ·lag.
func less(v []float64, lambda float64, lag []float64) []float64 {
	out := append([]float64(nil), v...)
	floats.AddScaled(out, -lambda, lag)
	return out
}

// at takes the dummies out cluster by cluster, as each is 0 in the others, and
// factorises the regressors alone.
func (m *errorLag) at(lambda float64) (e []float64, slope float64) {
	dummies := less(m.ones, lambda, m.lagOfOnes)
	e, u := less(m.left, lambda, m.leftOfLag), append([]float64(nil), m.left...)
	m.takeOut(dummies, e, u)
	if k := len(m.design.units); k > 0 {
		transformed, regressors := make([][]float64, k), make([][]float64, k)
		for j := range k {
			regressors[j] = append([]float64(nil), m.design.columns[j]...)
			transformed[j] = less(regressors[j], lambda, m.lagged[j])
			m.takeOut(dummies, transformed[j], regressors[j])
		}
		q, r := thinQR(transformed)
		var scores []float64
		e, scores = residual(q, e)
		for j, b := range rows(inverseUpper(r), scores) {
			floats.AddScaled(u, -b, regressors[j])
		}
	}
	return e, -floats.Dot(e, m.weights.Lag(u))
}

// takeOut takes from a transformed column its part along the transformed
// dummies, and from the column as it was the same multiples of the dummies.
func (m *errorLag) takeOut(dummies, transformed, column []float64) {
	clusters := m.weights.clusters
	for g := range clusters.Len() {
		d, part := clusters.Of(dummies, g), clusters.Of(transformed, g)
		by := floats.Dot(d, part) / floats.Dot(d, d)
		floats.AddScaled(part, -by, d)
		floats.AddConst(-by, clusters.Of(column, g))
	}
}

// fit factorises the whole design.
func (m *errorLag) fit(lambda, variance float64) (columns []float64, expected, observed information, err error) {
	transformed := make([][]float64, len(m.lagged))
	for j, column := range m.design.columns {
		transformed[j] = less(column, lambda, m.lagged[j])
	}
	q, r := thinQR(transformed)
	inverse := inverseUpper(r)
	e, scores := residual(q, less(m.left, lambda, m.leftOfLag))
	columns = rows(inverse, scores)
	wu := append([]float64(nil), m.leftOfLag...)
	for j, b := range columns {
		floats.AddScaled(wu, -b, m.lagged[j])
	}
	_, second := m.traces(lambda)
	inner, err := m.inner(lambda)
	if err != nil {
		return nil, expected, observed, err
	}
	expected = m.information(inverse, make([]float64, len(q)), second+squared(inner), lambda, variance)
	shared := project(q, wu) // Q'Wu + R⁻ᵀ(WX)'e
	for i, row := range inverse {
		floats.AddScaled(shared, floats.Dot(m.lagged[i], e), row)
	}
	observed = m.information(inverse, shared, second+(floats.Dot(wu, wu)-floats.Dot(shared, shared))/variance, lambda, variance)
	floats.Add(columns, rows(m.inverse, m.scores))
	return columns, expected, observed, nil
}
