package graphs

import (
	"math"
	"slices"
)

// Holes holds Burt's measures of what a node's partners share, on an undirected
// graph with strengths. Measure fills it; its slices are reused. All are 0 for
// an isolate.
type Holes struct {
	// Constraint is the sum over partners j of c_j = (p_j + sum over partners q of
	// both of p_q·p_qj)², p_qj being the strength of q's tie to j over the sum of
	// the strengths of q's ties.
	Constraint []float64
	// EffectiveSize is the sum over partners j of 1 less the sum over partners q
	// of both of p_q times the strength of j's tie to q over that of j's strongest
	// tie.
	EffectiveSize []float64
	// Hierarchy is how uneven the c_j are where every strength is 1: the sum of
	// r_j ln r_j over d ln d, with r_j = d·c_j/Constraint and d the number of
	// partners; 0 where d < 2. With other strengths it is left as it was.
	Hierarchy []float64
}

// markScratch is what a node knows of the nodes around it while it is looked
// at.
type markScratch struct {
	position []int32   // of each node: 1 + its place among the partners, or 0
	met      []int32   // of each node: how often
	total    []float64 // of each node: the sum of its strengths over the largest of them
	largest  []float64 // of each node: its largest strength
	around   []float64 // of each partner
	root     []float64 // of each tie: the cube root of its strength
	share    []float64 // of each tie: the part of the strengths of its node that it has
}

func (m *markScratch) resize(n int) {
	m.position, m.met = resized(m.position, n), resized(m.met, n)
	m.total, m.largest = resized(m.total, n), resized(m.largest, n)
	m.around = resized(m.around, n)
	clear(m.position)
	clear(m.met)
}

// mark gives the partners their positions; unmark takes them away.
func (m *markScratch) mark(partners []int32) {
	for i, w := range partners {
		m.position[w] = int32(i + 1)
	}
}

func (m *markScratch) unmark(partners []int32) {
	for _, w := range partners {
		m.position[w] = 0
	}
}

// weigh sets the largest strength and the total of each node. Strengths are
// divided by the largest first, so that no sum is beyond a float64.
func (m *markScratch) weigh(g *Graph, weighted bool) {
	for v := range g.N() {
		m.largest[v], m.total[v] = 1, float64(len(g.Out(v)))
		if s := g.OutStrengths(v); weighted && len(s) > 0 {
			m.largest[v], m.total[v] = slices.Max(s), 0
			for _, x := range s {
				m.total[v] += x / m.largest[v]
			}
		}
	}
}

// Measure computes the measures, with every strength 1 unless weighted: one
// step for each pair of ties with a node in common. It panics if g is directed.
func (h *Holes) Measure(g *Graph, weighted bool, ws *Workspace) {
	mustBeUndirected("Holes", g)
	n := g.N()
	h.Constraint, h.EffectiveSize = resized(h.Constraint, n), resized(h.EffectiveSize, n)
	h.Hierarchy = resized(h.Hierarchy, n)
	m := &ws.marks
	m.resize(n)
	m.weigh(g, weighted)
	m.shares(g, weighted)
	for v := range n {
		h.EffectiveSize[v] = float64(len(g.Out(v))) - m.redundancy(g, v, weighted)
		parts := m.around[:len(g.Out(v))]
		h.Constraint[v] = 0
		for _, x := range parts {
			h.Constraint[v] += x * x
		}
		if !weighted {
			h.Hierarchy[v] = unevenness(parts, h.Constraint[v])
		}
	}
}

// shares sets share to the part of v's strengths that each of its ties has.
func (m *markScratch) shares(g *Graph, weighted bool) {
	m.share = resized(m.share, len(g.out.node))
	for v := range g.N() {
		row := m.share[g.out.start[v]:g.out.start[v+1]]
		for i := range row {
			row[i] = m.relative(g, v, i, int32(v), weighted) / m.total[v]
		}
	}
}

// relative is the strength of the i-th tie of v over that of the strongest of w,
// one of its ends.
func (m *markScratch) relative(g *Graph, v, i int, w int32, weighted bool) float64 {
	if s := g.OutStrengths(v); weighted && s != nil {
		return s[i] / m.largest[w]
	}
	return 1
}

// redundancy returns how much of v's ties is redundant, and leaves in around
// the square root of each partner's part of the constraint.
func (m *markScratch) redundancy(g *Graph, v int, weighted bool) float64 {
	partners, own := g.Out(v), m.share[g.out.start[v]:]
	m.mark(partners)
	redundant := 0.0
	direct := m.around[:copy(m.around, own[:len(partners)])]
	if len(partners) == 1 {
		partners = nil // nobody else to be redundant with
	}
	for i, q := range partners {
		first := g.out.start[q]
		for k, j := range g.Out(int(q)) {
			at := m.position[j]
			if at == 0 {
				continue
			}
			direct[at-1] += own[i] * m.share[first+int64(k)]
			redundant += own[i] * m.relative(g, int(q), k, j, weighted)
		}
	}
	m.unmark(g.Out(v))
	return redundant
}

// unevenness returns how uneven the squares of x are, which add up to sum.
func unevenness(x []float64, sum float64) float64 {
	if len(x) < 2 {
		return 0
	}
	d, uneven := float64(len(x)), 0.0
	for _, y := range x {
		if r := d * (y * y / sum); r > 0 {
			uneven += r * math.Log(r)
		}
	}
	return uneven / (d * math.Log(d))
}

// EgoConstraint sets dst[v] to Burt's constraint with all proportions taken
// within the graph of v and its partners, every strength being 1. It panics if
// g is directed.
func EgoConstraint(dst []float64, g *Graph, ws *Workspace) {
	mustBeUndirected("EgoConstraint", g)
	checkLen("EgoConstraint", len(dst), g)
	if g.N() <= 64 {
		ws.rows.take(g)
		for v := range dst {
			dst[v] = ws.rows.constraint(v)
		}
		return
	}
	m := &ws.marks
	m.resize(g.N())
	for v := range dst {
		dst[v] = m.egoConstraint(g, v)
	}
}

func (m *markScratch) egoConstraint(g *Graph, v int) float64 {
	partners := g.Out(v)
	if len(partners) == 1 {
		return 1
	}
	m.mark(partners)
	for i, q := range partners {
		inside := 1 // v itself
		for _, j := range g.Out(int(q)) {
			if m.position[j] != 0 {
				inside++
			}
		}
		m.around[i] = 1 / float64(inside)
	}
	sum := 0.0
	for _, q := range partners {
		x := 1.0
		for _, j := range g.Out(int(q)) {
			if at := m.position[j]; at != 0 {
				x += m.around[at-1]
			}
		}
		sum += x * x
	}
	m.unmark(partners)
	d := float64(max(1, len(partners)))
	return sum / (d * d)
}
