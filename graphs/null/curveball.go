package null

import (
	"math/rand/v2"

	"firmties/graphs"
)

// tradesPerNode is how many trades are made for each node before an incidence
// counts as drawn.
const tradesPerNode = 10

// incidence is a two-mode graph being drawn: the nodes of each event, or the
// events of each node, whichever are fewer rows.
type incidence struct {
	observed  *graphs.Incidence
	rows      [][]int32
	memory    []int32
	byEvent   bool
	place     []int8 // of each entry: in the first row, the second, or both
	pool      []int32
	turned    [][]int32
	turnedMem []int32
}

func (in *incidence) observe(g *graphs.Incidence) {
	in.observed = g
	in.byEvent = g.M() < g.N()
	entries := g.M()
	if in.byEvent {
		entries = g.N()
	}
	in.place = append(in.place[:0], make([]int8, entries)...)
}

// trade draws an incidence with the observed margins by curveball trades: two
// rows put what only one of them has into a pool, and draw from it as many as
// each put in (Strona et al. 2014, doi:10.1038/ncomms5114; uniform by Carstens
// 2015, doi:10.1103/PhysRevE.91.042812).
func (in *incidence) trade(rng *rand.Rand) {
	in.reset()
	n := len(in.rows)
	if n < 2 {
		return
	}
	for range tradesPerNode * n {
		i := rng.IntN(n)
		j := rng.IntN(n - 1)
		if j >= i {
			j++
		}
		in.tradeRows(rng, in.rows[i], in.rows[j])
	}
}

// reset copies the observed rows.
func (in *incidence) reset() {
	g := in.observed
	in.rows, in.memory = in.rows[:0], in.memory[:0]
	if cap(in.memory) < g.Memberships() {
		in.memory = make([]int32, 0, g.Memberships())
	}
	row, n := g.Events, g.N()
	if in.byEvent {
		row, n = g.Nodes, g.M()
	}
	for i := range n {
		first := len(in.memory)
		in.memory = append(in.memory, row(i)...)
		in.rows = append(in.rows, in.memory[first:])
	}
}

func (in *incidence) tradeRows(rng *rand.Rand, a, b []int32) {
	for _, x := range a {
		in.place[x] |= 1
	}
	for _, x := range b {
		in.place[x] |= 2
	}
	in.pool = in.pool[:0]
	kept := own(a, 1, in)
	own(b, 2, in)
	for _, x := range a {
		in.place[x] = 0
	}
	for _, x := range b {
		in.place[x] = 0
	}
	for _, x := range in.pool {
		in.place[x] = 0
	}
	mine := a[kept:]
	for i := range mine {
		j := i + rng.IntN(len(in.pool)-i)
		in.pool[i], in.pool[j] = in.pool[j], in.pool[i]
	}
	copy(mine, in.pool)
	copy(b[len(b)-(len(in.pool)-len(mine)):], in.pool[len(mine):])
}

// own moves what only this row has to its end, adds it to the pool, and returns
// where it starts.
func own(row []int32, which int8, in *incidence) int {
	kept := 0
	for i, x := range row {
		if in.place[x] == 3 {
			row[i], row[kept] = row[kept], x
			kept++
		}
	}
	in.pool = append(in.pool, row[kept:]...)
	return kept
}

// nodes are the nodes of each event.
func (in *incidence) nodes() [][]int32 {
	if in.byEvent {
		return in.rows
	}
	in.turn()
	return in.turned
}

// turn lists the nodes of each event from the events of each node.
func (in *incidence) turn() {
	g := in.observed
	in.turned = in.turned[:0]
	if cap(in.turnedMem) < g.Memberships() {
		in.turnedMem = make([]int32, g.Memberships())
	}
	at := 0
	for e := range g.M() {
		size := len(g.Nodes(e))
		in.turned = append(in.turned, in.turnedMem[at:at:at+size])
		at += size
	}
	for v, events := range in.rows {
		for _, e := range events {
			in.turned[e] = append(in.turned[e], int32(v))
		}
	}
}

// project ties the nodes that share an event.
func (e *Ensemble) project() {
	e.begin()
	for _, nodes := range e.events.nodes() {
		for i, v := range nodes {
			for _, w := range nodes[:i] {
				if !e.tied.has(v, w) {
					e.tie(v, w)
				}
			}
		}
	}
}

// Incidence returns what the last graph drawn for the reference TwoMode is a
// projection of.
func (e *Ensemble) Incidence() *graphs.Incidence {
	e.members = e.members[:0]
	for event, nodes := range e.events.nodes() {
		for _, v := range nodes {
			e.members = append(e.members, graphs.Membership{Node: v, Event: int32(event)})
		}
	}
	return graphs.NewIncidence(e.n, e.events.observed.M(), e.members)
}
