package graphs

import (
	"math"
	"math/bits"
)

// nearestFirst is the state of a search by length from one node of a graph of
// up to 64, whose nodes are the bits of a word.
type nearestFirst struct {
	ties       [64]uint64
	length     [64][64]float64
	distance   [64]float64
	before     [64]uint64 // the nodes that shortest paths come by last
	count      [64]float64
	dependency [64]float64
	order      [64]int32 // nodes by distance
}

// measure sets p, but for its betweenness, which is twice as large.
func (d *nearestFirst) measure(p *WeightedPaths, g *Graph, lengths []float64) {
	d.load(g, lengths)
	for s := range g.N() {
		reached := d.search(g.N(), s)
		farness, harmonic := 0.0, 0.0
		for _, v := range d.order[1:reached] {
			x := d.distance[v&63]
			farness += x
			harmonic += 1 / x
		}
		p.Reached[s], p.Farness[s], p.Harmonic[s] = int32(reached-1), farness, harmonic
		d.collect(p.Betweenness, reached)
	}
}

func (d *nearestFirst) load(g *Graph, lengths []float64) {
	for v := range g.N() {
		d.ties[v] = 0
		for i, w := range g.Out(v) {
			d.ties[v] |= 1 << w
			d.length[v][w] = lengths[g.out.start[v]+int64(i)]
		}
	}
}

// search finds the distances from s, and returns how many nodes it reaches.
func (d *nearestFirst) search(n, s int) int {
	for v := range n {
		d.distance[v] = math.Inf(1)
	}
	d.distance[s], d.before[s] = 0, 0
	reached := 0
	done := uint64(0) // nodes whose distance is certain
	var nearest uint64
	for front := uint64(1) << s; front != 0; reached++ {
		if nearest == 0 {
			nearest = d.nearest(front)
		}
		v := bits.TrailingZeros64(nearest) & 63
		nearest &= nearest - 1
		front &^= 1 << v
		done |= 1 << v
		d.order[reached&63] = int32(v)
		d.countPaths(v)
		front |= d.ties[v] &^ done
		here, length := d.distance[v], &d.length[v]
		for set := d.ties[v] &^ done; set != 0; set &= set - 1 {
			w := bits.TrailingZeros64(set) & 63
			far, known := here+length[w], d.distance[w]
			if far > known*(1+sameLength) {
				continue
			}
			if far < known {
				if far*(1+sameLength) < known {
					d.before[w] = 0
				}
				d.distance[w] = far
			}
			d.before[w] |= 1 << v
		}
	}
	return reached
}

// nearest returns those of a set that are nearest.
func (d *nearestFirst) nearest(set uint64) uint64 {
	best, at := math.Inf(1), uint64(0)
	for ; set != 0; set &= set - 1 {
		switch x := d.distance[bits.TrailingZeros64(set)&63]; {
		case x < best:
			best, at = x, set&-set
		case x == best:
			at |= set & -set
		}
	}
	return at
}

// countPaths counts the shortest paths to w, whose distance is certain. A node
// before it may have been noted when the distance was a little larger.
func (d *nearestFirst) countPaths(w int) {
	set, total := d.before[w], 1.0
	if set != 0 {
		total = 0
		most, length := d.distance[w]*(1+sameLength), &d.length[w]
		for ; set != 0; set &= set - 1 {
			v := bits.TrailingZeros64(set) & 63
			if d.distance[v]+length[v] > most {
				d.before[w] &^= 1 << v
				continue
			}
			total += d.count[v]
		}
	}
	d.count[w] = total
}

// collect adds the dependency of the source on every node.
func (d *nearestFirst) collect(dst []float64, reached int) {
	for _, v := range d.order[:reached] {
		d.dependency[v&63] = 0
	}
	for i := reached - 1; i > 0; i-- {
		w := d.order[i&63] & 63
		dst[w] += d.dependency[w]
		part := (1 + d.dependency[w]) / d.count[w]
		for set := d.before[w]; set != 0; set &= set - 1 {
			v := bits.TrailingZeros64(set) & 63
			d.dependency[v] += d.count[v] * part
		}
	}
}
