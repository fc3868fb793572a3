package metrics

import "firmties/graphs"

// connectedness is the share of pairs of firms joined by a path of any length.
// Undirected view. A network of isolates has 0. Null if n < 2. Cost n+m.
// Krackhardt 1994 (in Carley & Prietula, Computational Organization
// Theory). It is sna's connectedness.
func connectedness(s *Shared, out []float64) {
	out[0] = s.joinedPairs() / s.orderedPairs()
}

// joinedPairs is the number of ordered pairs of firms in the same component.
func (s *Shared) joinedPairs() float64 {
	pairs := 0.0
	for c := range s.components().Count() {
		size := float64(len(s.components().Members(c)))
		pairs += size * (size - 1)
	}
	return pairs
}

// meanDistance is the mean distance over pairs that are joined by a path.
// Undirected view, every tie of length 1. Disconnected pairs are left out, so
// that a network in pieces looks short: read it with connectedness. Null
// without ties. Cost as harmonic. It is igraph's mean_distance and, in
// connected networks, NetworkX's average_shortest_path_length.
func meanDistance(s *Shared, out []float64) {
	pairs, sum := s.joined()
	out[0] = float64(sum) / float64(pairs)
}

// diameter is the longest distance among pairs that are joined by a path.
// Undirected view. Null without ties. Cost as harmonic. It is igraph's
// diameter; NetworkX refuses disconnected networks.
func diameter(s *Shared, out []float64) {
	out[0] = float64(len(s.undirectedDistances().Pairs) - 1)
}

// globalEfficiency is the mean of 1/distance over all pairs, 0 for a pair
// without a path. Undirected view. Null if n < 2. Cost as harmonic. Latora &
// Marchiori 2001, doi:10.1103/PhysRevLett.87.198701. It is global_efficiency
// in igraph and NetworkX.
func globalEfficiency(s *Shared, out []float64) {
	out[0] = closenessOfPairs(s.undirectedDistances()) / s.orderedPairs()
}

// joined is joinedPairs of the undirected view.
func (s *Shared) joined() (pairs, sum int64) { return joinedPairs(s.undirectedDistances()) }

// joinedPairs returns the number of ordered pairs joined by a path, and the sum
// of their distances.
func joinedPairs(d *graphs.Distances) (pairs, sum int64) {
	for distance, count := range d.Pairs {
		pairs += count
		sum += count * int64(distance)
	}
	return pairs, sum
}

// closenessOfPairs is the sum of 1/distance over ordered pairs joined by a
// path.
func closenessOfPairs(d *graphs.Distances) float64 {
	sum := 0.0
	for distance, pairs := range d.Pairs {
		if distance > 0 {
			sum += float64(pairs) / float64(distance)
		}
	}
	return sum
}

// orderedPairs is n(n-1).
func (s *Shared) orderedPairs() float64 { return float64(s.n) * float64(s.n-1) }

// fragmentation is the share of pairs of firms that no path joins, 1 less
// connectedness. Undirected view. Null if n < 2. Cost n+m. Borgatti 2006,
// doi:10.1007/s10588-006-7084-x.
func fragmentation(s *Shared, out []float64) {
	out[0] = 1 - s.joinedPairs()/s.orderedPairs()
}
