package intake

import (
	"fmt"
	"slices"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// checkDyads checks a model of pairs of firms.
func (k *checker) checkDyads(m *Model) {
	if len(m.Terms) == 0 {
		k.fault(diag.KeyMissing, m, "terms", `the model lacks "terms"`, "a model at the dyad level names terms: layers, absdiff(age), same(sector), ...")
	}
	for _, list := range []struct {
		name   string
		field  any
		values []string
	}{{"layers", &m.Layers, m.Layers}, {"metrics", &m.Metrics, m.Metrics}, {"controls", &m.Controls, m.Controls}} {
		if len(list.values) > 0 {
			k.conflict(list.field, fmt.Sprintf("`%s` belongs to models of firms or clusters", list.name), "at the dyad level everything is a term: layers, absdiff(age), same(sector), ...")
		}
	}
	if m.Outcome != "" {
		k.checkTerm(&m.Outcome, []string{"absdiff"})
	}
	for i := range m.Terms {
		k.checkTerm(&m.Terms[i], study.TermFuncs())
		if slices.Contains(m.Terms[:i], m.Terms[i]) {
			k.fault(diag.NameRepeated, &m.Terms[i], m.Terms[i], fmt.Sprintf("%s stands twice", m.Terms[i]), "keep one of them")
		}
	}
}

// checkTerm checks one term: a layer, or a function of something of firms.
func (k *checker) checkTerm(field *string, functions []string) {
	t := study.ParseTerm(*field)
	known, kind := k.c.layerNames(), "layer"
	switch {
	case t.Func == "":
	case !slices.Contains(functions, t.Func):
		k.fault(diag.ReferenceWrong, field, *field, fmt.Sprintf("there is no term %q here", t.Func+"()"), choiceHint(t.Func, functions))
		return
	case t.Func == "both":
		known, kind = k.c.affiliationNames(), "affiliation"
	default:
		known, kind = append(k.c.attributeNames(study.AtFirm), k.c.outcomeNames(study.AtFirm)...), "attribute or outcome of firms"
	}
	if !slices.Contains(known, t.Name) {
		k.fault(diag.ReferenceWrong, field, *field, fmt.Sprintf("there is no %s %q", kind, t.Name), choiceHint(t.Name, known))
	}
}
