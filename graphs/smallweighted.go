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
	d.distance[s] = 0
	reached := 0
	done := uint64(0) // nodes whose distance is certain
	var nearest uint64
	for front := uint64(1) << s; front != 0; reached++ {
		if nearest == 0 {
			nearest = d.nearest(front)
		}
		v := bits.TrailingZeros64(nearest) & 63
		nearest &= nearest - 1
		d.order[reached&63] = int32(v)
		d.countPaths(v, d.ties[v]&done)
		done |= 1 << v
		front = (front | d.ties[v]) &^ done
		here, length := d.distance[v], &d.length[v]
		for set := d.ties[v] &^ done; set != 0; set &= set - 1 {
			w := bits.TrailingZeros64(set) & 63
			d.distance[w] = min(d.distance[w], here+length[w])
		}
	}
	return reached
}

// nearest returns those of a set that are nearest.
func (d *nearestFirst) nearest(set uint64) uint64 {
	best := math.Inf(1)
	for left := set; left != 0; left &= left - 1 {
		best = min(best, d.distance[bits.TrailingZeros64(left)&63])
	}
	return d.within(set, best)
}

// within returns those of a set that are no farther than that.
func (d *nearestFirst) within(set uint64, most float64) uint64 {
	near := uint64(0)
	for ; set != 0; set &= set - 1 {
		v, is := bits.TrailingZeros64(set)&63, uint64(0)
		if d.distance[v] <= most {
			is = 1
		}
		near |= is << v
	}
	return near
}

// countPaths counts the shortest paths to w, whose distance is certain, by way of
// the nodes given.
func (d *nearestFirst) countPaths(w int, nearer uint64) {
	if nearer == 0 {
		d.before[w], d.count[w] = 0, 1 // the source
		return
	}
	before := uint64(0)
	most, length := d.distance[w]*(1+sameLength), &d.length[w]
	for ; nearer != 0; nearer &= nearer - 1 {
		v := bits.TrailingZeros64(nearer) & 63
		far := uint64(0)
		if d.distance[v]+length[v] <= most {
			far = 1
		}
		before |= far << v
	}
	total := d.count[bits.TrailingZeros64(before)&63]
	for set := before & (before - 1); set != 0; set &= set - 1 {
		total += d.count[bits.TrailingZeros64(set)&63]
	}
	d.before[w], d.count[w] = before, total
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
