package graphs

import "sync"

// Betweenness sets dst[v] to the sum, over pairs of other nodes, of the share
// of their shortest paths that pass v: ordered pairs along the arcs of a
// directed graph, unordered pairs in an undirected one. Strengths are ignored,
// and nothing is normalised. By Brandes (2001,
// doi:10.1080/0022250X.2001.9990249), with the searches of several sources
// done together, and in an undirected graph of more than 64 nodes with what
// need not be searched for left out: n·m steps at most.
func Betweenness(dst []float64, g *Graph, ws *Workspace) {
	checkLen("Betweenness", len(dst), g)
	clear(dst)
	switch {
	case g.N() <= 64:
		betweennessWords(dst, g, &ws.small)
		if g.directed {
			return
		}
	case g.directed:
		ws.paths.workers = ws.Workers
		ws.paths.directed(dst, g)
		return
	default:
		ws.paths.workers = ws.Workers
		ws.paths.undirected(dst, g)
	}
	for v := range dst {
		dst[v] /= 2 // each pair was met from both of its ends
	}
}

// pathScratch is what betweenness of large graphs keeps.
type pathScratch struct {
	workers int
	batch   []pathBatch // by worker
	graph   searched
	score   []float64   // of the nodes of graph
	parts   [][]float64 // of that, shares of the batches
	blocks  blocks
	reduced reduced
	squares []float64
	ones    []float64

	order  []int32
	place  []int32
	raw    adjacency
	sorted adjacency
	huge   hugePaths
}

// shares is into how many parts the batches are cut; each part is added up on
// its own, whoever does it.
const shares = 32

// worthSharing is how many nodes a graph has that several goroutines search.
const worthSharing = 1000

// run adds to score the dependencies of all sources.
func (p *pathScratch) run() bool {
	n, total := p.graph.out.nodes(), min(shares, p.graph.batches())
	p.score = resized(p.score, n)
	clear(p.score)
	workers := 1
	if n >= worthSharing {
		workers = min(max(p.workers, 1), total)
	}
	for len(p.batch) < workers {
		p.batch = append(p.batch, pathBatch{})
	}
	for len(p.parts) < workers {
		p.parts = append(p.parts, nil)
	}
	for first := 0; first < total; first += workers {
		if !p.round(first, min(workers, total-first)) {
			return false
		}
	}
	return true
}

// round adds as many shares as there are workers, in their order.
func (p *pathScratch) round(first, workers int) bool {
	if workers == 1 {
		p.share(0, first)
	} else {
		var pool sync.WaitGroup
		for w := range workers {
			pool.Go(func() { p.share(w, first+w) })
		}
		pool.Wait()
	}
	for w := range workers {
		if p.batch[w].tooMany {
			return false
		}
		for v, x := range p.parts[w] {
			p.score[v] += x
		}
	}
	return true
}

// share adds up one share of the batches, in the memory of one worker.
func (p *pathScratch) share(worker, share int) {
	part := resized(p.parts[worker], p.graph.out.nodes())
	p.parts[worker] = part
	clear(part)
	p.batch[worker].tooMany = false
	for i := share; i < p.graph.batches(); i += shares {
		p.batch[worker].add(part, &p.graph, p.graph.batch(i))
	}
}

// directed searches from every node along the arcs.
func (p *pathScratch) directed(dst []float64, g *Graph) {
	n := g.N()
	p.arrange(&g.out)
	p.fillOnes(n)
	p.graph = searched{out: &p.sorted, copies: p.ones, reach: p.ones, ones: p.ones, core: n}
	if !p.run() {
		p.slowly(dst, g)
		return
	}
	for i, v := range p.order {
		dst[v] = p.score[i]
	}
}

func (p *pathScratch) fillOnes(n int) {
	p.ones = resized(p.ones, n)
	for v := range p.ones {
		p.ones[v] = 1
	}
}

// arrange numbers the nodes in the order in which searches along the rows, each
// from the first node not yet met, find them, so that near ones are sources
// together, and near in memory.
func (p *pathScratch) arrange(rows *adjacency) {
	n := rows.nodes()
	p.place, p.order = resized(p.place, n), resized(p.order, n)[:0]
	for v := range p.place {
		p.place[v] = -1
	}
	for v := range n {
		if p.place[v] >= 0 {
			continue
		}
		at := len(p.order)
		p.place[v] = int32(at)
		p.order = append(p.order, int32(v))
		for ; at < len(p.order); at++ {
			for _, w := range rows.row(int(p.order[at])) {
				if p.place[w] < 0 {
					p.place[w] = int32(len(p.order))
					p.order = append(p.order, w)
				}
			}
		}
	}
	p.raw.resize(n, len(rows.node), false)
	for _, w := range rows.node {
		p.raw.start[p.place[w]+1]++
	}
	p.raw.accumulate()
	for v := range n {
		for _, w := range rows.row(v) {
			p.raw.push(p.place[w], p.place[v], 1)
		}
	}
	p.raw.rewind()
	transpose(&p.sorted, &p.raw)
}

// undirected searches block by block, a node of a block standing for all that
// is beyond it. Where nodes of different blocks are joined, it is through the
// node between them.
func (p *pathScratch) undirected(dst []float64, g *Graph) {
	p.blocks.find(g)
	p.fillOnes(g.N())
	p.squares = resized(p.squares, g.N())
	clear(p.squares)
	for i := range p.blocks.list {
		if !p.block(dst, g, &p.blocks.list[i]) {
			clear(dst)
			p.slowly(dst, g)
			return
		}
	}
}

// block adds what one block says.
func (p *pathScratch) block(dst []float64, g *Graph, k *block) bool {
	nodes, reach := p.blocks.nodes[k.nodes.first:k.nodes.end], p.blocks.reach[k.nodes.first:k.nodes.end]
	others := float64(k.component - 1)
	for i, v := range nodes {
		branch := float64(k.component - reach[i])
		if p.squares[v] == 0 {
			dst[v] += others * others // all pairs of others, less those on one side of it
		}
		p.squares[v]++
		dst[v] -= branch * branch
	}
	if k.isClique() {
		return true
	}
	r := &p.reduced
	r.take(&p.blocks, k, g.N())
	p.graph = searched{out: &r.graph.out, copies: r.copies, reach: r.reach, ones: p.ones, core: r.core}
	if !p.run() {
		return false
	}
	for i, v := range nodes {
		dst[v] += p.score[r.class[i]]
	}
	return true
}

// slowly computes betweenness where the number of shortest paths is beyond a
// float64.
func (p *pathScratch) slowly(dst []float64, g *Graph) {
	for s := range g.N() {
		p.huge.add(dst, g, int32(s))
	}
}
