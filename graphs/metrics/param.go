package metrics

import "strings"

// Param says what a metric takes besides the network.
type Param uint8

const (
	// NoParam: nothing.
	NoParam Param = iota
	// ByGroup: the firms' groups by a categorical attribute. The name ends in
	// _by_GROUP, GROUP standing for the attribute.
	ByGroup
	// OfAttribute: the firms' values of a numeric attribute or outcome. The name
	// ends in _of_ATTRIBUTE.
	OfAttribute
)

// placeholder is what stands for the parameter in a name.
func (p Param) placeholder() string { return [...]string{"", "GROUP", "ATTRIBUTE"}[p] }

// On says on which layers the metric has a meaning and what it takes, as in
// "groups,directed".
func (m *Metric) On() string {
	takes := [...]string{"", "groups", "homophily"}[m.Param]
	switch {
	case takes == "":
		return m.Applies.String()
	case m.Applies == Any:
		return takes
	default:
		return takes + "," + m.Applies.String()
	}
}

// about says in a convention which parameter was taken.
func (p Param) about(name string) string {
	switch p {
	case ByGroup:
		return "; groups by " + name
	case OfAttribute:
		return "; values of " + name
	}
	return ""
}

// Names returns the names of the metric for the given parameters: one for each
// parameter of its kind, or its own name where it takes none.
func (m *Metric) Names(groups, attributes []string) []string {
	if m.Param == NoParam {
		return []string{m.Name}
	}
	var names []string
	for _, p := range m.params(groups, attributes) {
		names = append(names, strings.TrimSuffix(m.Name, m.Param.placeholder())+p)
	}
	return names
}

// params are the parameters of the metric's kind; one without a name where it
// takes none.
func (m *Metric) params(groups, attributes []string) []string {
	return [][]string{{""}, groups, attributes}[m.Param]
}

// Expand returns the catalogue with a row for each parameter in place of the
// rows that take one: groups names the entries of [Input.Groups], attributes
// those of [Input.Attributes].
func Expand(groups, attributes []string) []Metric {
	var list []Metric
	for _, m := range Catalogue {
		params := m.params(groups, attributes)
		for i, name := range m.Names(groups, attributes) {
			row := m
			row.Name, row.param = name, i
			row.Convention += m.Param.about(params[i])
			list = append(list, row)
		}
	}
	return list
}
