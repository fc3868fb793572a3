package resolve

import (
	"cmp"
	"slices"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// Result is what resolve hands on besides the study's own reports.
type Result struct {
	Resolutions  *table.Table
	Affiliations *table.Table
	// Outside are the names of no firm that their relation keeps, sorted and
	// distinct.
	Outside []Outside
}

// Outside is a reported name of no firm of the study, kept as it was written.
type Outside struct {
	Cluster int32
	Name    string
}

// Run decides for every reported name of the study which firm it is. It sets
// Cluster, Source, Target and Fate of the reports and sorts them by cluster
// and content, never by where they stand in a file; and likewise Cluster, Firm
// and Fate of the memberships of affiliations.
func Run(s *study.Study) (Result, diag.List) {
	r := newResolver(s)
	for i := range s.Reports {
		r.report(&s.Reports[i])
	}
	for i := range s.Affiliations {
		r.members(s.Affiliations[i].Members)
	}
	r.order()
	r.seekCandidates()
	r.findings()
	sortReports(s)
	sortMembers(s)
	return Result{
		Resolutions:  resolutions(r),
		Affiliations: affiliations(s),
		Outside:      r.outside(),
	}, r.found
}

// question is a name asked for in a cluster; -1 is the whole study.
type question struct {
	cluster int32
	name    study.Text
}

// resolver holds the decisions made so far, each name of a cluster once.
type resolver struct {
	s         *study.Study
	index     *index  // made when a name is no id
	firmOf    []int32 // by text: the one firm with this id; -1: none, -2: several
	made      []int32 // by text: the first decision on it; -1: none
	decisions []decision
	found     diag.List
}

func newResolver(s *study.Study) *resolver {
	texts := make([]study.Text, len(s.Firms))
	for f := range s.Firms {
		texts[f] = s.Texts.Intern(s.Firms[f].ID)
	}
	r := &resolver{s: s, decisions: make([]decision, 0, len(s.Firms))}
	r.firmOf, r.made = slices.Repeat([]int32{-1}, s.Texts.Len()), slices.Repeat([]int32{-1}, s.Texts.Len())
	for f, text := range texts {
		if r.firmOf[text] == -1 {
			r.firmOf[text] = int32(f)
		} else {
			r.firmOf[text] = -2
		}
	}
	return r
}

// decision says which firm a name means in a cluster.
type decision struct {
	question
	how  how
	firm int32 // -1: none, or several
	next int32 // the decision on the same name in another cluster; -1: none
	uses int64
	// fits are the firms that an ambiguous name fits; near the nearest names
	// to an unresolved one.
	fits []int32
	near []near
}

// lookup returns the decision on a name in a cluster (-1: anywhere in the
// study), which is made when first asked for.
func (r *resolver) lookup(cluster int32, name study.Text) *decision {
	for at := r.made[name]; at >= 0; at = r.decisions[at].next {
		if r.decisions[at].cluster == cluster {
			return &r.decisions[at]
		}
	}
	d := r.decide(question{cluster, name})
	d.next = r.made[name]
	r.made[name] = int32(len(r.decisions))
	r.decisions = append(r.decisions, d)
	return &r.decisions[len(r.decisions)-1]
}

// use returns the firm that a name means and the fate of the report or
// membership that stands on it.
func (r *resolver) use(cluster int32, name study.Text) (firm int32, fate study.Fate) {
	d := r.lookup(cluster, name)
	d.uses++
	return d.firm, d.how.fate()
}

// home is the cluster of the first of the names that is one firm of the study,
// or -1. A study of one cluster is everybody's home.
func (r *resolver) home(names ...study.Text) int32 {
	if len(r.s.Clusters) == 1 {
		return 0
	}
	for _, name := range names {
		if f := r.firmOf[name]; f >= 0 {
			return r.s.Firms[f].Cluster
		}
		if d := r.lookup(-1, name); d.firm >= 0 {
			return r.s.Firms[d.firm].Cluster
		}
	}
	return -1
}

// decide takes the steps in their order over the firms of the cluster, then
// over those of the others.
func (r *resolver) decide(q question) decision {
	d := decision{question: q, firm: -1, how: unresolved}
	from, to := r.firms(q.cluster)
	if f := r.firmOf[q.name]; f >= from && f < to {
		d.how, d.firm = byID, f
		return d
	}
	if r.index == nil {
		r.index = newIndex(r.s)
	}
	var elsewhere []int32
	for step, form := range formsOf(r.s.Texts.String(q.name)) {
		all := r.index[step].find(form)
		own := within(all, from, to)
		switch {
		case len(own) == 1:
			d.how, d.firm = how(step), own[0]
			return d
		case len(own) > 1:
			d.how, d.fits = ambiguous, own
			return d
		}
		// An id that is unique within its cluster only means nothing elsewhere.
		if len(elsewhere) == 0 && !(how(step) == byID && r.s.IDsWithinCluster) {
			elsewhere = all
		}
	}
	switch {
	case len(elsewhere) == 1:
		d.how, d.firm = crossCluster, elsewhere[0]
	case len(elsewhere) > 1:
		d.how, d.fits = ambiguous, elsewhere
	}
	return d
}

// firms is the range of the firms of a cluster, or of the study.
func (r *resolver) firms(cluster int32) (from, to int32) {
	if cluster < 0 {
		return 0, int32(len(r.s.Firms))
	}
	k := &r.s.Clusters[cluster]
	return k.FirstFirm, k.FirstFirm + k.Firms
}

// order sorts the decisions by cluster and name and forgets those that no
// report stands on.
func (r *resolver) order() {
	ranks := r.s.Texts.Ranks()
	r.decisions = slices.DeleteFunc(r.decisions, func(d decision) bool { return d.uses == 0 })
	r.decisions = sortedBy(r.decisions, func(d *decision) uint64 { return uint64(d.cluster+1)<<32 | uint64(ranks[d.name]) })
	for i := range r.made {
		r.made[i] = -1
	}
	for i := range r.decisions {
		d := &r.decisions[i]
		d.next, r.made[d.name] = r.made[d.name], int32(i)
	}
}

// sortedBy returns the items of a list by their keys, which are distinct.
func sortedBy[T any](list []T, key func(*T) uint64) []T {
	type keyed struct {
		key uint64
		at  int
	}
	order := make([]keyed, len(list))
	for i := range list {
		order[i] = keyed{key(&list[i]), i}
	}
	slices.SortFunc(order, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	out := make([]T, len(list))
	for i, o := range order {
		out[i] = list[o.at]
	}
	return out
}
