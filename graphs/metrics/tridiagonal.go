package metrics

import "math"

// tridiagonal is a small symmetric matrix whose off-diagonal elements are
// positive.
type tridiagonal struct {
	size     int
	diagonal [lanczosSteps]float64
	off      [lanczosSteps]float64 // off[i] couples i and i+1; the last one couples to the outside
	vector   [lanczosSteps]float64 // the leading eigenvector, after leading
}

// leading returns the largest eigenvalue and sets vector to its eigenvector, of
// length 1.
func (t *tridiagonal) leading() float64 {
	value := t.largest()
	shift := value + 1e-14*max(1, math.Abs(t.bound()))
	for i := range t.size {
		t.vector[i] = 1
	}
	for range 3 {
		t.solveShifted(shift)
		normalise(t.vector[:t.size])
	}
	return value
}

// largest finds the largest root of the characteristic polynomial by
// Laguerre's method, which from above converges to it without overshooting.
func (t *tridiagonal) largest() float64 {
	x := t.bound()
	for range 60 {
		p, first, second := t.polynomial(x)
		if p <= 0 {
			break // at the root, or past it by rounding
		}
		n := float64(t.size)
		g := first / p
		h := g*g - second/p
		step := n / (g + math.Sqrt(max(0, (n-1)*(n*h-g*g))))
		if !(step > 2e-16*math.Abs(x)) {
			break
		}
		x -= step
	}
	return x
}

// bound is at least the largest eigenvalue (Gershgorin).
func (t *tridiagonal) bound() float64 {
	bound, left := math.Inf(-1), 0.0
	for i := range t.size {
		right := t.off[i]
		if i == t.size-1 {
			right = 0
		}
		bound = max(bound, t.diagonal[i]+left+right)
		left = right
	}
	return bound
}

// polynomial returns the characteristic polynomial at x and its first two
// derivatives.
func (t *tridiagonal) polynomial(x float64) (p, first, second float64) {
	p = 1
	var p1, first1, second1, coupling float64 // of the matrix one row smaller
	for i := range t.size {
		d := x - t.diagonal[i]
		p2, first2, second2 := p1, first1, second1
		p1, first1, second1 = p, first, second
		p = d*p1 - coupling*p2
		first = p1 + d*first1 - coupling*first2
		second = 2*first1 + d*second1 - coupling*second2
		coupling = t.off[i] * t.off[i]
	}
	return p, first, second
}

// solveShifted solves (shift·I - T) y = vector in place, by elimination without
// exchanges: shift lies above the largest eigenvalue by more than rounding, so
// that the matrix is positive definite.
func (t *tridiagonal) solveShifted(shift float64) {
	var pivot [lanczosSteps]float64
	for i := range t.size {
		pivot[i] = shift - t.diagonal[i]
		if i > 0 {
			factor := t.off[i-1] / pivot[i-1]
			pivot[i] -= factor * t.off[i-1]
			t.vector[i] += factor * t.vector[i-1]
		}
	}
	last := t.size - 1
	t.vector[last] /= pivot[last]
	for i := last - 1; i >= 0; i-- {
		t.vector[i] = (t.vector[i] + t.off[i]*t.vector[i+1]) / pivot[i]
	}
}
