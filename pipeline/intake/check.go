package intake

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// checker holds a decoded Config against itself: what one section says of
// another, before any table is opened.
type checker struct {
	*decoder
	c *Config
	v Vocabulary
}

var (
	studyName  = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,99}$`)
	columnName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// mostRelations and mostSections are what a study.Report can number.
const (
	mostRelations = 255
	mostSections  = 255
)

func (k *checker) check() {
	k.checkStudy()
	k.checkTables()
	k.checkRespondents()
	k.checkRelations()
	k.checkAffiliations()
	k.checkLayers()
	k.checkColumnsOfFirms()
	k.checkColumnsOfClusters()
	k.checkOutcomes()
	k.checkGroups()
	k.checkComparisons()
	k.checkModels()
}

func (k *checker) fault(code diag.Code, field any, value, message, hint string) {
	k.tell(code, k.at(field), value, message, hint)
}

func (k *checker) conflict(field any, message, hint string) {
	k.fault(diag.SettingConflict, field, "", message, hint)
}

// given reports whether a field stands in the file.
func (k *checker) given(field any) bool {
	_, ok := k.places[field]
	return ok
}

func (k *checker) checkStudy() {
	if k.c.Study != "" && !studyName.MatchString(k.c.Study) {
		k.fault(diag.NameInvalid, &k.c.Study, k.c.Study, fmt.Sprintf("study: %q is no name of a study", k.c.Study),
			"letters, digits and hyphens, at most 100: it names the results folder")
	}
	if len(k.c.Relations) == 0 && len(k.c.Affiliations) == 0 {
		k.fault(diag.KeyMissing, k.c, "relations", fmt.Sprintf("%s lacks relations and affiliations", k.file),
			"a network needs one of them: `relations:` for ties that were asked about, `affiliations:` for shared events")
	}
	k.checkNames("table", len(k.c.Tables), func(i int) *string { return &k.c.Tables[i].Name }, nil)
}

// checkNames holds names against the pattern (where there is one) and against
// each other. A name that was refused while decoding is left alone.
func (k *checker) checkNames(kind string, n int, name func(int) *string, pattern *regexp.Regexp) {
	seen := map[string]diag.Place{}
	for i := range n {
		x := name(i)
		if *x == "" {
			continue
		}
		k.checkName(kind, *x, x, seen, pattern)
	}
}

func (k *checker) checkName(kind, name string, field any, seen map[string]diag.Place, pattern *regexp.Regexp) {
	if pattern != nil && !pattern.MatchString(name) {
		k.fault(diag.NameInvalid, field, name, fmt.Sprintf("%q cannot be the name of %s", name, article(kind)),
			"a name becomes a column or level: a to z, 0 to 9 and _, a letter first")
	}
	if first, ok := seen[name]; ok {
		k.fault(diag.NameRepeated, field, name, fmt.Sprintf("%s %q is declared twice", kind, name), "first declared at "+first.String())
		return
	}
	seen[name] = k.at(field)
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// refer checks that a field names something declared, and tells whether.
func (k *checker) refer(field *string, kind string, known []string) bool {
	if *field == "" || slices.Contains(known, *field) {
		return *field != ""
	}
	k.fault(diag.ReferenceWrong, field, *field, fmt.Sprintf("there is no %s %q", kind, *field), choiceHint(*field, known))
	return false
}

// checkTables: where firm ids are unique within a cluster only, every section
// that speaks of firms says in which cluster; and what has no ending is a name
// of `tables:`, not a file.
func (k *checker) checkTables() {
	for _, m := range k.c.mapped() {
		if !k.mayOpen(m.rows.Table) {
			k.refer(&m.rows.Table, "table", k.c.tableNames())
		}
		if k.c.IDs == "within_cluster" && m.firms && m.cluster == "" && k.tableOptions(m.rows.Table).Cluster == "" {
			k.fault(diag.KeyMissing, m.at, "cluster", m.what+` lacks "cluster"`,
				"with `ids: within_cluster` every section names the column of the cluster, or its table has `cluster: sheet`")
		}
	}
}

func (c *Config) tableNames() []string {
	names := make([]string, len(c.Tables))
	for i := range c.Tables {
		names[i] = c.Tables[i].Name
	}
	return names
}

// mayOpen reports whether `table:` names a table or, by its ending, a file;
// where there are no named tables it can only be a file.
func (k *checker) mayOpen(table string) bool {
	named := func(t NamedTable) bool { return t.Name == table }
	return table != "" && (len(k.c.Tables) == 0 || path.Ext(table) != "" || slices.ContainsFunc(k.c.Tables, named))
}

// tableOptions are those of a named table; a file stands for itself.
func (k *checker) tableOptions(table string) TableOptions {
	for i := range k.c.Tables {
		if k.c.Tables[i].Name == table {
			return k.c.Tables[i].Options
		}
	}
	return TableOptions{File: table}
}

func (k *checker) checkRespondents() {
	r := k.c.Respondents
	if r == nil {
		return
	}
	if len(r.Interviewed) > 0 && r.Status == "" {
		k.fault(diag.KeyMissing, &r.Interviewed, "status", `respondents has "interviewed" but no "status"`,
			"name the column whose values mean interviewed: `status: column`")
	}
}

// columnsOf collects the names that become columns of one published table.
func (k *checker) columnsOf(fixed []string, attributes Attributes, level study.Level) {
	seen := map[string]diag.Place{}
	for i := range attributes {
		a := &attributes[i]
		k.checkColumn("attribute", a.Name, a, fixed, seen)
	}
	for i := range k.c.Outcomes {
		o := &k.c.Outcomes[i]
		if o.Level != string(level) || o.Name == "" {
			continue
		}
		k.checkColumn("outcome", o.Name, &o.Name, fixed, seen)
		for _, suffix := range o.suffixes() {
			k.checkColumn("outcome", o.Name+suffix, &o.Name, fixed, seen)
		}
	}
}

// suffixes are those of the columns that stand beside an outcome's own.
func (o *Outcome) suffixes() []string {
	var out []string
	if o.Kind == string(study.Time) {
		out = append(out, "_censored")
	}
	if o.Entry != "" {
		out = append(out, "_entry")
	}
	if o.Respondent != "" {
		out = append(out, "_raters", "_range")
	}
	return out
}

func (k *checker) checkColumn(kind, name string, field any, fixed []string, seen map[string]diag.Place) {
	if slices.Contains(fixed, name) {
		k.fault(diag.NameRepeated, field, name, fmt.Sprintf("%s %q has the name of a column that is always there", kind, name),
			"give it another name, with attributes: {name: column}")
		return
	}
	k.checkName(kind, name, field, seen, nil)
	if !columnName.MatchString(name) {
		k.fault(diag.NameInvalid, field, name, fmt.Sprintf("%q cannot be the name of %s", name, article(kind)),
			"a name becomes a column: a to z, 0 to 9 and _, a letter first\nwrite attributes as a map to name a column otherwise: {name: column}")
	}
}

func (k *checker) checkColumnsOfFirms() {
	if f := k.c.Firms; f != nil {
		k.columnsOf([]string{"cluster", "firm", "label", "interviewed", "outside"}, f.Attributes, study.AtFirm)
	}
}

func (k *checker) checkColumnsOfClusters() {
	var attributes Attributes
	if cl := k.c.Clusters; cl != nil {
		attributes = cl.Attributes
	}
	k.columnsOf([]string{"cluster", "label", "firms", "interviewed"}, attributes, study.AtCluster)
}
