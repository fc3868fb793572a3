package resolve

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"firmties/pipeline/study"
)

// how is the step at which a name was decided.
type how uint8

const (
	byID how = iota
	byLabel
	byAlias
	byNormalised
	crossCluster
	ambiguous
	unresolved
)

const steps = int(byNormalised) + 1

// hows lists the steps by their number.
func hows() []string {
	return []string{"id", "label", "alias", "normalised_label", "cross_cluster", "ambiguous", "unresolved"}
}

func (h how) fate() study.Fate {
	switch h {
	case crossCluster:
		return study.CrossCluster
	case ambiguous:
		return study.Ambiguous
	case unresolved:
		return study.Outside
	default:
		return study.Kept
	}
}

// formsOf is a reported name as each step looks for it.
func formsOf(name string) [steps]string {
	return [steps]string{name, name, name, Normalise(name)}
}

// index holds, for each step, the names of all firms of the study.
type index [steps]names

// names are written forms with their firms, sorted by form and firm.
type names struct {
	form []string
	firm []int32
}

func newIndex(s *study.Study) *index {
	b := [steps][]name{byID: make([]name, 0, len(s.Firms))}
	for f := range s.Firms {
		firm := int32(f)
		b[byID] = append(b[byID], name{s.Firms[f].ID, firm})
		for _, label := range s.Firms[f].Labels {
			b[byLabel] = append(b[byLabel], name{label, firm})
			b[byNormalised] = append(b[byNormalised], name{Normalise(label), firm})
		}
	}
	for _, a := range s.Aliases {
		if a.Firm >= 0 {
			b[byAlias] = append(b[byAlias], name{a.Name, a.Firm})
		}
	}
	var ix index
	for step := range b {
		ix[step] = sortedNames(b[step])
	}
	return &ix
}

type name struct {
	form string
	firm int32
}

func sortedNames(list []name) names {
	slices.SortFunc(list, func(a, b name) int {
		return cmp.Or(strings.Compare(a.form, b.form), cmp.Compare(a.firm, b.firm))
	})
	list = slices.Compact(list)
	n := names{make([]string, len(list)), make([]int32, len(list))}
	for i, x := range list {
		n.form[i], n.firm[i] = x.form, x.firm
	}
	return n
}

// find returns the firms written so, ascending. Nothing is called by an empty
// name.
func (n *names) find(form string) []int32 {
	if form == "" {
		return nil
	}
	from := sort.SearchStrings(n.form, form)
	to := from
	for to < len(n.form) && n.form[to] == form {
		to++
	}
	return n.firm[from:to]
}

// within returns the firms from to to-1 of a sorted list.
func within(firms []int32, from, to int32) []int32 {
	lo, _ := slices.BinarySearch(firms, from)
	hi, _ := slices.BinarySearch(firms, to)
	return firms[lo:hi]
}
