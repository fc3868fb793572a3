package study

// Tie is what the reports on one pair of firms amount to under the relation's
// rule. In an undirected relation source comes before target.
type Tie struct {
	Source, Target int32 // nodes: indices within the cluster
	Strength       float64
	Yes, No        int32 // respondents who say so, silence included where it is a no
	DontKnow       int32
	Asked          int32 // respondents who could have been asked
}

// Reconciled is one relation in one cluster: its ties, sorted by source and
// target, and which pairs are observed.
type Reconciled struct {
	Relation int
	Ties     []Tie
	Observed Observed
	// LimitReached: a third or more of the respondents named as many as the
	// question allowed.
	LimitReached bool
}
