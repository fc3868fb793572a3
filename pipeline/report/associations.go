package report

import (
	"fmt"
	"slices"
	"strings"

	"firmties/pipeline/table"
)

// shownAssociations is how many associations the summary tells.
const shownAssociations = 12

// The two questions that a p-value can answer, as `estimand` names them.
const (
	clustersLikeThese = "clusters_like_these"
	theseClusters     = "these_clusters"
)

// headline is what answers about a term of a fit: up to two rows of
// `associations`, one for each question.
type headline struct {
	fit, term, level, outcome, layer, metric, model, scaling string

	controls    string // as in the formula, `age + school`
	like, these int    // rows; -1: none
}

// name is the term; of a pooled estimate it says of which metric.
func (h *headline) name() string {
	if h.term == pooledTerm {
		return h.term + " " + h.metric
	}
	return h.term
}

// among is the term and its outcome in a sentence; where others would read the
// same, the fit tells which.
func (h *headline) among(others []headline) string {
	label := h.name() + " of " + h.outcome
	for i := range others {
		if o := &others[i]; o.fit != h.fit && o.name() == h.name() && o.outcome == h.outcome {
			return label + " (" + h.fit + ")"
		}
	}
	return label
}

// row is the one whose estimate is shown.
func (h *headline) row() int {
	if h.like >= 0 {
		return h.like
	}
	return h.these
}

// group is the heading that a headline stands below.
func (h *headline) group() string {
	g := h.outcome + ": " + h.level + " level"
	if h.layer != "" {
		g += ", layer " + h.layer
	}
	if h.controls != "" {
		g += ", controls " + h.controls
	}
	for _, name := range h.method() {
		g += ", " + name
	}
	return g
}

// method names what was fitted.
func (h *headline) method() []string {
	if h.scaling == "" {
		return []string{h.model}
	}
	return []string{h.model, h.scaling}
}

// associations writes a line per fit with both p-values side by side, the
// caveats in words, what the questions are, and what was not fitted.
func (s *Summary) associations(p *page) {
	all := headlines(s.Associations)
	if len(all) == 0 {
		p.section("Associations of structure with outcomes: none")
		s.gates(p)
		return
	}
	shown := choose(all, s.MainLayer)
	s.noteControls(shown)
	p.section("Associations of structure with outcomes" + s.choiceMade(len(shown), len(all)))
	p.list([]Choice{
		{"p: clusters like these", "would it hold in another cluster? (the cluster is the unit)"},
		{"p: these clusters", "is it stronger than if outcomes were exchanged among firms of a cluster?"},
	})
	s.associationLines(p, shown)
	s.pooled(p, all)
	s.rests(p, shown)
	s.moves(p, shown)
	s.survivors(p, all)
	s.curves(p)
	s.power(p)
	s.coupled(p, all)
	s.gates(p)
}

// choiceMade says which associations are shown, where not all are.
func (s *Summary) choiceMade(shown, all int) string {
	if shown == all {
		return ""
	}
	first := ""
	if s.MainLayer != "" {
		first = "layer " + s.MainLayer + " first, "
	}
	return fmt.Sprintf(" (%d of %d: %sin table order, never by p)", shown, all, first)
}

func (s *Summary) associationLines(p *page, shown []headline) {
	g := grid{indent: "    ", headings: []heading{
		{name: "term"}, {name: "estimate", align: decimal}, {name: "95% interval", align: right},
		{above: "firms/", name: "clusters", align: right},
		{above: "p: clusters", name: "like these", align: right}, {above: "adjus-", name: "ted", align: right},
		{above: "p: these", name: "clusters", align: right}, {name: "caveats"},
	}}
	var caveats []string
	for i := range shown {
		h := &shown[i]
		if i == 0 || h.group() != shown[i-1].group() {
			g.across(h.group())
		}
		g.add(s.associationCells(h, &caveats)...)
	}
	g.write(p)
	p.paragraph("  ", methods(shown))
	for i, c := range caveats {
		p.paragraph(fmt.Sprintf("  caveat %d: ", i+1), explained(c))
	}
}

// methods explains the models and scalings of the headlines.
func methods(shown []headline) string {
	var names []string
	for i := range shown {
		for _, name := range shown[i].method() {
			if said := explained(name); !slices.Contains(names, said) {
				names = append(names, said)
			}
		}
	}
	return strings.Join(names, ", ")
}

// associationCells is the line of one fit; its caveats join the list and are
// shown by their number in it.
func (s *Summary) associationCells(h *headline, caveats *[]string) []string {
	t, r := s.Associations, h.row()
	return []string{
		h.name(), cell(t, "estimate", r, number), interval(t, h.like),
		cell(t, "n_firms", r, whole) + "/" + cell(t, "n_clusters", r, whole),
		cell(t, "p_value", h.like, pValue), cell(t, "p_adjusted", h.like, pValue), cell(t, "p_value", h.these, pValue),
		numbered(caveats, listed(t, "caveats", h.like), listed(t, "caveats", h.these)),
	}
}

// interval is that of the row about clusters like these: one that takes firms as
// independent would read as if it were.
func interval(t *table.Table, row int) string {
	low, high := cell(t, "conf_low", row, number), cell(t, "conf_high", row, number)
	if low == none || high == none {
		return none
	}
	return low + ", " + high
}

// listed is a cell that holds a list.
func listed(t *table.Table, column string, row int) []string {
	if row < 0 || text(t, column, row) == "" {
		return nil
	}
	return strings.Split(text(t, column, row), ";")
}

// numbered gives the names their numbers in the list, adding new ones to it.
func numbered(list *[]string, names ...[]string) string {
	var numbers []int
	for _, name := range slices.Concat(names...) {
		i := slices.Index(*list, name)
		if i < 0 {
			i = len(*list)
			*list = append(*list, name)
		}
		numbers = append(numbers, i+1)
	}
	slices.Sort(numbers)
	return strings.Join(texts(slices.Compact(numbers)), ",")
}

func texts(numbers []int) []string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = fmt.Sprint(n)
	}
	return out
}

// headlines finds what answers, in the order of the table.
func headlines(t *table.Table) []headline {
	var out []headline
	at := map[[2]string]int{}
	for r := range rows(t) {
		if is, _ := t.Column("headline").Bool(r); !is {
			continue
		}
		key := [2]string{text(t, "fit", r), text(t, "term", r)}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, headlineOf(t, r))
		}
		if text(t, "estimand", r) == theseClusters {
			out[i].these = r
		} else {
			out[i].like = r
		}
	}
	return out
}

func headlineOf(t *table.Table, r int) headline {
	return headline{
		fit: text(t, "fit", r), term: text(t, "term", r), level: text(t, "level", r), outcome: text(t, "outcome", r),
		layer: text(t, "layer", r), metric: text(t, "metric", r), model: text(t, "model", r), scaling: text(t, "scaling", r),
		like: -1, these: -1,
	}
}

// noteControls finds what else is in the models: without it two entries with
// the same metric would look alike.
func (s *Summary) noteControls(shown []headline) {
	formulas := map[string]string{}
	for r := range rows(s.Fits) {
		formulas[text(s.Fits, "fit", r)] = text(s.Fits, "formula", r)
	}
	for i := range shown {
		if shown[i].level != "dyad" { // there every term has a line
			shown[i].controls = controls(formulas[shown[i].fit])
		}
	}
}

// controls are the terms of a formula but the first, which is the metric: of
// `innov ~ degree + age + school | cluster` they are `age + school`.
func controls(formula string) string {
	_, terms, _ := strings.Cut(formula, " ~ ")
	terms, _, _ = strings.Cut(terms, " | ")
	_, after, _ := strings.Cut(terms, " + ")
	return after
}

// choose picks the associations to show: half of the room for the firm level
// and half for the others, as far as both need it; within each the main
// layer's first, otherwise in the order of the table. It looks at no number,
// so that nothing is shown for its small p.
func choose(all []headline, mainLayer string) []headline {
	var firm, other []headline
	for _, main := range []bool{true, false} {
		for _, h := range all {
			switch {
			case (h.layer == mainLayer) != main:
			case h.level == "firm":
				firm = append(firm, h)
			default:
				other = append(other, h)
			}
		}
	}
	room := max(shownAssociations/2, shownAssociations-len(other))
	firm = firm[:min(len(firm), room)]
	other = other[:min(len(other), shownAssociations-len(firm))]
	return append(firm, other...)
}

// gates counts the fits that were refused, by reason.
func (s *Summary) gates(p *page) {
	var names []string
	count := map[string]int{}
	for r := range rows(s.Fits) {
		for _, g := range listed(s.Fits, "gate", r) {
			if count[g] == 0 {
				names = append(names, g)
			}
			count[g]++
		}
	}
	if len(names) == 0 {
		return
	}
	slices.Sort(names)
	for i, g := range names {
		names[i] = fmt.Sprintf("%d %s", count[g], explained(g))
	}
	p.paragraph("  ", "Not fitted (see tables/fits): "+strings.Join(names, "; "))
}
