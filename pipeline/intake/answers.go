package intake

import (
	"fmt"
	"math"
	"slices"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// answers are the texts of `answers:` with what they mean.
type answers struct {
	of    map[string]study.Answer
	texts []string // for hints
}

func (a *assembly) answers(c *Answers) *answers {
	if c == nil {
		return nil
	}
	out := &answers{of: map[string]study.Answer{}}
	for _, m := range c.meanings() {
		for _, text := range a.cells(*m.texts) {
			out.of[text] = m.answer
			out.texts = append(out.texts, text)
		}
	}
	return out
}

// answer is what a row says of the firm it names. Without `answers:` it is a
// yes; a row that names nobody answers nothing.
func (t *teller) answer(r *row, column int, target study.Text) study.Answer {
	switch {
	case target == 0:
		return study.NoAnswer
	case t.answers == nil:
		return study.Yes
	}
	return t.understood(r, column)
}

// understood looks a cell up in `answers:`. One that is not there is told,
// unless it is blank.
func (t *teller) understood(r *row, column int) study.Answer {
	text := r.text(column)
	answer, ok := t.answers.of[text]
	if !ok && text != "" {
		t.findings.Add(diag.AnswerUnknown, r.place(column), text,
			fmt.Sprintf("%s: the answer %q is not in answers:", r.part.header[column], text), choiceHint(text, t.answers.texts))
	}
	return answer
}

// cellAnswer is what a cell of a matrix says. Without `answers:` 0 is a no.
func (t *teller) cellAnswer(r *row, column int) study.Answer {
	if t.answers != nil {
		return t.understood(r, column)
	}
	if x, ok, _ := r.number(column); ok && x == 0 {
		return study.No
	}
	return study.Yes
}

// strength is the strength in a cell, translated by `values:` where they have
// the text; NaN where it is blank. That of a yes is above 0.
func (t *teller) strength(r *row, column int, answer study.Answer) float64 {
	text := r.text(column)
	if text == "" {
		return math.NaN()
	}
	x, ok := t.values.number(text)
	if !ok {
		x, ok = t.number(r, column)
	}
	if !ok {
		return math.NaN()
	}
	if answer == study.Yes && t.weighed && x <= 0 {
		t.findings.Add(diag.StrengthWrong, r.place(column), text,
			fmt.Sprintf("%s: a strength of %s, where one above 0 is expected", r.part.header[column], text),
			"a blank cell means that there is a tie of no known strength; a tie that is none is a no")
	}
	return x
}

// cellValues are `values:` with their texts as cells read.
func (a *assembly) cellValues(v Values) Values {
	out := slices.Clone(v)
	for i := range out {
		out[i].Text = cellText(out[i].Text, a.r.missing)
	}
	return out
}
