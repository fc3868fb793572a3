package intake

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// draftRelation is a relation with the sheets that report it.
type draftRelation struct {
	name        string
	directed    bool
	record      bool
	key         string // reports, nominations or matrix
	sections    []string
	sectionsWhy []string
}

func (d *draft) writeRelations() {
	for _, t := range d.tables {
		if d.listed(t) && t != d.firms || d.isAffiliation(t) || d.isRating(t) {
			continue
		}
		if !d.findReports(t) {
			d.findMatrix(t)
		}
	}
	d.findNominations()
	if len(d.relations) == 0 {
		d.line("# no table of ties was found")
		return
	}
	d.line("relations:")
	for _, r := range d.relations {
		d.guessed("  - name: "+quote(r.name), "named after the sheet, or a value of it")
		d.line("    dimension: other   # mutual_engagement | joint_enterprise | shared_repertoire | other")
		d.guessed(fmt.Sprintf("    directed: %t", r.directed), "whether one names the other, and not both each other")
		d.line("    %s:", r.key)
		for i, s := range r.sections {
			d.guessed("      - {"+s+"}", r.sectionsWhy[i])
		}
	}
	d.line("reconcile: any   # a tie is there if anyone says so; see the rules for others")
	if d.weighed {
		d.guessed("weights: strength", "more is closer; distance: more is farther")
	}
	d.line("")
}

// name returns a name that no relation or affiliation has.
func (d *draft) name(text, otherwise string) string {
	name := slug(text, otherwise)
	for n, stem := 2, name; d.taken[name] || name == unionName; n++ {
		name = fmt.Sprintf("%s_%d", stem, n)
	}
	d.taken[name] = true
	return name
}

// tieColumns are the columns of a table of ties.
type tieColumns struct {
	respondent, source, target *draftColumn
	split                      *draftColumn
}

// ties finds who names whom in a table: two columns of firms, or one of
// people and one of firms.
func (d *draft) ties(t *draftTable) (tieColumns, bool) {
	firms, person := d.firmColumns(t), d.personColumn(t)
	firms = slices.DeleteFunc(firms, func(c *draftColumn) bool { return c == person })
	var x tieColumns
	switch {
	case t == d.firms || person == nil && len(firms) < 2 || len(firms) == 0:
		return x, false
	case person != nil && len(firms) >= 2:
		x.respondent, x.source, x.target = person, firms[0], firms[1]
	case person != nil:
		x.respondent, x.target = person, firms[0]
	case hinted(firms[0].header, "respond", "ego", "who", "nominator", "interview", "informant", "named_by"):
		x.respondent, x.target = firms[0], firms[1]
	default:
		x.source, x.target = firms[0], firms[1]
	}
	x.split = d.splitColumn(t, x.respondent, x.source, x.target, d.clusterColumn(t), answerColumn(t), hintedColumn(t, "source_column", "evidence", "passage"))
	return x, true
}

// findReports adds the relations of a sheet with one report a row.
func (d *draft) findReports(t *draftTable) bool {
	x, ok := d.ties(t)
	switch {
	case !ok:
	case x.split == nil:
		d.addReports(t, x, "", t.base)
	default:
		for _, value := range x.split.values() {
			d.addReports(t, x, value, value)
		}
	}
	return ok
}

// addReports adds one section. Sheets of respondents that report a relation
// of the same name are sections of one relation; records stay apart.
func (d *draft) addReports(t *draftTable, x tieColumns, value, named string) {
	text := "table: " + quote(t.name)
	why := "its columns name firms"
	if x.split != nil {
		text += fmt.Sprintf(", where: {%s: %s}", quote(x.split.header), quote(value))
		why += fmt.Sprintf(", and %s tells relations apart", quote(x.split.header))
	}
	text += optional("respondent", x.respondent) + optional("source", x.source) + optional("target", x.target)
	text += d.answersText(t, x, value)
	switch {
	case x.respondent == nil:
		why += "; no column says who reports them"
	case x.source != nil:
		text += ", asked: {kind: recall, about: any}"
	default:
		text += ", asked: {kind: recall, about: own}"
	}
	text += d.rolesText(x, value)
	record := x.respondent == nil
	i := slices.IndexFunc(d.relations, func(r draftRelation) bool { return r.name == slug(named, "ties") && !r.record && !record })
	if i < 0 {
		d.relations = append(d.relations, draftRelation{name: d.name(named, "ties"), key: "reports", record: record, directed: d.directed(x, named)})
		i = len(d.relations) - 1
	}
	r := &d.relations[i]
	r.sections, r.sectionsWhy = append(r.sections, text), append(r.sectionsWhy, why)
}

// rolesText is `roles:` where those who speak in a section's rows have some
// roles and not others: who has another was not asked there.
func (d *draft) rolesText(x tieColumns, value string) string {
	if d.people == nil || x.respondent == nil {
		return ""
	}
	role := roleColumn(d.respondents)
	if role == nil {
		return ""
	}
	speaks := map[string]bool{}
	for i, person := range x.respondent.cells {
		if x.split == nil || x.split.cells[i] == value {
			speaks[person] = true
		}
	}
	roles := map[string]bool{}
	for i, person := range d.respondentID.cells {
		if r := role.cells[i]; r != "" && speaks[person] {
			roles[r] = true
		}
	}
	if len(roles) == 0 || len(roles) == len(role.distinct) {
		return ""
	}
	return ", roles: " + list(slices.Sorted(maps.Keys(roles)))
}

// directed guesses whether a tie has a direction: where its name says so, and
// where firms name others for themselves.
func (d *draft) directed(x tieColumns, name string) bool {
	return hinted(name, "advice", "ask", "help", "influen", "trust", "learn", "refer", "nominat") ||
		x.respondent != nil && d.people == nil
}

// answersText maps answer, strength, confidence, wave and evidence, where
// columns have their names and fitting cells.
func (d *draft) answersText(t *draftTable, x tieColumns, value string) string {
	text := ""
	if c := answerColumn(t); c != nil && len(c.distinct) <= 12 {
		if answers := answersOf(c); answers != "" {
			text += optional("answer", c) + ", answers: {" + answers + "}"
		}
	}
	if c := hintedColumn(t, "strength", "strong", "freq", "often", "times", "weight", "intensity"); c != nil && positive(c, x.split, value) {
		text += optional("strength", c)
		d.weighed = true
	}
	if c := hintedColumn(t, "confid", "sure", "certain"); c != nil && c.numeric() {
		text += optional("confidence", c)
	}
	text += optional("wave", hintedColumn(t, "wave"))
	return text + optional("evidence", hintedColumn(t, "evidence", "passage", "quote"))
}

// answerColumn has the name of answers, or both yes and no in letters.
func answerColumn(t *draftTable) *draftColumn {
	if c := hintedColumn(t, "answer", "said", "response"); c != nil {
		return c
	}
	return t.column(func(c *draftColumn) bool {
		said := answersOf(c)
		return c.textual() && len(c.distinct) <= 4 && strings.HasPrefix(said, "yes: ") && strings.Contains(said, ", no: ")
	})
}

// answersOf sorts the texts of a column into yes, no and don't know; empty
// where none means yes.
func answersOf(c *draftColumn) string {
	var yes, no, other []string
	for _, v := range c.values() {
		switch strings.ToLower(v) {
		case "1", "yes", "y", "true", "t", "x", "是":
			yes = append(yes, v)
		case "0", "no", "n", "false", "f", "2", "否":
			no = append(no, v)
		default:
			other = append(other, v)
		}
	}
	if yes == nil {
		return ""
	}
	text := "yes: " + list(yes)
	if no != nil {
		text += ", no: " + list(no)
	}
	if other != nil {
		text += ", dont_know: " + list(other)
	}
	return text
}

// positive reports whether all cells of a section's rows are numbers above 0,
// some of them at least.
func positive(c, split *draftColumn, value string) bool {
	some := false
	for i, text := range c.cells {
		if text == "" || split != nil && split.cells[i] != value || slices.Contains(usualMissing(), text) {
			continue
		}
		if x, err := strconv.ParseFloat(text, 64); err != nil || x <= 0 {
			return false
		}
		some = true
	}
	return some
}

// findMatrix adds a relation where the headers of a table are firms.
func (d *draft) findMatrix(t *draftTable) {
	headed := 0
	for _, c := range t.columns {
		if d.names[c.header] {
			headed++
		}
	}
	row := d.firmColumn(t)
	if t == d.firms || row == nil || headed < 2 || headed*2 < len(t.columns) {
		return
	}
	var columns []string
	for _, c := range t.columns {
		if d.names[c.header] {
			columns = append(columns, c.header)
		}
	}
	text := fmt.Sprintf("table: %s, row: %s", quote(t.name), quote(row.header))
	text += optional("respondent", d.personColumn(t)) + optional("cluster", d.clusterColumn(t))
	columnsText := list(columns)
	if headed > 12 {
		columnsText = "rest"
	}
	d.relations = append(d.relations, draftRelation{name: d.name(t.base, "ties"), key: "matrix",
		sections: []string{text + ", columns: " + columnsText}, sectionsWhy: []string{"its headers are firms"}})
}

// nominations are the columns of the list of firms that name other firms.
func (g *guesses) nominations() []*draftColumn {
	var out []*draftColumn
	for _, c := range g.firmColumns(g.firms) {
		if c != g.cluster {
			out = append(out, c)
		}
	}
	return out
}

// findNominations adds a relation where the list of firms names other firms.
func (d *draft) findNominations() {
	columns := d.nominations()
	if len(columns) == 0 {
		return
	}
	text := fmt.Sprintf("table: %s, respondent: %s, columns: %s, asked: {kind: recall, limit: %d, about: own}",
		quote(d.firms.name), quote(d.firm.header), list(headers(columns)), len(columns))
	d.relations = append(d.relations, draftRelation{name: d.name("nominations", ""), directed: true, key: "nominations",
		sections: []string{text}, sectionsWhy: []string{"these columns name other firms; one relation for each question"}})
}
