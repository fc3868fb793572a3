package metrics

// Reason says why a metric has no value. The zero value says that it has one.
type Reason uint8

// The reasons, in no order of importance: which one is given is decided by the
// order of a metric's checks.
const (
	Defined          Reason = iota
	UndirectedLayer         // the metric follows arcs, and the ties have no direction
	NotObserved             // nobody was asked what the metric counts
	TooSmall                // too few firms for the metric's denominator
	Isolate                 // the firm has no partner
	TooFewPartners          // fewer than two partners, so no pair of them
	NoTies                  // the network has no tie to count
	NoTwoPath               // no firm has two partners
	NoVariation             // all values that would be correlated are equal
	Degenerate              // the leading eigenvalue is repeated: no unique eigenvector
	TooLarge                // too many firms, or too much to count, for an expensive metric
	Disconnected            // some pair of firms is not joined by a path
	Unreachable             // no path leads to the firm, or from it
	Acyclic                 // no arc lies on a cycle
	AttributeMissing        // the attribute of the firms that count is not known
	NoNominees              // the firm's respondents named nobody
	NoEvents                // no firm takes part in an event
	NotUnion                // the layer does not unite several relations
	NoRepertoire            // no layer of shared repertoire to compare the firm's partners with
	Saturated               // all partners that there could be, so that no other outcome was possible
	reasonCount
)

// reasonTexts holds the word and the explanation of each reason.
var reasonTexts = [reasonCount]struct{ word, doc string }{
	Defined:          {"", "the metric has a value"},
	UndirectedLayer:  {"undirected_layer", "the metric follows the direction of ties, and this layer's ties have none"},
	NotObserved:      {"not_observed", "nobody was asked, or nobody answered, about the ties that the metric counts"},
	TooSmall:         {"too_small", "the network has too few firms for the metric's denominator"},
	Isolate:          {"isolate", "the firm has no partner"},
	TooFewPartners:   {"too_few_partners", "no pair of partners: the firm (or every firm of the network) has fewer than two"},
	NoTies:           {"no_ties", "the network has no tie that the metric could count"},
	NoTwoPath:        {"no_two_path", "no firm has two partners, so nothing could be closed"},
	NoVariation:      {"no_variation", "all the values to be correlated are equal"},
	Degenerate:       {"degenerate", "the leading eigenvalue is repeated, so that its eigenvector is not unique"},
	TooLarge:         {"too_large", "the network is too large for the metric unless expensive metrics are asked for, or it has too much of what the metric counts"},
	Disconnected:     {"disconnected", "some firms are not joined by a path"},
	Unreachable:      {"unreachable", "no path along arcs leads to the firm, or none from it, as the metric asks"},
	Acyclic:          {"acyclic", "no arc lies on a cycle, so that nothing flows back"},
	AttributeMissing: {"attribute_missing", "the attribute is missing for the firms whose values count"},
	NoNominees:       {"no_nominees", "the firm's respondents named nobody"},
	NoEvents:         {"no_events", "no firm takes part in an event, or the layer is not made from events"},
	NotUnion:         {"not_union", "the layer does not unite several relations"},
	NoRepertoire:     {"no_repertoire", "the layer is not one of joint enterprise, or the firm (or the study) has no partner in a layer of shared repertoire"},
	Saturated:        {"saturated", "the firm is tied with every other firm, so that nothing else was possible"},
}

// String returns the reason's word in the tables, "" where the metric is
// defined.
func (r Reason) String() string { return reasonTexts[r].word }

// Doc explains the reason in a sentence.
func (r Reason) Doc() string { return reasonTexts[r].doc }

// Reasons lists every reason for a missing value.
func Reasons() []Reason {
	var all []Reason
	for r := Defined + 1; r < reasonCount; r++ {
		all = append(all, r)
	}
	return all
}
