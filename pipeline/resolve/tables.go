package resolve

import (
	"cmp"
	"slices"
	"strings"

	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// resolved is a decision with the study it is of.
type resolved struct {
	*resolver
	*decision
}

var resolutionFields = table.Define("resolutions", "Which firm each reported name means, and how that was decided.",
	[]string{"cluster", "name"},
	table.CodeField(table.Column{Name: "cluster", Doc: "id of the cluster in which the name was reported",
		NullWhen: "a sheet that names no cluster, and a name that is not one firm of the study"},
		func(d *resolved) int32 { return d.cluster }),
	table.TextField(table.Column{Name: "name", Doc: "the name as reported", NullWhen: "never"},
		func(d *resolved) string { return d.s.Texts.String(d.name) }),
	table.TextField(table.Column{Name: "firm", Doc: "id of the firm that the name means; of another cluster where how is cross_cluster",
		NullWhen: "the name is ambiguous or unresolved"},
		func(d *resolved) string {
			if d.firm < 0 {
				return ""
			}
			return d.s.Firms[d.firm].ID
		}),
	table.CodeField(table.Column{Name: "how", NullWhen: "never", Levels: hows(),
		Doc: "the first comparison that gave a firm: with ids, labels, aliases, or labels without regard to case, spaces, punctuation and legal form; " +
			"cross_cluster: the same over the other clusters; ambiguous: it gave several firms; unresolved: none gave any"},
		func(d *resolved) int32 { return int32(d.how) }),
	table.TextField(table.Column{Name: "candidates", Doc: "ids, joined by ;: of an ambiguous name the firms it fits (the first ten), of an unresolved one the firms with the nearest names (at most three)",
		NullWhen: "the name is one firm, or no name is near"},
		func(d *resolved) string { return strings.Join(d.candidateIDs(), ";") }),
	table.CountField(table.Column{Name: "uses", Unit: "rows", Doc: "reports and memberships that use the name", Range: ">= 1", NullWhen: "never"},
		func(d *resolved) (int64, bool) { return d.uses, true }),
)

func (d *resolved) candidateIDs() []string {
	firms := d.fits
	for _, n := range d.near {
		firms = append(firms, n.firm)
	}
	return d.idList(firms)
}

func resolutions(r *resolver) *table.Table {
	rows := make([]resolved, len(r.decisions))
	for i := range rows {
		rows[i] = resolved{r, &r.decisions[i]}
	}
	return resolutionFields.In(table.Levels{"cluster": r.s.ClusterIDs()}).Table(rows)
}

// belonging is a membership with its affiliation.
type belonging struct {
	s           *study.Study
	affiliation *study.Affiliation
	*study.Membership
}

var affiliationFields = table.Define("affiliations", "Which firm takes part in which event: the two-mode data that projections are made of.",
	[]string{"cluster", "affiliation", "firm", "event"},
	table.CodeField(table.Column{Name: "cluster", Doc: "id of the firm's cluster", NullWhen: "never"},
		func(b *belonging) int32 { return b.Cluster }),
	table.CategoryField(table.Column{Name: "affiliation", Doc: "name of the affiliation", NullWhen: "never"},
		func(b *belonging) string { return b.affiliation.Name }),
	table.TextField(table.Column{Name: "firm", Doc: "id of the firm", NullWhen: "never"},
		func(b *belonging) string { return b.s.Firms[b.Firm].ID }),
	table.TextField(table.Column{Name: "event", Doc: "the practice, task or project as the study writes it", NullWhen: "never"},
		func(b *belonging) string { return b.s.Texts.String(b.Event) }),
)

func affiliations(s *study.Study) *table.Table {
	var rows []belonging
	var names []string
	for i := range s.Affiliations {
		a := &s.Affiliations[i]
		names = append(names, a.Name)
		for j := range a.Members {
			if a.Members[j].Fate == study.Kept {
				rows = append(rows, belonging{s, a, &a.Members[j]})
			}
		}
	}
	// Within an affiliation the members are in order: cluster, firm, event.
	slices.SortStableFunc(rows, func(a, b belonging) int {
		return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), strings.Compare(a.affiliation.Name, b.affiliation.Name))
	})
	return affiliationFields.In(table.Levels{"cluster": s.ClusterIDs(), "affiliation": names}).Table(rows)
}

// outside lists the names of no firm that are said under `unmatched: keep`; a
// name said in no cluster has no place in the list of firms.
func (r *resolver) outside() []Outside {
	var list []Outside
	for i := range r.s.Reports {
		p := &r.s.Reports[i]
		if p.Cluster < 0 || r.s.Relations[p.Relation].Unmatched != study.Keep {
			continue
		}
		for _, d := range r.failed(p) {
			if d.how == unresolved {
				list = append(list, Outside{p.Cluster, r.s.Texts.String(d.name)})
			}
		}
	}
	slices.SortFunc(list, func(a, b Outside) int {
		return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), strings.Compare(a.Name, b.Name))
	})
	return slices.Compact(list)
}
