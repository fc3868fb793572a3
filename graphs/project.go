package graphs

import (
	"fmt"
	"slices"
)

// Membership says that a node takes part in an event.
type Membership struct {
	Node, Event int32
}

// Weighting is what the strength of a projected tie means. Only events with
// two or more of the nodes count, in all of them.
type Weighting int

const (
	// Count is the number of events that the two share.
	Count Weighting = iota
	// Newman is the sum over shared events of 1/(k-1), k being the number of
	// nodes that take part in the event (Newman 2001,
	// doi:10.1103/PhysRevE.64.016132): a small event binds more than a large one.
	Newman
	// Jaccard is the number of events that the two share over the number that
	// either takes part in.
	Jaccard
)

// Project returns the undirected graph of n nodes in which two are tied if
// they share an event. The order of memberships does not matter; Newman sums
// run over events ascending. A node without an event is an isolate. It panics
// if a node or an event is out of range, or a membership is given twice.
func Project(n, events int, memberships []Membership, w Weighting) *Graph {
	byEvent, byNode := twoMode(n, events, memberships)
	shared := make([]float64, n)
	var partners []int32
	var arcs []Arc
	for v := range n {
		partners = partners[:0]
		for _, e := range byNode.row(v) {
			members := byEvent.row(int(e))
			for _, u := range members {
				if int(u) <= v {
					continue
				}
				if shared[u] == 0 {
					partners = append(partners, u)
				}
				shared[u] += eventWeight(w, len(members))
			}
		}
		slices.Sort(partners)
		for _, u := range partners {
			s := shared[u]
			if w == Jaccard {
				s /= float64(len(byNode.row(v))+len(byNode.row(int(u)))) - s
			}
			arcs = append(arcs, Arc{From: int32(v), To: u, Strength: s})
			shared[u] = 0
		}
	}
	return New(n, false, arcs)
}

// eventWeight is what one shared event of k nodes adds to a tie.
func eventWeight(w Weighting, k int) float64 {
	if w == Newman {
		return 1 / float64(k-1)
	}
	return 1
}

// twoMode returns the nodes of each event and the events of each node, both
// sorted, without the events of fewer than two nodes.
func twoMode(n, events int, memberships []Membership) (byEvent, byNode adjacency) {
	size := make([]int, events)
	for _, m := range memberships {
		if m.Node < 0 || int(m.Node) >= n || m.Event < 0 || int(m.Event) >= events {
			panic(fmt.Sprintf("graphs: node %d in event %d, of %d nodes and %d events", m.Node, m.Event, n, events))
		}
		size[m.Event]++
	}
	kept := make([]Membership, 0, len(memberships))
	for _, m := range memberships {
		if size[m.Event] >= 2 {
			kept = append(kept, m)
		}
	}
	slices.SortFunc(kept, func(a, b Membership) int {
		if a.Event != b.Event {
			return int(a.Event) - int(b.Event)
		}
		return int(a.Node) - int(b.Node)
	})
	for i := 1; i < len(kept); i++ {
		if kept[i] == kept[i-1] {
			panic(fmt.Sprintf("graphs: node %d in event %d twice", kept[i].Node, kept[i].Event))
		}
	}
	return rows(events, kept, func(m Membership) (int32, int32) { return m.Event, m.Node }),
		rows(n, kept, func(m Membership) (int32, int32) { return m.Node, m.Event })
}

// rows lists the second of each pair under the first, in the order of list.
func rows(n int, list []Membership, pair func(Membership) (row, entry int32)) adjacency {
	var a adjacency
	a.resize(n, len(list), false)
	for _, m := range list {
		row, _ := pair(m)
		a.start[row+1]++
	}
	a.accumulate()
	for _, m := range list {
		row, entry := pair(m)
		a.push(row, entry, 1)
	}
	a.rewind()
	return a
}
