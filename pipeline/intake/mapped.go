package intake

import "firmties/pipeline/study"

// mapped is a section that reads a table.
type mapped struct {
	what    string
	at      any // its address
	rows    *Rows
	cluster string   // its column of the cluster
	firms   bool     // its ids are those of firms
	columns []string // the others that it names, but those of a matrix's firms
}

// mapped lists the sections that read tables, in the order of the file.
func (c *Config) mapped() []mapped {
	var out []mapped
	if x := c.Clusters; x != nil {
		out = append(out, mapped{"clusters", x, &x.Rows, "", false, append(x.Attributes.columns(), x.ID, x.Label)})
	}
	if x := c.Firms; x != nil {
		columns := append(append(x.Attributes.columns(), x.ID), x.Labels...)
		out = append(out, mapped{"firms", x, &x.Rows, x.Cluster, true, columns})
	}
	if x := c.Aliases; x != nil {
		out = append(out, mapped{"aliases", x, &x.Rows, x.Cluster, true, []string{x.Name, x.Firm}})
	}
	if x := c.Respondents; x != nil {
		columns := []string{x.ID, x.Firm, x.Role, x.ReferredBy, x.Wave, x.Status}
		out = append(out, mapped{"respondents", x, &x.Rows, x.Cluster, true, columns})
	}
	for i := range c.Relations {
		for _, s := range c.Relations[i].sections() {
			out = append(out, mapped{s.kind, s.at, s.rows, s.told.Cluster, true, s.columns()})
		}
	}
	for i := range c.Affiliations {
		x := &c.Affiliations[i]
		out = append(out, mapped{"affiliation " + x.Name, x, &x.Rows, x.Cluster, true, []string{x.Firm, x.Event}})
	}
	for i := range c.Outcomes {
		x := &c.Outcomes[i]
		columns := []string{x.ID, x.Column, x.Entry, x.Respondent}
		out = append(out, mapped{"outcome " + x.Name, x, &x.Rows, x.Cluster, x.Level == string(study.AtFirm), columns})
	}
	return out
}

// columns lists the columns that a sheet of a relation names, but for those of
// a matrix's firms.
func (s *section) columns() []string {
	out := []string{s.told.Respondent, s.told.Confidence, s.told.Wave, s.told.Evidence}
	switch {
	case s.reports != nil:
		out = append(out, s.reports.Source, s.reports.Target, s.reports.Answer, s.reports.Strength)
	case s.nominations != nil:
		for _, c := range s.nominations.Columns {
			out = append(out, c.Target, c.Strength)
		}
	default:
		out = append(out, s.matrix.Row)
	}
	return out
}

func (a Attributes) columns() []string {
	columns := make([]string, len(a))
	for i := range a {
		columns[i] = a[i].Column
	}
	return columns
}

// mappedIn lists the columns of a table that sections name: in a matrix whose
// columns are the rest, they are no firms.
func (k *checker) mappedIn(table string) map[string]bool {
	names := map[string]bool{}
	of := k.tableOptions(table)
	for _, m := range k.c.mapped() {
		if o := k.tableOptions(m.rows.Table); o.File != of.File || o.Sheet != of.Sheet {
			continue
		}
		names[trim(m.cluster)] = true
		for _, c := range m.columns {
			names[trim(c)] = true
		}
		for _, w := range m.rows.Where {
			names[trim(w.Column)] = true
		}
	}
	return names
}
