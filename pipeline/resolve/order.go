package resolve

import (
	"cmp"
	"slices"

	"firmties/pipeline/study"
)

// sortReports sorts by cluster, then by what the reports say. Where a report
// stands in a file never counts, so that shuffled sheets give the same order.
func sortReports(s *study.Study) {
	ranks := s.Texts.Ranks()
	text := func(a, b study.Text) int { return cmp.Compare(ranks[a], ranks[b]) }
	slices.SortFunc(s.Reports, func(a, b study.Report) int {
		if c := cmp.Or(cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Relation, b.Relation),
			text(a.RespondentName, b.RespondentName),
			cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target)); c != 0 {
			return c
		}
		return cmp.Or(
			text(a.SourceName, b.SourceName), text(a.TargetName, b.TargetName),
			cmp.Compare(a.Section, b.Section), cmp.Compare(a.Answer, b.Answer),
			cmp.Compare(a.Strength, b.Strength), cmp.Compare(a.Confidence, b.Confidence),
			text(a.Wave, b.Wave), text(a.Evidence, b.Evidence), cmp.Compare(a.Fate, b.Fate))
	})
}

// sortMembers sorts the memberships of each affiliation by cluster, firm and
// event, and marks those that say the same again.
func sortMembers(s *study.Study) {
	ranks := s.Texts.Ranks()
	text := func(a, b study.Text) int { return cmp.Compare(ranks[a], ranks[b]) }
	for i := range s.Affiliations {
		list := s.Affiliations[i].Members
		slices.SortFunc(list, func(a, b study.Membership) int {
			return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Firm, b.Firm),
				text(a.Event, b.Event), cmp.Compare(a.Fate, b.Fate), text(a.FirmName, b.FirmName))
		})
		for j := 1; j < len(list); j++ {
			a, b := &list[j-1], &list[j]
			if b.Fate == study.Kept && b.Cluster == a.Cluster && b.Firm == a.Firm && b.Event == a.Event {
				b.Fate = study.Repeated
			}
		}
	}
}
