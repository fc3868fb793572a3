package metrics

// eigenvectorWeighted is eigenvector with the strengths of ties: the leading
// eigenvector of the matrix of strengths. Undirected view, the strengths of the
// two directions added; length 1, no value negative. Firms outside the component
// with the largest eigenvalue have 0. Null for all where the largest eigenvalue
// is repeated. Cost as eigenvector. Bonacich 1972,
// doi:10.1080/0022250X.1972.9989806. igraph's eigen_centrality with weights
// scales the largest value to 1.
func eigenvectorWeighted(s *Shared, out []float64) { copy(out, s.leadingWeighted().vector) }

// eigenvectorIn is eigenvector along arcs: a firm counts for as much as those
// who name it. It is the left Perron vector of the strong component (in which
// every firm reaches every other) with the largest eigenvalue, length 1, and 0
// outside it: a convention, as firms that the component leads to would be
// positive in the full eigenvector. Strengths are ignored. Null on an undirected
// layer, where two strong components have the largest eigenvalue within 1e-8 of
// each other, and where no arc lies on a cycle. Cost some 100 passes over the
// arcs, k³ for a component of k firms on which they do not settle. Bonacich 1972,
// doi:10.1080/0022250X.1972.9989806. igraph's and NetworkX's do not stop at the
// component, sna's evcent goes along outgoing arcs.
func eigenvectorIn(s *Shared, out []float64) { copy(out, s.leadingAlong().vector) }

// hub is how well the firm's arcs lead to authorities, authority how well hubs
// lead to the firm: the leading left and right singular vectors of the adjacency
// matrix, length 1, no value negative. Along arcs, strengths ignored. Null on an
// undirected layer, and for all where the largest singular value is repeated;
// hub also for a firm whose ties to others nobody was asked about. Cost as
// eigenvector. Kleinberg 1999, doi:10.1145/324133.324140. igraph's hub_score and
// authority_score scale the largest value to 1, NetworkX's hits the sum.
func hub(s *Shared, out []float64) { unitPart(out, s.leadingSingular().vector[:s.n]) }

// authority: see hub.
func authority(s *Shared, out []float64) { unitPart(out, s.leadingSingular().vector[s.n:]) }

// unitPart sets dst to x, scaled to length 1.
func unitPart(dst, x []float64) {
	copy(dst, x)
	normalise(dst)
}
