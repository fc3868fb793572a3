package intake

import (
	"slices"

	"github.com/invopop/jsonschema"
	"go.yaml.in/yaml/v3"
)

// shape is a type of study.yaml that can be written in more than one way, or
// whose keys are the analyst's own. It decodes itself and tells its schema.
type shape interface {
	decode(d *decoder, n *yaml.Node, name string)
}

// OneOrMore is a list that may be written as its single item.
type OneOrMore[T any] []T

func (l *OneOrMore[T]) decode(d *decoder, n *yaml.Node, name string) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	*l = make([]T, len(items))
	for i := range items {
		d.value(&(*l)[i], items[i], name)
	}
}

// JSONSchemaExtend allows the single item beside the list.
func (OneOrMore[T]) JSONSchemaExtend(s *jsonschema.Schema) {
	list := *s
	*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{list.Items, &list}}
}

// NamedTables is `tables:`, in the order of the file.
type NamedTables []NamedTable

// NamedTable is a sheet or file with its options under a name.
type NamedTable struct {
	Name    string
	Options TableOptions
}

func (t *NamedTables) decode(d *decoder, n *yaml.Node, name string) {
	pairs := d.pairs(n, name)
	*t = make(NamedTables, len(pairs))
	for i, p := range pairs {
		nt := &(*t)[i]
		nt.Name = p.key.Value
		d.note(nt, p.key)
		d.value(&nt.Options, p.value, nt.Name)
	}
}

// JSONSchemaExtend makes it a map from name to options.
func (NamedTables) JSONSchemaExtend(s *jsonschema.Schema) {
	options := reflected(TableOptions{})
	options.Version = ""
	*s = jsonschema.Schema{Type: "object", AdditionalProperties: options}
}

// Where is a filter of rows: every condition must hold.
type Where []Condition

// Condition holds where the column's cell is one of the values.
type Condition struct {
	Column string
	Values OneOrMore[string]
}

func (w *Where) decode(d *decoder, n *yaml.Node, name string) {
	pairs := d.pairs(n, name)
	*w = make(Where, len(pairs))
	for i, p := range pairs {
		c := &(*w)[i]
		c.Column = p.key.Value
		d.note(c, p.key)
		d.value(&c.Values, p.value, c.Column)
	}
}

// JSONSchemaExtend makes it a map from column to one value or a list.
func (Where) JSONSchemaExtend(s *jsonschema.Schema) {
	*s = jsonschema.Schema{Type: "object", AdditionalProperties: oneOrListSchema(scalarSchema())}
}

// Attributes are columns to carry along: a list, or a map from name to column.
type Attributes []AttributeColumn

// AttributeColumn is a column of the analyst's own under a name.
type AttributeColumn struct{ Name, Column string }

func (a *Attributes) decode(d *decoder, n *yaml.Node, name string) {
	if n.Kind == yaml.MappingNode {
		pairs := d.pairs(n, name)
		*a = make(Attributes, len(pairs))
		for i, p := range pairs {
			c := &(*a)[i]
			c.Name = p.key.Value
			d.note(c, p.key)
			d.value(&c.Column, p.value, c.Name)
		}
		return
	}
	var columns []string
	d.value(&columns, n, name)
	*a = make(Attributes, len(columns))
	for i := range columns {
		c := &(*a)[i]
		c.Name, c.Column = columns[i], columns[i]
		d.noteAt(c, d.at(&columns[i]))
		d.noteAt(&c.Column, d.at(&columns[i]))
	}
}

// JSONSchemaExtend allows the map beside the list.
func (Attributes) JSONSchemaExtend(s *jsonschema.Schema) {
	text := &jsonschema.Schema{Type: "string"}
	*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "array", Items: text},
		{Type: "object", AdditionalProperties: text},
	}}
}

// Slot is a column of nominations, with the column of their strength if there
// is one.
type Slot struct{ Target, Strength string }

// slotKeys is a Slot written as a map.
type slotKeys struct {
	Target   string `yaml:"target" jsonschema:"required" jsonschema_description:"column of the firm named"`
	Strength string `yaml:"strength" jsonschema_description:"column of the strength"`
}

func (s *Slot) decode(d *decoder, n *yaml.Node, name string) {
	if n.Kind != yaml.MappingNode {
		d.value(&s.Target, n, name)
		return
	}
	var keys slotKeys
	d.value(&keys, n, name)
	s.Target, s.Strength = keys.Target, keys.Strength
	d.noteAt(&s.Target, d.at(&keys.Target))
	d.noteAt(&s.Strength, d.at(&keys.Strength))
}

// JSONSchemaExtend allows the column's name alone beside the map.
func (Slot) JSONSchemaExtend(s *jsonschema.Schema) {
	keys := reflected(slotKeys{})
	keys.Version = ""
	*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, keys}}
}

// MatrixColumns is `rest`, or a list of columns.
type MatrixColumns struct {
	Rest  bool
	Names []string
}

func (m *MatrixColumns) decode(d *decoder, n *yaml.Node, name string) {
	if n.Kind == yaml.ScalarNode && n.Value == "rest" {
		m.Rest = true
		return
	}
	d.value(&m.Names, n, name)
}

// JSONSchemaExtend allows the word beside the list.
func (MatrixColumns) JSONSchemaExtend(s *jsonschema.Schema) {
	*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Const: "rest"},
		{Type: "array", Items: &jsonschema.Schema{Type: "string"}},
	}}
}

// Values are texts as numbers, in the order of the file.
type Values []Value

// Value is a text as a number.
type Value struct {
	Text   string
	Number float64
}

func (v *Values) decode(d *decoder, n *yaml.Node, name string) {
	pairs := d.pairs(n, name)
	*v = make(Values, len(pairs))
	for i, p := range pairs {
		x := &(*v)[i]
		x.Text = p.key.Value
		d.note(x, p.key)
		d.value(&x.Number, p.value, x.Text)
	}
}

// number returns the number that a text stands for.
func (v Values) number(text string) (float64, bool) {
	i := slices.IndexFunc(v, func(x Value) bool { return x.Text == text })
	if i < 0 {
		return 0, false
	}
	return v[i].Number, true
}

// JSONSchemaExtend makes it a map from text to number.
func (Values) JSONSchemaExtend(s *jsonschema.Schema) {
	*s = jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "number"}}
}

// MetricChoice is `all`, or lists of metrics.
type MetricChoice struct {
	All     bool
	Firm    []string
	Cluster []string
}

// metricKeys is a MetricChoice written as a map.
type metricKeys struct {
	Firm    []string `yaml:"firm" jsonschema_extras:"list=firm_metrics" jsonschema_description:"metrics of firms"`
	Cluster []string `yaml:"cluster" jsonschema_extras:"list=cluster_metrics" jsonschema_description:"metrics of clusters' networks"`
}

func (m *MetricChoice) decode(d *decoder, n *yaml.Node, name string) {
	if n.Kind == yaml.ScalarNode && n.Value == "all" {
		m.All = true
		return
	}
	var keys metricKeys
	d.value(&keys, n, name)
	m.Firm, m.Cluster = keys.Firm, keys.Cluster
}

// JSONSchemaExtend allows the word beside the lists.
func (MetricChoice) JSONSchemaExtend(s *jsonschema.Schema) {
	keys := reflected(metricKeys{})
	keys.Version = ""
	*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Const: "all"}, keys}}
}

// scalarSchema is any value that stands in a cell: it is compared as text.
func scalarSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, {Type: "number"}, {Type: "boolean"}}}
}

func oneOrListSchema(item *jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{item, {Type: "array", Items: item}}}
}
