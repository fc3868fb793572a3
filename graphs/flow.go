package graphs

import (
	"cmp"
	"math/bits"
	"slices"
)

// flowScratch is the state of the computation of greatest flows, in a graph as
// rows of bits where each tie carries a unit either way.
type flowScratch struct {
	n, words int
	ties     []uint64 // the graph
	residual []uint64 // ties that can carry more in that direction
	levels   []uint64 // the nodes at each distance from the source
	seen     []uint64
	degree   []int32

	// The tree: the greatest flow between two nodes is the least value on the
	// path between them, value[v] being that of the tie from v to parent[v].
	parent, value, order []int32
	root, size           []int32 // sets of nodes joined so far
}

// FlowBetweenness sets dst[v] to the sum, over pairs of other nodes, of how
// much smaller the greatest flow between the two is without v, where each tie
// carries one unit. By a tree of greatest flows (Gusfield 1990,
// doi:10.1137/0219009) of the graph, and of the graph without each node in
// turn: n² flows. It panics if g is directed.
func FlowBetweenness(dst []float64, g *Graph, ws *Workspace) {
	mustBeUndirected("FlowBetweenness", g)
	checkLen("FlowBetweenness", len(dst), g)
	f := &ws.flow
	f.load(g)
	f.grow()
	for v := range dst {
		dst[v] = float64(f.total(v))
	}
	for v := range dst {
		f.toggle(g, v)
		f.grow()
		dst[v] -= float64(f.total(v))
		f.toggle(g, v)
	}
}

func (f *flowScratch) load(g *Graph) {
	n := g.N()
	f.n, f.words = n, (n+63)/64
	f.ties, f.residual = resized(f.ties, n*f.words), resized(f.residual, n*f.words)
	f.levels, f.seen = resized(f.levels, (n+1)*f.words), resized(f.seen, f.words)
	f.degree, f.parent, f.value = resized(f.degree, n), resized(f.parent, n), resized(f.value, n)
	f.order, f.root, f.size = resized(f.order, n), resized(f.root, n), resized(f.size, n)
	clear(f.ties)
	clear(f.degree)
	for a := range g.All() {
		f.flip(int(a.From), int(a.To))
		f.degree[a.From]++
		f.degree[a.To]++
	}
}

// flip ties two nodes, or unties them.
func (f *flowScratch) flip(u, v int) {
	f.ties[u*f.words+v/64] ^= 1 << (v % 64)
	f.ties[v*f.words+u/64] ^= 1 << (u % 64)
}

// toggle takes away the ties of v, or puts them back.
func (f *flowScratch) toggle(g *Graph, v int) {
	change := int32(1)
	if f.degree[v] > 0 {
		change = -1
	}
	for _, w := range g.Out(v) {
		f.flip(v, int(w))
		f.degree[v] += change
		f.degree[w] += change
	}
}

// grow makes the tree. A node whose flow is all that its own ties carry is cut
// off alone, and likewise the other end; otherwise seen is one side of a cut.
func (f *flowScratch) grow() {
	clear(f.parent)
	for i := 1; i < f.n; i++ {
		t := f.parent[i]
		flow := f.flow(i, int(t))
		f.value[i] = flow
		if flow == f.degree[i] {
			continue
		}
		for j := i + 1; j < f.n; j++ {
			if f.parent[j] == t && (flow == f.degree[t] || f.seen[j/64]>>(j%64)&1 == 1) {
				f.parent[j] = int32(i)
			}
		}
	}
}

// flow returns the greatest flow from s to t.
func (f *flowScratch) flow(s, t int) int32 {
	bound := min(f.degree[s], f.degree[t])
	if bound == 0 {
		return 0
	}
	flow := f.direct(s, t)
	for flow < bound {
		distance := f.search(s, t)
		if distance == 0 {
			break
		}
		f.augment(t, distance)
		flow++
	}
	return flow
}

// direct sends what it can along paths of one and two ties, and returns how
// much that is.
func (f *flowScratch) direct(s, t int) int32 {
	copy(f.residual, f.ties)
	from, to := f.residual[s*f.words:(s+1)*f.words], f.ties[t*f.words:(t+1)*f.words]
	flow := int32(from[t/64] >> (t % 64) & 1)
	from[t/64] &^= 1 << (t % 64)
	for k := range from {
		both := from[k] & to[k]
		from[k] &^= both
		for ; both != 0; both &= both - 1 {
			w := k*64 + bits.TrailingZeros64(both)
			f.residual[w*f.words+t/64] &^= 1 << (t % 64)
			flow++
		}
	}
	return flow
}

// search returns the distance from s to t along ties that can carry more, or 0
// where there is no path. seen are the nodes reached.
func (f *flowScratch) search(s, t int) int {
	level := f.levels[:f.words]
	clear(level)
	level[s/64] = 1 << (s % 64)
	copy(f.seen, level)
	for distance := 1; ; distance++ {
		next := f.levels[distance*f.words : (distance+1)*f.words]
		clear(next)
		for k, word := range level {
			for ; word != 0; word &= word - 1 {
				u := k*64 + bits.TrailingZeros64(word)
				for w, x := range f.residual[u*f.words : (u+1)*f.words] {
					next[w] |= x
				}
			}
		}
		moved := uint64(0)
		for w := range next {
			next[w] &^= f.seen[w]
			f.seen[w] |= next[w]
			moved |= next[w]
		}
		if next[t/64]>>(t%64)&1 == 1 {
			return distance
		}
		if moved == 0 {
			return 0
		}
		level = next
	}
}

// augment sends one more unit along a path that ends at v.
func (f *flowScratch) augment(v, distance int) {
	for ; distance > 0; distance-- {
		u := f.before(v, f.levels[(distance-1)*f.words:distance*f.words])
		back := &f.residual[v*f.words+u/64]
		if *back>>(u%64)&1 == 0 {
			*back |= 1 << (u % 64) // it was full the other way, and no longer is
		} else {
			f.residual[u*f.words+v/64] &^= 1 << (v % 64)
		}
		v = u
	}
}

// before finds a node of the level from which a tie can carry more to v.
func (f *flowScratch) before(v int, level []uint64) int {
	for k, word := range level {
		for word &= f.ties[v*f.words+k]; word != 0; word &= word - 1 {
			u := k*64 + bits.TrailingZeros64(word)
			if f.residual[u*f.words+v/64]>>(v%64)&1 == 1 {
				return u
			}
		}
	}
	panic("graphs: FlowBetweenness: no way back")
}

// total adds up the greatest flows between all pairs but those of one node:
// joining the nodes of the tree by falling values, the flow between two is the
// value at which they come together.
func (f *flowScratch) total(without int) int64 {
	for v := range f.order {
		f.order[v], f.root[v], f.size[v] = int32(v), int32(v), 1
	}
	f.size[without] = 0
	order := f.order[1:]
	slices.SortFunc(order, func(u, v int32) int { return cmp.Compare(f.value[v], f.value[u]) })
	sum := int64(0)
	for _, v := range order {
		a, b := f.find(v), f.find(f.parent[v])
		sum += int64(f.value[v]) * int64(f.size[a]) * int64(f.size[b])
		f.root[a] = b
		f.size[b] += f.size[a]
	}
	return sum
}

func (f *flowScratch) find(v int32) int32 {
	for f.root[v] != v {
		f.root[v] = f.root[f.root[v]]
		v = f.root[v]
	}
	return v
}
