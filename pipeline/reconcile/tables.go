package reconcile

import (
	"math"
	"slices"
	"strings"

	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// Tables makes the tables of this stage for one study.
type Tables struct {
	s       *study.Study
	ties    *table.Bound[tieRow]
	reports *table.Bound[reportRow]
	byName  []int // relations, sorted by name
}

// NewTables binds the tables to a study's closed lists.
func NewTables(s *study.Study) *Tables {
	levels := table.Levels{"cluster": s.ClusterIDs(), "relation": s.RelationNames()}
	byName := make([]int, len(s.Relations))
	for i := range byName {
		byName[i] = i
	}
	slices.SortFunc(byName, func(a, b int) int { return strings.Compare(s.Relations[a].Name, s.Relations[b].Name) })
	return &Tables{s, tieFields.In(levels), reportFields.In(levels), byName}
}

// Schemas returns the schemas of the tables ties and tie_reports.
func (t *Tables) Schemas() (ties, reports *table.Schema) { return t.ties.Schema, t.reports.Schema }

// Ties is the part of the table `ties` of some clusters that follow each other,
// from the first, each with its relations.
func (t *Tables) Ties(first int, lists [][]study.Reconciled) *table.Table {
	count := 0
	for _, list := range lists {
		for i := range list {
			count += len(list[i].Ties)
		}
	}
	rows := make([]tieRow, 0, count)
	for k, list := range lists {
		for _, i := range t.byName {
			for j := range list[i].Ties {
				rows = append(rows, tieRow{t.s, first + k, i, &list[i].Ties[j]})
			}
		}
	}
	return t.ties.Table(rows)
}

// Reports is the part of the table `tie_reports` of the clusters from (inclusive)
// to to (exclusive), of which -1 is that of the reports whose cluster is not
// known. Its fates are final once Cluster has run.
func (t *Tables) Reports(from, to int) *table.Table {
	reports := t.s.ReportsIn(from, to)
	rows := make([]reportRow, len(reports))
	for i := range rows {
		rows[i] = reportRow{t.s, &reports[i]}
	}
	return t.reports.Table(rows)
}

type tieRow struct {
	s        *study.Study
	cluster  int
	relation int
	*study.Tie
}

func (r *tieRow) firm(node int32) string {
	return r.s.Firms[r.s.Clusters[r.cluster].FirstFirm+node].ID
}

// respondents is a column that counts respondents.
func respondents(name, doc string, get func(*tieRow) int32) table.Field[tieRow] {
	return table.CountField(table.Column{Name: name, Unit: "respondents", Doc: doc, Range: ">= 0", NullWhen: "never"},
		func(r *tieRow) (int64, bool) { return int64(get(r)), true })
}

var tieFields = table.Define("ties", "The pairs of firms that are ties under the relation's rule, with what the respondents said.",
	[]string{"cluster", "relation", "source", "target"},
	table.CodeField(table.Column{Name: "cluster", Doc: "id of the cluster", NullWhen: "never"},
		func(r *tieRow) int32 { return int32(r.cluster) }),
	table.CodeField(table.Column{Name: "relation", Doc: "name of the relation", NullWhen: "never"},
		func(r *tieRow) int32 { return int32(r.relation) }),
	table.TextField(table.Column{Name: "source", Doc: "id of the firm the tie starts from; in an undirected relation the bytewise smaller id of the two", NullWhen: "never"},
		func(r *tieRow) string { return r.firm(r.Source) }),
	table.TextField(table.Column{Name: "target", Doc: "id of the other firm", NullWhen: "never"},
		func(r *tieRow) string { return r.firm(r.Target) }),
	table.NumberField(table.Column{Name: "strength", Doc: "the strengths of the yes reports, combined as the relation says (mean, max, min or sum), blanks left out; 1 where none was given or strengths are not used; the inverse of the combined value where it is a distance", Range: "> 0", NullWhen: "never"},
		func(r *tieRow) (float64, bool) { return r.Strength, true }),
	table.NumberField(table.Column{Name: "probability", Doc: "probability of the tie given the reports", Range: "0 to 1", NullWhen: "always under the named rules, which give no probability"},
		func(r *tieRow) (float64, bool) { return 0, false }),
	respondents("n_yes", "respondents who said yes; records have none", func(r *tieRow) int32 { return r.Yes }),
	respondents("n_no", "respondents who said no, or were silent where silence is a no", func(r *tieRow) int32 { return r.No }),
	respondents("n_dont_know", "respondents who said that they do not know", func(r *tieRow) int32 { return r.DontKnow }),
	respondents("n_asked", "respondents who could have been asked about the pair", func(r *tieRow) int32 { return r.Asked }),
)

type reportRow struct {
	s *study.Study
	*study.Report
}

func (r *reportRow) firm(i int32) string {
	if i < 0 {
		return ""
	}
	return r.s.Firms[i].ID
}

// number is a value of a report in which NaN is a blank cell.
func number(x float64) (float64, bool) { return x, !math.IsNaN(x) }

var reportFields = table.Define("tie_reports", "Every report as it was given, with its place in the study's own files and what became of it.", nil,
	table.CodeField(table.Column{Name: "cluster", Doc: "id of the respondent's cluster; for a record that of its row or of the firms it names", NullWhen: "it is not known"},
		func(r *reportRow) int32 { return r.Cluster }),
	table.CodeField(table.Column{Name: "relation", Doc: "name of the relation", NullWhen: "never"},
		func(r *reportRow) int32 { return int32(r.Relation) }),
	table.TextField(table.Column{Name: "respondent", Doc: "who said it, as written", NullWhen: "a record, or a blank cell"},
		func(r *reportRow) string { return r.s.Texts.String(r.RespondentName) }),
	table.TextField(table.Column{Name: "source", Doc: "id of the firm the tie starts from; of another cluster where fate is cross_cluster", NullWhen: "no firm was found, or the report was dropped before its names were looked up"},
		func(r *reportRow) string { return r.firm(r.Source) }),
	table.TextField(table.Column{Name: "target", Doc: "id of the other firm; of another cluster where fate is cross_cluster", NullWhen: "no firm was found, or the report was dropped before its names were looked up"},
		func(r *reportRow) string { return r.firm(r.Target) }),
	table.TextField(table.Column{Name: "source_name", Doc: "the source as written", NullWhen: "the sheet has no column for it (the source is the respondent's firm), or a blank cell"},
		func(r *reportRow) string { return r.s.Texts.String(r.SourceName) }),
	table.TextField(table.Column{Name: "target_name", Doc: "the target as written", NullWhen: "a blank cell"},
		func(r *reportRow) string { return r.s.Texts.String(r.TargetName) }),
	table.CodeField(table.Column{Name: "answer", Doc: "what the respondent said", NullWhen: "no answer, or one that `answers` does not list", Levels: study.AnswerNames()[study.Yes:]},
		func(r *reportRow) int32 { return int32(r.Answer) - int32(study.Yes) }),
	table.NumberField(table.Column{Name: "strength", Doc: "the strength as given, whether a strength or a distance", Range: "> 0", NullWhen: "not asked, or a blank cell"},
		func(r *reportRow) (float64, bool) { return number(r.Strength) }),
	table.NumberField(table.Column{Name: "confidence", Doc: "how sure the respondent was, as given", NullWhen: "not asked, or a blank cell"},
		func(r *reportRow) (float64, bool) { return number(r.Confidence) }),
	table.TextField(table.Column{Name: "wave", Doc: "wave of the interview", NullWhen: "not given"},
		func(r *reportRow) string { return r.s.Texts.String(r.Wave) }),
	table.TextField(table.Column{Name: "evidence", Doc: "passage or file that the report rests on", NullWhen: "not given"},
		func(r *reportRow) string { return r.s.Texts.String(r.Evidence) }),
	table.CodeField(table.Column{Name: "fate", Doc: "what became of the report. " + study.FatesExplained(), NullWhen: "never", Levels: study.FateNames()},
		func(r *reportRow) int32 { return int32(r.Fate) }),
	table.TextField(table.Column{Name: "file", Doc: "file, relative to the data folder", NullWhen: "never"},
		func(r *reportRow) string { return r.s.Place(r.Report).File }),
	table.TextField(table.Column{Name: "sheet", Doc: "sheet of a workbook", NullWhen: "not a workbook"},
		func(r *reportRow) string { return r.s.Place(r.Report).Sheet }),
	table.CountField(table.Column{Name: "line", Doc: "line of the file or row of the sheet, from 1", Range: ">= 1", NullWhen: "never"},
		func(r *reportRow) (int64, bool) { return int64(r.Line), true }),
	table.CountField(table.Column{Name: "column", Doc: "column of the target's cell, from 1", Range: ">= 1", NullWhen: "it is not known"},
		func(r *reportRow) (int64, bool) { return int64(r.Column), r.Column > 0 }),
)
