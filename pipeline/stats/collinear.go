package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Condition returns the largest condition index of the design of a fit with
// cluster effects: the ratio of the largest to the smallest singular value of
// a constant, a dummy of every cluster but the first, and the columns of x,
// each at unit length and none centred. A regressor that hardly varies beside
// its mean is collinear with the constant, and shows. Above 30, look at what
// stands in the model together (Belsley, Kuh & Welsch 1980).
//
// It is false where the columns are linearly dependent: there is no number.
//
// R: X <- model.matrix(y ~ x + factor(cluster));
// d <- svd(sweep(X, 2, sqrt(colSums(X^2)), "/"))$d; max(d)/min(d).
func Condition(x [][]float64, c *Clusters) (condition float64, ok bool) {
	c.check(x...)
	if c.Rows() < c.Len()+len(x) {
		return 0, false
	}
	constant := make([]float64, c.Rows())
	floats.AddConst(1, constant)
	units := [][]float64{constant}
	for _, column := range x {
		units = append(units, slices.Clone(column))
	}
	for _, column := range units {
		length := floats.Norm(column, 2)
		if length == 0 || !finite(length) {
			return 0, false
		}
		for i := range column {
			column[i] /= length
		}
	}
	return conditionBeside(dummyProducts(units, c), units)
}

// dummyProducts returns the products of the unit columns with the unit dummies,
// column by column, and takes the dummies' part out of the columns.
func dummyProducts(units [][]float64, c *Clusters) [][]float64 {
	products := make([][]float64, len(units))
	for j, column := range units {
		for g := 1; g < c.Len(); g++ {
			part := c.Of(column, g)
			root := math.Sqrt(float64(len(part)))
			product := floats.Sum(part) / root
			floats.AddConst(-product/root, part)
			products[j] = append(products[j], product)
		}
	}
	return products
}

// conditionBeside returns the condition number of [U, UB+W] for orthonormal U.
// The singular values are those of [[I, B], [0, W]], and rotations of its rows
// leave of B and W a triangle each, and ones that are never extreme.
func conditionBeside(b, w [][]float64) (condition float64, ok bool) {
	k := len(w)
	_, lower := thinQR(w)
	upper := byRows(b)
	if len(upper) > k {
		_, upper = thinQR(b)
	}
	m := len(upper)
	core := mat.NewDense(m+k, m+k, nil)
	for i, row := range upper {
		core.Set(i, i, 1)
		for j, v := range row {
			core.Set(i, m+j, v)
		}
	}
	for i, row := range lower {
		for j, v := range row {
			core.Set(m+i, m+j, v)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(core, mat.SVDNone) {
		return 0, false
	}
	values := svd.Values(nil)
	largest, smallest := values[0], values[m+k-1]
	if smallest <= negligible*largest {
		return 0, false
	}
	return largest / smallest, true
}

func byRows(columns [][]float64) [][]float64 {
	rows := make([][]float64, len(columns[0]))
	for i := range rows {
		for _, column := range columns {
			rows[i] = append(rows[i], column[i])
		}
	}
	return rows
}

// CorrelationWithin returns the Pearson correlation of x and y about their
// cluster means, and false where one does not vary inside any cluster.
//
// R: cor(x - ave(x, cluster), y - ave(y, cluster)).
func CorrelationWithin(x, y []float64, c *Clusters) (r float64, ok bool) {
	a, lengthA, errA := unitWithin(x, c)
	b, lengthB, errB := unitWithin(y, c)
	if errA != nil || errB != nil || lengthA == 0 || lengthB == 0 {
		return 0, false
	}
	return max(-1, min(1, floats.Dot(a, b))), true
}
