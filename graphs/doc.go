// Package graphs holds networks as arrays and walks them fast.
//
// It owns [Graph], an immutable compressed adjacency whose nodes are 0 to
// n-1; projections of two-mode data onto it; views on which every gonum
// algorithm runs; and the traversal kernels that the metrics are made of
// (distances, betweenness, triangles, cores, components, cuts, cliques, flows,
// communities). Kernels take graphs and slices, and keep their scratch in
// themselves or in a [Workspace], so that measuring a thousand small networks
// allocates as much as measuring one.
//
// The innermost loops of some kernels are written twice: in Go, with names that
// end in Scalar, and with the vector instructions (AVX2) that most processors of
// the last ten years have. Both add the same numbers in the same order, so that
// no bit of a result depends on the processor.
//
// It refuses to know what a node stands for (a firm has a name; a node has an
// index), why a number may be undefined, and anything about files, studies or
// where random orders come from. Wrong arguments, such as a tie from a node to itself, are
// mistakes of the program and panic with the package's name; whoever reads an
// analyst's data must have refused them before.
package graphs
