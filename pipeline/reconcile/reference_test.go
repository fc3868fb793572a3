package reconcile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/pipeline/study"
)

// expected is what the definitions say of one pair, found the long way: every
// pair, every respondent, every section.
type expected struct {
	tie, observed    bool
	yes, no, dk, all int32
	strength         float64
}

// could reports whether a respondent could have been asked about i, j in a
// section.
func could(rel *study.Relation, x *study.Section, p *study.Respondent, i, j int32) bool {
	if x.Record || !p.Interviewed || len(x.Roles) > 0 && !slices.Contains(x.Roles, p.Role) {
		return false
	}
	if x.Asked.About == "any" {
		return true
	}
	atEither := p.Firm == i || p.Firm == j
	if !rel.Directed || x.HasSource {
		return atEither
	}
	return p.Firm == i
}

// reference works out one pair of the only cluster of s.
func reference(s *study.Study, i, j int32) expected {
	rel := &s.Relations[0]
	var e expected
	var ends [2]struct{ yes, no bool }
	var values []float64
	for r := range s.Respondents {
		p := &s.Respondents[r]
		said := said0(s, int32(r), i, j)
		asked, silent := false, false
		for k := range rel.Sections {
			x := &rel.Sections[k]
			if could(rel, x, p, i, j) {
				asked = true
				silent = silent || x.Asked.Unnamed == "no"
			}
		}
		if !asked {
			continue
		}
		e.all++
		var yes, no bool
		switch {
		case len(said[study.Yes]) > 0:
			yes = true
			e.yes++
		case len(said[study.No]) > 0:
			no = true
			e.no++
		case len(said[study.DontKnow]) > 0:
			e.dk++
		case silent:
			no = true
			e.no++
		}
		for k, f := range []int32{i, j} {
			if p.Firm == f {
				ends[k].yes = ends[k].yes || yes
				ends[k].no = ends[k].no || no
			}
		}
		if v, ok := amount(rel.Combine, said[study.Yes], true); ok {
			values = append(values, v)
		}
	}
	record := said0(s, -1, i, j)
	for _, x := range record[study.Yes] {
		if !math.IsNaN(x) {
			values = append(values, x)
		}
	}
	spoke := func(k int) bool { return ends[k].yes || ends[k].no }
	e.observed = e.yes+e.no >= 1
	switch rel.Rule {
	case "any":
		e.tie = e.yes >= 1
	case "all":
		e.tie = e.yes >= 1 && e.no == 0
	case "majority":
		e.tie = e.yes > e.no
	case "either_end":
		e.tie, e.observed = ends[0].yes || ends[1].yes, spoke(0) || spoke(1)
	case "both_ends":
		e.tie, e.observed = ends[0].yes && ends[1].yes, spoke(0) && spoke(1)
	case "source":
		e.tie, e.observed = ends[0].yes, spoke(0)
	case "target":
		e.tie, e.observed = ends[1].yes, spoke(1)
	}
	for k := range rel.Sections {
		if rel.Sections[k].Record {
			e.observed = true
		}
	}
	e.tie = e.tie || len(record[study.Yes]) > 0
	v, ok := amount(rel.Combine, values, false)
	switch {
	case !ok || s.Weights == study.NoWeight:
		e.strength = 1
	case s.Weights == study.Distance:
		e.strength = 1 / v
	default:
		e.strength = v
	}
	return e
}

// said0 is what a respondent (-1: a record) says of a pair: strengths by
// answer.
func said0(s *study.Study, respondent, i, j int32) map[study.Answer][]float64 {
	out := map[study.Answer][]float64{}
	for k := range s.Reports {
		p := &s.Reports[k]
		if p.Fate != study.Kept && p.Fate != study.Repeated || p.Respondent != respondent {
			continue
		}
		same := p.Source == i && p.Target == j || !s.Relations[0].Directed && p.Source == j && p.Target == i
		if same {
			out[p.Answer] = append(out[p.Answer], p.Strength)
		}
	}
	return out
}

func amount(c study.Combine, values []float64, ofOne bool) (float64, bool) {
	values = slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	if len(values) == 0 {
		return 0, false
	}
	slices.Sort(values)
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	switch {
	case c == study.Max:
		return slices.Max(values), true
	case c == study.Min:
		return slices.Min(values), true
	case c == study.Sum && !ofOne:
		return sum, true
	}
	return sum / float64(len(values)), true
}

// randomVillage is a small study with everything that can differ.
func randomVillage(r *rand.Rand) village {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	v := village{firms: "A B C D E F G"[:2*(1+r.IntN(6))], directed: r.IntN(2) == 0}
	v.combine = study.Combine(pick(study.Combines()...))
	v.weights = []study.Weights{study.Strength, study.Distance, study.NoWeight}[r.IntN(3)]
	n := (len(v.firms) + 1) / 2
	firm := func() string { return string("ABCDEFG"[r.IntN(n)]) }
	people := 1 + r.IntN(6)
	for i := range people {
		v.respondents += fmt.Sprintf("p%d:%s/%s%s ", i, pick("", firm(), firm()), pick("x", "y"), pick("", "", "", "!"))
	}
	for range 1 + r.IntN(3) {
		q := question{about: pick("own", "any"), unnamed: pick("no", "no", "unknown"), source: r.IntN(2) == 0, record: r.IntN(8) == 0}
		if r.IntN(3) == 0 {
			q.roles = []string{pick("x", "y")}
		}
		v.asked = append(v.asked, q)
	}
	if n < 2 {
		return v
	}
	for range r.IntN(30) {
		k := r.IntN(len(v.asked))
		who, from, to := fmt.Sprintf("p%d", r.IntN(people)), firm(), firm()
		if v.asked[k].record {
			who = "-"
		}
		if from != to {
			v.reports = append(v.reports, fmt.Sprintf("#%d %s %s %s %s %s", k, who, from, to, pick("yes", "yes", "no", "dk"), pick("", "", "0.5", "2", "3")))
		}
	}
	return v
}

// Cluster, which looks only at pairs with reports, agrees with the definitions
// worked out for every pair.
func TestClusterAgreesWithDefinitions(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1966))
	ties, unobserved := 0, 0
	for range 4000 {
		v := randomVillage(r)
		rule := Rules()[r.IntN(len(Rules()))]
		if rule.DirectedOnly && !v.directed {
			continue
		}
		v.rule = rule.Name
		s := v.study(t)
		dropUnasked(s)
		list, _ := Cluster(s, 0)
		var pairs int64
		for i := range int32(len(s.Firms)) {
			for j := range int32(len(s.Firms)) {
				if i == j || !v.directed && i > j {
					continue
				}
				want := reference(s, i, j)
				if want.observed {
					pairs++
				} else {
					unobserved++
				}
				got := tieOf(&list[0], i, j)
				if want.tie != (got != nil) || want.observed != list[0].Observed.Pair(i, j) {
					t.Fatalf("%+v\n%d-%d: %s, want %+v", v, i, j, answer(&list[0], i, j), want)
				}
				if got == nil {
					continue
				}
				ties++
				if is := (expected{true, want.observed, got.Yes, got.No, got.DontKnow, got.Asked, got.Strength}); is != want {
					t.Fatalf("%+v\n%d-%d: %+v, want %+v", v, i, j, is, want)
				}
			}
		}
		if got := list[0].Observed.Count(); got != pairs {
			t.Fatalf("%+v\n%d pairs observed, want %d", v, got, pairs)
		}
		checkKeptOnce(t, s)
	}
	if ties < 1000 || unobserved < 1000 {
		t.Errorf("only %d ties and %d unobserved pairs were tried", ties, unobserved)
	}
}

// dropUnasked leaves out, as resolve does, what a respondent says of pairs
// that the section does not ask them about.
func dropUnasked(s *study.Study) {
	rel := &s.Relations[0]
	for i := range s.Reports {
		p := &s.Reports[i]
		x := &rel.Sections[p.Section]
		if !x.Record && !could(rel, x, &s.Respondents[p.Respondent], p.Source, p.Target) {
			p.Fate = study.Filtered
		}
	}
}

// checkKeptOnce: of what one respondent says of one pair, one report is kept.
func checkKeptOnce(t *testing.T, s *study.Study) {
	t.Helper()
	type key struct{ respondent, a, b int32 }
	kept, all := map[key]int{}, map[key]int{}
	for i := range s.Reports {
		p := &s.Reports[i]
		k := key{p.Respondent, p.Source, p.Target}
		if !s.Relations[0].Directed {
			k.a, k.b = min(k.a, k.b), max(k.a, k.b)
		}
		if p.Respondent < 0 || p.Fate == study.Filtered {
			continue
		}
		all[k]++
		if p.Fate == study.Kept {
			kept[k]++
		}
	}
	for k := range all {
		if kept[k] != 1 {
			t.Fatalf("of %d reports of %v, %d are kept", all[k], k, kept[k])
		}
	}
}
