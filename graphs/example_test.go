package graphs_test

import (
	"fmt"

	"gonum.org/v1/gonum/graph/topo"

	"firmties/graphs"
)

// A graph is made once from its ties, in any order, and then only read.
func ExampleNew() {
	g := graphs.New(3, true, []graphs.Arc{
		{From: 2, To: 0, Strength: 1},
		{From: 0, To: 1, Strength: 4},
	})
	for tie := range g.All() {
		fmt.Println(tie.From, tie.To, tie.Strength)
	}
	fmt.Println(g.Ties(), g.In(0))
	// Output:
	// 0 1 4
	// 2 0 1
	// 2 [2]
}

// Any gonum algorithm runs on a view.
func ExampleGraph_Undirected() {
	g := graphs.New(4, true, []graphs.Arc{{From: 0, To: 1, Strength: 1}, {From: 3, To: 1, Strength: 1}})
	fmt.Println(len(topo.ConnectedComponents(g.Undirected())))
	// Output: 2
}

// Two firms are tied by the events that they share; an event of one firm
// counts for nobody.
func ExampleProject() {
	in := graphs.NewIncidence(3, 2, []graphs.Membership{
		{Node: 0, Event: 0}, {Node: 1, Event: 0}, {Node: 2, Event: 1},
	})
	g := graphs.Project(in, graphs.Count)
	for tie := range g.All() {
		fmt.Println(tie.From, tie.To, tie.Strength)
	}
	// Output: 0 1 1
}
