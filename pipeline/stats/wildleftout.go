package stats

import (
	"errors"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// ErrOneClusterControl is what leaving out a cluster fails with where a
// control is known from that cluster alone.
var ErrOneClusterControl = errors.New("without one of the clusters a control has no estimate")

// leftOut turns restricted residuals into those of the restricted fit without
// the row's own cluster. With Z the columns less the contrast's direction, they
// are e_g + Z_g (I - Z_gᵀZ_g)⁻¹ Z_gᵀe_g.
func (s *sandwich) leftOut(contrast, errors []float64) ([]float64, error) {
	k := len(s.q)
	out := slices.Clone(errors)
	q := make([][]float64, k)
	for g := range s.clusters.Len() {
		for l := range q {
			q[l] = s.clusters.Of(s.q[l], g)
		}
		scores := besides(contrast, project(q, s.clusters.Of(errors, g)))
		left := mat.NewSymDense(k, nil) // I - ΠQ_gᵀQ_gΠ, Π taking out the contrast
		for l := range k {
			row := make([]float64, k)
			row[l] = 1
			seen := besides(contrast, project(q, times(q, besides(contrast, row))))
			for m := range l + 1 {
				left.SetSym(m, l, btof(l == m)-seen[m])
			}
		}
		var cholesky mat.Cholesky
		if !cholesky.Factorize(left) || cholesky.Cond() > 1/negligible {
			return nil, ErrOneClusterControl
		}
		var solved mat.VecDense
		if err := cholesky.SolveVecTo(&solved, mat.NewVecDense(k, scores)); err != nil {
			return nil, ErrOneClusterControl
		}
		floats.Add(s.clusters.Of(out, g), times(q, solved.RawVector().Data))
	}
	return out, nil
}

// besides returns v less its part along a direction.
func besides(direction, v []float64) []float64 {
	out := slices.Clone(v)
	floats.AddScaled(out, -floats.Dot(direction, v)/floats.Dot(direction, direction), direction)
	return out
}
