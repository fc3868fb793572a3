package intake

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// readRespondents reads the people interviewed, sorted by cluster and id.
// Without a list every firm was interviewed and speaks for itself.
func (a *assembly) readRespondents() {
	section := a.c.Respondents
	if section == nil {
		a.everyFirmSpeaks()
		return
	}
	a.s.RespondentsListed = true
	seen := map[key]listed{}
	statuses := map[string]bool{}
	a.each(&section.Rows, func(b *binding) func(*row) {
		id, read := a.bindRespondent(b)
		return func(r *row) {
			p, ok := read(r)
			if len(statuses) < mostSeen {
				statuses[p.Status] = true
			}
			if !ok {
				return
			}
			k := a.key(p.Cluster, a.s.Texts.Intern(p.ID))
			if first, ok := seen[k]; ok {
				a.findings.Add(diag.IDRepeated, r.place(id), p.ID, fmt.Sprintf("respondent %q stands twice", p.ID), a.repeatedHint(first, p.Cluster))
				return
			}
			seen[k] = listed{r.place(id), p.Cluster}
			a.s.Respondents = append(a.s.Respondents, p)
		}
	})
	slices.SortFunc(a.s.Respondents, func(x, y study.Respondent) int {
		return cmp.Or(cmp.Compare(x.Cluster, y.Cluster), strings.Compare(x.ID, y.ID))
	})
	a.indexRespondents()
	a.checkRoles()
	a.checkInterviewed(slices.Sorted(maps.Keys(statuses)))
}

// checkInterviewed tells of values of `interviewed:` that no status is: where
// one is misspelt, nobody was interviewed and no report counts.
func (a *assembly) checkInterviewed(statuses []string) {
	section := a.c.Respondents
	if len(statuses) == 0 || len(statuses) >= mostSeen {
		return
	}
	for i, s := range a.cells(section.Interviewed) {
		if !slices.Contains(statuses, s) {
			field := &section.Interviewed[i]
			a.fault(diag.NothingSelected, field, *field,
				fmt.Sprintf("no row of %s has %q in column %q", section.Table, *field, section.Status), choiceHint(s, statuses))
		}
	}
}

// listed is where a respondent stands in the list.
type listed struct {
	at      diag.Place
	cluster int32
}

func (a *assembly) repeatedHint(first listed, cluster int32) string {
	hint := "it also stands at " + first.at.String()
	if first.cluster != cluster {
		hint += ", in cluster " + a.s.Clusters[first.cluster].ID + "\nwhere ids are unique within a cluster only, say `ids: within_cluster`"
	}
	return hint
}

// bindRespondent returns the column of the id and how a row is read.
func (a *assembly) bindRespondent(b *binding) (id int, read func(*row) (study.Respondent, bool)) {
	section := a.c.Respondents
	id = b.column(&section.ID)
	cluster, firm := b.column(&section.Cluster), b.column(&section.Firm)
	role, by := b.column(&section.Role), b.column(&section.ReferredBy)
	wave, status := b.column(&section.Wave), b.column(&section.Status)
	statuses := a.cells(section.Interviewed)
	return id, func(r *row) (study.Respondent, bool) {
		p := study.Respondent{
			ID: strings.Clone(r.text(id)), Firm: -1,
			Role: strings.Clone(r.text(role)), ReferredBy: strings.Clone(r.text(by)),
			Wave: strings.Clone(r.text(wave)), Status: strings.Clone(r.text(status)),
		}
		p.Interviewed = len(statuses) == 0 || slices.Contains(statuses, p.Status)
		if p.ID == "" {
			a.findings.Add(diag.IDBlank, r.place(id), "", "a respondent without an id", "fill in the cell, or delete the row")
			return p, false
		}
		return a.placeRespondent(p, r, cluster, firm)
	}
}

// placeRespondent finds the firm and the cluster of a respondent.
func (a *assembly) placeRespondent(p study.Respondent, r *row, cluster, firm int) (study.Respondent, bool) {
	named := r.text(cluster) != "" || r.part.cluster != ""
	p.Cluster = a.cluster(r, cluster)
	if named && p.Cluster < 0 {
		return p, false // told
	}
	if r.text(firm) != "" {
		if p.Firm = a.listedFirm(r, firm, p.Cluster); p.Firm < 0 {
			return p, false
		}
		p.Cluster = a.s.Firms[p.Firm].Cluster
	}
	if p.Cluster < 0 && len(a.s.Clusters) == 1 {
		p.Cluster = 0
	}
	if p.Cluster < 0 {
		a.findings.Add(diag.ClusterUnknown, r.place(max(cluster, 0)), "", fmt.Sprintf("respondent %q is of no cluster", p.ID),
			"name the column of the cluster in respondents:, or fill in the cell: they speak for no firm that would tell")
		return p, false
	}
	return p, true
}

func (a *assembly) everyFirmSpeaks() {
	a.s.Respondents = make([]study.Respondent, len(a.s.Firms))
	for i := range a.s.Firms {
		f := &a.s.Firms[i]
		a.s.Respondents[i] = study.Respondent{ID: f.ID, Cluster: f.Cluster, Firm: int32(i), Interviewed: true}
	}
	a.respondents = a.firms
	a.joinRespondents()
}

// indexRespondents makes respondents findable by id.
func (a *assembly) indexRespondents() {
	a.respondents = make(map[key]int32, len(a.s.Respondents))
	for i := range a.s.Respondents {
		p := &a.s.Respondents[i]
		a.respondents[a.key(p.Cluster, a.s.Texts.Intern(p.ID))] = int32(i)
	}
	a.joinRespondents()
}

// joinRespondents makes respondents findable by cluster, and marks the firms
// that a respondent who was interviewed speaks for.
func (a *assembly) joinRespondents() {
	for i := range a.s.Respondents {
		p := &a.s.Respondents[i]
		c := &a.s.Clusters[p.Cluster]
		if c.Respondents == 0 {
			c.FirstRespondent = int32(i)
		}
		c.Respondents++
		if p.Firm >= 0 && p.Interviewed {
			a.s.Firms[p.Firm].Interviewed = true
		}
	}
}

// cells are texts of study.yaml as cells with them read.
func (a *assembly) cells(list []string) []string {
	out := make([]string, len(list))
	for i, text := range list {
		out[i] = cellText(text, a.r.missing)
	}
	return out
}

// checkRoles tells of roles that no respondent has.
func (a *assembly) checkRoles() {
	var roles []string
	for i := range a.s.Respondents {
		if role := a.s.Respondents[i].Role; role != "" && !slices.Contains(roles, role) && len(roles) < mostSeen {
			roles = append(roles, role)
		}
	}
	slices.Sort(roles)
	if len(a.s.Respondents) == 0 {
		return
	}
	for i := range a.c.Relations {
		for _, s := range a.c.Relations[i].sections() {
			for j := range s.told.Roles {
				role := &s.told.Roles[j]
				if len(roles) < mostSeen && !slices.Contains(roles, trim(*role)) {
					a.fault(diag.NothingSelected, role, *role, fmt.Sprintf("no respondent has the role %q", *role), choiceHint(*role, roles))
				}
			}
		}
	}
}
