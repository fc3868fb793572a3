package null

// Reference is what random graphs share with the observed one.
type Reference string

const (
	// SizeDensity: the numbers of nodes and ties (Erdos & Renyi 1959).
	SizeDensity Reference = "size_density"
	// DyadCensus: the numbers of mutual, asymmetric and null dyads of a directed
	// graph (Holland & Leinhardt 1970).
	DyadCensus Reference = "dyad_census"
	// DegreeSequence: the degree of every node, in and out if directed.
	DegreeSequence Reference = "degree_sequence"
	// OutDegree: the number of arcs that every node of a directed graph sends;
	// their targets are any others, as where each names so many.
	OutDegree Reference = "out_degree"
	// TwoMode: the number of events of every node and of nodes of every event,
	// of which the graph is the projection.
	TwoMode Reference = "two_mode"
)

// references is the list with what each is, and on which graphs it is one.
var references = []struct {
	reference Reference
	doc       string
	serves    func(directed, projected bool) bool
}{
	{SizeDensity, "random networks of as many firms and ties", func(_, projected bool) bool { return !projected }},
	{DyadCensus, "random networks with as many mutual, asymmetric and null pairs", func(directed, projected bool) bool { return directed && !projected }},
	{DegreeSequence, "random networks in which every firm has as many ties as it has, given and received apart", func(_, projected bool) bool { return !projected }},
	{OutDegree, "random networks in which every firm names as many others as it does, whoever they are", func(directed, projected bool) bool { return directed && !projected }},
	{TwoMode, "random participations in which every firm has as many events, and every event as many firms, as it has, projected anew", func(_, projected bool) bool { return projected }},
}

// References lists the references.
func References() []Reference {
	var list []Reference
	for _, r := range references {
		list = append(list, r.reference)
	}
	return list
}

// Doc says what the random graphs are.
func (r Reference) Doc() string {
	for _, row := range references {
		if row.reference == r {
			return row.doc
		}
	}
	return ""
}

// Serves tells whether graphs of a kind can be compared with the reference: a
// projection with its events alone, and what is about directions where there
// are any.
func (r Reference) Serves(directed, projected bool) bool {
	for _, row := range references {
		if row.reference == r {
			return row.serves(directed, projected)
		}
	}
	return false
}
