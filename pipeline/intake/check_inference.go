package intake

import (
	"fmt"
	"slices"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// checkAdjust: a family is adjusted in one way, that of the entries that name
// one.
func (k *checker) checkAdjust(m *Model, adjusted map[string]*Model) {
	family := m.Family
	if family == "" {
		family = m.Level + "/" + m.Outcome
	}
	switch before := adjusted[family]; {
	case m.Adjust == "":
	case before == nil:
		adjusted[family] = m
	case before.Adjust != m.Adjust:
		k.conflict(&m.Adjust, fmt.Sprintf("the family %q is adjusted by %s and by %s", family, before.Adjust, m.Adjust), "give one of them, or a family: of its own\n"+k.at(&before.Adjust).String())
	}
}

// checkInference: each kind once, and of those that the model makes.
func (k *checker) checkInference(m *Model) {
	if k.given(&m.Inference) && len(m.Inference) == 0 {
		k.conflict(&m.Inference, "inference: asks for no kind", "leave it out for those that the model makes, or name one")
	}
	for j := range m.Inference {
		if slices.Contains(m.Inference[:j], m.Inference[j]) {
			k.fault(diag.NameRepeated, &m.Inference[j], m.Inference[j], fmt.Sprintf("%s stands twice", m.Inference[j]), "keep one of them")
		}
	}
	model, ok := k.modelOf(m)
	if !ok {
		return
	}
	for j := range m.Inference {
		kind := &m.Inference[j]
		if slices.Contains(k.v.Inferences, *kind) && !slices.Contains(model.Inferences, *kind) {
			hint := "remove inference: it makes one kind, its own"
			if len(model.Inferences) > 0 {
				hint = choiceHint(*kind, model.Inferences)
			}
			k.conflict(kind, fmt.Sprintf("%s does not make %s", model.Name, *kind), hint)
		}
	}
}

// modelOf is the model that an entry names, or that for its outcome's kind.
func (k *checker) modelOf(m *Model) (ModelName, bool) {
	kind := ""
	for i := range k.c.Outcomes {
		if o := &k.c.Outcomes[i]; o.Name == m.Outcome && (o.Level == m.Level || kind == "") {
			kind = o.Kind
			if o.Kind == string(study.Count) && k.given(&o.Of) {
				kind = "count with of:"
			}
		}
	}
	i := slices.IndexFunc(k.v.Models, func(n ModelName) bool {
		return n.Name == m.Model || m.Model == "" && n.Level == m.Level && (n.Level == study.AtDyad || slices.Contains(n.DefaultFor, kind))
	})
	if i < 0 {
		return ModelName{}, false
	}
	return k.v.Models[i], true
}

// checkExposure: it belongs to the hazard of a time, also of one that is the
// model for its outcome's kind.
func (k *checker) checkExposure(m *Model) {
	if m.Exposure == "" {
		return
	}
	of := slices.IndexFunc(k.c.Outcomes, func(o Outcome) bool { return o.Name == m.Outcome && o.Level == m.Level })
	switch {
	case m.Model != "" && m.Model != "hazard", m.Level != string(study.AtFirm):
		k.conflict(&m.Exposure, "`exposure` belongs to hazard, a model of the firm level", "remove it, or give `model: hazard`")
	case of >= 0 && k.c.Outcomes[of].Kind != string(study.Time):
		k.conflict(&m.Exposure, fmt.Sprintf("exposure is to adoptions, and %q is %s", m.Outcome, k.c.Outcomes[of].Kind), "remove it, or relate an outcome of kind time")
	}
}
