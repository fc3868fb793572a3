package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// naiveFit is least squares by the textbook: normal equations on the whole
// design, and the standard errors by their definitions, with n×n matrices.
type naiveFit struct {
	coef, residuals, leverage, classical, hc3 []float64
	design, inverse                           *mat.Dense
}

func fitNaively(y []float64, columns [][]float64) naiveFit {
	n, k := len(y), len(columns)
	x := mat.NewDense(n, k, nil)
	for j, column := range columns {
		x.SetCol(j, column)
	}
	var gram, inverse, hat mat.Dense
	gram.Mul(x.T(), x)
	if err := inverse.Inverse(&gram); err != nil {
		panic(err)
	}
	hat.Mul(&inverse, x.T())
	var b, fitted mat.VecDense
	b.MulVec(&hat, mat.NewVecDense(n, append([]float64(nil), y...)))
	fitted.MulVec(x, &b)
	f := naiveFit{coef: b.RawVector().Data, design: x, inverse: &inverse}
	var rss float64
	for i, v := range y {
		u := v - fitted.AtVec(i)
		f.residuals = append(f.residuals, u)
		rss += u * u
		f.leverage = append(f.leverage, mat.Dot(x.RowView(i), hat.ColView(i)))
	}
	for j := range k {
		var robust float64
		for i, u := range f.residuals {
			s := hat.At(j, i) * u / (1 - f.leverage[i])
			robust += s * s
		}
		f.hc3 = append(f.hc3, math.Sqrt(robust))
		f.classical = append(f.classical, math.Sqrt(rss/float64(n-k)*inverse.At(j, j)))
	}
	return f
}

// cr2 follows Bell & McCaffrey and Pustejovsky & Tipton to the letter.
func (f naiveFit) cr2(j int, c *Clusters) (se, df float64) {
	n, k := f.design.Dims()
	var half, annihilator mat.Dense
	half.Mul(f.design, f.inverse)
	annihilator.Mul(&half, f.design.T())
	annihilator.Scale(-1, &annihilator)
	for i := range n {
		annihilator.Set(i, i, annihilator.At(i, i)+1)
	}
	p := mat.NewDense(n, c.Len(), nil)
	var variance float64
	for g := range c.Len() {
		lo, hi := c.starts[g], c.starts[g+1]
		root := inverseRoot(annihilator.Slice(lo, hi, lo, hi))
		var adjusted, direction, column mat.VecDense
		direction.MulVec(f.design.Slice(lo, hi, 0, k), f.inverse.ColView(j))
		adjusted.MulVec(root, &direction)
		score := mat.Dot(&adjusted, mat.NewVecDense(hi-lo, f.residuals[lo:hi]))
		variance += score * score
		column.MulVec(annihilator.Slice(0, n, lo, hi), &adjusted)
		p.SetCol(g, column.RawVector().Data)
	}
	var s mat.Dense
	s.Mul(p.T(), p)
	norm := mat.Norm(&s, 2)
	return math.Sqrt(variance), s.Trace() * s.Trace() / (norm * norm)
}

func inverseRoot(m mat.Matrix) *mat.Dense {
	n, _ := m.Dims()
	sym := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			sym.SetSym(i, j, (m.At(i, j)+m.At(j, i))/2)
		}
	}
	var eigen mat.EigenSym
	eigen.Factorize(sym, true)
	values := eigen.Values(nil)
	var v, scaled, root mat.Dense
	eigen.VectorsTo(&v)
	scaled.CloneFrom(&v)
	for l, value := range values {
		scale := 0.0
		if value > 1e-12*values[n-1] {
			scale = 1 / math.Sqrt(value)
		}
		for i := range n {
			scaled.Set(i, l, scaled.At(i, l)*scale)
		}
	}
	root.Mul(&scaled, v.T())
	return &root
}

// dummies returns the columns that fixed effects stand for: a constant, and an
// indicator of every cluster but the first.
func dummies(c *Clusters) [][]float64 {
	columns := make([][]float64, c.Len())
	for g := range columns {
		columns[g] = make([]float64, c.Rows())
		part := columns[g]
		if g > 0 {
			part = c.Of(part, g)
		}
		for i := range part {
			part[i] = 1
		}
	}
	return columns
}

// conditionNaively takes the singular values of the whole design.
func conditionNaively(columns [][]float64) float64 {
	x := mat.NewDense(len(columns[0]), len(columns), nil)
	for j, column := range columns {
		for i, v := range column {
			x.Set(i, j, v/floats.Norm(column, 2))
		}
	}
	var svd mat.SVD
	svd.Factorize(x, mat.SVDNone)
	values := svd.Values(nil)
	return values[0] / values[len(values)-1]
}
