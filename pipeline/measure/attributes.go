package measure

import (
	"math"
	"slices"
	"strconv"

	"firmties/pipeline/study"
)

// groupsOf numbers the groups of a categorical firm attribute, as they stand in
// bytewise order; -1 is missing.
func groupsOf(s *study.Study, name string) []int32 {
	texts := categories(s, name)
	names := slices.Compact(slices.Sorted(slices.Values(texts)))
	if len(names) > 0 && names[0] == "" {
		names = names[1:]
	}
	groups := make([]int32, len(texts))
	for i, text := range texts {
		k, ok := slices.BinarySearch(names, text)
		if !ok {
			k = -1
		}
		groups[i] = int32(k)
	}
	return groups
}

// categories are the values of a firm attribute as text, empty where missing.
func categories(s *study.Study, name string) []string {
	a := &s.FirmAttributes[slices.IndexFunc(s.FirmAttributes, func(a study.Attribute) bool { return a.Name == name })]
	if !a.Numeric {
		return a.Text
	}
	texts := make([]string, len(a.Number))
	for i, x := range a.Number {
		if !math.IsNaN(x) {
			texts[i] = strconv.FormatFloat(x, 'g', -1, 64)
		}
	}
	return texts
}

// valuesOf are the values of a numeric firm attribute or of a firm outcome, NaN
// where missing.
func valuesOf(s *study.Study, name string) []float64 {
	for i := range s.FirmAttributes {
		if s.FirmAttributes[i].Name == name {
			return s.FirmAttributes[i].Number
		}
	}
	i := slices.IndexFunc(s.Outcomes, func(o study.Outcome) bool { return o.Level == study.AtFirm && o.Name == name })
	return s.Outcomes[i].Value
}
