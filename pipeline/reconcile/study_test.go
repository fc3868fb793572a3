package reconcile

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"firmties/pipeline/study"
)

// question is a section: its pairs and what silence means.
type question struct {
	about, unnamed string
	source, record bool
	roles          []string
	limit          int
}

func (q question) section() study.Section {
	return study.Section{
		Asked: study.Asked{About: cmp.Or(q.about, "own"), Unnamed: cmp.Or(q.unnamed, "no"), Limit: q.limit},
		Roles: q.roles, Record: q.record, HasSource: q.source || q.record,
	}
}

// village is one cluster in the words of a test: firms "A B C"; respondents
// "a:A" with a firm, "o:" without, "a:A/role" with a role, "a:A!" not
// interviewed; reports "a A B yes", with a strength "a A B yes 2.5", of
// section 1 "#1 a A B yes", of a record "- A B yes".
type village struct {
	firms, respondents string
	directed           bool
	rule               string
	combine            study.Combine
	weights            study.Weights
	asked              []question
	reports            []string
}

func (v village) study(t testing.TB) *study.Study {
	t.Helper()
	s := &study.Study{Weights: cmp.Or(v.weights, study.Strength), RespondentsListed: true, Sheets: []study.Sheet{{File: "said.csv"}}}
	for f := range strings.FieldsSeq(v.firms) {
		s.Firms = append(s.Firms, study.Firm{ID: f})
	}
	for r := range strings.FieldsSeq(v.respondents) {
		s.Respondents = append(s.Respondents, respondent(t, s, r))
	}
	s.Clusters = []study.Cluster{{ID: "k", Label: "k", Firms: int32(len(s.Firms)), Respondents: int32(len(s.Respondents))}}
	rel := study.Relation{Name: "meets", Directed: v.directed, Rule: cmp.Or(v.rule, "any"), Combine: cmp.Or(v.combine, study.Mean)}
	for _, q := range v.asked {
		rel.Sections = append(rel.Sections, q.section())
	}
	s.Relations = []study.Relation{rel}
	for i, line := range v.reports {
		p := report(t, s, line)
		p.Line = int32(i + 2)
		s.Reports = append(s.Reports, p)
	}
	slices.SortStableFunc(s.Reports, func(a, b study.Report) int {
		return cmp.Or(cmp.Compare(a.Respondent, b.Respondent), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	return s
}

func respondent(t testing.TB, s *study.Study, text string) study.Respondent {
	text, refused := strings.CutSuffix(text, "!")
	text, role, _ := strings.Cut(text, "/")
	id, firm, _ := strings.Cut(text, ":")
	p := study.Respondent{ID: id, Firm: -1, Role: role, Interviewed: !refused}
	if firm != "" {
		p.Firm = firmNamed(t, s, firm)
	}
	return p
}

func firmNamed(t testing.TB, s *study.Study, id string) int32 {
	t.Helper()
	i := slices.IndexFunc(s.Firms, func(f study.Firm) bool { return f.ID == id })
	if i < 0 {
		t.Fatalf("no firm %s", id)
	}
	return int32(i)
}

func report(t testing.TB, s *study.Study, line string) study.Report {
	t.Helper()
	words := strings.Fields(line)
	p := study.Report{Strength: math.NaN(), Confidence: math.NaN(), Respondent: -1}
	if number, ok := strings.CutPrefix(words[0], "#"); ok {
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(line)
		}
		p.Section, words = uint8(n), words[1:]
	}
	if words[0] != "-" {
		p.Respondent = int32(slices.IndexFunc(s.Respondents, func(r study.Respondent) bool { return r.ID == words[0] }))
		p.RespondentName = s.Texts.Intern(words[0])
		if p.Respondent < 0 {
			t.Fatalf("no respondent %s", words[0])
		}
	}
	p.Source, p.Target = firmNamed(t, s, words[1]), firmNamed(t, s, words[2])
	p.SourceName, p.TargetName = s.Texts.Intern(words[1]), s.Texts.Intern(words[2])
	p.Answer = map[string]study.Answer{"yes": study.Yes, "no": study.No, "dk": study.DontKnow}[words[3]]
	if len(words) > 4 {
		x, err := strconv.ParseFloat(words[4], 64)
		if err != nil {
			t.Fatal(line)
		}
		p.Strength = x
	}
	return p
}

// answer is what became of one pair: tie, no, or ? where it is not observed.
func answer(rec *study.Reconciled, i, j int32) string {
	switch {
	case tieOf(rec, i, j) != nil:
		return "tie"
	case rec.Observed.Pair(i, j):
		return "no"
	default:
		return "?"
	}
}

func tieOf(rec *study.Reconciled, i, j int32) *study.Tie {
	at := slices.IndexFunc(rec.Ties, func(x study.Tie) bool { return x.Source == i && x.Target == j })
	if at < 0 {
		return nil
	}
	return &rec.Ties[at]
}
