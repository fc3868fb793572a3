package graphs

// WeightedPaths holds what shortest paths say about each node of an undirected
// graph where a tie of strength s has length 1/s. Measure fills it; its slices
// are reused.
type WeightedPaths struct {
	Reached     []int32   // other nodes that a path leads to
	Farness     []float64 // sum of their distances
	Harmonic    []float64 // sum of 1/distance
	Betweenness []float64 // sum over pairs of others of the share of their shortest paths that pass the node
}

// Paths count as equally long if their lengths differ by no more than this part
// of them: sums of fractions differ by rounding. igraph takes the same.
const sameLength = 1e-10

// Lengths are kept within these, so that no sum is beyond a float64.
const (
	shortest = 1e-300
	longest  = 1e290
)

// dijkstraScratch is the state of a search from one source.
type dijkstraScratch struct {
	lengths    []float64 // of the ties, as they stand in the adjacency
	distance   []float64
	heap       []int32 // nodes, the nearest first
	place      []int32 // of each node in the heap; -1 if it was never there, -2 if it has left
	order      []int32 // nodes by distance, as they left the heap
	paths      pathCounts
	dependency []float64
}

// Measure searches from every node (Dijkstra 1959, doi:10.1007/BF01386390;
// Brandes 2001, doi:10.1080/0022250X.2001.9990249): n·m·log n steps. It panics
// if g is directed.
func (p *WeightedPaths) Measure(g *Graph, ws *Workspace) {
	mustBeUndirected("WeightedPaths", g)
	n := g.N()
	p.Reached, p.Farness = resized(p.Reached, n), resized(p.Farness, n)
	p.Harmonic, p.Betweenness = resized(p.Harmonic, n), resized(p.Betweenness, n)
	clear(p.Betweenness)
	d := &ws.weighted
	d.measureTies(g)
	if n <= 64 {
		ws.nearest.measure(p, g, d.lengths)
	} else {
		d.measure(p, g)
	}
	for v := range p.Betweenness {
		p.Betweenness[v] /= 2 // each pair was met from both of its ends
	}
}

// measureTies sets the lengths of the ties.
func (d *dijkstraScratch) measureTies(g *Graph) {
	d.lengths = resized(d.lengths, len(g.out.node))
	for i := range d.lengths {
		d.lengths[i] = min(max(1/at(g.out.strength, i), shortest), longest)
	}
}

func (d *dijkstraScratch) measure(p *WeightedPaths, g *Graph) {
	n := g.N()
	d.dependency = resized(d.dependency, n)
	for s := range int32(n) {
		d.search(g, s)
		p.Reached[s], p.Farness[s], p.Harmonic[s] = int32(len(d.order)-1), 0, 0
		for _, v := range d.order[1:] {
			p.Farness[s] += d.distance[v]
			p.Harmonic[s] += 1 / d.distance[v]
		}
		d.count(g)
		d.collect(p.Betweenness, g)
	}
}

// search finds the distances from s.
func (d *dijkstraScratch) search(g *Graph, s int32) {
	n := g.N()
	d.distance, d.place = resized(d.distance, n), resized(d.place, n)
	d.order, d.heap = resized(d.order, n)[:0], resized(d.heap, n)[:0]
	for v := range d.place {
		d.place[v] = -1
	}
	d.distance[s] = 0
	d.push(s)
	for len(d.heap) > 0 {
		v := d.pop()
		d.order = append(d.order, v)
		for i := g.out.start[v]; i < g.out.start[v+1]; i++ {
			w, far := g.out.node[i], d.distance[v]+d.lengths[i]
			switch {
			case d.place[w] == -1:
				d.distance[w] = far
				d.push(w)
			case d.place[w] >= 0 && far < d.distance[w]:
				d.distance[w] = far
				d.rise(d.place[w])
			}
		}
	}
}

// follows tells whether a shortest path to w ends with the tie from v of the
// given length. Place in the order tells apart nodes at the same distance.
func (d *dijkstraScratch) follows(v, w int32, length float64) bool {
	far := d.distance[v] + length
	return d.place[v] > d.place[w] && far <= d.distance[w]*(1+sameLength)
}

// count counts the shortest paths to each node. It leaves in place how near
// the node is, the nearest having the largest number.
func (d *dijkstraScratch) count(g *Graph) {
	d.paths.reset(g.N())
	d.paths.count[d.order[0]] = 1
	for i, v := range d.order {
		d.place[v] = int32(len(d.order) - i)
	}
	for _, w := range d.order[1:] {
		for i := g.out.start[w]; i < g.out.start[w+1]; i++ {
			if v := g.out.node[i]; d.follows(v, w, d.lengths[i]) {
				d.paths.add(w, v)
			}
		}
	}
}

// collect adds the dependency of the source on every node.
func (d *dijkstraScratch) collect(dst []float64, g *Graph) {
	for i := len(d.order) - 1; i > 0; i-- {
		v := d.order[i]
		total := 0.0
		for e := g.out.start[v]; e < g.out.start[v+1]; e++ {
			if w := g.out.node[e]; d.follows(v, w, d.lengths[e]) {
				total += d.paths.share(v, w) * (1 + d.dependency[w])
			}
		}
		d.dependency[v] = total
		dst[v] += total
	}
}

func (d *dijkstraScratch) push(v int32) {
	d.place[v] = int32(len(d.heap))
	d.heap = append(d.heap, v)
	d.rise(d.place[v])
}

// pop takes the nearest node from the heap.
func (d *dijkstraScratch) pop() int32 {
	v := d.heap[0]
	last := d.heap[len(d.heap)-1]
	d.heap = d.heap[:len(d.heap)-1]
	d.place[v] = -2
	if len(d.heap) > 0 {
		d.heap[0], d.place[last] = last, 0
		d.sink(0)
	}
	return v
}

func (d *dijkstraScratch) nearer(i, j int32) bool {
	return d.distance[d.heap[i]] < d.distance[d.heap[j]]
}

func (d *dijkstraScratch) swap(i, j int32) {
	d.heap[i], d.heap[j] = d.heap[j], d.heap[i]
	d.place[d.heap[i]], d.place[d.heap[j]] = i, j
}

func (d *dijkstraScratch) rise(i int32) {
	for i > 0 && d.nearer(i, (i-1)/2) {
		d.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
}

func (d *dijkstraScratch) sink(i int32) {
	for {
		child := 2*i + 1
		if child >= int32(len(d.heap)) {
			return
		}
		if child+1 < int32(len(d.heap)) && d.nearer(child+1, child) {
			child++
		}
		if !d.nearer(child, i) {
			return
		}
		d.swap(i, child)
		i = child
	}
}
