package reconcile

// Rule says what the answers about a pair amount to. A new rule is a new row
// of Rules.
type Rule struct {
	Name         string
	Doc          string
	DirectedOnly bool // means nothing in an undirected relation

	// heard says whose answers make a pair observed; tie is asked of pairs
	// with at least one report only, since no rule makes a tie of silence.
	heard heard
	tie   func(t tally) bool
}

// Rules is the one table of the named rules of reconciliation. A firm says yes
// if one of its respondents does.
func Rules() []Rule {
	return []Rule{
		{"any", "a tie if a respondent says yes", false,
			everyone, func(t tally) bool { return t.yes >= 1 }},
		{"all", "a tie if a respondent says yes and none says no", false,
			everyone, func(t tally) bool { return t.yes >= 1 && t.no == 0 }},
		{"majority", "a tie if more respondents say yes than no", false,
			everyone, func(t tally) bool { return t.yes > t.no }},
		{"either_end", "a tie if one of the two firms says yes", false,
			eitherEnd, func(t tally) bool { return t.source.yes+t.target.yes >= 1 }},
		{"both_ends", "a tie if both firms say yes; unobserved unless both answered", false,
			bothEnds, func(t tally) bool { return t.source.yes >= 1 && t.target.yes >= 1 }},
		{"source", "a tie if the source says yes; unobserved if it did not answer", true,
			sourceEnd, func(t tally) bool { return t.source.yes >= 1 }},
		{"target", "a tie if the target says yes; unobserved if it did not answer", true,
			targetEnd, func(t tally) bool { return t.target.yes >= 1 }},
	}
}

// ruleNamed finds a rule; intake has refused any other name.
func ruleNamed(name string) *Rule {
	rules := Rules()
	for i := range rules {
		if rules[i].Name == name {
			return &rules[i]
		}
	}
	panic("reconcile: no rule " + name)
}

// heard is whose answers make a pair observed.
type heard uint8

const (
	everyone heard = iota
	eitherEnd
	bothEnds
	sourceEnd
	targetEnd
)

// tally is what the respondents say about a pair: all of them, and those who
// speak for its two ends.
type tally struct {
	yes, no, dontKnow, asked int32
	source, target           voices
}

type voices struct{ yes, no int32 }

func (v voices) answered() bool { return v.yes+v.no >= 1 }

// observes reports whether a pair with this tally is observed.
func (h heard) observes(t tally) bool {
	switch h {
	case eitherEnd:
		return t.source.answered() || t.target.answered()
	case bothEnds:
		return t.source.answered() && t.target.answered()
	case sourceEnd:
		return t.source.answered()
	case targetEnd:
		return t.target.answered()
	default:
		return t.yes+t.no >= 1
	}
}
