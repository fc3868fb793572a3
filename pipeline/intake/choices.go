package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"firmties/pipeline/study"
)

// Vocabulary holds the closed lists that later stages own. At the end of a
// metric's name GROUP stands for an entry of `groups:`, ATTRIBUTE for one of
// `homophily:`.
type Vocabulary struct {
	FirmMetrics, ClusterMetrics []string
	Derived                     []string // cluster metrics of other tables, which models may name
	Layerless                   []string // those of them that are of no layer
	Models                      []ModelName
	Scalings, Inferences        []string
	Exposures                   []string // of a hazard
	FamilyAdjustments           []string // of p-values of a family of models
	Rules                       []Rule
	Comparable, References      []string // cluster metrics and what they are compared with
	ComparisonDraws             int      // where study.yaml does not say
	DistanceDraws               int
	CouplingDraws               int
	Adjustments                 []string // of p-values of many pairs, the default first
}

// ModelName is a kind of model: its level, and that of the metrics that enter,
// which is empty where terms do.
type ModelName struct {
	Name, Level, Metrics string
	DefaultFor           []string // kinds of outcome for which it is the model where an entry names none
	Inferences           []string // the kinds it can be asked for
	TwoLayers            bool     // an entry names two layers, which enter together
}

// Rule is a named rule of reconciliation.
type Rule struct {
	Name         string
	DirectedOnly bool
}

// closedLists are the lists that fields of Config name in their tags.
func closedLists(v Vocabulary) map[string][]string {
	rules := make([]string, len(v.Rules))
	for i, r := range v.Rules {
		rules[i] = r.Name
	}
	return map[string][]string{
		"ids":             {"study", "within_cluster"},
		"rules":           rules,
		"dimensions":      study.Dimensions(),
		"combines":        study.Combines(),
		"rating_combines": {"mean", "median"},
		"unmatched":       study.Unmatcheds(),
		"weights":         study.WeightMeanings(),
		"layer_weights":   append(unionWeights(), projectionWeights()...),
		"backbones":       study.Backbones(),
		"adjustments":     v.Adjustments,
		"comparable":      v.Comparable,
		"references":      v.References,
		"pairs":           {"tied", allPairs},
		"levels":          study.Levels(),
		"kinds":           study.OutcomeKinds(),
		"model_levels":    study.ModelLevels(),
		"models":          v.modelNames(func(ModelName) bool { return true }),
		"scalings":        v.Scalings,
		"inferences":      v.Inferences,
		"exposures":       v.Exposures,

		"family_adjustments": v.FamilyAdjustments,
		"firm_metrics":       v.FirmMetrics,
		"cluster_metrics":    v.ClusterMetrics,
	}
}

func (v *Vocabulary) modelNames(is func(ModelName) bool) []string {
	var names []string
	for _, m := range v.Models {
		if is(m) {
			names = append(names, m.Name)
		}
	}
	return names
}

// ofMetrics is the level of the metrics that an entry names: that of its model,
// or its own.
func (v *Vocabulary) ofMetrics(m *Model) study.Level {
	for _, n := range v.Models {
		if n.Level == m.Level && n.Name == m.Model {
			return study.Level(n.Metrics)
		}
	}
	return study.Level(m.Level)
}

// The ends of names that stand for entries of `groups:` and `homophily:`.
const (
	anyGroup     = "GROUP"
	anyAttribute = "ATTRIBUTE"
)

// stem is a name without the end that stands for other names, if it has one.
func stem(name string) (text string, open bool) {
	for _, end := range []string{anyGroup, anyAttribute} {
		if s, ok := strings.CutSuffix(name, end); ok {
			return s, true
		}
	}
	return name, false
}

// onList reports whether a text is an entry of a list, or begins as an open
// one does.
func onList(text string, list []string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		if s, open := stem(entry); open {
			return strings.HasPrefix(text, s) && len(text) > len(s)
		}
		return text == entry
	})
}

// named lists the metrics that a study with these groups and attributes has.
func named(list, groups, attributes []string) []string {
	var names []string
	for _, entry := range list {
		s, open := stem(entry)
		params := groups
		switch {
		case !open:
			names = append(names, entry)
			continue
		case strings.HasSuffix(entry, anyAttribute):
			params = attributes
		}
		for _, p := range params {
			names = append(names, s+p)
		}
	}
	return names
}

// allPairs is the choice of all pairs of firms for pair_metrics.
const allPairs = "all"

func unionWeights() []string      { return []string{"relations", "strength"} }
func projectionWeights() []string { return []string{"count", "newman", "jaccard", "bonacich"} }

// longestName bounds what is compared letter by letter.
const longestName = 200

// nearest is the entry of a list that a misspelt text most likely means; none
// where every entry is too far.
func nearest(text string, list []string) (string, bool) {
	if len(text) > longestName {
		return "", false
	}
	best, least := "", len([]rune(text))/2+1
	folded := strings.ToLower(text)
	for _, entry := range list {
		if n := distance(folded, strings.ToLower(entry)); n < least {
			best, least = entry, n
		}
	}
	return best, best != ""
}

// distance counts the letters that differ. The same letters in another order
// (tabel) are nearest of all.
func distance(a, b string) int {
	if len(a) == len(b) && sorted(a) == sorted(b) {
		return 0
	}
	return levenshtein.ComputeDistance(a, b)
}

func sorted(s string) string {
	b := []byte(s)
	slices.Sort(b)
	return string(b)
}

// longestChoice bounds how many entries a hint lists; a longer list is begun
// only where no entry is near.
const longestChoice = 40

// choiceHint names the nearest entry of a list and the entries themselves.
func choiceHint(text string, list []string) string {
	var lines []string
	if near, ok := nearest(text, list); ok {
		lines = append(lines, "the nearest is "+near)
	}
	switch {
	case len(list) == 0:
		lines = append(lines, "there is none")
	case len(list) <= longestChoice:
		lines = append(lines, "known: "+strings.Join(list, ", "))
	case len(lines) == 0:
		lines = append(lines, fmt.Sprintf("known: %s, ... (%d in all)", strings.Join(list[:longestChoice], ", "), len(list)))
	}
	return strings.Join(lines, "\n")
}
