package metrics

import (
	"math"

	"firmties/graphs"
)

// katz counts the walks that end at the firm, one of k steps by a to the power
// of k, that of no step included: (I - aA)⁻¹1 with a half of what would let the
// sum grow without end, 0.5 over the largest eigenvalue of A. Undirected view,
// strengths ignored, not normalised. An isolate has 1. Null without ties. Solved
// by conjugate gradients, some 30 passes over the ties. Katz 1953,
// doi:10.1007/BF02289026. It is igraph's alpha_centrality(exo = 1); NetworkX's
// katz_centrality scales it to length 1 unless normalized = False.
func katz(s *Shared, out []float64) {
	for v := range out {
		out[v] = 1
	}
	s.rank.walks(out, s.undirected(), 0.5/s.leading().value)
	for v, x := range out {
		out[v] = max(1, x) // below it by rounding only
	}
}

// katzIn is katz along arcs, of walks that end at the firm: (I - aA')⁻¹1, with a
// as in katz, from the undirected view. Null on an undirected layer, and without
// ties. Some 50 passes over the arcs. Katz 1953, doi:10.1007/BF02289026. It is
// igraph's alpha_centrality of the directed graph.
func katzIn(s *Shared, out []float64) { katzAlong(out, s.graph, 0.5/s.leading().value) }

// katzAlong solves x_v = 1 + a times the sum of x over those who name v, from
// the newest values. What is left of the error at least halves in each pass.
func katzAlong(x []float64, g *graphs.Graph, a float64) {
	for v := range x {
		x[v] = 1
	}
	for change, pass := 1.0, 0; change > 1e-16 && pass < 200; pass++ {
		change = 0
		for v := range x {
			sum := 0.0
			for _, u := range g.In(v) {
				sum += x[u]
			}
			y := 1 + a*sum
			change = max(change, math.Abs(y-x[v])/y)
			x[v] = y
		}
	}
}

// bonacichPower is how central the firm's partners are, (I - bA)⁻¹A1 with b
// half of what would let the sum grow without end: 0.5 over the largest
// eigenvalue of A. Undirected view, strengths ignored, scaled so that the squares
// sum to n. An isolate has 0. Null without ties. Solved by conjugate gradients,
// some 30 passes over the ties. Bonacich 1987, doi:10.1086/228631. It is sna's
// bonpow and igraph's power_centrality with that exponent.
func bonacichPower(s *Shared, out []float64) { s.bonacich(out, 0.5) }

// bonacichPowerNegative is bonacichPower with b = -0.5 over the largest
// eigenvalue: partners who have few others give power. Values may be negative.
func bonacichPowerNegative(s *Shared, out []float64) { s.bonacich(out, -0.5) }

func (s *Shared) bonacich(out []float64, part float64) {
	degree(s, out)
	s.rank.walks(out, s.undirected(), part/s.leading().value)
	length := math.Sqrt(dot(out, out))
	for v := range out {
		out[v] *= math.Sqrt(float64(s.n)) / length
	}
}

// walks solves (I - bA) x = rhs into rhs by conjugate gradients. With b within
// half the inverse of the largest eigenvalue the matrix is positive definite and
// its condition 3, so that 100 steps are plenty.
func (r *rankScratch) walks(rhs []float64, g *graphs.Graph, b float64) {
	r.resize(len(rhs))
	clear(r.solution)
	copy(r.residual, rhs)
	copy(r.direction, rhs)
	rho := dot(rhs, rhs)
	for step, target := 0, 1e-32*rho; step < 100 && rho > target; step++ {
		for v := range r.direction {
			sum := 0.0
			for _, w := range g.Out(v) {
				sum += r.direction[w]
			}
			r.product[v] = r.direction[v] - b*sum
		}
		length := rho / dot(r.direction, r.product)
		axpy(r.solution, length, r.direction)
		axpy(r.residual, -length, r.product)
		next := dot(r.residual, r.residual)
		for v := range r.direction {
			r.direction[v] = r.residual[v] + next/rho*r.direction[v]
		}
		rho = next
	}
	copy(rhs, r.solution)
}

// subgraphCentrality is the number of closed walks from the firm, one of k steps
// counted 1/k!, that of no step included: the diagonal of exp(A). Undirected
// view, strengths ignored, not normalised. An isolate has 1; beyond the largest
// float64 it is that; never null. Cost n·m times some 30, and n³ times the
// logarithm of the largest eigenvalue where that is above 16. Estrada & Rodriguez-Velazquez 2005,
// doi:10.1103/PhysRevE.71.056103. It is subgraph_centrality in igraph and
// NetworkX of the undirected graph.
func subgraphCentrality(s *Shared, out []float64) {
	graphs.ClosedWalks(out, s.undirected(), s.leading().value, &s.ws)
}
