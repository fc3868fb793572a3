package graphs

// blocks parts the ties of an undirected graph into its biconnected components:
// the largest parts that stay joined whichever node is removed. Two blocks have
// at most one node in common.
type blocks struct {
	list []block

	// What the blocks refer to.
	ties  []blockTie
	nodes []int32
	reach []int64

	// The state of the depth-first search.
	path   []int32 // from the root of the tree to the node in hand
	met    int32   // how many nodes were met
	seen   []int32 // when each node was met, from 1; 0 before that
	low    []int32 // earliest node that its part of the tree has a tie to
	next   []int64 // the tie to follow next
	hangs  []int64 // how many nodes the blocks closed so far hang on it
	open   []blockTie
	marked []int32 // the last block that each node was listed for, from 1
}

type blockTie struct{ u, v int32 }

// block is one of them. The reach of a node is the number of nodes of the
// component that cannot be reached from the rest of the block without it,
// itself included; the reaches add up to the size of the component.
type block struct {
	ties, nodes span
	component   int64 // nodes of the component
}

// span is a part of a slice.
type span struct{ first, end int }

// find parts the ties of g (Hopcroft & Tarjan 1973, doi:10.1145/362248.362272):
// n+m steps, without recursion.
func (b *blocks) find(g *Graph) {
	n := g.N()
	b.list, b.ties, b.nodes, b.reach, b.open, b.met = b.list[:0], b.ties[:0], b.nodes[:0], b.reach[:0], b.open[:0], 0
	b.seen, b.low, b.next = resized(b.seen, n), resized(b.low, n), resized(b.next, n)
	b.hangs, b.marked = resized(b.hangs, n), resized(b.marked, n)
	clear(b.seen)
	clear(b.hangs)
	clear(b.marked)
	copy(b.next, g.out.start)
	for root := range n {
		if b.seen[root] == 0 {
			b.walk(g, int32(root))
		}
	}
}

// walk searches the component of root.
func (b *blocks) walk(g *Graph, root int32) {
	first, before := len(b.list), b.met
	b.path = b.path[:0]
	b.enter(root)
	for len(b.path) > 0 {
		v, up := b.path[len(b.path)-1], int32(-1)
		if len(b.path) > 1 {
			up = b.path[len(b.path)-2]
		}
		if b.next[v] == g.out.start[v+1] {
			b.path = b.path[:len(b.path)-1]
			if up >= 0 {
				b.leave(v, up)
			}
			continue
		}
		w := g.out.node[b.next[v]]
		b.next[v]++
		switch {
		case b.seen[w] == 0:
			b.open = append(b.open, blockTie{v, w})
			b.enter(w)
		case w != up && b.seen[w] < b.seen[v]:
			b.open = append(b.open, blockTie{v, w})
			b.low[v] = min(b.low[v], b.seen[w])
		}
	}
	size := int64(b.met - before)
	for i := first; i < len(b.list); i++ {
		k := &b.list[i]
		k.component = size
		b.reach[k.nodes.first] += size // of the node towards the root: all but what it reaches
	}
}

func (b *blocks) enter(v int32) {
	b.met++
	b.seen[v], b.low[v] = b.met, b.met
	b.path = append(b.path, v)
}

// leave returns from v to the node above it in the tree. If nothing below v
// has a tie to above that node, the ties below it are a block.
func (b *blocks) leave(v, up int32) {
	b.low[up] = min(b.low[up], b.low[v])
	if b.low[v] < b.seen[up] {
		return
	}
	k := block{ties: span{first: len(b.ties)}, nodes: span{first: len(b.nodes)}}
	stamp := int32(len(b.list) + 1)
	b.marked[up] = stamp
	b.nodes, b.reach = append(b.nodes, up), append(b.reach, 0)
	hung := int64(0)
	for last := (blockTie{}); last != (blockTie{up, v}); {
		last = b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		b.ties = append(b.ties, last)
		for _, w := range [2]int32{last.u, last.v} {
			if b.marked[w] != stamp {
				b.marked[w] = stamp
				b.nodes, b.reach = append(b.nodes, w), append(b.reach, 1+b.hangs[w])
				hung += 1 + b.hangs[w]
			}
		}
	}
	b.hangs[up] += hung
	b.reach[k.nodes.first] = -hung
	k.ties.end, k.nodes.end = len(b.ties), len(b.nodes)
	b.list = append(b.list, k)
}

// isClique tells whether all pairs of the block are tied.
func (k *block) isClique() bool {
	n := int64(k.nodes.end - k.nodes.first)
	return int64(k.ties.end-k.ties.first) == pairs(n)
}
