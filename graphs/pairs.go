package graphs

import (
	"math"
	"slices"
)

// Hops sets dst[w] to the number of ties on a shortest path from v to w along
// the arcs, 0 at v itself and -1 where there is no path.
func Hops(dst []int32, g *Graph, v int, ws *Workspace) {
	checkLen("Hops", len(dst), g)
	for w := range dst {
		dst[w] = -1
	}
	dst[v] = 0
	queue := append(ws.queue[:0], int32(v))
	for i := 0; i < len(queue); i++ {
		u := queue[i]
		for _, w := range g.Out(int(u)) {
			if dst[w] < 0 {
				dst[w] = dst[u] + 1
				queue = append(queue, w)
			}
		}
	}
	ws.queue = queue
}

// SharedPartners returns the number of nodes that are tied with both u and v
// in an undirected graph. It panics if g is directed.
func SharedPartners(g *Graph, u, v int) int {
	mustBeUndirected("SharedPartners", g)
	return Common(g.Out(u), g.Out(v))
}

// StructuralDistance returns the Euclidean distance between the positions of u
// and v in the binary adjacency a of g, after Burt (1987, doi:10.1086/228667):
//
//	√((a_uv − a_vu)² + Σ_k (a_uk − a_vk)² + Σ_k (a_ku − a_kv)²), k other than u and v
//
// so that the two nodes' own cells count only where they differ, and a node
// tied to both is no difference. In an undirected graph rows and columns are
// the same, and each difference counts twice. Nodes in the same position have
// distance 0.
func StructuralDistance(g *Graph, u, v int) float64 {
	there := contains(g.Out(u), int32(v))
	back, rows := there, unlike(g.Out(u), g.Out(v))
	columns := rows
	if g.directed {
		back, columns = contains(g.Out(v), int32(u)), unlike(g.In(u), g.In(v))
	}
	differences := rows + columns - 2*there - 2*back
	if there != back {
		differences++
	}
	return math.Sqrt(float64(differences))
}

// unlike is the number of entries that one of two ascending lists has alone.
func unlike(a, b []int32) int { return len(a) + len(b) - 2*Common(a, b) }

// Common returns the number of entries of two ascending lists, each without
// repetitions, that are in both.
func Common(a, b []int32) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	if len(b)/len(a) > 16 { // one search for each entry is then shorter than the walk
		n := 0
		for _, x := range a {
			n += contains(b, x)
		}
		return n
	}
	n, i := 0, 0
	for _, x := range a {
		for i < len(b) && b[i] < x {
			i++
		}
		if i < len(b) && b[i] == x {
			n++
		}
	}
	return n
}

// contains is 1 if an ascending list has the entry x, and 0 otherwise.
func contains(list []int32, x int32) int {
	if _, ok := slices.BinarySearch(list, x); ok {
		return 1
	}
	return 0
}
