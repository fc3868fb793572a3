package graphs

import "math/bits"

// Egos holds, for each node of an undirected graph, measures of the graph that
// its partners induce, the node itself left out. Measure fills it; its slices
// are reused.
type Egos struct {
	// Betweenness is the sum over the pairs of partners that are not tied of 1/(1
	// + the number of other partners tied to both).
	Betweenness []float64
	// Efficiency is the mean over ordered pairs of partners of 1/distance among
	// the partners, 0 where there is no path; 0 for fewer than two partners.
	Efficiency []float64
}

// egoScratch is the graph of a node's partners, as rows of bits.
type egoScratch struct {
	words             int      // in a row
	rows              []uint64 // the partners of each partner
	degree            []int
	seen, front, next []uint64
}

// Measure takes for each node of d partners up to d³/64 steps. It panics if g
// is directed.
func (e *Egos) Measure(g *Graph, ws *Workspace) {
	mustBeUndirected("Egos", g)
	n := g.N()
	e.Betweenness, e.Efficiency = resized(e.Betweenness, n), resized(e.Efficiency, n)
	if n <= 64 {
		ws.rows.take(g)
		e.measureWords(&ws.rows)
		return
	}
	ws.marks.resize(n)
	x := &ws.ego
	for v := range n {
		d := len(g.Out(v))
		x.induce(g, v, &ws.marks)
		e.Betweenness[v] = x.betweenness()
		e.Efficiency[v] = x.efficiency() / float64(max(1, d*(d-1)))
	}
}

// induce sets the rows to the ties among the partners of v.
func (x *egoScratch) induce(g *Graph, v int, m *markScratch) {
	partners := g.Out(v)
	d := len(partners)
	x.words = (d + 63) / 64
	x.rows, x.degree = resized(x.rows, d*x.words), resized(x.degree, d)
	x.seen, x.front, x.next = resized(x.seen, x.words), resized(x.front, x.words), resized(x.next, x.words)
	clear(x.rows)
	clear(x.degree)
	m.mark(partners)
	for i, w := range partners {
		row := x.row(i)
		for _, u := range g.Out(int(w)) {
			if at := m.position[u]; at != 0 {
				row[(at-1)/64] |= 1 << ((at - 1) % 64)
				x.degree[i]++
			}
		}
	}
	m.unmark(partners)
}

func (x *egoScratch) row(i int) []uint64 { return x.rows[i*x.words : (i+1)*x.words] }

// betweenness adds up what each pair that is not tied gives.
func (x *egoScratch) betweenness() float64 {
	sum := 0.0
	for i := range x.degree {
		row := x.row(i)
		for j := range i {
			if row[j/64]>>(j%64)&1 != 0 {
				continue
			}
			between := 1
			if x.degree[i] > 0 && x.degree[j] > 0 {
				for k, word := range x.row(j) {
					between += bits.OnesCount64(word & row[k])
				}
			}
			sum += 1 / float64(between)
		}
	}
	return sum
}

// efficiency adds up 1/distance over the ordered pairs.
func (x *egoScratch) efficiency() float64 {
	sum := 0.0
	for i, d := range x.degree {
		if d == 0 {
			continue
		}
		clear(x.seen)
		clear(x.front)
		x.seen[i/64], x.front[i/64] = 1<<(i%64), 1<<(i%64)
		for distance := 1; ; distance++ {
			arrived := x.spread()
			if arrived == 0 {
				break
			}
			sum += float64(arrived) / float64(distance)
		}
	}
	return sum
}

// spread moves the search one tie further and returns how many it reaches.
func (x *egoScratch) spread() int {
	clear(x.next)
	for k, word := range x.front {
		for ; word != 0; word &= word - 1 {
			for w, near := range x.row(k*64 + bits.TrailingZeros64(word)) {
				x.next[w] |= near
			}
		}
	}
	arrived := 0
	for k := range x.next {
		x.next[k] &^= x.seen[k]
		x.seen[k] |= x.next[k]
		arrived += bits.OnesCount64(x.next[k])
	}
	x.front, x.next = x.next, x.front
	return arrived
}
