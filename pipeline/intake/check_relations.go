package intake

import (
	"fmt"
	"slices"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// section is one sheet of a relation, in one of its three forms.
type section struct {
	kind        string // reports, nominations or matrix
	at          any    // address of the section
	rows        *Rows
	told        *Told
	reports     *Reports // the one that is not nil
	nominations *Nominations
	matrix      *Matrix
}

// sections lists the sheets of a relation: reports, nominations, matrices.
func (r *Relation) sections() []section {
	var out []section
	for i := range r.Reports {
		x := &r.Reports[i]
		out = append(out, section{kind: "reports", at: x, rows: &x.Rows, told: &x.Told, reports: x})
	}
	for i := range r.Nominations {
		x := &r.Nominations[i]
		out = append(out, section{kind: "nominations", at: x, rows: &x.Rows, told: &x.Told, nominations: x})
	}
	for i := range r.Matrix {
		x := &r.Matrix[i]
		out = append(out, section{kind: "matrix", at: x, rows: &x.Rows, told: &x.Told, matrix: x})
	}
	return out
}

// hasSource: the sheet names both ends of a tie.
func (s *section) hasSource() bool {
	return s.reports != nil && s.reports.Source != "" || s.matrix != nil && s.matrix.Row != ""
}

// asksBothEnds: respondents could name pairs that have their firm at either
// end. The rows of a matrix do not ask that: each is the firm's own answers.
func (s *section) asksBothEnds() bool { return s.reports != nil && s.reports.Source != "" }

// strengthAt is the address of a setting that gives strengths, or nil.
func (s *section) strengthAt() any {
	switch {
	case s.reports != nil && s.reports.Strength != "":
		return &s.reports.Strength
	case s.matrix != nil && len(s.told.Values) > 0:
		return &s.told.Values
	case s.nominations != nil:
		for i := range s.nominations.Columns {
			if c := &s.nominations.Columns[i]; c.Strength != "" {
				return &c.Strength
			}
		}
	}
	return nil
}

func (s *section) answers() *Answers {
	switch {
	case s.reports != nil:
		return s.reports.Answers
	case s.matrix != nil:
		return s.matrix.Answers
	}
	return nil
}

func (k *checker) checkRelations() {
	relations := k.c.Relations
	k.checkNames("relation", len(relations), func(i int) *string { return &relations[i].Name }, columnName)
	if len(relations) > mostRelations {
		k.fault(diag.YAMLLimit, &k.c.Relations, "", fmt.Sprintf("%d relations, where at most %d can be", len(relations), mostRelations), "")
	}
	weightsAsked := k.c.Weights == "" && !k.given(&k.c.Weights)
	for i := range relations {
		r := &relations[i]
		sections := r.sections()
		switch {
		case len(sections) == 0:
			k.fault(diag.KeyMissing, r, "reports", fmt.Sprintf("relation %q has no sheet", r.Name), "it needs reports:, nominations: or matrix:")
		case len(sections) > mostSections:
			k.fault(diag.YAMLLimit, r, "", fmt.Sprintf("relation %q has %d sheets, where at most %d can be", r.Name, len(sections), mostSections), "")
		}
		k.checkRule(r)
		for _, s := range sections {
			k.checkSection(&s)
			if at := s.strengthAt(); at != nil && weightsAsked {
				k.fault(diag.KeyMissing, at, "weights", "a strength is mapped, but weights: does not say what it means",
					"add one line at the left margin: `weights: strength` (more is closer), `weights: distance` (more is farther) or `weights: none`")
				weightsAsked = false
			}
		}
	}
}

func (k *checker) checkRule(r *Relation) {
	rule, at := r.Reconcile, any(&r.Reconcile)
	if rule == "" {
		rule, at = k.c.Reconcile, &r.Name
	}
	i := slices.IndexFunc(k.v.Rules, func(x Rule) bool { return x.Name == rule })
	if i >= 0 && k.v.Rules[i].DirectedOnly && !r.Directed {
		k.conflict(at, fmt.Sprintf("relation %q is undirected, and the rule %q is for directed relations", r.Name, rule),
			"say `directed: true`, or give the relation another rule with reconcile:")
	}
}

func (k *checker) checkSection(s *section) {
	t := s.told
	if t.Asked.Limit < 0 {
		k.fault(diag.TypeWrong, &t.Asked.Limit, fmt.Sprint(t.Asked.Limit), "limit is below 0", "0 or no limit: means that there was none")
	}
	if len(t.Roles) > 0 && t.Respondent == "" {
		k.conflict(&t.Roles, "roles: without respondent:", "a sheet without respondent: is a record, which nobody was asked about")
	} else if len(t.Roles) > 0 && (k.c.Respondents == nil || k.c.Respondents.Role == "") {
		k.fault(diag.KeyMissing, &t.Roles, "role", "roles: needs the column of the role in respondents:", "add `role: column` to respondents:")
	}
	if p := k.c.Respondents; p != nil && p.Firm == "" && t.Respondent != "" && (!s.hasSource() || !t.Asked.AboutAny()) {
		k.fault(diag.KeyMissing, p, "firm", "a sheet is about the respondent's own ties, but respondents: does not say who speaks for which firm",
			"add `firm: column` to respondents:, or say `asked: {about: any}` in a sheet that names both ends")
	}
	k.checkSource(s)
	k.checkValues(s)
	k.checkAnswers(s)
}

// checkSource: a sheet says whose ties it tells. Where a key is misspelt, it may
// be the one that does.
func (k *checker) checkSource(s *section) {
	switch {
	case s.told.Respondent != "" || s.hasSource() || k.findings.Count(diag.KeyUnknown) > 0:
	case s.nominations != nil:
		k.fault(diag.KeyMissing, s.at, "respondent", "nominations lacks respondent:", "name the column of who names the firms: `respondent: column`")
	case s.matrix != nil:
		k.fault(diag.KeyMissing, s.at, "row", "matrix lacks row: and respondent:", "name the column of the firm that the row is about")
	default:
		k.fault(diag.KeyMissing, s.at, "respondent", "reports lacks respondent: and source:",
			"name the column of who says it, `respondent: column`, or for a record that of the tie's other end, `source: column`")
	}
}

func (k *checker) checkValues(s *section) {
	if len(s.told.Values) == 0 {
		return
	}
	if s.strengthAt() == nil {
		k.conflict(&s.told.Values, "values: without strength:", "values: translates the column of the strength; name that column, which may be that of the answer")
	}
	for i := range s.told.Values {
		if v := &s.told.Values[i]; v.Number <= 0 && k.c.Weights != string(study.NoWeight) {
			k.fault(diag.StrengthWrong, &v.Number, fmt.Sprint(v.Number), fmt.Sprintf("values: %q is %v, and a strength is above 0", v.Text, v.Number), "a tie that is none is a no: see answers:")
		}
	}
}

func (k *checker) checkAnswers(s *section) {
	a := s.answers()
	if s.reports != nil {
		switch {
		case a == nil && s.reports.Answer != "":
			k.fault(diag.KeyMissing, &s.reports.Answer, "answers", "answer: without answers:", "say what the answers mean: `answers: {yes: [...], no: [...], dont_know: [...]}`")
		case a != nil && s.reports.Answer == "":
			k.fault(diag.KeyMissing, a, "answer", "answers: without answer:", "name the column of the answer: `answer: column`")
		}
	}
	if a == nil {
		return
	}
	if len(a.Yes) == 0 {
		k.fault(diag.KeyMissing, a, "yes", `answers lacks "yes"`, "say which answers mean yes: `yes: [...]`")
	}
	seen := map[string]string{}
	for _, l := range a.meanings() {
		for i := range *l.texts {
			text := trim((*l.texts)[i])
			if before, ok := seen[text]; ok {
				k.conflict(&(*l.texts)[i], fmt.Sprintf("the answer %q means both %s and %s", text, before, l.name), "keep one of them")
				continue
			}
			seen[text] = l.name
		}
	}
}

// meaning is one list of answers with what they mean.
type meaning struct {
	name   string
	answer study.Answer
	texts  *OneOrMore[string]
}

func (a *Answers) meanings() []meaning {
	return []meaning{{"yes", study.Yes, &a.Yes}, {"no", study.No, &a.No}, {"dont_know", study.DontKnow, &a.DontKnow}}
}

func (k *checker) checkAffiliations() {
	a := k.c.Affiliations
	k.checkNames("affiliation", len(a), func(i int) *string { return &a[i].Name }, columnName)
}
