package resolve

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// tell adds a finding about a report, under the relation's name.
func (r *resolver) tell(p *study.Report, code diag.Code, value, message, hint string) {
	r.found.Add(code, r.s.Place(p), value, r.s.Relations[p.Relation].Name+": "+message, hint)
}

// tellUnknown tells of a report that nobody of the study says.
func (r *resolver) tellUnknown(p *study.Report) {
	who := r.s.Texts.String(p.RespondentName)
	switch {
	case who == "":
		r.tell(p, diag.RespondentUnknown, "", "a report that does not say who made it", "fill in the respondent, or delete the row")
	case r.s.RespondentsListed:
		r.tell(p, diag.RespondentUnknown, who, quoted(who)+" is not a respondent of the study",
			"fix the cell, or add the person to the list of respondents")
	default:
		r.tell(p, diag.RespondentUnknown, who, quoted(who)+" is not a firm of the study, and without a list of respondents only firms speak",
			"fix the cell, or add the firm to the list of firms")
	}
}

// findings tells of every name that is not one firm of its cluster, in the
// order of the sheets.
func (r *resolver) findings() {
	for i := range r.s.Reports {
		p := &r.s.Reports[i]
		rel := &r.s.Relations[p.Relation]
		by := "named in a record"
		if p.Respondent >= 0 {
			by = "reported by " + r.s.Texts.String(p.RespondentName)
		}
		for _, d := range r.failed(p) {
			r.tellName(d, r.s.Place(p), rel.Name, by, rel.Unmatched)
		}
	}
	for i := range r.s.Affiliations {
		a := &r.s.Affiliations[i]
		for j := range a.Members {
			m := &a.Members[j]
			if aboutName(m.Fate) {
				by := "taking part in " + quoted(r.s.Texts.String(m.Event))
				r.tellName(r.lookup(m.Cluster, m.FirmName), r.s.MemberPlace(m), a.Name, by, study.Drop)
			}
		}
	}
}

// aboutName reports whether a fate is due to a name.
func aboutName(f study.Fate) bool {
	return f == study.Outside || f == study.CrossCluster || f == study.Ambiguous
}

// failed returns the decisions on the names of a report that are not one firm
// of its cluster.
func (r *resolver) failed(p *study.Report) []*decision {
	if !aboutName(p.Fate) || p.Respondent < 0 && !r.s.Relations[p.Relation].Sections[p.Section].Record {
		return nil
	}
	var list []*decision
	for _, name := range []study.Text{p.SourceName, p.TargetName} {
		if name == 0 {
			continue
		}
		if d := r.lookup(p.Cluster, name); d.how.fate() != study.Kept {
			list = append(list, d)
		}
	}
	return list
}

// tellName tells of one use of a name that is not one firm of its cluster.
func (r *resolver) tellName(d *decision, at diag.Place, section, by string, unmatched study.Unmatched) {
	value := r.s.Texts.String(d.name)
	subject := section + ": " + quoted(value)
	switch d.how {
	case unresolved:
		severity, mend := unmatchedAs(unmatched)
		r.found.AddAs(severity, diag.NameUnresolved, at, value,
			subject+" is not a firm of "+r.where(d.cluster), by+nearText(r.s, d.near)+"\n"+mend)
	case ambiguous:
		r.found.Add(diag.NameAmbiguous, at, value,
			subject+" fits several firms: "+r.ids(d.fits), by+"\nwrite the firm's id, or add a line to the table of aliases")
	case crossCluster:
		f := &r.s.Firms[d.firm]
		r.found.Add(diag.NameOfOtherCluster, at, value,
			fmt.Sprintf("%s is firm %s of cluster %s, not of %s", subject, f.ID, r.s.Clusters[f.Cluster].ID, r.where(d.cluster)),
			by+"\nties across clusters are left out; fix the cell if another firm was meant")
	}
}

// unmatchedAs is how grave an unresolved name is, and what can be done.
func unmatchedAs(u study.Unmatched) (diag.Severity, string) {
	switch u {
	case study.Refuse:
		return diag.Error, "fix the cell, add a line to the table of aliases, or set `unmatched: drop`"
	case study.Keep:
		return diag.Note, "listed in the table `firms` as outside; if it is a firm of the study, add a line to the table of aliases"
	default:
		return diag.Warning, "fix the cell, or add a line to the table of aliases"
	}
}

func (r *resolver) where(cluster int32) string {
	if cluster < 0 {
		return "the study"
	}
	return "cluster " + r.s.Clusters[cluster].ID
}

// nearText is the hint that names the nearest names, or nothing.
func nearText(s *study.Study, list []near) string {
	if len(list) == 0 {
		return ""
	}
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = quoted(n.written)
		if !n.isID {
			texts[i] += " (" + s.Firms[n.firm].ID + ")"
		}
	}
	kind := "id"
	if slices.ContainsFunc(list, func(n near) bool { return !n.isID }) {
		kind = "name"
	}
	if len(list) == 1 {
		return "; the nearest " + kind + " is " + texts[0]
	}
	return "; the nearest " + kind + "s are " + strings.Join(texts, ", ")
}

// fitting is how many of the firms that an ambiguous name fits are listed.
const fitting = 10

func (r *resolver) ids(firms []int32) string {
	ids := r.idList(firms)
	if len(firms) > len(ids) {
		return strings.Join(ids, ", ") + ", ..."
	}
	return strings.Join(ids, ", ")
}

func (r *resolver) idList(firms []int32) []string {
	ids := make([]string, min(len(firms), fitting))
	for i := range ids {
		ids[i] = r.s.Firms[firms[i]].ID
	}
	return ids
}

func (r *resolver) pairText(p *study.Report) string {
	return quoted(r.s.Firms[p.Source].ID) + " and " + quoted(r.s.Firms[p.Target].ID)
}

// quoted is a text of the analyst's as messages show it: in quotation marks,
// and no longer than a name.
func quoted(s string) string {
	if utf8.RuneCountInString(s) > longest {
		s = string([]rune(s)[:longest]) + "…"
	}
	return `"` + s + `"`
}
