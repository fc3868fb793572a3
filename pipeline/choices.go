package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"firmties/pipeline/associate"
	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// choices are the decisions, the analyst's or a default's, that the numbers
// hang on.
func (r *run) choices() []Choice {
	s := r.study
	return []Choice{
		{"rules", perRelation(s, func(rel *study.Relation) string { return rel.Rule })},
		{"silence", perRelation(s, silence)},
		{"directed", perRelation(s, func(rel *study.Relation) string { return yesNo(rel.Directed) })},
		{"strengths", strengths(s.Weights)},
		{"names of no firm", perRelation(s, func(rel *study.Relation) string { return unmatchedWords[rel.Unmatched] })},
		{"firm ids", idScope(s.IDsWithinCluster)},
		{"models", models(s)},
		{"seed", fmt.Sprint(s.Seed)},
	}
}

var unmatchedWords = map[study.Unmatched]string{
	study.Drop:   "dropped, with a warning",
	study.Refuse: "an error",
	study.Keep:   "kept in `firms` as outside, in no network",
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
		return "unknown where a pair was not named"
	case sec.Asked.AboutAny():
		return "no, about any pair of the respondent's cluster"
	default:
		return "no, about the respondent's own ties"
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

func idScope(within bool) string {
	if within {
		return "unique within a cluster"
	}
	return "unique in the study"
}

func models(s *study.Study) string {
	if !s.ModelsDeclared {
		return fmt.Sprintf("the default grid, %d draws", gridDraws)
	}
	return fmt.Sprintf("%d declared, %d draws", len(s.Models), associate.DeclaredDraws)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
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
	return fmt.Sprintf("%s: %d clusters, %d firms, %d respondents, %d reports; %d errors, %d warnings\n",
		s.Name, len(s.Clusters), len(s.Firms), len(s.Respondents), len(s.Reports), errors.Len(), warnings.Len())
}
