package metrics

// nomineesUnknown holds where it is not known whom the firms named.
var nomineesUnknown = Check{Reason: NotObserved, Network: func(s *Shared) bool { return s.in.Nominees == nil }}

// namedNobody holds for a firm whose respondents named nobody.
var namedNobody = Check{Reason: NoNominees, Firm: func(s *Shared, v int) bool { return s.in.Nominees.All[v] == 0 }}

// externalTies is the number of distinct firms and people outside the cluster
// that the firm's respondents named. Null on an undirected layer and for a firm
// that nobody was asked about. Giuliani & Bell 2005,
// Research Policy 34:47-68.
func externalTies(s *Shared, out []float64) {
	for v, n := range s.in.Nominees.Outside {
		out[v] = float64(n)
	}
}

// externalShare is externalTies over all distinct nominees of the firm's
// respondents. Null also where they named nobody. Giuliani & Bell 2005,
// Research Policy 34:47-68.
func externalShare(s *Shared, out []float64) {
	for v, n := range s.in.Nominees.Outside {
		if all := s.in.Nominees.All[v]; all > 0 {
			out[v] = float64(n) / float64(all)
		}
	}
}

// gatekeeper is 1 for a firm that brings in knowledge and passes it on: both
// its degree_in and its external_ties are at least the cluster's mean, taken
// over all firms and over those with external_ties. Null as externalTies. Graf
// 2011, doi:10.1093/cje/beq001.
func gatekeeper(s *Shared, out []float64) {
	outside, firms := 0.0, 0.0
	for v, n := range s.in.Nominees.Outside {
		if s.observed.Out == nil || s.observed.Out[v] {
			outside += float64(n)
			firms++
		}
	}
	for v, n := range s.in.Nominees.Outside {
		received := float64(len(s.graph.In(v)))
		if float64(n)*firms >= outside && received*float64(s.n) >= float64(s.graph.Ties()) {
			out[v] = 1
		}
	}
}
