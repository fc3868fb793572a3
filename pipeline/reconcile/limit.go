package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// limits compares how many names each respondent gave in a section with how
// many the question allowed: more is a warning, and as many from a third of
// the respondents or more means that the question cut their networks short.
func (w *work) limits() (reached bool) {
	for i := range w.rel.Sections {
		sec := &w.rel.Sections[i]
		if sec.Asked.Limit > 0 && w.limit(i, sec.Asked.Limit) {
			reached = true
		}
	}
	return reached
}

// limit reports whether a third or more of those asked in a section reached
// its limit.
func (w *work) limit(section, limit int) bool {
	full := 0
	for list := w.named(section); len(list) > 0; {
		names := 1
		for names < len(list) && list[names].respondent == list[0].respondent {
			names++
		}
		if names >= limit {
			full++
		}
		if names > limit {
			w.exceeded(&w.reports[list[limit].report], names, limit)
		}
		list = list[names:]
	}
	asked := 0
	for i := range w.respondents {
		if w.rel.Covers(&w.rel.Sections[section], &w.respondents[i]) != study.NoPairs {
			asked++
		}
	}
	return full > 0 && 3*full >= asked
}

// mention is a name that a respondent gave, whether or not it is a firm of the
// cluster: a firm by its index, any other name below 0.
type mention struct {
	respondent     int32
	source, target int64
	report         int32
}

func compareMentions(a, b mention) int {
	return cmp.Or(cmp.Compare(a.respondent, b.respondent), cmp.Compare(a.source, b.source), cmp.Compare(a.target, b.target))
}

// named lists the distinct names given in a section, by respondent.
func (w *work) named(section int) []mention {
	var list []mention
	for i := range w.reports {
		p := &w.reports[i]
		if int(p.Section) != section || p.Respondent < 0 || p.Answer != study.Yes ||
			p.Fate == study.Filtered || p.Fate == study.Unanswered {
			continue
		}
		m := mention{p.Respondent, end(p.Source, p.SourceName), end(p.Target, p.TargetName), int32(i)}
		if !w.rel.Directed && m.source > m.target {
			m.source, m.target = m.target, m.source
		}
		list = append(list, m)
	}
	slices.SortStableFunc(list, compareMentions)
	return slices.CompactFunc(list, func(a, b mention) bool { return compareMentions(a, b) == 0 })
}

func end(firm int32, name study.Text) int64 {
	if firm >= 0 {
		return int64(firm)
	}
	return -1 - int64(name)
}

func (w *work) exceeded(p *study.Report, names, limit int) {
	id := w.s.Respondents[p.Respondent].ID
	w.found.Add(diag.LimitExceeded, w.s.Place(p), id,
		fmt.Sprintf("%s: %q gave %d names where the question allowed %d", w.rel.Name, id, names, limit),
		"all are counted; mend `limit` if the question allowed more")
}

func (w *work) contradiction(p *study.Report) {
	id := w.s.Respondents[p.Respondent].ID
	w.found.Add(diag.AnswersContradict, w.s.Place(p), id,
		fmt.Sprintf("%s: %q says both yes and no about %q and %q", w.rel.Name, id, w.s.Firms[p.Source].ID, w.s.Firms[p.Target].ID),
		"the yes counts")
}
