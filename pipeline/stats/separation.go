package stats

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// SeparatedError says that a combination of the regressors and effects
// predicts outcomes without error: the likelihood rises for ever along it, and
// has no maximum.
type SeparatedError struct {
	Predicted int // rows, or comparisons of rows, that are predicted without error
	Of        int
}

func (e *SeparatedError) Error() string {
	return fmt.Sprintf("the regressors separate the outcome: %d of %d are predicted without error", e.Predicted, e.Of)
}

// separated fails with *SeparatedError if there is a direction of coefficients
// along which no row's likelihood falls and some row's rises.
//
// A row with an event wants its linear predictor up, one without wants it
// down; signs says both where a row is hurt by either, as an inner count.
func (d *design) separated(signs func(i int) (up, down bool)) error {
	q, _ := thinQR(d.columns)
	var wanted [][]float64
	row := make([]float64, len(q))
	for i := range q[0] {
		for l := range q {
			row[l] = q[l][i]
		}
		up, down := signs(i)
		if up {
			wanted = append(wanted, append([]float64(nil), row...))
		}
		if down {
			floats.Scale(-1, row)
			wanted = append(wanted, append([]float64(nil), row...))
		}
	}
	return separate(wanted)
}

// separate fails with *SeparatedError if some direction b has zᵀb ≥ 0 for all
// the vectors z and > 0 for one of them.
//
// That is the linear programme of Konis (2007), decided through its dual: there
// is no such direction if and only if Σ λ_i z_i = 0 for some λ all of which are
// at least 1 (Stiemke). The closest to it, min |Σ (1+μ_i) z_i| over μ ≥ 0, is a
// problem of nonnegative least squares in as many rows as there are columns
// (Lawson & Hanson 1974, chapter 23), and what is left at its solution is the
// direction.
func separate(z [][]float64) error {
	var units [][]float64
	for _, v := range z {
		if length := floats.Norm(v, 2); length > negligible {
			floats.Scale(1/length, v)
			units = append(units, v)
		}
	}
	if len(units) == 0 {
		return nil
	}
	left := nonnegativeRest(units)
	length := floats.Norm(left, 2)
	if length <= 1e-8*float64(len(units)) {
		return nil
	}
	predicted := 0
	for _, v := range units {
		switch along := floats.Dot(v, left) / length; {
		case along < -1e-7:
			return nil // not a direction: the solver stopped early
		case along > 1e-7:
			predicted++
		}
	}
	if predicted == 0 {
		return nil
	}
	return &SeparatedError{predicted, len(units)}
}

// nonnegativeRest returns Σ (1+μ_i) z_i of least length over μ ≥ 0, by the
// active-set method of Lawson and Hanson.
func nonnegativeRest(z [][]float64) []float64 {
	k := len(z[0])
	target := make([]float64, k)
	for _, v := range z {
		floats.Sub(target, v)
	}
	var active []int
	mu := make([]float64, len(z))
	rest := append([]float64(nil), target...) // target - Σ μ z, the negative of what is sought
	for range 3*len(z) + 3*k {
		if floats.Norm(rest, 2) <= negligible*float64(len(z)) {
			break
		}
		entering := steepest(z, rest, mu)
		if entering < 0 || len(active) == k {
			break
		}
		active = append(active, entering)
		active = settle(z, target, active, mu)
		copy(rest, target)
		for _, i := range active {
			floats.AddScaled(rest, -mu[i], z[i])
		}
	}
	floats.Scale(-1, rest)
	return rest
}

// steepest returns the vector at zero that shortens the rest most, or -1.
func steepest(z [][]float64, rest, mu []float64) int {
	best, most := -1, 1e-9*floats.Norm(rest, 2)
	for i, v := range z {
		if mu[i] == 0 {
			if along := floats.Dot(v, rest); along > most {
				best, most = i, along
			}
		}
	}
	return best
}

// settle moves to the least-squares weights of the active vectors, dropping
// one whenever it would turn negative on the way. It returns the ones left.
func settle(z [][]float64, target []float64, active []int, mu []float64) []int {
	for len(active) > 0 {
		columns := make([][]float64, len(active))
		for l, i := range active {
			columns[l] = z[i]
		}
		q, r := thinQR(columns)
		want := rows(inverseUpper(r), project(q, target))
		share, blocking := 1.0, -1
		for l, i := range active {
			if want[l] > 0 {
				continue
			}
			if s := mu[i] / (mu[i] - want[l]); blocking < 0 || s < share {
				share, blocking = s, l
			}
		}
		for l, i := range active {
			mu[i] += share * (want[l] - mu[i])
		}
		if blocking < 0 {
			return active
		}
		mu[active[blocking]] = 0
		active = slices.Delete(active, blocking, blocking+1)
	}
	return active
}
