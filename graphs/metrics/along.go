package metrics

import (
	"math"
	"slices"

	"firmties/graphs"
)

// alongArcs is the leading eigenvector along the arcs of a graph, in the strong
// component that has the largest eigenvalue.
type alongArcs struct {
	vector   []float64
	value    float64 // 0 where no arc lies on a cycle
	repeated bool

	strong  graphs.StrongComponents
	start   []int32 // where each component starts in members
	members []int32
	place   []int32    // of each firm within its component
	arcs    [][2]int32 // within the component, from and to, by place
	x, next []float64
	matrix  []float64
}

func (a *alongArcs) solve(g *graphs.Graph) {
	a.vector = resized(a.vector, g.N())
	clear(a.vector)
	a.value, a.repeated = 0, false
	a.strong.Find(g)
	a.gather()
	var leader []int32
	for c, size := range a.strong.Sizes {
		members := a.members[a.start[c] : a.start[c]+size]
		if size < 2 || float64(a.mostReceived(g, members)) < a.value {
			continue // an eigenvalue is at most the largest number of arcs received
		}
		value := a.perron(g, members)
		near := sameEigenvalue * max(1, value)
		switch {
		case value > a.value+near:
			for _, v := range leader {
				a.vector[v] = 0
			}
			for i, v := range members {
				a.vector[v] = a.x[i]
			}
			a.value, a.repeated, leader = value, false, members
		case value >= a.value-near:
			a.repeated = true
		}
	}
}

// gather lists the members of each component.
func (a *alongArcs) gather() {
	n := len(a.strong.Of)
	a.start = resized(a.start, len(a.strong.Sizes))
	a.members, a.place = resized(a.members, n), resized(a.place, n)
	end := int32(0)
	for c, size := range a.strong.Sizes {
		a.start[c] = end
		end += size
		a.strong.Sizes[c] = 0
	}
	for v, c := range a.strong.Of {
		a.place[v] = a.strong.Sizes[c]
		a.members[a.start[c]+a.place[v]] = int32(v)
		a.strong.Sizes[c]++
	}
}

func (a *alongArcs) mostReceived(g *graphs.Graph, members []int32) int {
	most := 0
	for _, v := range members {
		most = max(most, len(g.In(int(v))))
	}
	return most
}

// powerSteps is how many steps of the power method are tried before the
// eigenvector is found by solving linear systems, and stepsAtOnce how many are
// taken before it is looked whether they are enough.
const (
	powerSteps  = 300
	stepsAtOnce = 4
)

// perron sets x to the left Perron vector of a component, of length 1, and
// returns its eigenvalue. It lies between the least and the greatest ratio of a
// firm's sum over those who name it to its own value (Collatz 1942), so that it
// is found when these agree.
func (a *alongArcs) perron(g *graphs.Graph, members []int32) float64 {
	k := len(members)
	a.x, a.next = resized(a.x, k), resized(a.next, k)
	for i := range a.x {
		a.x[i] = 1
	}
	a.take(g, members)
	a.multiply()
	least, greatest := a.ratios()
	for step := 0; step < powerSteps && greatest-least > 2e-15*greatest; step += stepsAtOnce {
		for range stepsAtOnce {
			for i, y := range a.next {
				a.x[i] += y // the matrix plus 1, whose powers converge where there are only long cycles
			}
			a.multiply()
		}
		a.rescale()
		least, greatest = a.ratios()
	}
	if greatest-least > 1e-14*greatest {
		least, greatest = a.invert(greatest)
	}
	normalise(a.x)
	return (least + greatest) / 2
}

// take lists the arcs within a component. Those of a firm that names others come
// together, so that one sum need not wait for itself.
func (a *alongArcs) take(g *graphs.Graph, members []int32) {
	a.arcs = a.arcs[:0]
	c := a.strong.Of[members[0]]
	for i, v := range members {
		for _, w := range g.Out(int(v)) {
			if a.strong.Of[w] == c {
				a.arcs = append(a.arcs, [2]int32{int32(i), a.place[w]})
			}
		}
	}
}

// multiply sets next to the sums of x over the firms that name each.
func (a *alongArcs) multiply() {
	x, next := a.x, a.next
	clear(next)
	for _, arc := range a.arcs {
		next[arc[1]] += x[arc[0]]
	}
}

// rescale divides x and next by the largest value of x.
func (a *alongArcs) rescale() {
	scale := 1 / slices.Max(a.x)
	for i := range a.x {
		a.x[i] *= scale
		a.next[i] *= scale
	}
}

// ratios returns the least and the greatest ratio of next to x.
func (a *alongArcs) ratios() (least, greatest float64) {
	least = math.Inf(1)
	for i, y := range a.next {
		ratio := y / a.x[i]
		least, greatest = min(least, ratio), max(greatest, ratio)
	}
	return least, greatest
}

// invert improves x by inverse iteration with the greatest ratio as the shift,
// which keeps it positive and converges quadratically (Noda 1971,
// doi:10.1007/BF01436383), until rounding stops it.
func (a *alongArcs) invert(shift float64) (least, greatest float64) {
	width := math.Inf(1)
	for range 100 {
		a.fill(shift)
		a.eliminate(1e-16 * shift)
		normalise(a.x)
		a.multiply()
		least, greatest = a.ratios()
		next := greatest - least
		if next <= 2e-15*greatest || next >= width && width <= 1e-10*greatest {
			break
		}
		shift, width = greatest, next
	}
	return least, greatest
}

// fill sets the matrix to the shift less the transpose of the adjacency matrix.
func (a *alongArcs) fill(shift float64) {
	k := len(a.x)
	a.matrix = resized(a.matrix, k*k)
	clear(a.matrix)
	for i := range k {
		a.matrix[i*k+i] = shift
	}
	for _, arc := range a.arcs {
		a.matrix[int(arc[1])*k+int(arc[0])] = -1
	}
}

// eliminate solves matrix·y = x into x. With a shift at or above the eigenvalue
// no exchange is needed: all pivots are positive, but for rounding in the last,
// which is taken to be tiny at least.
func (a *alongArcs) eliminate(tiny float64) {
	k := len(a.x)
	row := func(i int) []float64 { return a.matrix[i*k : (i+1)*k] }
	for j := range k {
		pivot := row(j)
		pivot[j] = max(pivot[j], tiny)
		for i := j + 1; i < k; i++ {
			r := row(i)
			if r[j] != 0 {
				factor := r[j] / pivot[j]
				axpy(r[j+1:], -factor, pivot[j+1:])
				a.x[i] -= factor * a.x[j]
			}
		}
	}
	largest := 0.0
	for i := k - 1; i >= 0; i-- {
		r := row(i)
		a.x[i] = (a.x[i] - dot(r[i+1:], a.x[i+1:])) / r[i]
		if i == k-1 {
			largest = a.x[i]
		}
	}
	for i := range a.x {
		a.x[i] /= largest
	}
}
