package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// cumulative is a cumulative logit problem, with two rows a firm: the threshold
// above its category, and the one below. Both are linear in the coefficients.
//
// Columns: a threshold's level for each threshold; for a free regressor its
// slope at each; then the regressors, negated; then the clusters' dummies but
// the first's, negated. Regressors are centred in clusters and at length 1.
type cumulative struct {
	y          []float64
	categories []float64
	category   []int
	groups     *Clusters
	stacked    *Clusters
	columns    [][]float64
	slopes     int // first of the regressors' columns
	units      []float64
	means      [][]float64
}

// newCumulative fails as newDesign does. free may be nil.
func newCumulative(y []float64, x [][]float64, free []float64, groups *Clusters) (*cumulative, error) {
	p := &cumulative{y: y, groups: groups}
	p.categories, _ = tabulate(y)
	thresholds := len(p.categories) - 1
	n, k := len(y), len(x)+groups.Len()-1+2*thresholds
	if n <= k {
		return nil, ErrTooFewRows
	}
	if 2*n > largestDesign/k {
		return nil, ErrTooLarge
	}
	d, err := newDesign(x, groups)
	if err != nil {
		return nil, err
	}
	p.units, p.means = d.units, d.means
	p.category = make([]int, n)
	for i, v := range y {
		for j, c := range p.categories {
			if v == c {
				p.category[i] = j
			}
		}
	}
	p.addThresholds(nil)
	if free != nil {
		unit, length, err := unitWithin(free, groups)
		if err != nil || length == 0 {
			return nil, &AliasedError{Constant: true}
		}
		p.addThresholds(unit)
	}
	p.slopes = len(p.columns)
	for j, column := range d.columns {
		if j != len(x) {
			p.addCommon(column)
		}
	}
	sizes := make([]int, groups.Len())
	for g := range sizes {
		sizes[g] = 2 * (groups.starts[g+1] - groups.starts[g])
	}
	p.stacked = NewClusters(sizes...)
	return p, nil
}

// addThresholds adds a column for each threshold: 1, or the value of a
// regressor, in the rows that it bounds.
func (p *cumulative) addThresholds(values []float64) {
	for j := range len(p.categories) - 1 {
		column := make([]float64, 2*len(p.y))
		for i, category := range p.category {
			v := 1.0
			if values != nil {
				v = values[i]
			}
			switch j {
			case category:
				column[2*i] = v
			case category - 1:
				column[2*i+1] = v
			}
		}
		p.columns = append(p.columns, column)
	}
}

func (p *cumulative) addCommon(values []float64) {
	column := make([]float64, 2*len(values))
	for i, v := range values {
		if p.category[i] < len(p.categories)-1 {
			column[2*i] = -v
		}
		if p.category[i] > 0 {
			column[2*i+1] = -v
		}
	}
	p.columns = append(p.columns, column)
}

// start has the thresholds at the cumulative log odds of all rows.
func (p *cumulative) start() []float64 {
	b := make([]float64, len(p.columns))
	_, counts := tabulate(p.y)
	below := 0
	for j := range len(counts) - 1 {
		below += counts[j]
		b[j] = math.Log(float64(below) / float64(len(p.y)-below))
	}
	return b
}

// slope, effect and threshold are contrasts of the columns' coefficients, with
// all regressors 0 rather than at their cluster means.
func (p *cumulative) slope(j int) []float64 {
	c := make([]float64, len(p.columns))
	c[p.slopes+j] = 1 / p.units[j]
	return c
}

// effect is that of cluster g less that of the first.
func (p *cumulative) effect(g int) []float64 {
	c := make([]float64, len(p.columns))
	if g > 0 {
		c[p.slopes+len(p.units)+g-1] = 1
	}
	for j, m := range p.means {
		c[p.slopes+j] = (m[0] - m[g]) / p.units[j]
	}
	return c
}

func (p *cumulative) threshold(j int) []float64 {
	c := make([]float64, len(p.columns))
	c[j] = 1
	for l, m := range p.means {
		c[p.slopes+l] = m[0] / p.units[l]
	}
	return c
}

// separated fails with *SeparatedError if along some direction no threshold
// moves into any row's category, and some moves away.
func (p *cumulative) separated() error {
	q, _ := thinQR(p.columns)
	var wanted [][]float64
	for i, category := range p.category {
		for side, sign := range []float64{1, -1} {
			if side == 0 && category == len(p.categories)-1 || side == 1 && category == 0 {
				continue
			}
			row := make([]float64, len(q))
			for l := range q {
				row[l] = sign * q[l][2*i+side]
			}
			wanted = append(wanted, row)
		}
	}
	return separate(wanted)
}

// A stack is the likelihood at a point, with its information LLᵀ factorised
// firm by firm: weighted columns Lᵀ(rows of the firm), and residuals L⁻¹(score),
// so that Newton's step is a least-squares problem.
type stack struct {
	value              float64
	weighted, q        [][]float64
	residual           []float64
	inverse            [][]float64
	upper, cross, down []float64 // Lᵀ by firm: [upper cross; 0 down]
}

// value returns the log-likelihood, -∞ where thresholds are out of order.
func (p *cumulative) value(b []float64) float64 {
	eta := times(p.columns, b)
	var sum float64
	for i, category := range p.category {
		share := p.share(category, eta[2*i], eta[2*i+1])
		if !(share > 0) {
			return math.Inf(-1)
		}
		sum += math.Log(share)
	}
	return sum
}

// share returns F(above) - F(below), from the side where nothing cancels.
func (p *cumulative) share(category int, above, below float64) float64 {
	switch {
	case category == 0:
		return 1 / (1 + math.Exp(-above))
	case category == len(p.categories)-1:
		return 1 / (1 + math.Exp(below))
	case below > 0:
		return 1/(1+math.Exp(below)) - 1/(1+math.Exp(above))
	}
	return 1/(1+math.Exp(-above)) - 1/(1+math.Exp(-below))
}

func (p *cumulative) at(b []float64) stack {
	eta := times(p.columns, b)
	n := len(p.y)
	s := stack{
		residual: make([]float64, 2*n),
		upper:    make([]float64, n), cross: make([]float64, n), down: make([]float64, n),
	}
	for i, category := range p.category {
		share := p.share(category, eta[2*i], eta[2*i+1])
		s.value += math.Log(share)
		var above, below response // at a threshold that is not there all is 0
		if category < len(p.categories)-1 {
			above = Logit.at(eta[2*i])
		}
		if category > 0 {
			below = Logit.at(eta[2*i+1])
		}
		up, lo := above.slope/share, below.slope/share
		s.firm(i, up, -lo, up*up-above.curve/share, -up*lo, lo*lo+below.curve/share)
	}
	s.weighted = make([][]float64, len(p.columns))
	for l, column := range p.columns {
		s.weighted[l] = make([]float64, 2*n)
		for i := range n {
			s.weighted[l][2*i] = s.upper[i]*column[2*i] + s.cross[i]*column[2*i+1]
			s.weighted[l][2*i+1] = s.down[i] * column[2*i+1]
		}
	}
	q, r := thinQR(s.weighted)
	s.q, s.inverse = q, inverseUpper(r)
	return s
}

// firm factorises the information [aa ab; ab bb] of one firm, and divides its
// score by the factor.
func (s *stack) firm(i int, scoreA, scoreB, aa, ab, bb float64) {
	if aa <= 0 { // no threshold above
		s.down[i] = math.Sqrt(max(bb, 0))
		if s.down[i] > 0 {
			s.residual[2*i+1] = scoreB / s.down[i]
		}
		return
	}
	s.upper[i] = math.Sqrt(aa)
	s.cross[i] = ab / s.upper[i]
	s.residual[2*i] = scoreA / s.upper[i]
	if left := bb - s.cross[i]*s.cross[i]; left > 0 && bb > 0 {
		s.down[i] = math.Sqrt(left)
		s.residual[2*i+1] = (scoreB - s.cross[i]*s.residual[2*i]) / s.down[i]
	}
}

func (s *stack) sandwich(p *cumulative) sandwich {
	return sandwich{clusters: p.stacked, q: s.q, inverse: s.inverse, errors: s.residual}
}

// maximise climbs by Newton's method; the likelihood is concave.
func (p *cumulative) maximise(b []float64) (at []float64, fit stack, steps int, err error) {
	settled := false
	for step := 1; step <= newtonSteps; step++ {
		s := p.at(b)
		scores := project(s.q, s.residual)
		if !finite(scores...) || !finite(s.value) {
			return nil, stack{}, 0, ErrNoConvergence
		}
		if settled {
			return b, s, step, nil
		}
		settled = floats.Norm(scores, 2) <= shortStep
		next, ok := ascend(b, rows(s.inverse, scores), s.value, p.value)
		if !ok {
			return nil, stack{}, 0, ErrNoConvergence
		}
		b = next
	}
	return nil, stack{}, 0, ErrNoConvergence
}
