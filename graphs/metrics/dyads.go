package metrics

// ties is the number of arcs of a directed layer, of tied pairs of an
// undirected one. Strengths are ignored. Never null.
func ties(s *Shared, out []float64) { out[0] = float64(s.graph.Ties()) }

// density is the share of the observed pairs that are tied: ordered pairs and
// arcs on a directed layer, unordered pairs on an undirected one. Where all
// pairs are observed it is m over n(n-1), or over half that. Strengths are
// ignored. Null if n < 2 or no pair is observed. Wasserman & Faust 1994,
// doi:10.1017/CBO9780511815478. igraph, sna and NetworkX know no unobserved
// pairs; sna leaves missing ones out likewise.
func density(s *Shared, out []float64) {
	out[0] = float64(s.graph.Ties()) / float64(s.observed.Pairs)
}

// reciprocity is the share of arcs that are returned, among the arcs of pairs
// observed in both directions: the silence of a firm that nobody asked is no
// refusal. Strengths are ignored. Null on an undirected layer, where no pair
// is observed both ways, and where no arc lies in such a pair. Cost n+m.
// Garlaschelli & Loffredo 2004, doi:10.1103/PhysRevLett.93.268701. It is
// igraph's reciprocity, NetworkX's overall_reciprocity and sna's grecip
// "edgewise"; sna's default also counts pairs without a tie.
func reciprocity(s *Shared, out []float64) {
	out[0] = float64(s.observed.ReturnedArcs) / float64(s.observed.ArcsBothWays)
}

// dyadsMutual is the number of pairs with arcs in both directions. Null on an
// undirected layer. Cost n+m. Holland & Leinhardt 1970, doi:10.1086/224954. It
// is the first number of igraph's dyad_census and of sna's dyad.census.
func dyadsMutual(s *Shared, out []float64) { out[0] = float64(s.mutualPairs()) }

// dyadsAsymmetric is the number of pairs with an arc in one direction only.
// Null on an undirected layer. Cost n+m. Holland & Leinhardt 1970,
// doi:10.1086/224954.
func dyadsAsymmetric(s *Shared, out []float64) {
	out[0] = float64(s.graph.Ties() - 2*s.mutualPairs())
}

// dyadsNull is the number of pairs without an arc. Null on an undirected
// layer. Cost n+m. Holland & Leinhardt 1970, doi:10.1086/224954.
func dyadsNull(s *Shared, out []float64) {
	n := int64(s.n)
	out[0] = float64(n*(n-1)/2 - s.graph.Ties() + s.mutualPairs())
}

// mutualPairs counts the pairs with arcs in both directions.
func (s *Shared) mutualPairs() int64 {
	ends := 0
	for _, both := range s.mutuals() {
		ends += both
	}
	return int64(ends / 2)
}

// reciprocityDyad is the share of tied pairs that are tied in both directions.
// Strengths are ignored, and all pairs count, observed or not. Null on an
// undirected layer and without ties. Cost n+m. Wasserman & Faust 1994,
// doi:10.1017/CBO9780511815478. It is igraph's reciprocity(mode = "ratio") and
// sna's grecip "dyadic.nonnull".
func reciprocityDyad(s *Shared, out []float64) {
	mutual := s.mutualPairs()
	out[0] = float64(mutual) / float64(s.graph.Ties()-mutual)
}

// reciprocityRho is how much more arcs are returned than in a random network
// of the same density: the correlation of a_ij with a_ji over ordered pairs,
// (r-a)/(1-a) with r the share of arcs that are returned and a the density.
// Strengths are ignored, and all pairs count, observed or not. Null on an
// undirected layer and where no pair or every pair has an arc. Cost n+m.
// Garlaschelli & Loffredo 2004, doi:10.1103/PhysRevLett.93.268701. It is sna's
// grecip "correlation".
func reciprocityRho(s *Shared, out []float64) {
	arcs := float64(s.graph.Ties())
	density := arcs / s.orderedPairs()
	returned := 2 * float64(s.mutualPairs()) / arcs
	out[0] = (returned - density) / (1 - density)
}
