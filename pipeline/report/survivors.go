package report

import (
	"fmt"
	"slices"
	"strings"

	"firmties/pipeline/table"
)

// survivors says for each level how many associations are left below 0.05 once
// their p-values are adjusted for their number: where many are looked at, some
// are small by chance.
func (s *Summary) survivors(p *page, all []headline) {
	var said, survive []string
	for _, level := range []string{"firm", "dyad", "cluster"} {
		looked, below, least := 0, 0, 2.0
		for i := range all {
			if all[i].level != level || all[i].like < 0 {
				continue
			}
			looked++
			if q, ok := s.Associations.Column("p_adjusted").Float(all[i].like); ok {
				least = min(least, q)
				below += one(q < .05)
			}
		}
		switch {
		case looked == 0 || least > 1:
		case below == 0:
			said = append(said, fmt.Sprintf("No %s-level association survives the adjustment for their number (%d looked at, least adjusted p %s).", level, looked, pValue(least)))
		default:
			survive = append(survive, fmt.Sprintf("%d of %d at %s level", below, looked, level))
		}
	}
	if len(survive) > 0 {
		said = append([]string{"Below .05 after adjustment for their number: " + strings.Join(survive, ", ") + "."}, said...)
	}
	said = append(said, "An association says that two things go together, not why.")
	p.paragraph("  ", strings.Join(said, " "))
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// curves says of every specification curve its middle and its ends, which are
// what there is to read in it.
func (s *Summary) curves(p *page) {
	var said []string
	for r := range rows(s.Associations) {
		if text(s.Associations, "model", r) != "specification_curve" || text(s.Associations, "term", r) != "median" {
			continue
		}
		fit := text(s.Associations, "fit", r)
		f, share := rowOf(s.Fits, fit, ""), rowOf(s.Associations, fit, "share_significant")
		said = append(said, fmt.Sprintf("%s: median %s SD per SD (p %s) of %s ways, from %s to %s; %s with the sign of most and p < .05 (p %s)",
			text(s.Associations, "outcome", r), cell(s.Associations, "estimate", r, number), cell(s.Associations, "p_value", r, pValue),
			cell(s.Fits, "specifications", f, whole), cell(s.Fits, "curve_low", f, number), cell(s.Fits, "curve_high", f, number),
			cell(s.Associations, "estimate", share, percent), cell(s.Associations, "p_value", share, pValue)))
	}
	if len(said) > 0 {
		p.paragraph("  ", "Asked in every way, layers, metrics, controls and samples (tables/specifications), "+strings.Join(said, "; ")+".")
	}
}

// rowOf finds a fit's row, with a term where it is not empty; -1: none.
func rowOf(t *table.Table, fit, term string) int {
	for r := range rows(t) {
		if text(t, "fit", r) == fit && (term == "" || text(t, "term", r) == term) {
			return r
		}
	}
	return -1
}

// power says what so many clusters can tell at all.
func (s *Summary) power(p *page) {
	found := map[string][]string{} // by number of clusters
	var sizes []string
	for r := range rows(s.Power) {
		n := cell(s.Power, "n", r, whole)
		if text(s.Power, "model", r) != "spearman" {
			continue
		}
		if found[n] == nil {
			sizes = append(sizes, n)
		}
		found[n] = append(found[n], cell(s.Power, "effect", r, number)+" in "+cell(s.Power, "power", r, percent))
	}
	for _, n := range sizes {
		p.paragraph("  ", "Of "+n+" clusters a rank correlation is found at p < .05 only so often (tables/power): "+strings.Join(found[n], ", ")+" of studies.")
	}
}

// coupled says what associations with coupling are, where there are any.
func (s *Summary) coupled(p *page, all []headline) {
	if slices.ContainsFunc(all, func(h headline) bool {
		return strings.HasPrefix(h.term, "coupling") || h.model == "complementarity"
	}) {
		p.paragraph("  ", "Coupling beside outcomes puts to a test what Gau (2023) concludes from interviews, that practices and tasks which go together go with innovation. It claims no more: not Wenger's duality, and not why.")
	}
}
