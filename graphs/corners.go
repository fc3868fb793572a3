package graphs

import "math"

// Corners holds, for each node of an undirected graph with strengths, sums over
// the pairs j, k of its partners that are tied. Measure fills it; its slices
// are reused.
type Corners struct {
	Product []float64 // of the product of the three strengths
	Root    []float64 // of the cube root of that product, strengths over the largest of the graph
	Share   []float64 // of the strengths of the ties to j and k over those of all ties of the node
}

// Measure visits each pair of ties with a node in common. It panics if g is
// directed.
func (c *Corners) Measure(g *Graph, ws *Workspace) {
	mustBeUndirected("Corners", g)
	n := g.N()
	c.Product, c.Root, c.Share = resized(c.Product, n), resized(c.Root, n), resized(c.Share, n)
	m := &ws.marks
	m.resize(n)
	m.weigh(g, true)
	roots := m.roots(g)
	for v := range n {
		c.corner(g, v, m, roots)
	}
}

// roots returns the cube root of each strength over the largest, one for each
// entry of the adjacency.
func (m *markScratch) roots(g *Graph) []float64 {
	largest := 0.0
	for v := range g.N() {
		largest = max(largest, m.largest[v])
	}
	m.root = resized(m.root, len(g.out.node))
	last, root := 0.0, 0.0 // strengths are often the same
	for i := range m.root {
		if x := at(g.out.strength, i); x != last {
			last, root = x, math.Cbrt(x/largest)
		}
		m.root[i] = root
	}
	return m.root
}

func (c *Corners) corner(g *Graph, v int, m *markScratch, roots []float64) {
	partners, own := g.Out(v), int(g.out.start[v])
	product, root, share := 0.0, 0.0, 0.0
	if len(partners) < 2 {
		partners = nil
	}
	m.mark(partners)
	for i, j := range partners {
		first := int(g.out.start[j])
		x, y := at(g.out.strength, own+i), roots[own+i]
		others := g.Out(int(j))
		for e := len(others) - 1; e >= 0 && others[e] > j; e-- {
			p := int(m.position[others[e]])
			if p == 0 {
				continue
			}
			other := own + p - 1
			z := at(g.out.strength, other)
			product += x * z * at(g.out.strength, first+e)
			root += y * roots[other] * roots[first+e]
			share += x/m.largest[v] + z/m.largest[v]
		}
	}
	m.unmark(partners)
	c.Product[v], c.Root[v], c.Share[v] = min(product, math.MaxFloat64), root, share/max(1, m.total[v])
}

// Squares sets dst[v] to the sum, over the pairs of partners of v, of the
// number of partners that the two have in common, v left out. It panics if g
// is directed.
func Squares(dst []int64, g *Graph, ws *Workspace) {
	mustBeUndirected("Squares", g)
	checkLen("Squares", len(dst), g)
	if g.N() <= 64 {
		ws.rows.take(g)
		for v := range dst {
			dst[v] = ws.rows.squares(v)
		}
		return
	}
	m := &ws.marks
	m.resize(g.N())
	for v := range dst {
		dst[v] = m.squares(g, v)
	}
}

// squares counts how many partners of v each other node is a partner of, and
// their pairs.
func (m *markScratch) squares(g *Graph, v int) int64 {
	pairs := int64(0)
	if len(g.Out(v)) < 2 {
		return 0
	}
	for _, u := range g.Out(v) {
		for _, x := range g.Out(int(u)) {
			if int(x) != v {
				pairs += int64(m.met[x])
				m.met[x]++
			}
		}
	}
	for _, u := range g.Out(v) {
		for _, x := range g.Out(int(u)) {
			m.met[x] = 0
		}
	}
	return pairs
}
