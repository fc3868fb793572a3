package report

import (
	"fmt"
	"slices"
	"strings"
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

// shownRests is how many associations are told to rest on clusters.
const shownRests = 4

// rests names the clusters without which a shown association would be another.
func (s *Summary) rests(p *page, shown []headline) {
	on := map[[2]string][]string{}
	for r := range rows(s.Influence) {
		if text(s.Influence, "changes", r) != "" {
			key := [2]string{text(s.Influence, "fit", r), text(s.Influence, "term", r)}
			on[key] = append(on[key], text(s.Influence, "cluster", r))
		}
	}
	var said []string
	more := 0
	for i := range shown {
		h := &shown[i]
		clusters := on[[2]string{h.fit, h.term}]
		switch {
		case len(clusters) == 0:
		case len(said) == shownRests:
			more++
		default:
			named := slices.Clone(clusters[:min(len(clusters), 3)])
			if len(named) < len(clusters) {
				named = append(named, fmt.Sprintf("%d more", len(clusters)-len(named)))
			}
			said = append(said, h.term+" of "+h.outcome+" on cluster "+strings.Join(named, ", "))
		}
	}
	if len(said) == 0 {
		return
	}
	if more > 0 {
		said = append(said, fmt.Sprintf("and %d more", more))
	}
	p.paragraph("  ", "Rests on a cluster, without which sign, size or p would be another (tables/influence): "+strings.Join(said, "; ")+".")
}
