package graphs

import "math"

// ArcPaths holds what shortest paths along the arcs of a graph say about each
// node between their ends, summed over ordered pairs i, j of other nodes that a
// path joins. Measure fills it; its slices are reused.
type ArcPaths struct {
	Proximal []float64 // share of the paths on which the node comes last before j
	Length   []float64 // share of the paths that pass the node, over the distance from i to j
	Linear   []float64 // that, times the distance from i to the node
	Stress   []float64 // number of paths that pass the node, the largest float64 at most
	// Load is what passes the node where i sends a unit to every j, and every node
	// on the way passes on what it gets for j in equal parts to the next ones on
	// shortest paths. Each unit counts where it starts and where it ends too.
	Load []float64
}

// arcScratch is the state of a search, and what the nodes behind each node have
// told it.
type arcScratch struct {
	search search
	length []float64 // sum of the share of paths over distance
	behind []float64 // number of paths that go on from the node
	unit   []float64 // what is under way at the node
}

// Measure takes n·m steps.
func (p *ArcPaths) Measure(g *Graph, ws *Workspace) {
	n := g.N()
	p.Proximal, p.Length, p.Linear = resized(p.Proximal, n), resized(p.Length, n), resized(p.Linear, n)
	p.Stress, p.Load = resized(p.Stress, n), resized(p.Load, n)
	clear(p.Proximal)
	clear(p.Length)
	clear(p.Linear)
	clear(p.Stress)
	clear(p.Load)
	if n <= 64 {
		ws.smallArcs.measure(p, g, &ws.small)
		return
	}
	a := &ws.arcs
	a.length, a.behind, a.unit = resized(a.length, n), resized(a.behind, n), resized(a.unit, n)
	for s := range int32(n) {
		a.search.run(&g.out, s)
		p.collect(g, a)
		a.search.run(&g.in, s)
		p.send(g, a)
	}
}

// collect adds what the search says about the nodes behind its source.
func (p *ArcPaths) collect(g *Graph, a *arcScratch) {
	order, distance, paths := a.search.order, a.search.distance, &a.search.paths
	for i := len(order) - 1; i > 0; i-- {
		v := order[i]
		length, behind, last := 0.0, 0.0, 0.0
		for _, w := range g.Out(int(v)) {
			if distance[w] != distance[v]+1 {
				continue
			}
			share := paths.share(v, w)
			last += share
			length += share * (1/float64(distance[w]) + a.length[w])
			behind += 1 + a.behind[w]
		}
		a.length[v], a.behind[v] = length, min(behind, math.MaxFloat64)
		p.Proximal[v] += last
		p.Length[v] += length
		p.Linear[v] += float64(distance[v]) * length
		if behind > 0 {
			passing := math.Ldexp(paths.count[v], int(paths.exponent[v])) * a.behind[v]
			p.Stress[v] = min(p.Stress[v]+passing, math.MaxFloat64)
		}
	}
}

// send adds the load of the units for the source of a search against the arcs.
func (p *ArcPaths) send(g *Graph, a *arcScratch) {
	order, distance := a.search.order, a.search.distance
	for _, v := range order {
		a.unit[v] = 1
	}
	for i := len(order) - 1; i > 0; i-- {
		v := order[i]
		p.Load[v] += a.unit[v]
		ways := 0
		for _, w := range g.Out(int(v)) {
			if distance[w] == distance[v]-1 {
				ways++
			}
		}
		part := a.unit[v] / float64(ways)
		for _, w := range g.Out(int(v)) {
			if distance[w] == distance[v]-1 {
				a.unit[w] += part
			}
		}
	}
	p.Load[order[0]] += float64(len(order) - 1)
}
