package stats

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// ErrTooLarge is what a model with one column an effect fails with where these
// columns would not fit in memory.
var ErrTooLarge = errors.New("too many effects for the number of rows to hold one column each")

// largestDesign is the most numbers that a design may hold: half a gigabyte.
const largestDesign = 1 << 26

// design is the columns of a model with an effect of every group: the
// regressors, centred in their groups and at length 1 so that neither units
// nor distance from zero cost digits, then a dummy of every group.
type design struct {
	columns [][]float64
	groups  *Clusters
	units   []float64   // length of each centred regressor
	means   [][]float64 // of each regressor by group
}

// newDesign fails with ErrTooFewRows unless there are more rows than columns,
// and with *AliasedError, ErrNotFinite and ErrTooLarge.
func newDesign(x [][]float64, groups *Clusters) (*design, error) {
	groups.check(x...)
	n, k := groups.Rows(), len(x)+groups.Len()
	if n <= k {
		return nil, ErrTooFewRows
	}
	if n > largestDesign/k {
		return nil, ErrTooLarge
	}
	d := &design{groups: groups}
	for j, column := range x {
		unit, length, err := unitWithin(column, groups)
		if err != nil {
			return nil, err
		}
		if length == 0 {
			return nil, &AliasedError{Column: j, Constant: true}
		}
		d.columns, d.units = append(d.columns, unit), append(d.units, length)
		d.means = append(d.means, meansWithin(column, groups))
	}
	if j, found := firstAliased(d.columns); found {
		return nil, &AliasedError{Column: j}
	}
	for g := range groups.Len() {
		dummy := make([]float64, n)
		floats.AddConst(1, groups.Of(dummy, g))
		d.columns = append(d.columns, dummy)
	}
	return d, nil
}

// without returns the design less regressor j.
func (d *design) without(j int) *design {
	cut := func(columns [][]float64) [][]float64 { return slices.Delete(slices.Clone(columns), j, j+1) }
	return &design{columns: cut(d.columns), groups: d.groups, units: slices.Delete(slices.Clone(d.units), j, j+1), means: cut(d.means)}
}

// firstAliased returns the first of the unit columns that is a combination of
// those before it.
func firstAliased(units [][]float64) (column int, found bool) {
	if len(units) == 0 {
		return 0, false
	}
	_, r := thinQR(units)
	for j := range r {
		if math.Abs(r[j][j]) < negligible {
			return j, true
		}
	}
	return 0, false
}

func meansWithin(x []float64, c *Clusters) []float64 {
	means := make([]float64, c.Len())
	for g := range means {
		part := c.Of(x, g)
		means[g] = floats.Sum(part) / float64(len(part))
	}
	return means
}

// orthonormal returns orthonormal columns that span the design, and the inverse
// of the triangle between. Centred regressors and dummies are orthogonal as
// they are, so only the regressors need work.
func (d *design) orthonormal() (q, inverse [][]float64) {
	k := len(d.units)
	if k > 0 {
		var r [][]float64
		q, r = thinQR(d.columns[:k])
		inverse = inverseUpper(r)
	}
	for i := range inverse {
		inverse[i] = append(slices.Clone(inverse[i]), make([]float64, d.groups.Len())...)
	}
	for g := range d.groups.Len() {
		length := math.Sqrt(d.groups.size(g))
		q = append(q, scaled(1/length, d.columns[k+g]))
		row := make([]float64, len(d.columns))
		row[k+g] = 1 / length
		inverse = append(inverse, row)
	}
	return q, inverse
}

// slope returns the contrast of the columns' coefficients that is the slope of
// regressor j in its own unit.
func (d *design) slope(j int) []float64 {
	c := make([]float64, len(d.columns))
	c[j] = 1 / d.units[j]
	return c
}

// effect returns the contrast that is the effect of group g: the linear
// predictor there where all regressors are 0.
func (d *design) effect(g int) []float64 {
	c := make([]float64, len(d.columns))
	c[len(d.units)+g] = 1
	for j, m := range d.means {
		c[j] = -m[g] / d.units[j]
	}
	return c
}

// weighted returns the columns with every row multiplied by its root.
func (d *design) weighted(root []float64) [][]float64 {
	out := make([][]float64, len(d.columns))
	for j, column := range d.columns {
		out[j] = make([]float64, len(column))
		floats.MulTo(out[j], column, root)
	}
	return out
}

// predict returns the linear predictor at coefficients b of the columns.
func (d *design) predict(b []float64) []float64 { return times(d.columns, b) }

// slopes and effects apply the contrasts to coefficients b of the columns.
func (d *design) slopes(b []float64) []float64 {
	out := make([]float64, len(d.units))
	for j := range out {
		out[j] = b[j] / d.units[j]
	}
	return out
}

func (d *design) effects(b []float64) []float64 {
	out := make([]float64, d.groups.Len())
	for g := range out {
		out[g] = floats.Dot(d.effect(g), b)
	}
	return out
}
