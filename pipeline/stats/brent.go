package stats

import "math"

// minimiseOn returns where a function with one minimum on an interval has it, by
// golden section and parabolas (Brent 1973, chapter 5). As rounding hides the
// minimum's place beyond half the digits, the tolerance is above 1e-8.
func minimiseOn(f func(float64) float64, low, high, tolerance float64) float64 {
	const golden = 0.3819660112501051 // (3-√5)/2
	x := low + golden*(high-low)
	w, v := x, x
	fx := f(x)
	fw, fv := fx, fx
	var step, before float64
	for range 200 {
		middle := (low + high) / 2
		least := tolerance * (math.Abs(x) + 1)
		if math.Abs(x-middle) <= 2*least-(high-low)/2 {
			break
		}
		next, parabolic := parabola(x, w, v, fx, fw, fv)
		if parabolic && math.Abs(next) < math.Abs(before)/2 && x+next > low && x+next < high {
			before, step = step, next
		} else {
			before = high - x
			if x >= middle {
				before = low - x
			}
			step = golden * before
		}
		u := x + math.Copysign(max(math.Abs(step), least), step)
		fu := f(u)
		if fu <= fx {
			if u >= x {
				low = x
			} else {
				high = x
			}
			v, fv, w, fw, x, fx = w, fw, x, fx, u, fu
			continue
		}
		if u < x {
			low = u
		} else {
			high = u
		}
		if fu <= fw || w == x {
			v, fv, w, fw = w, fw, u, fu
		} else if fu <= fv || v == x || v == w {
			v, fv = u, fu
		}
	}
	return x
}

// parabola returns the step from x to the vertex of the parabola through three
// points, and false where there is none.
func parabola(x, w, v, fx, fw, fv float64) (step float64, ok bool) {
	r := (x - w) * (fx - fv)
	q := (x - v) * (fx - fw)
	p := (x-v)*q - (x-w)*r
	q = 2 * (q - r)
	if q == 0 {
		return 0, false
	}
	return -p / q, true
}
