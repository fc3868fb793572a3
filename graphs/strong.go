package graphs

// StrongComponents holds the parts of a graph within which every node can be
// reached from every other along arcs. Find fills it; its slices are reused.
type StrongComponents struct {
	Of    []int32 // the component of each node
	Sizes []int32 // the number of nodes of each component

	// The state of the depth-first search.
	seen   []int32 // when each node was met, from 1; 0 before that
	low    []int32 // earliest node on the stack that its part of the tree has an arc to
	parent []int32 // -1 at a root
	next   []int64 // the arc to follow next
	stack  []int32 // nodes met whose component is not complete
}

// Find sets t to the strong components of g (Tarjan 1972, doi:10.1137/0201010):
// n+m steps, without recursion. A component comes after those that it has arcs
// to. In an undirected graph they are its components.
func (t *StrongComponents) Find(g *Graph) {
	n := g.N()
	t.seen, t.low, t.parent = resized(t.seen, n), resized(t.low, n), resized(t.parent, n)
	t.next = resized(t.next, n)
	t.stack = resized(t.stack, n)[:0]
	clear(t.seen)
	copy(t.next, g.out.start)
	t.Of = resized(t.Of, n)
	for v := range t.Of {
		t.Of[v] = -1
	}
	t.Sizes = t.Sizes[:0]
	clock := int32(0)
	for root := range n {
		if t.seen[root] == 0 {
			clock = t.walk(g, int32(root), clock)
		}
	}
}

// walk searches what can be reached from root and returns the clock after it.
func (t *StrongComponents) walk(g *Graph, root, clock int32) int32 {
	t.parent[root] = -1
	clock = t.enter(root, clock)
	for v := root; v >= 0; {
		if t.next[v] < g.out.start[v+1] {
			w := g.out.node[t.next[v]]
			t.next[v]++
			switch {
			case t.seen[w] == 0:
				t.parent[w] = v
				clock = t.enter(w, clock)
				v = w
			case t.Of[w] < 0: // on the stack
				t.low[v] = min(t.low[v], t.seen[w])
			}
			continue
		}
		if t.low[v] == t.seen[v] {
			t.complete(v)
		}
		up := t.parent[v]
		if up >= 0 {
			t.low[up] = min(t.low[up], t.low[v])
		}
		v = up
	}
	return clock
}

func (t *StrongComponents) enter(v, clock int32) int32 {
	clock++
	t.seen[v], t.low[v] = clock, clock
	t.stack = append(t.stack, v)
	return clock
}

// complete makes a component of the nodes on the stack from v up.
func (t *StrongComponents) complete(v int32) {
	label, size := int32(len(t.Sizes)), int32(0)
	for t.Of[v] < 0 {
		last := len(t.stack) - 1
		t.Of[t.stack[last]] = label
		t.stack = t.stack[:last]
		size++
	}
	t.Sizes = append(t.Sizes, size)
}
