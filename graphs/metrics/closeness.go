package metrics

import "firmties/graphs"

// harmonic is how near the firm is to the others: the sum of 1/distance over
// all of them, over n-1; a firm that cannot be reached adds 0, so that it is
// comparable across components and networks. Undirected view, every tie of
// length 1. An isolate has 0. Null if n < 2. Cost n·m/64 word operations for
// each step of distance. Marchiori & Latora 2000,
// doi:10.1016/S0378-4371(00)00311-3. It is igraph's harmonic_centrality with
// normalized = TRUE and sna's closeness "suminvundir"; NetworkX does not
// divide.
func harmonic(s *Shared, out []float64) { harmonicOf(out, s.undirectedDistances()) }

// harmonicIn is harmonic along the arcs of paths that end at the firm: how
// near the others are to it. Null on an undirected layer too. It is NetworkX's
// direction; igraph's mode = "in".
func harmonicIn(s *Shared, out []float64) { harmonicOf(out, s.incomingDistances()) }

// harmonicOut is harmonic along the arcs of paths that start at the firm. Null
// on an undirected layer too, and for a firm whose ties to others nobody was
// asked about. It is igraph's mode = "out" and sna's "suminvdir".
func harmonicOut(s *Shared, out []float64) { harmonicOf(out, s.outgoingDistances()) }

func harmonicOf(out []float64, d *graphs.Distances) {
	for v := range out {
		out[v] = d.Harmonic[v] / float64(len(out)-1)
	}
}

// closenessComponent is the inverse of the mean distance to the firms that the
// firm can reach: (r-1)/sum of distances, r being the size of its component.
// Undirected view, every tie of length 1. In a disconnected network a firm of
// a pair has 1, the highest value: compare within a component only. Null for
// an isolate. Cost as harmonic. Freeman 1979,
// doi:10.1016/0378-8733(78)90021-7. It is igraph's closeness(normalized =
// TRUE) since 0.10 and NetworkX's with wf_improved = False; sna gives 0 to
// every firm of a disconnected network.
func closenessComponent(s *Shared, out []float64) {
	d := s.undirectedDistances()
	for v := range out {
		if d.Reached[v] > 0 {
			out[v] = float64(d.Reached[v]) / float64(d.Farness[v])
		}
	}
}

// closenessWF is closenessComponent times the share of the others that can be
// reached, (r-1)/(n-1). Undirected view, every tie of length 1. An isolate has
// 0. Null if n < 2. Cost as harmonic. Wasserman & Faust 1994,
// doi:10.1017/CBO9780511815478. It is NetworkX's closeness_centrality.
func closenessWF(s *Shared, out []float64) { closenessWFOf(out, s.undirectedDistances()) }

// closenessWFIn is closenessWF along the arcs of paths that end at the firm, r
// counting the firms that reach it. Null on an undirected layer too. It is
// NetworkX's closeness_centrality of a DiGraph.
func closenessWFIn(s *Shared, out []float64) { closenessWFOf(out, s.incomingDistances()) }

// closenessWFOut is closenessWF along the arcs of paths that start at the
// firm. Null on an undirected layer too, and for a firm whose ties to others
// nobody was asked about. In NetworkX, reverse the graph first.
func closenessWFOut(s *Shared, out []float64) { closenessWFOf(out, s.outgoingDistances()) }

func closenessWFOf(out []float64, d *graphs.Distances) {
	others := float64(len(out) - 1)
	for v := range out {
		if r := float64(d.Reached[v]); r > 0 {
			out[v] = r / float64(d.Farness[v]) * (r / others)
		}
	}
}

// eccentricity is the distance to the farthest firm of the firm's component.
// Undirected view, every tie of length 1, not normalised. Null for an isolate,
// to which igraph gives 0. Cost as harmonic. Hage & Harary 1995,
// doi:10.1016/0378-8733(94)00248-9.
func eccentricity(s *Shared, out []float64) {
	for v, e := range s.undirectedDistances().Eccentricity {
		out[v] = float64(e)
	}
}

// reach2 is the share of the other firms that are one or two steps away.
// Undirected view. An isolate has 0. Null if n < 2. Cost as harmonic. Borgatti
// et al. 2013, ISBN 9781446247419 (UCINET: reach centrality).
func reach2(s *Shared, out []float64) {
	for v, near := range s.undirectedDistances().Within2 {
		out[v] = float64(near) / float64(len(out)-1)
	}
}
