package intake

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"firmties/pipeline/diag"
)

// Draft looks at the tables that lie in a folder and writes a study.yaml for
// them, by what they contain: a list of firms is a table whose ids others
// refer to, a relation is a table that names two of them a row. Every guess is
// marked for the analyst to confirm. The study is named after its folder. The
// draft is nil where the folder has no list of firms; the findings say so, and
// which files could not be read.
func Draft(ctx context.Context, data fs.FS, folder string) ([]byte, diag.List, error) {
	var findings diag.List
	tables, err := draftTables(ctx, data, &findings)
	if err != nil {
		return nil, findings, err
	}
	g := guessRoles(tables)
	if g.firms == nil {
		findings.Add(diag.FileMissing, diag.Place{}, "", "no table of this folder looks like a list of firms",
			"a list of firms is a .csv, .tsv or .xlsx with one row a firm and a column of ids, none of them blank or repeated")
		return nil, findings, nil
	}
	d := &draft{guesses: g, study: studyNameOf(folder), taken: map[string]bool{}}
	d.write()
	return []byte(d.text.String()), findings, nil
}

// draft is study.yaml while it is written.
type draft struct {
	*guesses
	study     string
	text      strings.Builder
	taken     map[string]bool // names of relations and affiliations
	columns   map[string]bool // names in the list of firms
	relations []draftRelation
	weighed   bool // a strength is mapped
}

func (d *draft) line(format string, args ...any) { fmt.Fprintf(&d.text, format+"\n", args...) }

// guessed writes a line that the analyst has to confirm.
func (d *draft) guessed(line, why string) { d.line("%s   # guess: %s; confirm", line, why) }

func (d *draft) write() {
	d.line("# A draft of study.yaml, guessed from the tables in this folder. Go through the")
	d.line("# lines marked `guess`, correct or delete them, and run `firmties check`.")
	d.line("")
	d.guessed("study: "+quote(d.study), "letters, digits, hyphens; it names the results folder")
	d.line("# title: ...")
	d.line("# citation: ...")
	d.guessed("missing: "+list(d.missing()), "cells that mean missing")
	d.line("seed: 1   # of everything random")
	d.line("")
	d.writeTables()
	d.writeClusters()
	d.writeFirms()
	d.writeAliases()
	d.writeRespondents()
	d.writeRelations()
	d.writeAffiliations()
	d.writeOutcomes()
	d.line("")
	d.writeUnused()
	d.line("# layers: omitted, so one network per relation, the union of all relations and one")
	d.line("# projection per affiliation. models: omitted, so the default grid.")
}

// studyNameOf makes the name of a study of that of its folder.
func studyNameOf(folder string) string {
	var b strings.Builder
	for _, r := range folder {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if name := strings.TrimRight(b.String(), "-"); studyName.MatchString(name) {
		return name
	}
	return "my-study"
}

// writeUnused names the tables that were not taken for anything: they may be
// what the analyst came with, under headers that were not understood.
func (d *draft) writeUnused() {
	text, some := d.text.String(), false
	for _, t := range d.tables {
		if !strings.Contains(text, "table: "+quote(t.name)) {
			columns := headers(t.columns)
			d.line("# no use was found for %s (columns: %s)", quote(t.name), list(columns[:min(len(columns), 12)]))
			some = true
		}
	}
	if some {
		d.line("")
	}
}

// missing are the usual texts for missing cells that occur.
func (d *draft) missing() []string {
	out := []string{""}
	for _, m := range usualMissing() {
		if slices.ContainsFunc(d.tables, func(t *draftTable) bool {
			return slices.ContainsFunc(t.columns, func(c *draftColumn) bool { return slices.Contains(c.cells, m) })
		}) {
			out = append(out, m)
		}
	}
	return out
}

func (d *draft) writeTables() {
	var lines []string
	for _, t := range d.tables {
		if t.named {
			lines = append(lines, fmt.Sprintf("  %s: {%s}", t.name, options(t.options)))
		}
	}
	if lines == nil {
		return
	}
	d.line("tables:   # names for sheets, and for files that need options")
	for _, l := range lines {
		d.guessed(l, "read without error")
	}
	d.line("")
}

func options(o TableOptions) string {
	out := "file: " + quote(o.File)
	for _, x := range []struct{ key, value string }{
		{"sheet", o.Sheet}, {"encoding", o.Encoding}, {"delimiter", o.Delimiter}, {"cluster", o.Cluster},
	} {
		if x.value != "" {
			out += ", " + x.key + ": " + quote(x.value)
		}
	}
	return out
}

func (d *draft) writeClusters() {
	t := d.clusters
	if t == nil {
		return
	}
	var rest []*draftColumn
	text := fmt.Sprintf("clusters: {table: %s, id: %s", quote(t.name), quote(d.clusterID.header))
	for _, c := range t.columns {
		switch {
		case c == d.clusterID || c.header == "":
		case hinted(c.header, "name", "label") && c.textual() && !strings.Contains(text, "label:"):
			text += ", label: " + quote(c.header)
		default:
			rest = append(rest, c)
		}
	}
	d.guessed(text+attributesText(rest, map[string]bool{"cluster": true, "label": true, "firms": true, "interviewed": true})+"}",
		"its ids are those that firms name")
	d.line("")
}

func (d *draft) writeFirms() {
	text := fmt.Sprintf("firms: {table: %s, id: %s", quote(d.firms.name), quote(d.firm.header))
	switch {
	case d.cluster != nil:
		text += ", cluster: " + quote(d.cluster.header)
	case d.firms.options.Cluster == "":
		d.line("# no column of clusters was found: all firms are one cluster, named after the study;")
		d.line("# otherwise add `cluster: column` to firms:")
	}
	if d.labels != nil {
		text += ", labels: " + list(headers(d.labels))
	}
	d.columns = map[string]bool{"cluster": true, "firm": true, "label": true, "interviewed": true, "outside": true}
	d.guessed(text+attributesText(d.firmAttributes(), d.columns)+"}", "other tables refer to its ids")
	d.line("")
}

// firmAttributes are the columns of the list of firms that are neither names
// nor nominations, nor the outcomes where there is no table of them.
func (d *draft) firmAttributes() []*draftColumn {
	outcomes := d.outcomesOfFirms()
	nominations := d.nominations()
	var out []*draftColumn
	for _, c := range d.firms.columns {
		if c.header != "" && c != d.firm && c != d.cluster && c.filled > 0 && !slices.Contains(d.labels, c) &&
			!slices.Contains(outcomes, c) && !slices.Contains(nominations, c) {
			out = append(out, c)
		}
	}
	return out
}

// attributesText is `attributes:` as a list of the headers that are names, or
// a map where one is not. The names are added to those taken.
func attributesText(columns []*draftColumn, taken map[string]bool) string {
	var names, pairs []string
	plain := true
	for _, c := range columns {
		name := slug(c.header, "attribute")
		for n, stem := 2, name; taken[name]; n++ {
			name = fmt.Sprintf("%s_%d", stem, n)
		}
		taken[name] = true
		plain = plain && name == c.header
		names = append(names, name)
		pairs = append(pairs, name+": "+quote(c.header))
	}
	switch {
	case names == nil:
		return ""
	case plain:
		return ", attributes: [" + strings.Join(names, ", ") + "]"
	}
	return ", attributes: {" + strings.Join(pairs, ", ") + "}"
}

func (d *draft) writeAliases() {
	t := d.aliases
	if t == nil {
		return
	}
	text := fmt.Sprintf("aliases: {table: %s, name: %s, firm: %s", quote(t.name), quote(d.aliasColumn(t).header), quote(d.firmColumn(t).header))
	d.guessed(text+optional("cluster", d.clusterColumn(t))+"}", "other written forms of firms' names")
	d.line("")
}

func (d *draft) writeRespondents() {
	t := d.respondents
	if t == nil {
		d.line("# no list of respondents was found: every firm was interviewed and speaks for itself")
		d.line("")
		return
	}
	text := fmt.Sprintf("respondents: {table: %s, id: %s", quote(t.name), quote(d.respondentID.header))
	text += optional("cluster", d.clusterColumn(t)) + optional("firm", d.firmColumn(t))
	text += optional("role", roleColumn(t)) + optional("referred_by", hintedColumn(t, "referr", "introduc"))
	text += optional("wave", hintedColumn(t, "wave"))
	if status := hintedColumn(t, "status", "interviewed", "complete"); status != nil {
		text += optional("status", status)
		for _, v := range status.values() {
			if hinted(v, "complete", "done", "interviewed", "yes") {
				text += ", interviewed: [" + quote(v) + "]"
				break
			}
		}
	}
	d.guessed(text+"}", "who was interviewed")
	d.line("")
}

func roleColumn(t *draftTable) *draftColumn { return hintedColumn(t, "role", "position") }

func hintedColumn(t *draftTable, words ...string) *draftColumn {
	return t.column(func(c *draftColumn) bool { return hinted(c.header, words...) })
}

// optional is one more key of a section, or nothing.
func optional(key string, c *draftColumn) string {
	if c == nil {
		return ""
	}
	return ", " + key + ": " + quote(c.header)
}

func headers(columns []*draftColumn) []string {
	var out []string
	for _, c := range columns {
		out = append(out, c.header)
	}
	return out
}

var plainText = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{M}\p{N}_./ -]*$`)

// quote writes a text as YAML takes it: as it is where that is safe.
func quote(s string) string {
	if plainText.MatchString(s) && !strings.HasSuffix(s, " ") && !strings.EqualFold(s, "null") {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return `"` + b.String() + `"`
}

func list(texts []string) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = quote(t)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
