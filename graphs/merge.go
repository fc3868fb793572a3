package graphs

import "slices"

// Merged returns the undirected graph of the pairs that are tied in any of the
// given graphs, in either direction, with strength 1. It panics if one has
// another number of nodes than n.
func Merged(n int, list ...*Graph) *Graph {
	var arcs []Arc
	met := make([]int32, n) // by node, the last node it was found to be tied with, plus 1
	var partners []int32
	for v := range n {
		partners = partners[:0]
		for _, g := range list {
			checkLen("Merged", n, g)
			for _, row := range [2][]int32{g.Out(v), g.In(v)} {
				for _, w := range row {
					if int(w) > v && met[w] != int32(v+1) {
						met[w] = int32(v + 1)
						partners = append(partners, w)
					}
				}
			}
		}
		slices.Sort(partners)
		for _, w := range partners {
			arcs = append(arcs, Arc{From: int32(v), To: w, Strength: 1})
		}
	}
	return New(n, false, arcs)
}
