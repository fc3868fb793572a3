package graphs

import "fmt"

// Membership says that a node takes part in an event.
type Membership struct {
	Node, Event int32
}

// Incidence is an immutable two-mode graph: which of the nodes 0 to N()-1 take
// part in which of the events 0 to M()-1. Any number of goroutines may read it.
type Incidence struct {
	byNode, byEvent adjacency
}

// NewIncidence returns the incidence of n nodes and m events with the given
// memberships, whose order does not matter. It panics if a node or an event is
// out of range, or a membership is given twice.
func NewIncidence(n, m int, memberships []Membership) *Incidence {
	for _, k := range memberships {
		if k.Node < 0 || int(k.Node) >= n || k.Event < 0 || int(k.Event) >= m {
			panic(fmt.Sprintf("graphs: node %d in event %d, of %d nodes and %d events", k.Node, k.Event, n, m))
		}
	}
	raw := rows(n, memberships)
	var in Incidence
	in.byEvent.flip(&raw, m)
	in.byNode.flip(&in.byEvent, n)
	for v := range n {
		events := in.Events(v)
		for i := 1; i < len(events); i++ {
			if events[i] == events[i-1] {
				panic(fmt.Sprintf("graphs: node %d in event %d twice", v, events[i]))
			}
		}
	}
	return &in
}

// rows lists the events of each node, in the order of list.
func rows(n int, list []Membership) adjacency {
	var a adjacency
	a.resize(n, len(list), false)
	for _, m := range list {
		a.start[m.Node+1]++
	}
	a.accumulate()
	for _, m := range list {
		a.push(m.Node, m.Event, 1)
	}
	a.rewind()
	return a
}

// flip sets a to src, whose entries are below n, with rows and columns
// exchanged, and its rows sorted.
func (a *adjacency) flip(src *adjacency, n int) {
	a.resize(n, len(src.node), false)
	for _, w := range src.node {
		a.start[w+1]++
	}
	a.accumulate()
	for v := range src.nodes() {
		for _, w := range src.row(v) {
			a.push(w, int32(v), 1)
		}
	}
	a.rewind()
}

// N returns the number of nodes.
func (in *Incidence) N() int { return in.byNode.nodes() }

// M returns the number of events.
func (in *Incidence) M() int { return in.byEvent.nodes() }

// Memberships returns the number of memberships.
func (in *Incidence) Memberships() int { return len(in.byNode.node) }

// Events returns the events that node v takes part in, ascending. The caller
// must not change them.
func (in *Incidence) Events(v int) []int32 { return in.byNode.row(v) }

// Nodes returns the nodes that take part in event e, ascending. The caller
// must not change them.
func (in *Incidence) Nodes(e int) []int32 { return in.byEvent.row(e) }
