package stats

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// thinQR factorises the matrix of the given columns, at least as long as they
// are many, into orthonormal columns q and an upper triangle r, by rows.
// mat.QR would form the square Q, which at 10⁵ rows does not fit in memory.
func thinQR(columns [][]float64) (q, r [][]float64) {
	n, k := len(columns[0]), len(columns)
	a := blas64.General{Rows: n, Cols: k, Stride: k, Data: make([]float64, n*k)}
	for j, column := range columns {
		for i, v := range column {
			a.Data[i*k+j] = v
		}
	}
	tau := make([]float64, k)
	work := make([]float64, max(n, 32*k))
	lapack64.Geqrf(a, tau, work, len(work))
	r = make([][]float64, k)
	for i := range r {
		r[i] = make([]float64, k)
		copy(r[i][i:], a.Data[i*k+i:(i+1)*k])
	}
	lapack64.Orgqr(a, tau, work, len(work))
	q = make([][]float64, k)
	for j := range q {
		q[j] = make([]float64, n)
		for i := range q[j] {
			q[j][i] = a.Data[i*k+j]
		}
	}
	return q, r
}

// inverseUpper returns the inverse of an upper triangle without zeros on its
// diagonal.
func inverseUpper(r [][]float64) [][]float64 {
	k := len(r)
	t := blas64.Triangular{Uplo: blas.Upper, Diag: blas.NonUnit, N: k, Stride: k}
	for _, row := range r {
		t.Data = append(t.Data, row...)
	}
	lapack64.Trtri(t)
	inverse := make([][]float64, k)
	for i := range inverse {
		inverse[i] = t.Data[i*k : (i+1)*k]
	}
	return inverse
}

// indices returns the ratios of the largest singular value of the columns to
// each of them.
func indices(columns [][]float64) []float64 {
	_, r := thinQR(columns)
	k := len(r)
	core := mat.NewDense(k, k, nil)
	for i, row := range r {
		core.SetRow(i, row)
	}
	var svd mat.SVD
	if !svd.Factorize(core, mat.SVDNone) {
		panic("stats: no singular values of a finite matrix")
	}
	values := svd.Values(nil)
	largest := values[0]
	for i, v := range values {
		values[i] = largest / v
	}
	return values
}
