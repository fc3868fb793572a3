package networks

import (
	"cmp"
	"slices"

	"firmties/pipeline/study"
)

// Nominees counts, for each firm, the distinct firms and people that its
// respondents named, with the same fields as the metrics read.
type Nominees struct {
	Outside []int32 // those outside the cluster
	All     []int32
}

// nomination is that a firm's respondents named somebody.
type nomination struct {
	relation uint8
	firm     int32 // in the cluster
	outside  bool
	nominee  int64 // a firm of the study or, below 0, a name that is none
}

// nominationsOf lists the nominations of a cluster, of relations in study order
// and of firms ascending. Names that fit several firms, and firms that name
// themselves, are left out.
func nominationsOf(s *study.Study, c int) []nomination {
	var list []nomination
	for _, r := range s.ReportsOf(c) {
		n, ok := nominationOf(s, c, &r)
		if ok {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, func(a, b nomination) int {
		return cmp.Or(cmp.Compare(a.relation, b.relation), cmp.Compare(a.firm, b.firm), cmp.Compare(a.nominee, b.nominee))
	})
	return slices.Compact(list)
}

func nominationOf(s *study.Study, c int, r *study.Report) (nomination, bool) {
	if r.Answer != study.Yes || r.Source < 0 || s.Firms[r.Source].Cluster != int32(c) {
		return nomination{}, false
	}
	if r.Respondent >= 0 && s.Respondents[r.Respondent].Firm != r.Source {
		return nomination{}, false // said about another firm's ties
	}
	n := nomination{relation: r.Relation, firm: r.Source - s.Clusters[c].FirstFirm, nominee: int64(r.Target)}
	switch r.Fate {
	case study.Kept, study.Repeated:
	case study.Outside, study.CrossCluster:
		n.outside = true
		if r.Target < 0 {
			n.nominee = -1 - int64(r.TargetName)
		}
	default:
		return nomination{}, false
	}
	return n, true
}

// count counts the distinct nominees over the relations of a layer.
func count(list []nomination, firms int, members []int) *Nominees {
	var all []nomination
	for _, n := range list {
		if slices.Contains(members, int(n.relation)) {
			n.relation = 0
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b nomination) int {
		return cmp.Or(cmp.Compare(a.firm, b.firm), cmp.Compare(a.nominee, b.nominee))
	})
	out := &Nominees{make([]int32, firms), make([]int32, firms)}
	for _, n := range slices.Compact(all) {
		out.All[n.firm]++
		if n.outside {
			out.Outside[n.firm]++
		}
	}
	return out
}
