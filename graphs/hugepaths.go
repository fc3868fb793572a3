package graphs

import "math"

// hugePaths is the state of a search from one source where the number of
// shortest paths is beyond a float64: it is count·2^exponent.
type hugePaths struct {
	order      []int32 // nodes by distance from the source
	distance   []int32 // -1 where not reached
	count      []float64
	exponent   []int32
	dependency []float64
}

// add adds to dst the dependency of s on every node. The share of the paths to
// a node that come by another is at most 1, so it is always a float64.
func (h *hugePaths) add(dst []float64, g *Graph, s int32) {
	h.spread(g, s)
	for i := len(h.order) - 1; i > 0; i-- {
		v := h.order[i]
		total := 0.0
		for _, w := range g.Out(int(v)) {
			if h.distance[w] == h.distance[v]+1 {
				share := math.Ldexp(h.count[v]/h.count[w], int(h.exponent[v]-h.exponent[w]))
				total += share * (1 + h.dependency[w])
			}
		}
		h.dependency[v] = total
		dst[v] += total
	}
}

// spread counts the shortest paths from s.
func (h *hugePaths) spread(g *Graph, s int32) {
	n := g.N()
	h.order, h.distance = resized(h.order, n)[:0], resized(h.distance, n)
	h.count, h.exponent = resized(h.count, n), resized(h.exponent, n)
	h.dependency = resized(h.dependency, n)
	for v := range n {
		h.distance[v], h.count[v], h.exponent[v] = -1, 0, 0
	}
	h.distance[s], h.count[s] = 0, 1
	h.order = append(h.order, s)
	for i := 0; i < len(h.order); i++ {
		v := h.order[i]
		for _, w := range g.Out(int(v)) {
			if h.distance[w] < 0 {
				h.distance[w] = h.distance[v] + 1
				h.order = append(h.order, w)
			}
			if h.distance[w] == h.distance[v]+1 {
				h.addCount(w, v)
			}
		}
	}
}

// addCount adds the paths to v to those to w, on the larger exponent.
func (h *hugePaths) addCount(w, v int32) {
	top := h.exponent[v]
	if h.count[w] != 0 {
		top = max(top, h.exponent[w])
	}
	total := math.Ldexp(h.count[w], int(h.exponent[w]-top)) + math.Ldexp(h.count[v], int(h.exponent[v]-top))
	fraction, shift := math.Frexp(total)
	h.count[w], h.exponent[w] = fraction, top+int32(shift)
}
