package metrics

// The conditions that only rows about firms name.
var (
	reachedByNobody  = Check{Reason: Unreachable, Firm: func(s *Shared, v int) bool { return s.incomingDistances().Reached[v] == 0 }}
	reachesNobody    = Check{Reason: Unreachable, Firm: func(s *Shared, v int) bool { return s.outgoingDistances().Reached[v] == 0 }}
	notConnected     = Check{Reason: Disconnected, Network: func(s *Shared) bool { return s.n < 2 || s.components().Count() > 1 }}
	repeatedWeighted = Check{Reason: Degenerate, Network: func(s *Shared) bool { return s.leadingWeighted().repeated }}
	repeatedSingular = Check{Reason: Degenerate, Network: func(s *Shared) bool { return s.leadingSingular().repeated }}
	repeatedAlong    = Check{Reason: Degenerate, Network: func(s *Shared) bool { return s.leadingAlong().repeated }}
	acyclic          = Check{Reason: Acyclic, Network: func(s *Shared) bool { return s.leadingAlong().value == 0 }}
)
