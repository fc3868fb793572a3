package intake

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// readClusters reads the list of clusters. Where there is none, the clusters
// are those that firms name.
func (a *assembly) readClusters() {
	section := a.c.Clusters
	if section == nil {
		return
	}
	columns := attributeColumns(section.Attributes)
	var list []study.Cluster
	seen := map[string]diag.Place{}
	a.each(&section.Rows, func(b *binding) func(*row) {
		id, label := b.column(&section.ID), b.column(&section.Label)
		bindAttributes(b, columns)
		return func(r *row) {
			c := study.Cluster{ID: strings.Clone(r.text(id)), Label: strings.Clone(r.text(label))}
			c.Label = cmp.Or(c.Label, c.ID)
			if a.newID("cluster", c.ID, r.place(id), seen) {
				list = append(list, c)
				readAttributes(r, columns)
			}
		}
	})
	order := orderBy(len(list), func(i, j int) int { return strings.Compare(list[i].ID, list[j].ID) })
	for _, i := range order {
		a.s.Clusters = append(a.s.Clusters, list[i])
	}
	a.s.ClusterAttributes = attributes(columns, order)
	a.tellMixed(columns)
	a.indexClusters()
}

// newID tells of a blank id and of one that stands twice.
func (a *assembly) newID(kind, id string, at diag.Place, seen map[string]diag.Place) bool {
	if id == "" {
		a.findings.Add(diag.IDBlank, at, "", "a "+kind+" without an id", "fill in the cell, or delete the row")
		return false
	}
	if first, ok := seen[id]; ok {
		a.findings.Add(diag.IDRepeated, at, id, fmt.Sprintf("%s %q stands twice", kind, id), "it is already at "+first.String())
		return false
	}
	seen[id] = at
	return true
}

// orderBy is the order of n rows.
func orderBy(n int, compare func(i, j int) int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, compare)
	return order
}

func (a *assembly) indexClusters() {
	a.clusters = map[string]int32{}
	for i := range a.s.Clusters {
		a.clusters[a.s.Clusters[i].ID] = int32(i)
	}
}

// firmRow is a row of the list of firms.
type firmRow struct {
	id            study.Text
	cluster       string
	labels        []string
	at, clusterAt spot
}

// spot is where a cell is, in few bytes: line 0 is all of its part; without a part it is
// what study.yaml says of the cluster of the firms.
type spot struct {
	part         *part
	line, column int32
}

func (r *row) spot(i int) spot {
	line, column := r.position(i)
	return spot{r.part, int32(line), int32(column)}
}

func (a *assembly) place(c spot) diag.Place {
	if c.part == nil {
		return a.at(&a.c.Firms.Cluster)
	}
	return diag.Place{File: c.part.file, Sheet: c.part.sheet, Line: int(c.line), Column: int(c.column)}
}

// readFirms reads the list of firms, sorted by cluster and id.
func (a *assembly) readFirms() {
	section := a.c.Firms
	columns := attributeColumns(section.Attributes)
	var rows []firmRow
	a.each(&section.Rows, func(b *binding) func(*row) {
		id, cluster := b.column(&section.ID), b.column(&section.Cluster)
		var labels []int
		for i := range section.Labels {
			labels = append(labels, b.column(&section.Labels[i]))
		}
		bindAttributes(b, columns)
		rows = slices.Grow(rows, b.p.rows)
		last := "" // mostly firms follow others of their cluster
		return func(r *row) {
			f := firmRow{id: a.s.Texts.Intern(r.text(id)), at: r.spot(id), labels: texts(r, labels)}
			name, at := a.firmCluster(r, cluster)
			if name != last {
				last = strings.Clone(name)
			}
			f.cluster, f.clusterAt = last, at
			if f.id == 0 {
				a.findings.Add(diag.IDBlank, a.place(f.at), "", "a firm without an id", "fill in the cell, or delete the row")
				return
			}
			if f.cluster == "" {
				a.findings.Add(diag.IDBlank, a.place(f.clusterAt), "", fmt.Sprintf("firm %q without a cluster", a.s.Texts.String(f.id)),
					"fill in the cell, or delete the row; every row names its cluster, unless merged cells do")
				return
			}
			rows = append(rows, f)
			readAttributes(r, columns)
		}
	})
	a.inferClusters(rows)
	order := orderBy(len(rows), func(i, j int) int {
		if c := strings.Compare(rows[i].cluster, rows[j].cluster); c != 0 {
			return c
		}
		return strings.Compare(a.s.Texts.String(rows[i].id), a.s.Texts.String(rows[j].id))
	})
	a.addFirms(rows, order)
	a.s.FirmAttributes = attributes(columns, order)
	a.tellMixed(columns)
}

func texts(r *row, columns []int) []string {
	var out []string
	for _, c := range columns {
		if t := r.text(c); t != "" {
			out = append(out, strings.Clone(t))
		}
	}
	return out
}

// firmCluster is the cluster that a row of the list of firms names, or that
// its sheet is; where the list has neither, the only one there is.
func (a *assembly) firmCluster(r *row, column int) (string, spot) {
	switch {
	case column >= 0 && (r.text(column) != "" || r.part.cluster == ""):
		return r.text(column), r.spot(column)
	case r.part.cluster != "":
		return r.part.cluster, spot{part: r.part}
	case len(a.s.Clusters) == 1:
		return a.s.Clusters[0].ID, spot{}
	}
	return a.c.Study, spot{}
}

// inferClusters makes the clusters that firms name, where no list does.
func (a *assembly) inferClusters(rows []firmRow) {
	if a.c.Clusters != nil {
		return
	}
	seen := map[string]bool{}
	for i := range rows {
		if id := rows[i].cluster; (i == 0 || id != rows[i-1].cluster) && !seen[id] {
			seen[id] = true
			a.s.Clusters = append(a.s.Clusters, study.Cluster{ID: id, Label: id})
		}
	}
	slices.SortFunc(a.s.Clusters, func(x, y study.Cluster) int { return strings.Compare(x.ID, y.ID) })
	a.indexClusters()
}

// addFirms adds the rows in their order and indexes them.
func (a *assembly) addFirms(rows []firmRow, order []int) {
	a.firms = make(map[key]int32, len(rows))
	from := make([]int, 0, len(rows)) // the row of every firm
	a.s.Firms = make([]study.Firm, 0, len(rows))
	for _, i := range order {
		f := &rows[i]
		cluster, ok := a.clusters[f.cluster]
		if !ok {
			if len(a.s.Clusters) > 0 { // else the list of clusters could not be read, which is told
				a.tellNoCluster(f)
			}
			continue
		}
		k := a.key(cluster, f.id)
		if first, ok := a.firms[k]; ok {
			a.tellRepeated(f, &rows[from[first]])
			continue
		}
		n := int32(len(a.s.Firms))
		a.firms[k] = n
		from = append(from, i)
		a.s.Firms = append(a.s.Firms, study.Firm{ID: a.s.Texts.String(f.id), Cluster: cluster, Labels: f.labels})
		c := &a.s.Clusters[cluster]
		if c.Firms == 0 {
			c.FirstFirm = n
		}
		c.Firms++
	}
	a.tellEmptyClusters()
}

// tellNoCluster tells of a firm whose cluster the list of clusters does not
// have; of a sheet or file that is a cluster once, not with every firm.
func (a *assembly) tellNoCluster(f *firmRow) {
	whose := fmt.Sprintf("firm %q is in cluster %q", a.s.Texts.String(f.id), f.cluster)
	if a.place(f.clusterAt).Line == 0 {
		whose = fmt.Sprintf("its name makes its firms those of cluster %q", f.cluster)
	}
	a.tell(diag.ClusterUnknown, a.place(f.clusterAt), f.cluster, whose+", which the list of clusters does not have", choiceHint(f.cluster, a.s.ClusterIDs()))
}

func (a *assembly) tellRepeated(f, first *firmRow) {
	hint := "it also stands at " + a.place(first.at).String()
	if f.cluster != first.cluster {
		hint += ", in cluster " + first.cluster + "\nwhere ids are unique within a cluster only, say `ids: within_cluster`"
	}
	id := a.s.Texts.String(f.id)
	a.findings.Add(diag.IDRepeated, a.place(f.at), id, fmt.Sprintf("firm %q stands twice", id), hint)
}

func (a *assembly) tellEmptyClusters() {
	for i := range a.s.Clusters {
		c := &a.s.Clusters[i]
		if c.Firms > 0 {
			continue
		}
		c.FirstFirm = a.firstAfter(int32(i))
		if a.c.Clusters != nil && !a.firmsMissing() { // else its firms were refused, which is told
			a.fault(diag.ClusterWithoutFirms, &a.c.Clusters.Table, c.ID, fmt.Sprintf("cluster %q has no firms", c.ID), "its networks are empty; remove it, or add its firms")
		}
	}
}

// firstAfter is where the firms of an empty cluster would stand.
func (a *assembly) firstAfter(cluster int32) int32 {
	return int32(sort.Search(len(a.s.Firms), func(i int) bool { return a.s.Firms[i].Cluster > cluster }))
}

// readAliases reads other written forms of firms' names.
func (a *assembly) readAliases() {
	section := a.c.Aliases
	if section == nil {
		return
	}
	a.each(&section.Rows, func(b *binding) func(*row) {
		name, firm, cluster := b.column(&section.Name), b.column(&section.Firm), b.column(&section.Cluster)
		return func(r *row) {
			if r.text(name) == "" || r.text(firm) == "" {
				return
			}
			if f := a.listedFirm(r, firm, a.cluster(r, cluster)); f >= 0 {
				a.s.Aliases = append(a.s.Aliases, study.Alias{Name: strings.Clone(r.text(name)), Firm: f, Cluster: a.s.Firms[f].Cluster})
			}
		}
	})
}

// listedFirm finds the firm of a cell where only a firm's id can stand; in
// another cluster than the row's it is told too.
func (a *assembly) listedFirm(r *row, column int, cluster int32) int32 {
	id := r.text(column)
	f := a.firm(cluster, id)
	switch {
	case f < 0:
		a.findings.Add(diag.FirmUnknown, r.place(column), id, fmt.Sprintf("%q is not a firm of the study", id), a.nearestFirm(id, cluster))
	case cluster >= 0 && a.s.Firms[f].Cluster != cluster:
		a.findings.Add(diag.FirmUnknown, r.place(column), id, fmt.Sprintf("firm %q is not in cluster %q", id, a.s.Clusters[cluster].ID),
			"it is in cluster "+a.s.Clusters[a.s.Firms[f].Cluster].ID)
		return -1
	}
	return f
}

// nearestFirm is a hint: the firm, of the cluster where it is known, whose id
// is nearest. Only so many firms are compared as take no time.
func (a *assembly) nearestFirm(id string, cluster int32) string {
	list := a.s.Firms
	if cluster >= 0 {
		list = a.s.FirmsOf(int(cluster))
	}
	if len(list) > mostCompared {
		return "only the id of a firm can stand here"
	}
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	bare := strings.TrimLeft(id, "0")
	for _, x := range ids {
		if bare != "" && strings.TrimLeft(x, "0") == bare {
			return fmt.Sprintf("firm %q differs by its leading zeros, which spreadsheets drop from numbers: keep ids as text in both tables", x)
		}
	}
	if near, ok := nearest(id, ids); ok {
		return fmt.Sprintf("the nearest id is %q", near)
	}
	return "only the id of a firm can stand here"
}

// mostCompared bounds the search for the nearest id.
const mostCompared = 2000
