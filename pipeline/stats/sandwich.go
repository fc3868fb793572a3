package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// SandwichKind names the correction of a cluster-robust variance: what stands
// for A_g in M (Σ_g X_gᵀW_g A_g e_g e_gᵀ A_gᵀ W_g X_g) M.
type SandwichKind int

// The corrections, by the names of clubSandwich.
const (
	CR0  SandwichKind = iota // none
	CR1                      // √(G/(G-1))
	CR1S                     // √(G/(G-1)·(n-1)/(n-K)), K counting the effects: Stata's
	CR2                      // exactly unbiased under the working model (Bell & McCaffrey 2002)
	CR3                      // (I-H_gg)⁻¹, the delete-one-cluster jackknife without its (G-1)/G
)

// sandwich is a fit as cluster-robust inference sees it: a linear model with
// working variance Θ, solved through the orthonormal columns of Θ^(-1/2) X̃.
//
// Coefficient j is inverse[j]·(Qᵀ z) for the outcome z at unit variance, so a
// contrast is a vector a of as many numbers as there are columns: Σ_j c_j
// inverse[j]. Its influence on the rows is Qa, its model-based variance aᵀa.
type sandwich struct {
	clusters *Clusters
	q        [][]float64 // orthonormal columns of Θ^(-1/2) X̃
	inverse  [][]float64 // R⁻¹, by rows
	root     []float64   // Θ^(1/2) by row; nil where it is 1
	spread   []float64   // Θ^(1/2) = root·(I + spread_g 11ᵀ/n_g); nil where 0
	errors   []float64   // outcome less fitted mean, on the scale of the outcome
	spent    int         // coefficients that CR1S counts, effects included
}

// contrast returns Σ_j c_j inverse[j].
func (s *sandwich) contrast(c []float64) []float64 {
	a := make([]float64, len(s.q))
	for j, v := range c {
		if v != 0 {
			floats.AddScaled(a, v, s.inverse[j])
		}
	}
	return a
}

// A robust is the sandwich variance of some contrasts: the covariance of them
// all and the products whose trace and squares give degrees of freedom.
type robust struct {
	scores [][]float64 // by contrast and cluster: what a cluster adds to the estimate
	own    [][]float64 // u_gᵀΘu_g by contrast pair s ≤ t (row s·m+t) and cluster
	fitted [][]float64 // Q_gᵀΘ^(1/2)u_g by contrast and cluster, k numbers each
	m, k   int
}

// robust takes the contrasts through every cluster. Only the adjustment of CR2
// for a working variance that differs between rows needs the eigenvectors of a
// matrix as large as the cluster; all else costs k² a row.
func (s *sandwich) robust(kind SandwichKind, contrasts [][]float64) *robust {
	m, k, g := len(contrasts), len(s.q), s.clusters.Len()
	r := &robust{m: m, k: k, own: make([][]float64, m*m)}
	for range contrasts {
		r.scores = append(r.scores, make([]float64, g))
		r.fitted = append(r.fitted, make([]float64, g*k))
	}
	for i := range r.own {
		r.own[i] = make([]float64, g)
	}
	for g := range s.clusters.Len() {
		s.addCluster(r, g, kind, contrasts)
	}
	return r
}

func (s *sandwich) addCluster(r *robust, g int, kind SandwichKind, contrasts [][]float64) {
	errors := s.clusters.Of(s.errors, g)
	weighted := make([][]float64, len(contrasts))
	for i, u := range s.adjusted(g, kind, contrasts) {
		r.scores[i][g] = floats.Dot(u, errors)
		w := s.scale(g, u, true)
		weighted[i] = w
		for l := range s.q {
			r.fitted[i][g*r.k+l] = floats.Dot(s.clusters.Of(s.q[l], g), w)
		}
	}
	for i := range weighted {
		for j := i; j < r.m; j++ {
			r.own[i*r.m+j][g] = floats.Dot(weighted[i], weighted[j])
		}
	}
}

// adjusted returns A_gᵀ W_g X̃_g M c for every contrast c.
func (s *sandwich) adjusted(g int, kind SandwichKind, contrasts [][]float64) [][]float64 {
	q := make([][]float64, len(s.q))
	for l := range q {
		q[l] = s.clusters.Of(s.q[l], g)
	}
	if kind == CR2 && (s.root != nil || s.spread != nil) {
		return s.adjustedByRows(g, q, contrasts)
	}
	power := map[SandwichKind]float64{CR2: -0.5, CR3: -1}[kind]
	factor := s.factor(kind)
	out := make([][]float64, len(contrasts))
	root := powerOfLeft(q, power)
	for i, a := range contrasts {
		out[i] = s.scale(g, times(q, root(a)), false)
		floats.Scale(factor, out[i])
	}
	return out
}

func (s *sandwich) factor(kind SandwichKind) float64 {
	n, g := float64(s.clusters.Rows()), float64(s.clusters.Len())
	switch kind {
	case CR1:
		return math.Sqrt(g / (g - 1))
	case CR1S:
		return math.Sqrt(g / (g - 1) * (n - 1) / (n - float64(s.spent)))
	}
	return 1
}

// adjustedByRows is CR2 for a working variance of any kind. With D = Θ^(1/2)
// and B = D(Θ - X̃MX̃ᵀ)D = Θ(I - QQᵀ)Θ the adjustment is D B^(-1/2) D.
func (s *sandwich) adjustedByRows(g int, q [][]float64, contrasts [][]float64) [][]float64 {
	n := len(q[0])
	left := make([][]float64, n) // Θ(I - QQᵀ), column by column, then B
	for i := range left {
		column := make([]float64, n)
		column[i] = 1
		for _, ql := range q {
			floats.AddScaled(column, -ql[i], ql)
		}
		left[i] = s.scale(g, s.scale(g, column, true), true)
	}
	b := mat.NewSymDense(n, nil)
	row := make([]float64, n)
	for i := range n {
		for j := range n {
			row[j] = left[j][i]
		}
		for j, v := range s.scale(g, s.scale(g, row, true), true)[:i+1] {
			b.SetSym(j, i, v)
		}
	}
	root := rootInverse(b)
	out := make([][]float64, len(contrasts))
	for i, a := range contrasts {
		out[i] = s.scale(g, root(times(q, a)), true)
	}
	return out
}

// scale returns Θ^(1/2) v, or Θ^(-1/2) v, over the rows of a cluster.
func (s *sandwich) scale(g int, v []float64, up bool) []float64 {
	out := append([]float64(nil), v...)
	if s.spread != nil {
		share := s.spread[g]
		if !up {
			share = -share / (1 + share)
		}
		floats.AddConst(share*floats.Sum(v)/float64(len(v)), out)
	}
	if s.root == nil {
		return out
	}
	if up {
		floats.Mul(out, s.clusters.Of(s.root, g))
	} else {
		floats.Div(out, s.clusters.Of(s.root, g))
	}
	return out
}

// times returns the combination of the columns.
func times(q [][]float64, a []float64) []float64 {
	out := make([]float64, len(q[0]))
	for l, column := range q {
		floats.AddScaled(out, a[l], column)
	}
	return out
}

// powerOfLeft returns the product with (I - QᵀQ)^power, directions that the
// cluster fits exactly dropped.
func powerOfLeft(q [][]float64, power float64) func([]float64) []float64 {
	if power == 0 {
		return func(a []float64) []float64 { return a }
	}
	b := eigenBlock(q)
	return func(a []float64) []float64 {
		return b.apply(a, func(value float64) float64 { return math.Pow(1-value, power) })
	}
}

// rootInverse returns the product with the symmetric B^(-1/2), eigenvalues at
// or below 1e-12 of the largest dropped.
func rootInverse(b *mat.SymDense) func([]float64) []float64 {
	var eigen mat.EigenSym
	if !eigen.Factorize(b, true) {
		panic("stats: no eigenvalues of a finite symmetric matrix")
	}
	values := eigen.Values(nil)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	least := 1e-12 * values[len(values)-1]
	return func(v []float64) []float64 {
		var along, out mat.VecDense
		along.MulVec(vectors.T(), mat.NewVecDense(len(v), v))
		for l, value := range values {
			scaled := 0.0
			if value > least {
				scaled = along.AtVec(l) / math.Sqrt(value)
			}
			along.SetVec(l, scaled)
		}
		out.MulVec(&vectors, &along)
		return out.RawVector().Data
	}
}

// covariance returns the sandwich covariance of contrasts i and j.
func (r *robust) covariance(i, j int) float64 { return floats.Dot(r.scores[i], r.scores[j]) }

// part returns what cluster g has in contrast i: Q_gᵀΘ^(1/2)u_g.
func (r *robust) part(i, g int) []float64 { return r.fitted[i][g*r.k : (g+1)*r.k] }

// diagonal returns S_gg of a pair of contrasts, S_ij = P_iᵀP_j: column g of P_i
// is (I-H)[,g]A_gᵀW_gX̃_gMc at unit working variance. Off the diagonal S_ij is
// minus the product of the contrasts' parts.
func (r *robust) diagonal(i, j, g int) float64 {
	own := r.own[min(i, j)*r.m+max(i, j)][g]
	return own - floats.Dot(r.part(i, g), r.part(j, g))
}

// satterthwaiteDF returns (tr S)²/Σ S_gh² of contrast i, and 0 where so much
// cancels in S that only rounding is left.
func (r *robust) satterthwaiteDF(i int) float64 {
	var trace, whole float64
	for g := range r.scores[i] {
		trace += r.diagonal(i, i, g)
		whole += r.own[i*r.m+i][g]
	}
	_, squares := r.moments(i, i)
	if !(trace > negligible*whole) || !(squares > 0) {
		return 0
	}
	return trace * trace / squares
}

// moments returns Σ_gh (S_ij)_gh (S_ij)_hg and Σ_gh (S_ii)_gh (S_jj)_gh, in k²
// numbers a cluster: off the diagonal a part meets the sum of those before it.
func (r *robust) moments(i, j int) (transposed, paired float64) {
	before := mat.NewDense(r.k, r.k, nil) // Σ part_i part_jᵀ
	for g := range r.scores[i] {
		own := r.diagonal(i, j, g)
		a, b := mat.NewVecDense(r.k, r.part(i, g)), mat.NewVecDense(r.k, r.part(j, g))
		transposed += own*own + 2*mat.Inner(b, before, a)
		paired += r.diagonal(i, i, g)*r.diagonal(j, j, g) + 2*mat.Inner(a, before, b)
		before.RankOne(before, 1, a, b)
	}
	return transposed, paired
}

// alone tells of each contrast whether part of it is known from a single
// cluster: the cluster fits that exactly, and no correction sees what it hides.
func (s *sandwich) alone(contrasts [][]float64) []bool {
	hidden := make([]bool, len(contrasts))
	q := make([][]float64, len(s.q))
	for g := range s.clusters.Len() {
		for l := range q {
			q[l] = s.clusters.Of(s.q[l], g)
		}
		b := eigenBlock(q)
		for l := range b.values {
			if b.kept(l) {
				continue
			}
			for i, a := range contrasts {
				d := b.along(l, a)
				hidden[i] = hidden[i] || d*d > negligible*floats.Dot(a, a)
			}
		}
	}
	return hidden
}

// inference returns the standard errors of contrasts whose estimates are given.
func (s *sandwich) inference(kind SandwichKind, contrasts [][]float64, estimates []float64) []ClusterRobust {
	out := make([]ClusterRobust, len(contrasts))
	if s.clusters.Len() < 2 {
		return out
	}
	r := s.robust(kind, contrasts)
	alone, typical := s.alone(contrasts), s.typicalError()
	for i, a := range contrasts {
		se := math.Sqrt(r.covariance(i, i))
		df := r.satterthwaiteDF(i)
		if alone[i] || !finite(se, df) || df <= 0 || se <= negligible*floats.Norm(a, 2)*typical {
			continue
		}
		out[i] = ClusterRobust{SE: se, DF: df, P: TwoSidedT(estimates[i]/se, df), OK: true}
	}
	return out
}

// typicalError is the root mean square of the errors at unit working variance.
func (s *sandwich) typicalError() float64 {
	var sum float64
	for g := range s.clusters.Len() {
		e := s.scale(g, s.clusters.Of(s.errors, g), false)
		sum += floats.Dot(e, e)
	}
	return math.Sqrt(sum / float64(s.clusters.Rows()))
}
