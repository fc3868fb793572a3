// Package null draws random graphs that share something with an observed one,
// as a standard of comparison: its size and density, its dyads, its degrees, or
// the events of its nodes; and permutations of its nodes.
//
// It makes no random numbers: each draw is given a stream of its own, and
// starts from the observed graph, so that it depends neither on the draws
// before it nor on who makes it. Every ensemble is uniform over the simple
// graphs that share the thing in question.
//
// It refuses to know firms, metrics and tests.
package null
