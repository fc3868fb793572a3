package metrics

import (
	"math"

	"firmties/graphs"
)

// damping is the share of walkers who follow a tie rather than jump to a firm
// at random (Brin & Page 1998).
const damping = 0.85

// rankScratch holds the vectors of the linear solvers.
type rankScratch struct {
	solution, residual, direction, product, scale []float64

	strongest []float64 // of each firm: its largest strength sent
	parts     []float64 // of the arcs received by each firm, one after another: their strength over the strongest of the sender
}

// pagerank is the share of time that a walker spends at the firm, who at each
// step follows one of the firm's ties at random with probability 0.85 and
// otherwise, or where there is no tie, jumps to any firm. Undirected view,
// strengths ignored; values sum to 1. Null never. Solved by conjugate
// gradients to a residual of 1e-15 relative: some 40 passes over the ties.
// Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X. It is page_rank in
// igraph and pagerank in NetworkX of the undirected graph.
func pagerank(s *Shared, out []float64) { s.rank.undirected(out, s.undirected()) }

// pagerankDirected is pagerank along the arcs: a firm is visited by way of
// those who name it. Null on an undirected layer. Solved by Gauss-Seidel
// iteration until no value changes by more than 1e-14 of itself.
func pagerankDirected(s *Shared, out []float64) { s.rank.directed(out, s.graph) }

// undirected solves (D - 0.85 A) x = 1, whose matrix is symmetric and positive
// definite with D the degrees (1 for an isolate); the rank is D x, scaled to
// sum 1, because jumps and walkers without a tie spread evenly. The
// preconditioned matrix has condition 12, so that 200 iterations are plenty.
func (r *rankScratch) undirected(out []float64, g *graphs.Graph) {
	n := len(out)
	r.resize(n)
	rho, target := 0.0, 0.0
	for v := range n {
		r.scale[v] = 1 / float64(max(1, len(g.Out(v))))
		r.solution[v], r.residual[v], r.direction[v] = 0, 1, r.scale[v]
		rho += r.scale[v]
	}
	target = 1e-30 * rho
	for step := 0; step < 200 && rho > target; step++ {
		rho = r.conjugateStep(g, rho)
	}
	for v := range out {
		out[v] = r.solution[v] / r.scale[v]
	}
	toSumOne(out)
}

// conjugateStep improves the solution along the direction and returns the
// square of the preconditioned residual.
func (r *rankScratch) conjugateStep(g *graphs.Graph, rho float64) float64 {
	curvature := 0.0
	for v := range r.direction {
		sum := 0.0
		for _, w := range g.Out(v) {
			sum += r.direction[w]
		}
		r.product[v] = r.direction[v]*float64(max(1, len(g.Out(v)))) - damping*sum
		curvature += r.direction[v] * r.product[v]
	}
	step, next := rho/curvature, 0.0
	for v := range r.direction {
		r.solution[v] += step * r.direction[v]
		r.residual[v] -= step * r.product[v]
		next += r.residual[v] * r.residual[v] * r.scale[v]
	}
	for v := range r.direction {
		r.direction[v] = r.residual[v]*r.scale[v] + next/rho*r.direction[v]
	}
	return next
}

// directed solves x_v = 1 + 0.85 times the sum over arcs u->v of
// x_u/outdegree(u), scaled to sum 1. Whatever the arcs are, what leaks by jumps
// and firms that name nobody must equal the n that comes in; scaling to that
// after each pass takes away the slowest part of the error. What is left
// shrinks by 0.85 a pass or faster, so that 1,000 passes are plenty.
func (r *rankScratch) directed(out []float64, g *graphs.Graph) {
	r.resize(len(out))
	for v := range out {
		out[v] = 1
		r.scale[v] = damping / float64(max(1, len(g.Out(v))))
		r.solution[v] = r.scale[v] // out[v]·scale[v]
	}
	for pass := 0; pass < 1000 && r.seidelPass(out, g, nil); pass++ {
	}
	toSumOne(out)
}

// settled is the part of itself by which a value may still change in a pass.
const settled = 1e-14

// seidelPass improves every value from the newest of the others, and tells
// whether one changed by more than it may. Parts, if not nil, are what each firm
// passes on along each arc received, as they stand in the graph; otherwise all
// arcs that a firm sends are alike.
func (r *rankScratch) seidelPass(out []float64, g *graphs.Graph, parts []float64) bool {
	changed, leak := false, 0.0
	for v := range out {
		x, from := 1.0, g.In(v)
		if parts == nil {
			for _, u := range from {
				x += r.solution[u]
			}
		} else {
			for i, part := range parts[:len(from)] {
				x += r.solution[from[i]] * part
			}
			parts = parts[len(from):]
		}
		changed = changed || math.Abs(x-out[v]) > settled*x
		out[v] = x
		r.solution[v] = x * r.scale[v]
		leak += x
		if len(g.Out(v)) > 0 {
			leak -= damping * x
		}
	}
	factor := float64(len(out)) / leak
	for v := range out {
		out[v] *= factor
		r.solution[v] *= factor
	}
	return changed
}

func (r *rankScratch) resize(n int) {
	r.solution, r.residual = resized(r.solution, n), resized(r.residual, n)
	r.direction, r.product = resized(r.direction, n), resized(r.product, n)
	r.scale = resized(r.scale, n)
}

func toSumOne(x []float64) {
	sum := 0.0
	for _, y := range x {
		sum += y
	}
	for v := range x {
		x[v] /= sum
	}
}
