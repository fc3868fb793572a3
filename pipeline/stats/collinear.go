package stats

import (
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// ConditionNumber returns the largest condition index of the columns: the
// ratio of the largest to the smallest singular value after bringing each to
// unit length. Columns are not centred, so pass the whole design with its
// constant or Dummies: a regressor that hardly varies beside its mean is
// collinear with the constant, and shows. Above 30 the fit rests on rounding
// and on the last digits of the data (Belsley, Kuh & Welsch 1980).
//
// It is false where the columns are linearly dependent, or one is all zero:
// there is no such number.
//
// R: X <- model.matrix(fit); d <- svd(sweep(X, 2, sqrt(colSums(X^2)), "/"))$d;
// max(d)/min(d).
func ConditionNumber(columns [][]float64) (condition float64, ok bool) {
	n, k := len(columns[0]), len(columns)
	scaled := mat.NewDense(n, k, nil)
	for j, column := range columns {
		length := floats.Norm(column, 2)
		if length == 0 || !finite(length) {
			return 0, false
		}
		for i, v := range column {
			scaled.Set(i, j, v/length)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(scaled, mat.SVDNone) {
		return 0, false
	}
	values := svd.Values(nil)
	if n < k || values[k-1] <= negligible*values[0] {
		return 0, false
	}
	return values[0] / values[k-1], true
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
