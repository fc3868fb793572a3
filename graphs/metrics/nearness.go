package metrics

import "firmties/graphs"

// closenessComponentIn is closenessComponent along incoming paths: of the firms
// that reach the firm, their number over the sum of their distances. Every arc
// of length 1. Compare within a component only. Null on an undirected layer,
// and where no one reaches the firm. Cost as harmonic. Freeman 1979,
// doi:10.1016/0378-8733(78)90021-7. It is igraph's closeness(mode = "in",
// normalized = TRUE) since 0.10 and NetworkX's with wf_improved = False.
func closenessComponentIn(s *Shared, out []float64) { closenessOf(out, s.incomingDistances()) }

// closenessComponentOut is closenessComponentIn along the paths that start at
// the firm. Null also for a firm whose ties to others nobody was asked about.
func closenessComponentOut(s *Shared, out []float64) { closenessOf(out, s.outgoingDistances()) }

func closenessOf(out []float64, d *graphs.Distances) {
	for v := range out {
		if d.Reached[v] > 0 {
			out[v] = float64(d.Reached[v]) / float64(d.Farness[v])
		}
	}
}

// closenessFreeman is the inverse of the mean distance to the others,
// (n-1)/sum of distances. Undirected view, every tie of length 1. Null where
// the network is not connected, and in a network of one. Cost as harmonic.
// Freeman 1979, doi:10.1016/0378-8733(78)90021-7. It is sna's closeness of the
// undirected graph, which gives 0 where the network is not connected.
func closenessFreeman(s *Shared, out []float64) { closenessOf(out, s.undirectedDistances()) }

// closenessMaxPlus1 is closenessFreeman with a distance of one more than the
// longest in the network to the firms that cannot be reached. Undirected view,
// every tie of length 1. An isolate has 1/(D+1), D being the longest distance.
// Null without ties. Cost as harmonic. It is what UCINET puts in place of
// infinite distances (Borgatti, Everett & Freeman 2002).
func closenessMaxPlus1(s *Shared, out []float64) {
	d := s.undirectedDistances()
	longest := int64(0)
	for _, e := range d.Eccentricity {
		longest = max(longest, int64(e))
	}
	others := int64(s.n - 1)
	for v := range out {
		beyond := (others - int64(d.Reached[v])) * (longest + 1)
		out[v] = float64(others) / float64(d.Farness[v]+beyond)
	}
}

// gilSchmidt is the mean of 1/distance over the firms that the firm can reach.
// Undirected view, every tie of length 1. Compare within a component only. Null
// for an isolate. Cost as harmonic. Gil & Schmidt 1996
// (The origin of the Mexican network of power). It is sna's closeness "gil-schmidt".
func gilSchmidt(s *Shared, out []float64) {
	d := s.undirectedDistances()
	for v := range out {
		out[v] = d.Harmonic[v] / float64(max(1, d.Reached[v]))
	}
}

// closenessResidual is how much the firm holds of the others when each step
// halves it: the sum of 2^-distance over them. Undirected view, every tie of
// length 1, not normalised. Firms out of reach add 0, an isolate has 0; never
// null. Cost as harmonic. Dangalchev 2006, doi:10.1016/j.physa.2005.12.020. It
// is closeness.residual of R's centiserve.
func closenessResidual(s *Shared, out []float64) { copy(out, s.undirectedDistances().Residual) }

// reach3 is the share of the other firms that are up to three steps away.
// Undirected view. An isolate has 0. Null if n < 2. Cost as harmonic. Borgatti
// et al. 2013, ISBN 9781446247419 (UCINET: reach centrality).
func reach3(s *Shared, out []float64) {
	for v, near := range s.undirectedDistances().Within3 {
		out[v] = float64(near) / float64(len(out)-1)
	}
}

// domainIn is the share of the other firms from which a path leads to the firm.
// Along arcs. An isolate has 0. Null on an undirected layer and if n < 2. Cost
// as harmonic. Lin 1976 (Foundations of social research). It is sna's prestige
// "domain" over n-1.
func domainIn(s *Shared, out []float64) {
	for v, reached := range s.incomingDistances().Reached {
		out[v] = float64(reached) / float64(len(out)-1)
	}
}

// proximityPrestige is domainIn over the mean distance of the firms that reach
// the firm: I²/((n-1)·sum of their distances), I being their number. Along
// arcs, every arc of length 1. It is 0 where no one does. Null on an undirected
// layer and if n < 2. Cost as harmonic. Wasserman & Faust 1994,
// doi:10.1017/CBO9780511815478. The same as closenessWFIn; sna's prestige
// "domain.proximity" is 0 unless everyone reaches the firm.
func proximityPrestige(s *Shared, out []float64) { closenessWFIn(s, out) }

// harmonicWeighted is harmonic with a tie of strength s being 1/s long: the sum
// of 1/distance over n-1. It is above 1 where ties are strong. Undirected view,
// the strengths of the two directions added. An isolate has 0. Null if n < 2.
// Cost n·m·log n. Marchiori & Latora 2000, doi:10.1016/S0378-4371(00)00311-3.
// It is igraph's harmonic_centrality(weights = 1/strength, normalized = TRUE).
func harmonicWeighted(s *Shared, out []float64) {
	for v, x := range s.weightedPaths().Harmonic {
		out[v] = x / float64(len(out)-1)
	}
}

// closenessComponentWeighted is closenessComponent with a tie of strength s
// being 1/s long. It is above 1 where ties are strong. Undirected view, the
// strengths of the two directions added. Null for an isolate. Cost n·m·log n.
// Freeman 1979, doi:10.1016/0378-8733(78)90021-7. It is igraph's
// closeness(weights = 1/strength, normalized = TRUE) since 0.10.
func closenessComponentWeighted(s *Shared, out []float64) {
	p := s.weightedPaths()
	for v, r := range p.Reached {
		if r > 0 {
			out[v] = float64(r) / p.Farness[v]
		}
	}
}
