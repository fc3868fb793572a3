package pipeline

import (
	"strings"
	"testing"

	"firmties/pipeline/networks"
	"firmties/pipeline/reconcile"
	"firmties/pipeline/resolve"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// TestColumnsOfTables holds the published columns to their names and order: a
// closed list is marked ~, and a key stands before the bar.
func TestColumnsOfTables(t *testing.T) {
	s := &study.Study{
		Clusters: []study.Cluster{{ID: "k", Firms: 1, Respondents: 1}}, Firms: []study.Firm{{ID: "a"}},
		Respondents:    []study.Respondent{{ID: "a"}},
		FirmAttributes: []study.Attribute{{Name: "sector", Text: []string{"x"}}, {Name: "size", Numeric: true, Number: []float64{1}}},
		Outcomes: []study.Outcome{
			{Name: "o", Level: study.AtFirm, Kind: study.Time, Value: []float64{1}, Censored: []bool{false}, Entry: []float64{0}},
			{Name: "p", Level: study.AtCluster, Kind: study.Ordinal, Value: []float64{1}, Raters: []int64{1}, Spread: []float64{0}},
		},
	}
	levels := table.Levels{"cluster": s.ClusterIDs()}
	resolved, _ := resolve.Run(s)
	ties, reports := reconcile.NewTables(s).Schemas()
	for _, c := range []struct {
		schema *table.Schema
		want   string
	}{
		{clustersTable(s, levels).Schema, "~cluster | label firms interviewed p p_raters p_range"},
		{firmsTable(s, nil, levels).Schema, "~cluster firm | label interviewed outside sector size o o_censored o_entry"},
		{respondentsTable(s, levels).Schema, "~cluster respondent | firm role referred_by wave interviewed"},
		{resolved.Affiliations.Schema, "~cluster ~affiliation firm event |"},
		{reports, "| ~cluster ~relation respondent source target source_name target_name ~answer strength confidence wave evidence ~fate file sheet line column"},
		{resolved.Resolutions.Schema, "~cluster name | firm ~how candidates uses"},
		{ties, "~cluster ~relation source target | strength probability n_yes n_no n_dont_know n_asked"},
		{networks.LayersTable(s).Schema, "~layer | ~kind directed ~dimension ~weight members ~backbone alpha ~adjust"},
		{networks.NewTables(s).Edges, "~cluster ~layer source target | strength"},
		{findingFields.In(nil).Schema, "| ~severity ~code file sheet line column value message hint"},
		{table.Describe(nil).Schema, "table column | type unit definition range null_when source"},
	} {
		if got := columnsOf(c.schema); got != c.want {
			t.Errorf("%s\n has  %s\n want %s", c.schema.Name, got, c.want)
		}
	}
}

func columnsOf(s *table.Schema) string {
	var words []string
	for i, c := range s.Columns {
		if i == len(s.Key) {
			words = append(words, "|")
		}
		if i < len(s.Key) && s.Key[i] != c.Name {
			return "a key that is not the first columns: " + strings.Join(s.Key, " ")
		}
		name := c.Name
		if c.Kind == table.Category {
			name = "~" + name
		}
		words = append(words, name)
	}
	if len(s.Columns) == len(s.Key) {
		words = append(words, "|")
	}
	return strings.Join(words, " ")
}
