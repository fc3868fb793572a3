package pipeline

import (
	"math"

	"firmties/pipeline/diag"
	"firmties/pipeline/resolve"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

type clusterRow struct {
	s *study.Study
	i int
}

var clusterFields = table.Define("clusters", "The clusters of the study, with their attributes and reported outcomes.",
	[]string{"cluster"},
	table.CodeField(table.Column{Name: "cluster", Doc: "id of the cluster", NullWhen: "never"},
		func(r *clusterRow) int32 { return int32(r.i) }),
	table.TextField(table.Column{Name: "label", Doc: "name of the cluster for people; its id where the study gives none", NullWhen: "never"},
		func(r *clusterRow) string { return r.s.Clusters[r.i].Label }),
	table.CountField(table.Column{Name: "firms", Unit: "firms", Doc: "firms of the cluster", Range: ">= 0", NullWhen: "never"},
		func(r *clusterRow) (int64, bool) { return int64(r.s.Clusters[r.i].Firms), true }),
	table.CountField(table.Column{Name: "interviewed", Unit: "firms", Doc: "firms that a respondent who was interviewed speaks for", Range: "0 to firms", NullWhen: "never"},
		func(r *clusterRow) (int64, bool) { return interviewed(r.s.FirmsOf(r.i)), true }),
)

func interviewed(firms []study.Firm) int64 {
	var n int64
	for i := range firms {
		if firms[i].Interviewed {
			n++
		}
	}
	return n
}

func clustersTable(s *study.Study, levels table.Levels) *table.Table {
	index := func(r *clusterRow) int { return r.i }
	def := clusterFields.
		With(attributeFields(s.ClusterAttributes, index)...).
		With(outcomeFields(s.Outcomes, study.AtCluster, index)...)
	rows := make([]clusterRow, len(s.Clusters))
	for i := range rows {
		rows[i] = clusterRow{s, i}
	}
	return def.In(levels).Table(rows)
}

// firmRow is a firm of the study, or (i < 0) a name that the analyst keeps of
// a firm outside it.
type firmRow struct {
	s       *study.Study
	i       int
	cluster int32
	name    string
}

var firmFields = table.Define("firms", "The firms of the study, with their attributes and reported outcomes, and the names outside it that the study keeps.",
	[]string{"cluster", "firm"},
	table.CodeField(table.Column{Name: "cluster", Doc: "id of the firm's cluster", NullWhen: "never"},
		func(r *firmRow) int32 { return r.cluster }),
	table.TextField(table.Column{Name: "firm", Doc: "id of the firm; for a firm outside the study the name as reported", NullWhen: "never"},
		func(r *firmRow) string {
			if r.i < 0 {
				return r.name
			}
			return r.s.Firms[r.i].ID
		}),
	table.TextField(table.Column{Name: "label", Doc: "first label of the firm; its id where the study gives none", NullWhen: "never"},
		func(r *firmRow) string {
			if r.i < 0 {
				return r.name
			}
			return r.s.Firms[r.i].Label()
		}),
	table.FlagField(table.Column{Name: "interviewed", Doc: "a respondent who was interviewed speaks for the firm", NullWhen: "never"},
		func(r *firmRow) (bool, bool) { return r.i >= 0 && r.s.Firms[r.i].Interviewed, true }),
	table.FlagField(table.Column{Name: "outside", Doc: "a reported name that is no firm of the study, kept by `unmatched: keep`; in no network and no denominator", NullWhen: "never"},
		func(r *firmRow) (bool, bool) { return r.i < 0, true }),
)

func firmsTable(s *study.Study, outside []resolve.Outside, levels table.Levels) *table.Table {
	index := func(r *firmRow) int { return r.i }
	def := firmFields.
		With(attributeFields(s.FirmAttributes, index)...).
		With(outcomeFields(s.Outcomes, study.AtFirm, index)...)
	rows := make([]firmRow, 0, len(s.Firms)+len(outside))
	for i := range s.Firms {
		rows = append(rows, firmRow{s, i, s.Firms[i].Cluster, ""})
	}
	for _, o := range outside {
		rows = append(rows, firmRow{s, -1, o.Cluster, o.Name})
	}
	t := def.In(levels).Table(rows)
	if len(outside) > 0 { // the firms themselves are in key order
		t = t.Sorted()
	}
	return t
}

type respondentRow struct {
	s *study.Study
	i int
}

func (r *respondentRow) respondent() *study.Respondent { return &r.s.Respondents[r.i] }

var respondentFields = table.Define("respondents", "The people interviewed; where the study lists none, every firm speaks for itself.",
	[]string{"cluster", "respondent"},
	table.CodeField(table.Column{Name: "cluster", Doc: "id of the respondent's cluster", NullWhen: "never"},
		func(r *respondentRow) int32 { return r.respondent().Cluster }),
	table.TextField(table.Column{Name: "respondent", Doc: "id of the respondent", NullWhen: "never"},
		func(r *respondentRow) string { return r.respondent().ID }),
	table.TextField(table.Column{Name: "firm", Doc: "id of the firm that the respondent speaks for", NullWhen: "the respondent speaks for no firm"},
		func(r *respondentRow) string {
			if f := r.respondent().Firm; f >= 0 {
				return r.s.Firms[f].ID
			}
			return ""
		}),
	table.TextField(table.Column{Name: "role", Doc: "role of the respondent in the cluster", NullWhen: "not given"},
		func(r *respondentRow) string { return r.respondent().Role }),
	table.TextField(table.Column{Name: "referred_by", Doc: "who referred the interviewer to the respondent", NullWhen: "not given"},
		func(r *respondentRow) string { return r.respondent().ReferredBy }),
	table.TextField(table.Column{Name: "wave", Doc: "wave of sampling", NullWhen: "not given"},
		func(r *respondentRow) string { return r.respondent().Wave }),
	table.FlagField(table.Column{Name: "interviewed", Doc: "the interview took place", NullWhen: "never"},
		func(r *respondentRow) (bool, bool) { return r.respondent().Interviewed, true }),
)

func respondentsTable(s *study.Study, levels table.Levels) *table.Table {
	rows := make([]respondentRow, len(s.Respondents))
	for i := range rows {
		rows[i] = respondentRow{s, i}
	}
	return respondentFields.In(levels).Table(rows)
}

// attributeFields makes a column of every attribute; index gives a record's
// place in the attribute's values, below 0 where it has none.
func attributeFields[R any](attributes []study.Attribute, index func(*R) int) []table.Field[R] {
	var fields []table.Field[R]
	for i := range attributes {
		a := &attributes[i]
		column := table.Column{Name: a.Name, Doc: "attribute: column " + a.Column + " of the study's own sheet", NullWhen: "missing in the sheet"}
		if a.Numeric {
			fields = append(fields, numberField(column, a.Number, index))
			continue
		}
		fields = append(fields, table.TextField(column, func(r *R) string {
			if k := index(r); k >= 0 {
				return a.Text[k]
			}
			return ""
		}))
	}
	return fields
}

// outcomeFields makes the columns of the outcomes of one level.
func outcomeFields[R any](outcomes []study.Outcome, level study.Level, index func(*R) int) []table.Field[R] {
	var fields []table.Field[R]
	for i := range outcomes {
		if o := &outcomes[i]; o.Level == level {
			fields = append(fields, fieldsOfOutcome(o, index)...)
		}
	}
	return fields
}

var outcomeDocs = map[study.OutcomeKind]string{
	study.Continuous: "reported outcome, continuous",
	study.Count:      "reported outcome, a count",
	study.Binary:     "reported outcome, 1 yes and 0 no",
	study.Ordinal:    "reported outcome, the score of its level, 1 the lowest",
	study.Time:       "reported outcome, time of adoption, or the end of observation where censored",
}

func fieldsOfOutcome[R any](o *study.Outcome, index func(*R) int) []table.Field[R] {
	fields := []table.Field[R]{numberField(table.Column{Name: o.Name, Doc: outcomeDocs[o.Kind], NullWhen: "missing in the sheet"}, o.Value, index)}
	if o.Censored != nil {
		fields = append(fields, table.FlagField(
			table.Column{Name: o.Name + "_censored", Doc: "not adopted by the end of observation", NullWhen: "the time is missing"},
			func(r *R) (bool, bool) {
				k := index(r)
				return k >= 0 && o.Censored[k], k >= 0 && !math.IsNaN(o.Value[k])
			}))
	}
	if o.Entry != nil {
		fields = append(fields, numberField(table.Column{Name: o.Name + "_entry", Doc: "time from which adoption was possible (left truncation)", NullWhen: "missing in the sheet"}, o.Entry, index))
	}
	if o.Raters != nil {
		fields = append(fields, table.CountField(
			table.Column{Name: o.Name + "_raters", Unit: "respondents", Doc: "respondents who rated it", Range: ">= 0", NullWhen: "never, but for a firm outside the study"},
			func(r *R) (int64, bool) {
				if k := index(r); k >= 0 {
					return o.Raters[k], true
				}
				return 0, false
			}),
			numberField(table.Column{Name: o.Name + "_range", Doc: "largest less smallest rating", Range: ">= 0", NullWhen: "nobody rated it"}, o.Spread, index))
	}
	return fields
}

// numberField is a column over values in which NaN is missing.
func numberField[R any](c table.Column, values []float64, index func(*R) int) table.Field[R] {
	return table.NumberField(c, func(r *R) (float64, bool) {
		k := index(r)
		if k < 0 || math.IsNaN(values[k]) {
			return 0, false
		}
		return values[k], true
	})
}

func codes() []string {
	var list []string
	for _, i := range diag.Infos() {
		list = append(list, string(i.Code))
	}
	return list
}

var findingFields = table.Define("findings", "What is wrong or doubtful in the study's own files, with its place.", nil,
	table.CategoryField(table.Column{Name: "severity", Doc: "error, warning or note", NullWhen: "never", Levels: diag.SeverityNames()},
		func(f *diag.Finding) string { return f.Severity.String() }),
	table.CategoryField(table.Column{Name: "code", Doc: "kind of finding", NullWhen: "never", Levels: codes()},
		func(f *diag.Finding) string { return string(f.Code) }),
	table.TextField(table.Column{Name: "file", Doc: "file, relative to the data folder", NullWhen: "the finding is about no file"},
		func(f *diag.Finding) string { return f.Place.File }),
	table.TextField(table.Column{Name: "sheet", Doc: "sheet of a workbook", NullWhen: "not a workbook"},
		func(f *diag.Finding) string { return f.Place.Sheet }),
	table.CountField(table.Column{Name: "line", Doc: "line, from 1", Range: ">= 1", NullWhen: "the finding is about the file"},
		func(f *diag.Finding) (int64, bool) { return int64(f.Place.Line), f.Place.Line > 0 }),
	table.CountField(table.Column{Name: "column", Doc: "column, from 1", Range: ">= 1", NullWhen: "the finding is about the line or the file"},
		func(f *diag.Finding) (int64, bool) { return int64(f.Place.Column), f.Place.Column > 0 }),
	table.TextField(table.Column{Name: "value", Doc: "the offending value", NullWhen: "there is none"},
		func(f *diag.Finding) string { return f.Value }),
	table.TextField(table.Column{Name: "message", Doc: "what is wrong, and what was expected", NullWhen: "never"},
		func(f *diag.Finding) string { return f.Message }),
	table.TextField(table.Column{Name: "hint", Doc: "how to mend it", NullWhen: "there is nothing to mend"},
		func(f *diag.Finding) string { return f.Hint }),
)
