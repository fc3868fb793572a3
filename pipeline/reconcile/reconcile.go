package reconcile

import (
	"cmp"
	"slices"
	"sort"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// Cluster reconciles the reports of one cluster, relation by relation, in
// study order. It marks repeated reports (the Fate of the cluster's own
// reports, so that clusters can be worked on at the same time) and changes
// nothing else.
func Cluster(s *study.Study, c int) ([]study.Reconciled, diag.List) {
	var found diag.List
	reports := s.ReportsOf(c)
	out := make([]study.Reconciled, len(s.Relations))
	for i := range s.Relations {
		from := sort.Search(len(reports), func(k int) bool { return int(reports[k].Relation) >= i })
		to := sort.Search(len(reports), func(k int) bool { return int(reports[k].Relation) > i })
		w := newWork(s, c, i, reports[from:to], &found)
		w.listen()
		out[i] = w.reconcile()
		out[i].Relation = i
		out[i].LimitReached = w.limits()
	}
	return out, found
}

// work is one relation in one cluster.
type work struct {
	s           *study.Study
	rel         *study.Relation
	cluster     *study.Cluster
	n           int
	respondents []study.Respondent
	reports     []study.Report
	found       *diag.List

	voices        []voice // by respondent
	asked, silent counts
	values        []float64 // scratch: strengths
}

func newWork(s *study.Study, c, relation int, reports []study.Report, found *diag.List) *work {
	k := &s.Clusters[c]
	n := int(k.Firms)
	return &work{
		s: s, rel: &s.Relations[relation], cluster: k, n: n,
		respondents: s.RespondentsOf(c), reports: reports, found: found,
		asked: newCounts(n), silent: newCounts(n),
	}
}

// node is a firm's place in the cluster, or -1.
func (w *work) node(firm int32) int32 {
	if firm < w.cluster.FirstFirm || firm >= w.cluster.FirstFirm+w.cluster.Firms {
		return -1
	}
	return firm - w.cluster.FirstFirm
}

// said is one report of a pair, whose nodes are in order in an undirected
// relation.
type said struct {
	source, target int32
	respondent     int32 // within the cluster; -1: a record
	report         int32
	answer         study.Answer
}

func compareSaid(a, b said) int {
	if c := comparePairs(a, b); c != 0 {
		return c
	}
	// Within a respondent yes comes first, then no, then don't know.
	return cmp.Or(cmp.Compare(a.respondent, b.respondent), cmp.Compare(a.answer, b.answer), cmp.Compare(a.report, b.report))
}

func comparePairs(a, b said) int {
	if c := cmp.Compare(a.source, b.source); c != 0 {
		return c
	}
	return cmp.Compare(a.target, b.target)
}

// list returns the reports that count, sorted by pair, then respondent.
func (w *work) list() []said {
	list := make([]said, 0, len(w.reports))
	for i := range w.reports {
		p := &w.reports[i]
		if p.Fate != study.Kept && p.Fate != study.Repeated {
			continue
		}
		p.Fate = study.Kept
		x := said{w.node(p.Source), w.node(p.Target), -1, int32(i), p.Answer}
		if p.Respondent >= 0 {
			x.respondent = p.Respondent - w.cluster.FirstRespondent
		}
		if !w.rel.Directed && x.source > x.target {
			x.source, x.target = x.target, x.source
		}
		list = append(list, x)
	}
	slices.SortFunc(list, compareSaid)
	return list
}

// reconcile looks at every pair that has a report; all others are as silence
// makes them.
func (w *work) reconcile() study.Reconciled {
	rule := ruleNamed(w.rel.Rule)
	source, target, both := w.flags(rule.heard)
	var out study.Reconciled
	var flipped []study.Pair
	for list := w.list(); len(list) > 0; {
		pair := list[:prefix(list, func(a, b said) bool { return comparePairs(a, b) == 0 })]
		list = list[len(pair):]
		i, j := pair[0].source, pair[0].target
		t, recorded := w.tally(pair)
		if recorded || rule.tie(t) {
			out.Ties = append(out.Ties, study.Tie{
				Source: i, Target: j, Strength: w.strength(pair),
				Yes: t.yes, No: t.no, DontKnow: t.dontKnow, Asked: t.asked,
			})
		}
		unsaid := w.unsaid(i, j)
		if rule.heard.observes(t) != rule.heard.observes(unsaid) {
			flipped = append(flipped, study.Pair{Source: i, Target: j})
		}
	}
	if slices.ContainsFunc(w.rel.Sections, func(x study.Section) bool { return x.Record }) {
		out.Observed = study.ObservedAll(w.n, w.rel.Directed)
	} else {
		out.Observed = study.ObservedBy(w.n, w.rel.Directed, both, source, target, flipped)
	}
	return out
}

// tally counts the voices about one pair, and reports whether a record has it
// as a tie.
func (w *work) tally(pair []said) (t tally, recorded bool) {
	t = w.unsaid(pair[0].source, pair[0].target)
	for len(pair) > 0 {
		one := pair[:prefix(pair, func(a, b said) bool { return a.respondent == b.respondent })]
		pair = pair[len(one):]
		if one[0].respondent < 0 {
			recorded = one[0].answer == study.Yes
			continue
		}
		w.repeated(one)
		w.count(&t, one[0])
	}
	return t, recorded
}

// count takes what a respondent says in place of their silence.
func (w *work) count(t *tally, x said) {
	v := w.voices[x.respondent]
	end := &voices{} // of a respondent who speaks for neither end
	switch v.node {
	case x.source:
		end = &t.source
	case x.target:
		end = &t.target
	}
	if v.silent.Pair(v.node, x.source, x.target) {
		t.no--
		end.no--
	}
	switch x.answer {
	case study.Yes:
		t.yes++
		end.yes++
	case study.No:
		t.no++
		end.no++
	case study.DontKnow:
		t.dontKnow++
	}
}

// repeated marks what a respondent says again of a pair, and tells where it
// contradicts the yes.
func (w *work) repeated(one []said) {
	for _, x := range one[1:] {
		w.reports[x.report].Fate = study.Repeated
	}
	no := slices.IndexFunc(one, func(x said) bool { return x.answer == study.No })
	if one[0].answer == study.Yes && no >= 0 {
		w.contradiction(&w.reports[one[no].report])
	}
}

// prefix is how many items at the start of a list are the same as its first.
func prefix(list []said, same func(a, b said) bool) int {
	for i := range list {
		if !same(list[0], list[i]) {
			return i
		}
	}
	return len(list)
}
