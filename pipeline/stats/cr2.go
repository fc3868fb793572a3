package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// ClusterRobust is what clusters, taken as the independent units, say about
// one coefficient.
type ClusterRobust struct {
	SE float64 // CR2 standard error
	DF float64 // Satterthwaite degrees of freedom of SE
	P  float64 // two-sided p of Coef/SE on DF
	OK bool    // false where none of these exists: the coefficient rests on too few clusters
}

// CR2 returns for every coefficient the bias-reduced cluster-robust standard
// error with its Satterthwaite degrees of freedom.
//
// Variance: M (Σ_g X_gᵀ A_g u_g u_gᵀ A_g X_g) M with M = (XᵀX)⁻¹ and
// A_g = (I - H_gg)^(-1/2), the symmetric root, directions with an eigenvalue
// at or below 1e-12 of the largest dropped (Moore-Penrose). It is unbiased
// where errors are independent with one variance (the working model), and
// consistent in the number of clusters under any dependence inside them.
//
// Degrees of freedom for coefficient c: (tr S)²/Σ S_ij², S = PᵀP, column g of
// P being (I-H)[,g] A_g X_g M c, under the same working model.
//
// Both are those of the design with a dummy a cluster: absorbing fixed effects
// changes neither for least squares with this working model (Pustejovsky &
// Tipton, corrigendum 2023). With it they come from k×k matrices alone: for
// X = QR and T_g = Q_gᵀQ_g, the root is A_g Q_g = Q_g (I - T_g)^(-1/2), and S
// has off-diagonal -z_gᵀT_gT_hz_h with z_g = (I - T_g)^(-1/2) R⁻ᵀc. So the
// cost is that of the data, for any number and size of clusters.
//
// Not reliable below 4 degrees of freedom (Tipton 2015), nor with G ≤ 4. Not
// defined (OK is false) where part of the coefficient is known from a single
// cluster, as that of a dummy that occurs in one only: the cluster fits that
// part exactly, its direction is dropped, and clubSandwich's number is blind to
// it.
//
// References: Bell & McCaffrey 2002, Surv. Methodol. 28; Imbens & Kolesár
// 2016, REStat 98; Pustejovsky & Tipton 2018, JBES 36.
//
// R: clubSandwich::coef_test(lm(y ~ x + factor(cluster)), vcov = "CR2",
// cluster = cluster, test = "Satterthwaite").
func (f *FixedEffects) CR2() []ClusterRobust {
	k := len(f.q)
	variance := make([]float64, k)
	moments := make([]satterthwaite, k)
	for j := range moments {
		moments[j].cross = mat.NewSymDense(k, nil)
	}
	for g := range f.clusters.Len() {
		b := f.block(g)
		for j, row := range f.inverse {
			z := b.adjust(row)
			score := floats.Dot(z, b.scores)
			variance[j] += score * score
			moments[j].add(b.length(row), b.times(z))
		}
	}
	result := make([]ClusterRobust, k)
	for j := range result {
		result[j] = f.clusterRobust(j, variance[j], &moments[j])
	}
	return result
}

func (f *FixedEffects) clusterRobust(j int, variance float64, m *satterthwaite) ClusterRobust {
	se, ok := f.robust(j, variance)
	if !ok || m.trace < (1-negligible)*f.VIF[j] {
		return ClusterRobust{}
	}
	df := m.trace * m.trace / m.squares
	return ClusterRobust{SE: se, DF: df, P: TwoSidedT(f.Coef[j]/se, df), OK: true}
}

// A block is one cluster's part of the problem, in the orthonormal columns:
// the eigenvectors and eigenvalues of T = QᵀQ and the scores Qᵀu over its rows.
type block struct {
	vectors *mat.Dense
	values  []float64
	scores  []float64
}

func (f *FixedEffects) block(g int) block {
	q := make([][]float64, len(f.q))
	u := f.clusters.Of(f.residuals, g)
	scores := make([]float64, len(f.q))
	for l := range q {
		q[l] = f.clusters.Of(f.q[l], g)
		scores[l] = floats.Dot(q[l], u)
	}
	b := eigenBlock(q)
	b.scores = scores
	return b
}

// eigenBlock finds the eigenvectors of the columns' products.
func eigenBlock(q [][]float64) block {
	t := mat.NewSymDense(len(q), nil)
	for l, column := range q {
		for m := range l + 1 {
			t.SetSym(m, l, floats.Dot(q[m], column))
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(t, true) {
		panic("stats: no eigenvalues of a finite symmetric matrix")
	}
	b := block{vectors: new(mat.Dense), values: eigen.Values(nil)}
	eigen.VectorsTo(b.vectors)
	return b
}

// kept tells whether I - T has a root in eigendirection l. Its largest
// eigenvalue is 1, that of the constant, which centred columns do not span.
func (b block) kept(l int) bool { return 1-b.values[l] > 1e-12 }

// adjust returns (I - T)^(-1/2) w.
func (b block) adjust(w []float64) []float64 {
	return b.apply(w, func(value float64) float64 { return 1 / math.Sqrt(1-value) })
}

// times returns T z for a z that adjust gave.
func (b block) times(z []float64) []float64 {
	return b.apply(z, func(value float64) float64 { return value })
}

// apply returns the symmetric function fn of T, on the directions kept, times w.
func (b block) apply(w []float64, fn func(float64) float64) []float64 {
	out := make([]float64, len(w))
	for l, value := range b.values {
		if !b.kept(l) {
			continue
		}
		scale := fn(value) * b.along(l, w)
		for i := range out {
			out[i] += scale * b.vectors.At(i, l)
		}
	}
	return out
}

// length returns wᵀTw over the directions kept. That is S_gg: the adjustment
// and the removal of the fit cancel. So tr S = wᵀw if no direction is dropped,
// and CR2 is unbiased.
func (b block) length(w []float64) float64 {
	var sum float64
	for l, value := range b.values {
		if b.kept(l) {
			d := b.along(l, w)
			sum += value * d * d
		}
	}
	return sum
}

func (b block) along(l int, w []float64) float64 {
	var dot float64
	for i, v := range w {
		dot += v * b.vectors.At(i, l)
	}
	return dot
}

// satterthwaite gathers tr S and Σ S_ij² cluster by cluster. The squares off
// the diagonal are 2 Σ_h m_hᵀ (Σ_{g<h} m_g m_gᵀ) m_h: every term is positive,
// so nothing cancels, and no G×G matrix is formed.
type satterthwaite struct {
	trace, squares float64
	cross          *mat.SymDense
}

func (s *satterthwaite) add(diagonal float64, m []float64) {
	v := mat.NewVecDense(len(m), m)
	s.trace += diagonal
	s.squares += diagonal*diagonal + 2*mat.Inner(v, s.cross, v)
	s.cross.SymRankOne(s.cross, 1, v)
}
