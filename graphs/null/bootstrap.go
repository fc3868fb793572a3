package null

import (
	"math/rand/v2"

	"firmties/graphs"
)

// Bootstrap draws graphs of nodes that are drawn from the observed graph with
// replacement, tied as those are (Snijders & Borgatti 1999, Connections
// 22(2):61-70); two that are the same node are tied as two nodes of the observed
// graph are that are drawn for the purpose. It says how much a number would
// vary from one set of nodes to another. One goroutine may use it at a time; the
// zero value is ready.
type Bootstrap struct {
	n        int
	directed bool
	tied     bitMatrix
	drawn    []int32
	from, to []int32
	ws       graphs.Workspace
}

// Of makes g the observed graph. It panics if g has more than Largest nodes.
func (b *Bootstrap) Of(g *graphs.Graph) {
	if g.N() > Largest {
		panic("null: bootstrap of a large graph")
	}
	b.n, b.directed = g.N(), g.IsDirected()
	b.tied.resize(b.n)
	for v := range b.n {
		for _, w := range g.Out(v) {
			b.tied.set(int32(v), w)
		}
	}
	b.drawn = make([]int32, b.n)
}

// Draw returns a graph of as many nodes, good until the next draw. Graphs of
// fewer than two nodes are drawn as they are.
func (b *Bootstrap) Draw(rng *rand.Rand) *graphs.Graph {
	b.from, b.to = b.from[:0], b.to[:0]
	if b.n > 1 {
		for i := range b.drawn {
			b.drawn[i] = rng.Int32N(int32(b.n))
		}
		for i := range b.drawn {
			for j := range i {
				b.pair(rng, int32(i), int32(j))
			}
		}
	}
	return graphs.Drawn(b.n, b.directed, b.from, b.to, &b.ws)
}

// pair ties i and j as the nodes are that were drawn for them.
func (b *Bootstrap) pair(rng *rand.Rand, i, j int32) {
	v, w := b.drawn[i], b.drawn[j]
	if v == w {
		v, w = rng.Int32N(int32(b.n)), rng.Int32N(int32(b.n-1))
		if w >= v {
			w++
		}
	}
	if b.tied.has(v, w) {
		b.from, b.to = append(b.from, i), append(b.to, j)
	}
	if b.directed && b.tied.has(w, v) {
		b.from, b.to = append(b.from, j), append(b.to, i)
	}
}
