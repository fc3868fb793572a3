package study

import (
	"sort"

	"firmties/pipeline/diag"
)

// Study is everything that was declared and read, checked and sorted. Intake
// makes it; resolve fills in which firm every reported name is; from then on
// it does not change.
type Study struct {
	Name      string
	Title     string
	Citation  string
	Licence   string
	Simulated bool
	Seed      uint64
	// IDsWithinCluster: firm ids are unique within a cluster only.
	IDsWithinCluster bool

	Clusters    []Cluster    // sorted by id
	Firms       []Firm       // sorted by cluster and id
	Respondents []Respondent // sorted by cluster and id
	Aliases     []Alias
	// RespondentsListed is false where the study has no list of respondents:
	// then every firm speaks for itself.
	RespondentsListed bool

	ClusterAttributes []Attribute // values by cluster
	FirmAttributes    []Attribute // values by firm

	Relations    []Relation
	Sheets       []Sheet
	Texts        Texts
	Reports      []Report // in any order until resolve sorts them by cluster
	Affiliations []Affiliation

	Layers    []Layer
	Weights   Weights
	Groups    []string // categorical firm attributes
	Homophily []string // numeric firm attributes or firm outcomes
	Metrics   MetricChoice
	// AllPairs: pair metrics of all pairs of firms are wanted, not of the tied
	// ones alone.
	AllPairs bool
	// Comparisons is what of the networks is compared with random ones.
	Comparisons Comparisons
	// Distances is which layers' networks are held against each other.
	Distances Distances
	// Coupling is how many random networks of tasks it is held against.
	Coupling Draws
	Outcomes []Outcome
	Models   []Model
	// ModelsDeclared is false where study.yaml has no `models:` and the
	// default grid applies.
	ModelsDeclared bool
}

// Cluster is a bounded group of firms.
type Cluster struct {
	ID              string
	Label           string // the id where the study gives none
	FirstFirm       int32  // index of its first firm
	Firms           int32  // how many
	FirstRespondent int32
	Respondents     int32
}

// Firm is a node.
type Firm struct {
	ID          string
	Cluster     int32
	Labels      []string // as the study gives them, without blanks; may be empty
	Interviewed bool     // a respondent who was interviewed speaks for it
}

// Label is the first label, or the id.
func (f *Firm) Label() string {
	if len(f.Labels) > 0 {
		return f.Labels[0]
	}
	return f.ID
}

// Respondent is a person interviewed. Where the study lists none, every firm
// is its own respondent.
type Respondent struct {
	ID          string
	Cluster     int32
	Firm        int32 // -1: speaks for no firm
	Role        string
	ReferredBy  string
	Wave        string
	Status      string
	Interviewed bool
}

// Alias is another written form of a firm's name.
type Alias struct {
	Name    string
	Firm    int32
	Cluster int32
}

// Attribute is a column of the analyst's own about firms or clusters.
type Attribute struct {
	Name    string
	Column  string // the header in the analyst's sheet
	Numeric bool
	Number  []float64 // where numeric; NaN is missing
	Text    []string  // otherwise; empty is missing
}

// Sheet is one part of a table: a file, or a sheet of a workbook.
type Sheet struct {
	File string
	Name string // empty for a text file
}

// FirmsOf returns the firms of a cluster.
func (s *Study) FirmsOf(c int) []Firm {
	k := &s.Clusters[c]
	return s.Firms[k.FirstFirm : k.FirstFirm+k.Firms]
}

// RespondentsOf returns the respondents of a cluster.
func (s *Study) RespondentsOf(c int) []Respondent {
	k := &s.Clusters[c]
	return s.Respondents[k.FirstRespondent : k.FirstRespondent+k.Respondents]
}

// ReportsOf returns the reports of a cluster, once resolve has sorted them.
func (s *Study) ReportsOf(c int) []Report { return s.ReportsIn(c, c+1) }

// ReportsIn returns those of the clusters from (inclusive) to to (exclusive).
func (s *Study) ReportsIn(from, to int) []Report {
	first := sort.Search(len(s.Reports), func(i int) bool { return s.Reports[i].Cluster >= int32(from) })
	end := sort.Search(len(s.Reports), func(i int) bool { return s.Reports[i].Cluster >= int32(to) })
	return s.Reports[first:end]
}

// ClusterIndex finds a cluster by its id.
func (s *Study) ClusterIndex(id string) (int32, bool) {
	i := sort.Search(len(s.Clusters), func(i int) bool { return s.Clusters[i].ID >= id })
	return int32(i), i < len(s.Clusters) && s.Clusters[i].ID == id
}

// ClusterIDs returns the ids of the clusters in their order.
func (s *Study) ClusterIDs() []string {
	ids := make([]string, len(s.Clusters))
	for i := range s.Clusters {
		ids[i] = s.Clusters[i].ID
	}
	return ids
}

// LayerNames returns the names of the layers in study order.
func (s *Study) LayerNames() []string {
	names := make([]string, len(s.Layers))
	for i := range s.Layers {
		names[i] = s.Layers[i].Name
	}
	return names
}

// RelationNames returns the names of the relations in study order.
func (s *Study) RelationNames() []string {
	names := make([]string, len(s.Relations))
	for i := range s.Relations {
		names[i] = s.Relations[i].Name
	}
	return names
}

// Place is where a report stands in the analyst's files.
func (s *Study) Place(r *Report) diag.Place {
	sheet := s.Sheets[r.Sheet]
	return diag.Place{File: sheet.File, Sheet: sheet.Name, Line: int(r.Line), Column: int(r.Column)}
}
