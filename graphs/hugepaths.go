package graphs

import "math"

// pathCounts are numbers of paths, which may be beyond a float64: that of v is
// count[v]·2^exponent[v].
type pathCounts struct {
	count    []float64
	exponent []int32
}

func (p *pathCounts) reset(n int) {
	p.count, p.exponent = resized(p.count, n), resized(p.exponent, n)
	clear(p.count)
	clear(p.exponent)
}

// add adds the paths to v to those to w, on the larger exponent.
func (p *pathCounts) add(w, v int32) {
	if p.count[w] == 0 {
		p.count[w], p.exponent[w] = p.count[v], p.exponent[v]
		return
	}
	top := max(p.exponent[v], p.exponent[w])
	if p.exponent[v] == p.exponent[w] {
		p.count[w] += p.count[v]
	} else {
		p.count[w] = math.Ldexp(p.count[w], int(p.exponent[w]-top)) + math.Ldexp(p.count[v], int(p.exponent[v]-top))
	}
	if p.count[w] > 1e150 {
		fraction, shift := math.Frexp(p.count[w])
		p.count[w], top = fraction, top+int32(shift)
	}
	p.exponent[w] = top
}

// share is the number of paths to v over that to w.
func (p *pathCounts) share(v, w int32) float64 {
	ratio := p.count[v] / p.count[w]
	if p.exponent[v] != p.exponent[w] {
		ratio = math.Ldexp(ratio, int(p.exponent[v]-p.exponent[w]))
	}
	return ratio
}

// search is a breadth-first search from one source that counts shortest paths.
type search struct {
	order    []int32 // nodes by distance from the source
	distance []int32 // -1 where not reached
	paths    pathCounts
}

// run searches from s along the rows of a.
func (h *search) run(a *adjacency, s int32) {
	n := a.nodes()
	h.order, h.distance = resized(h.order, n)[:0], resized(h.distance, n)
	h.paths.reset(n)
	for v := range h.distance {
		h.distance[v] = -1
	}
	h.distance[s], h.paths.count[s] = 0, 1
	h.order = append(h.order, s)
	for i := 0; i < len(h.order); i++ {
		v := h.order[i]
		for _, w := range a.row(int(v)) {
			if h.distance[w] < 0 {
				h.distance[w] = h.distance[v] + 1
				h.order = append(h.order, w)
			}
			if h.distance[w] == h.distance[v]+1 {
				h.paths.add(w, v)
			}
		}
	}
}

// hugePaths computes betweenness where the number of shortest paths is beyond a
// float64.
type hugePaths struct {
	search     search
	dependency []float64
}

// add adds to dst the dependency of s on every node. The share of the paths to
// a node that come by another is at most 1, so it is always a float64.
func (h *hugePaths) add(dst []float64, g *Graph, s int32) {
	h.search.run(&g.out, s)
	h.dependency = resized(h.dependency, g.N())
	order, distance := h.search.order, h.search.distance
	for i := len(order) - 1; i > 0; i-- {
		v := order[i]
		total := 0.0
		for _, w := range g.Out(int(v)) {
			if distance[w] == distance[v]+1 {
				total += h.search.paths.share(v, w) * (1 + h.dependency[w])
			}
		}
		h.dependency[v] = total
		dst[v] += total
	}
}
