package graphs

import "math/bits"

// smallArcs is what ArcPaths keeps of the searches from all nodes of a graph of
// up to 64; column s of a row is about the search from s.
type smallArcs struct {
	// By node, once those farther from s are known: 1 over the number of paths to
	// it, that times (1/distance + its sum of shares over distances), and 1 + the
	// number of paths that go on from it. Before that, their sums over the next.
	inverse, length, behind [64][64]float64
	unit                    [64][64]float64 // what is under way at the node to s
	part                    [64]float64     // of that at the node in hand, what goes on along each way
}

// measure sets p, whose sums are zero.
func (a *smallArcs) measure(p *ArcPaths, g *Graph, paths *smallPaths) {
	n := g.N()
	for v := range n {
		clear(a.inverse[v][:n])
		clear(a.length[v][:n])
		clear(a.behind[v][:n])
	}
	for depth := paths.search(g); depth > 0; depth-- {
		a.collect(p, n, depth, paths)
	}
	for v := range n {
		for s := range n {
			a.unit[v][s] = 1
		}
	}
	against := Graph{directed: g.directed, out: g.in, in: g.out}
	for depth := paths.reach(&against); depth > 0; depth-- {
		a.send(p, n, depth, paths)
	}
	for v, seen := range paths.seen[:n] {
		for set := seen &^ (1 << v); set != 0; set &= set - 1 {
			p.Load[bits.TrailingZeros64(set)]++ // where the unit ends
		}
	}
}

// collect adds what the searches say of the nodes at a distance from their
// source.
func (a *smallArcs) collect(p *ArcPaths, n, depth int, paths *smallPaths) {
	here, below := &paths.level[depth], &paths.level[depth+1]
	share := 1 / float64(depth)
	for v := range n {
		at := here[v]
		if at == 0 {
			continue
		}
		inverse, length, behind, count := &a.inverse[v], &a.length[v], &a.behind[v], &paths.count[v]
		for _, w := range paths.out[v] {
			w &= 63
			for set := at & below[w]; set != 0; set &= set - 1 {
				s := bits.TrailingZeros64(set) & 63
				inverse[s] += a.inverse[w][s]
				length[s] += a.length[w][s]
				behind[s] += a.behind[w][s]
			}
		}
		var proximal, lengths, stress float64
		for set := at; set != 0; set &= set - 1 {
			s := bits.TrailingZeros64(set) & 63
			x := count[s] * length[s]
			proximal += count[s] * inverse[s]
			lengths += x
			stress += count[s] * behind[s]
			inverse[s] = 1 / count[s]
			length[s] = (share + x) * inverse[s]
			behind[s]++
		}
		p.Proximal[v] += proximal
		p.Length[v] += lengths
		p.Linear[v] += float64(depth) * lengths
		p.Stress[v] += stress
	}
}

// send passes on the units at the nodes at a distance from where they end.
func (a *smallArcs) send(p *ArcPaths, n, depth int, paths *smallPaths) {
	here, next := &paths.level[depth], &paths.level[depth-1]
	for v := range n {
		at := here[v]
		if at == 0 {
			continue
		}
		part, load := &a.part, 0.0
		for set := at; set != 0; set &= set - 1 {
			s := bits.TrailingZeros64(set) & 63
			part[s] = a.unit[v][s]
			load += part[s]
		}
		once, more := uint64(0), uint64(0) // which have a way to go on, and more than one
		for _, w := range paths.in[v] {
			way := at & next[w&63]
			more |= once & way
			once |= way
		}
		for ; more != 0; more &= more - 1 {
			s := bits.TrailingZeros64(more) & 63
			ways := uint64(0)
			for _, w := range paths.in[v] {
				ways += next[w&63] >> s & 1
			}
			part[s] /= float64(ways)
		}
		for _, w := range paths.in[v] {
			addSet(&a.unit[w&63], part, at&next[w&63])
		}
		p.Load[v] += load
	}
}
