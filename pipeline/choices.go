package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"firmties/pipeline/associate"
	"firmties/pipeline/diag"
	"firmties/pipeline/measure"
	"firmties/pipeline/reconcile"
	"firmties/pipeline/study"
)

// choices are the decisions, the analyst's or a default's, that the numbers
// hang on.
func (r *run) choices() []Choice {
	s := r.study
	return []Choice{
		{"rule", perRelation(s, ruleOf)},
		{"silence", perRelation(s, silence)},
		{"strengths", strengths(s.Weights)},
		{"names of no firm", perRelation(s, func(rel *study.Relation) string { return unmatchedWords[rel.Unmatched] })},
		{"models", models(s)},
		{"comparisons", measure.ComparisonChoice(s)},
		{"distances", measure.DistanceChoice(s)},
		{"coupling", measure.CouplingChoice(s)},
		{"seed", fmt.Sprint(s.Seed)},
	}
}

var unmatchedWords = map[study.Unmatched]string{
	study.Drop:   "dropped, with a warning",
	study.Refuse: "an error",
	study.Keep:   "kept in `firms` as outside, in no network",
}

// ruleOf is the rule's name with its meaning.
func ruleOf(rel *study.Relation) string {
	for _, r := range reconcile.Rules() {
		if r.Name == rel.Rule {
			return r.Name + " (" + r.Doc + ")"
		}
	}
	return rel.Rule
}

// perRelation says something of every relation, in one phrase where they all
// agree.
func perRelation(s *study.Study, of func(*study.Relation) string) string {
	var parts, values []string
	for i := range s.Relations {
		v := of(&s.Relations[i])
		parts = append(parts, s.Relations[i].Name+": "+v)
		if !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	switch len(values) {
	case 0:
		return "no relations"
	case 1:
		return values[0]
	default:
		return strings.Join(parts, "; ")
	}
}

func silence(rel *study.Relation) string {
	var said []string
	for i := range rel.Sections {
		if w := silenceOf(&rel.Sections[i]); !slices.Contains(said, w) {
			said = append(said, w)
		}
	}
	return strings.Join(said, ", ")
}

func silenceOf(sec *study.Section) string {
	switch {
	case sec.Record:
		return "a record: every pair is observed"
	case !sec.Asked.SilenceIsNo():
		return "says nothing"
	case sec.Asked.AboutAny():
		return "a no about any pair of the respondent's cluster"
	default:
		return "a no about the respondent's own ties"
	}
}

func strengths(w study.Weights) string {
	switch w {
	case study.Strength:
		return "more is closer"
	case study.Distance:
		return "more is farther; the strength of a tie is the inverse"
	default:
		return "not used"
	}
}

func models(s *study.Study) string {
	if !s.ModelsDeclared {
		return fmt.Sprintf("the default grid, %d draws", gridDraws)
	}
	return fmt.Sprintf("%d declared, %d draws", len(s.Models), associate.DeclaredDraws)
}

// mainLayer is the layer whose structure the summary shows: `union`, else the
// first.
func (r *run) mainLayer() string {
	names := r.study.LayerNames()
	if len(names) == 0 || slices.Contains(names, "union") {
		return "union"
	}
	return names[0]
}

// checked says in a line what a check read.
func (r *run) checked() string {
	s := r.study
	errors := r.findings.Of(diag.Error)
	warnings := r.findings.Of(diag.Warning)
	return s.Name + ": " + strings.Join([]string{
		number(len(s.Clusters), "cluster"), number(len(s.Firms), "firm"), number(len(s.Respondents), "respondent"), number(len(s.Reports), "report"),
	}, ", ") + "; " + number(errors.Len(), "error") + ", " + number(warnings.Len(), "warning") + "\n"
}

func number(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}
