package graphs

// Closure holds what the triangles of an undirected graph say about each
// node. Measure fills it; its slices are reused.
type Closure struct {
	Triangles []int64 // triangles through the node
	// Constraint is Burt's: the sum over partners j of the node, of degree d, of
	// (1/d + sum over partners q of both of 1/(d·d_q))², d_q the degree of q. It
	// is 0 for an isolate.
	Constraint []float64
}

// triangleScratch holds the ties of each node to nodes of higher rank (by
// degree, then index), so that a triangle is found once, at its lowest node,
// and hubs have few ties to scan.
type triangleScratch struct {
	up       adjacency // each tie once, under its end of lower rank
	inverse  []float64 // 1/degree
	common   []float64 // for each tie of up, the sum of inverse over the common partners
	position []int64   // for the node being scanned: 1 + the place in up of its tie to each node
}

// Measure lists every triangle of g once: m·sqrt(m) steps at most. It panics
// if g is directed.
func (c *Closure) Measure(g *Graph, ws *Workspace) {
	mustBeUndirected("Closure", g)
	n := g.N()
	c.Triangles, c.Constraint = resized(c.Triangles, n), resized(c.Constraint, n)
	clear(c.Triangles)
	clear(c.Constraint)
	t := &ws.triangles
	t.orient(g)
	for v := range n {
		t.scan(c.Triangles, v)
	}
	t.constrain(c.Constraint)
}

func (t *triangleScratch) orient(g *Graph) {
	n := g.N()
	t.inverse, t.position = resized(t.inverse, n), resized(t.position, n)
	clear(t.position)
	t.up.resize(n, len(g.out.node)/2, false)
	end := int64(0)
	for v := range n {
		degree := len(g.Out(v))
		t.inverse[v] = 1 / float64(max(degree, 1))
		for _, w := range g.Out(v) {
			higher := len(g.Out(int(w)))
			if higher > degree || higher == degree && int(w) > v {
				t.up.node[end] = w
				end++
			}
		}
		t.up.start[v+1] = end
	}
	t.common = resized(t.common, int(end))
	clear(t.common)
}

// scan finds the triangles of which v is the lowest node.
func (t *triangleScratch) scan(triangles []int64, v int) {
	first, last := t.up.start[v], t.up.start[v+1]
	if last-first < 2 {
		return
	}
	for i := first; i < last; i++ {
		t.position[t.up.node[i]] = i + 1
	}
	for i := first; i < last; i++ {
		u := t.up.node[i]
		for k := t.up.start[u]; k < t.up.start[u+1]; k++ {
			w := t.up.node[k]
			j := t.position[w]
			if j == 0 {
				continue
			}
			triangles[v]++
			triangles[u]++
			triangles[w]++
			t.common[i] += t.inverse[w]
			t.common[j-1] += t.inverse[u]
			t.common[k] += t.inverse[v]
		}
	}
	for i := first; i < last; i++ {
		t.position[t.up.node[i]] = 0
	}
}

func (t *triangleScratch) constrain(dst []float64) {
	for v := range dst {
		for i := t.up.start[v]; i < t.up.start[v+1]; i++ {
			x := (1 + t.common[i]) * (1 + t.common[i])
			dst[v] += x
			dst[t.up.node[i]] += x
		}
	}
	for v := range dst {
		dst[v] *= t.inverse[v] * t.inverse[v]
	}
}
