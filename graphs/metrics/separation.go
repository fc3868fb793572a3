package metrics

import (
	"math"

	"firmties/graphs"
)

// separate tells whether the next eigenvalue of the component lies below the
// given leading one. With x positive that is certain unless some firm has a
// very small value: along a path of D ties between any two firms, the
// distance of the eigenvalues is at least 2·min(x)²/D (the Poincaré inequality
// for the walk that x makes stationary; Diaconis & Stroock 1991,
// doi:10.1214/aoap/1177005980), times the smallest strength. Otherwise a second
// search, at right angles to x, finds the next eigenvalue.
func (l *lanczos) separate(g *graphs.Graph, members []int32, value float64) bool {
	smallest := math.Inf(1)
	for _, x := range l.x {
		smallest = min(smallest, x)
	}
	near := sameEigenvalue * max(1, value)
	if 2*smallest*smallest*l.lightest > 2*near*float64(len(members)) {
		return true
	}
	return l.next(g, members, value) < value-near
}

// next returns the next eigenvalue, or a lower value that is certain to be
// nearer to it than to the leading one.
func (l *lanczos) next(g *graphs.Graph, members []int32, value float64) float64 {
	copy(l.vector(0), l.x)
	l.loose = false
	l.scatter()
	found := math.Inf(-1)
	for range lanczosRestarts {
		l.small.size = 0
		l.step(g, members, 1)
		l.extend(g, members, 1)
		found = l.small.leading()
		missing := l.small.off[l.small.size-1] * math.Abs(l.small.vector[l.small.size-1])
		if value-found > 2*missing || missing <= 1e-12*value {
			break
		}
		l.combine(1)
	}
	return found
}

// scatter sets the first basis vector after x to one at right angles to it,
// without the symmetries of the graph: the fractional parts of multiples of
// the golden ratio.
func (l *lanczos) scatter() {
	for i := range l.w {
		_, fraction := math.Modf(float64(i+1) * math.Phi)
		l.w[i] = fraction - 0.5
	}
	l.orthogonalise(0)
	normalise(l.w)
	copy(l.vector(1), l.w)
}
