package graphs

import "math/bits"

// flowScratch is the state of the computation of the greatest flows between all
// nodes of a component, with and without each of them. What is
// by node left out has one more row, for the whole.
type flowScratch struct {
	parts   Components
	members []int32 // of the component, numbered by their place here
	place   []int32 // of each node among the members
	degree  []int32
	own     []int32 // what the ties of each node carry without the one left out
	unit    unitFlow
	kept    []uint64 // a flow that others are made from
	awkward []uint64 // by node left out, the nodes that something else than their own ties keeps from the hub
	near    []uint64 // the nodes to be left out
	before  []int64  // by node left out, the flows between all others while it is there

	// The tree: the greatest flow between two nodes is the least value on the
	// path between them, value[v] being that of the tie from v to parent[v].
	parent, value []int32
	star          bool // all hang on the same node
	count, order  []int32
	root, size    []int32 // sets of nodes joined so far
}

// FlowBetweenness sets dst[v] to the sum, over pairs of other nodes, of how
// much smaller the greatest flow between the two is without v, where each tie
// carries one unit. It panics if g is directed.
//
// The flows between all pairs are those of a tree (Gomory & Hu 1961,
// doi:10.1137/0109047). A node whose flow to the hub, a node of most ties, is
// all that its own ties carry hangs on the hub alone. That is so of nearly all,
// and is so without v where the units that pass v can be led around it. Only
// between the others are cuts searched for (Gusfield 1990, doi:10.1137/0219009).
// That makes between n and n² flows.
func FlowBetweenness(dst []float64, g *Graph, ws *Workspace) {
	mustBeUndirected("FlowBetweenness", g)
	checkLen("FlowBetweenness", len(dst), g)
	f := &ws.flow
	f.place = resized(f.place, g.N())
	f.parts.Find(g)
	for c := range f.parts.Count() {
		hub := f.load(g, f.parts.Members(c))
		f.compare(hub)
		f.grow(hub, len(f.members))
		for v := range f.members {
			f.before[v] = f.total(v)
		}
		for v, at := range f.members {
			f.grow(hub, v)
			dst[at] = float64(f.before[v] - f.total(v))
		}
	}
}

// load takes a component, and returns its hub.
func (f *flowScratch) load(g *Graph, members []int32) int {
	n := len(members)
	f.members = members
	f.unit.resize(n)
	f.kept = resized(f.kept, 2*len(f.unit.ties))
	f.awkward, f.near = resized(f.awkward, (n+1)*f.unit.words), resized(f.near, f.unit.words)
	f.before = resized(f.before, n)
	f.degree, f.own = resized(f.degree, n), resized(f.own, n)
	f.parent, f.value = resized(f.parent, n), resized(f.value, n)
	f.count, f.order = resized(f.count, n+1), resized(f.order, n)
	f.root, f.size = resized(f.root, n), resized(f.size, n)
	for i, v := range members {
		f.place[v] = int32(i)
	}
	hub := 0
	for i, v := range members {
		f.degree[i] = int32(len(g.Out(int(v))))
		if f.degree[i] > f.degree[hub] {
			hub = i
		}
		for _, w := range g.Out(int(v)) {
			f.unit.flip(f.unit.ties, i, int(f.place[w]))
		}
	}
	return hub
}

// compare finds the awkward nodes, with each node left out in turn.
func (f *flowScratch) compare(hub int) {
	clear(f.awkward)
	u, rows := &f.unit, len(f.unit.ties)
	for i := range f.members {
		if i == hub {
			continue
		}
		flow := u.greatest(i, hub, f.degree[i])
		if flow < f.degree[i] {
			for v := range u.n + 1 {
				if v != i {
					u.flip(f.awkward, v, i)
				}
			}
			continue
		}
		copy(f.kept, u.out)
		copy(f.kept[rows:], u.in)
		f.passed(i, hub)
		for k := range f.near {
			for set := f.near[k]; set != 0; set &= set - 1 {
				if v := k*64 + bits.TrailingZeros64(set); !f.around(i, hub, v) {
					u.flip(f.awkward, v, i)
				}
			}
		}
	}
}

// passed sets near to the nodes without which the flow in hand, from i to the
// hub, may be another, or not be what the ties of i carry.
func (f *flowScratch) passed(i, hub int) {
	u := &f.unit
	clear(f.near)
	u.add(f.near, u.ties, i)
	u.add(f.near, u.ties, hub)
	for v := range f.members {
		u.add(f.near, u.out, v)
	}
	f.near[hub>>6] |= 1 << (hub & 63)
	f.near[i>>6] &^= 1 << (i & 63)
}

// around tells whether without v the flow from i to the hub, which is in hand,
// is all that the ties of i carry.
func (f *flowScratch) around(i, hub, v int) bool {
	u := &f.unit
	flow, least := f.degree[i], f.degreeWithout(i, v)
	if v == hub || least > f.degreeWithout(hub, v) {
		return false
	}
	if flow-u.through(v) >= least {
		return true
	}
	flow -= u.withdraw(i, hub, v)
	u.flip(u.gone, 0, v)
	for flow < least && u.augment(i, hub) {
		flow++
	}
	u.flip(u.gone, 0, v)
	copy(u.out, f.kept)
	copy(u.in, f.kept[len(u.ties):])
	return flow >= least
}

func (f *flowScratch) degreeWithout(i, v int) int32 {
	if f.unit.has(f.unit.ties, v, i) {
		return f.degree[i] - 1
	}
	return f.degree[i]
}

// grow makes the tree without a node, or of all where that is number n. What is
// left out still hangs there, and counts for nothing.
func (f *flowScratch) grow(hub, without int) {
	u := &f.unit
	copy(f.own, f.degree)
	if without < u.n {
		for k, set := range u.row(u.ties, without) {
			for ; set != 0; set &= set - 1 {
				f.own[k*64+bits.TrailingZeros64(set)]--
			}
		}
	}
	if hub == without {
		hub = f.anotherHub(hub)
	}
	copy(f.value, f.own)
	f.star = true
	for i := range f.parent {
		f.parent[i] = int32(hub)
	}
	if without < u.n {
		u.flip(u.gone, 0, without)
	}
	awkward := u.row(f.awkward, without)
	for k := range awkward {
		for set := awkward[k]; set != 0; set &= set - 1 {
			if i := k*64 + bits.TrailingZeros64(set); i != hub {
				f.attach(i, awkward)
			}
		}
	}
	if without < u.n {
		u.flip(u.gone, 0, without)
	}
	f.sort()
}

// anotherHub returns the node of most ties but one.
func (f *flowScratch) anotherHub(hub int) int {
	another := -1
	for i, d := range f.own {
		if i != hub && (another < 0 || d > f.own[another]) {
			another = i
		}
	}
	return max(another, 0)
}

// attach finds the flow from a node to its parent. Those of the nodes after it
// that a smallest cut parts from the parent hang on it from then on.
func (f *flowScratch) attach(i int, awkward []uint64) {
	t := f.parent[i]
	flow := f.unit.greatest(i, int(t), min(f.own[i], f.own[t]))
	f.value[i] = flow
	if flow == f.own[i] {
		return // it is parted from all others
	}
	for j := i + 1; j < len(f.parent); j++ {
		if f.parent[j] == t && f.unit.has(awkward, 0, j) && (flow == f.own[t] || f.unit.has(f.unit.seen, 0, j)) {
			f.parent[j] = int32(i)
			f.star = false
		}
	}
}

// total adds up the greatest flows between all pairs but those of one node:
// joining the nodes of the tree by falling values, the flow between two is the
// value at which they come together.
func (f *flowScratch) total(without int) int64 {
	if f.star {
		return f.totalOfStar(without)
	}
	for v := range f.root {
		f.root[v], f.size[v] = int32(v), 1
	}
	f.size[without] = 0
	sum := int64(0)
	for _, v := range f.order {
		a, b := f.find(v), f.find(f.parent[v])
		if a != b {
			sum += int64(f.value[v]) * int64(f.size[a]) * int64(f.size[b])
			f.root[a] = b
			f.size[b] += f.size[a]
		}
	}
	return sum
}

// totalOfStar is total where all nodes hang on the same one.
func (f *flowScratch) totalOfStar(without int) int64 {
	sum, joined := int64(0), int64(1)
	centre := int(f.parent[0])
	if centre == without {
		joined = 0
	}
	for _, v := range f.order {
		if int(v) != without && int(v) != centre {
			sum += int64(f.value[v]) * joined
			joined++
		}
	}
	return sum
}

// sort orders the nodes by falling values.
func (f *flowScratch) sort() {
	clear(f.count)
	for _, x := range f.value {
		f.count[x]++
	}
	end := int32(len(f.value))
	for x, many := range f.count {
		f.count[x] = end - many
		end -= many
	}
	for v, x := range f.value {
		f.order[f.count[x]] = int32(v)
		f.count[x]++
	}
}

func (f *flowScratch) find(v int32) int32 {
	for f.root[v] != v {
		f.root[v] = f.root[f.root[v]]
		v = f.root[v]
	}
	return v
}
