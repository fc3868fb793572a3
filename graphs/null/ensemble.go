package null

import (
	"fmt"
	"math/rand/v2"

	"firmties/graphs"
)

// Largest is the number of nodes up to which graphs are drawn.
const Largest = 5000

// Ensemble draws random graphs. It reuses its memory; one goroutine may use it
// at a time. The zero value is ready.
type Ensemble struct {
	n         int
	directed  bool
	reference Reference

	from, to []int32 // the ties of the observed graph

	// The ties of the graph being drawn, and the same as bits.
	head, tail []int32
	tied       bitMatrix

	events  incidence
	nodes   []int32
	members []graphs.Membership
	ws      graphs.Workspace
}

// Of makes g the observed graph. It panics if g has more than Largest nodes, or
// the reference does not serve it.
func (e *Ensemble) Of(g *graphs.Graph, r Reference) {
	if g.N() > Largest || !r.Serves(g.IsDirected(), false) {
		panic(fmt.Sprintf("null: reference %s of a graph of %d nodes, directed %t", r, g.N(), g.IsDirected()))
	}
	e.n, e.directed, e.reference = g.N(), g.IsDirected(), r
	e.from, e.to = e.from[:0], e.to[:0]
	for a := range g.All() {
		e.from, e.to = append(e.from, a.From), append(e.to, a.To)
	}
	e.start()
}

// OfEvents makes the projection of in the observed graph, with its events for
// the reference. It panics if in has more than Largest nodes.
func (e *Ensemble) OfEvents(in *graphs.Incidence) {
	if in.N() > Largest {
		panic(fmt.Sprintf("null: events of %d nodes", in.N()))
	}
	e.n, e.directed, e.reference = in.N(), false, TwoMode
	e.events.observe(in)
	e.start()
}

// start forgets the last graph drawn.
func (e *Ensemble) start() {
	e.head, e.tail = e.head[:0], e.tail[:0]
	e.tied.resize(e.n)
}

// Draw returns a random graph, good until the next draw.
func (e *Ensemble) Draw(rng *rand.Rand) *graphs.Graph {
	switch e.reference {
	case SizeDensity:
		e.drawTies(rng)
	case DyadCensus:
		e.drawDyads(rng)
	case DegreeSequence:
		e.rewire(rng)
	case OutDegree:
		e.drawTargets(rng)
	case TwoMode:
		e.events.trade(rng)
		e.project()
	}
	return graphs.Drawn(e.n, e.directed, e.head, e.tail, &e.ws)
}

// begin starts a graph without ties.
func (e *Ensemble) begin() {
	e.untie()
	e.head, e.tail = e.head[:0], e.tail[:0]
}

// untie clears the bits of the ties.
func (e *Ensemble) untie() {
	for i, v := range e.head {
		e.tied.clear(v, e.tail[i])
		e.tied.clear(e.tail[i], v)
	}
}

// tie adds a tie.
func (e *Ensemble) tie(v, w int32) {
	e.head, e.tail = append(e.head, v), append(e.tail, w)
	e.tied.set(v, w)
	if !e.directed {
		e.tied.set(w, v)
	}
}

// bitMatrix is a square matrix of bits.
type bitMatrix struct {
	words int // of a row
	bits  []uint64
}

func (m *bitMatrix) resize(n int) {
	m.words = (n + 63) / 64
	if size := n * m.words; cap(m.bits) < size {
		m.bits = make([]uint64, size)
	} else {
		m.bits = m.bits[:size]
		clear(m.bits)
	}
}

func (m *bitMatrix) at(v, w int32) (word *uint64, bit uint64) {
	return &m.bits[int(v)*m.words+int(w>>6)], 1 << (w & 63)
}

func (m *bitMatrix) has(v, w int32) bool { word, bit := m.at(v, w); return *word&bit != 0 }
func (m *bitMatrix) set(v, w int32)      { word, bit := m.at(v, w); *word |= bit }
func (m *bitMatrix) clear(v, w int32)    { word, bit := m.at(v, w); *word &^= bit }
