package table

import "strings"

type described struct {
	table string
	Column
}

var columnsTable = Define("columns", "Every column of every table: type, unit, definition, range, when it is null, and source.",
	[]string{"table", "column"},
	TextField(Column{Name: "table", Doc: "name of the table", NullWhen: "never"}, func(d *described) string { return d.table }),
	TextField(Column{Name: "column", Doc: "name of the column", NullWhen: "never"}, func(d *described) string { return d.Name }),
	TextField(Column{Name: "type", Doc: "text, category (one of a closed list), number, count or flag", NullWhen: "never"}, func(d *described) string { return d.Kind.String() }),
	TextField(Column{Name: "unit", Doc: "unit of measurement", NullWhen: "the column has none, or its definition says it"}, func(d *described) string { return d.Unit }),
	TextField(Column{Name: "definition", Doc: "what the column holds", NullWhen: "never"}, func(d *described) string { return d.definition() }),
	TextField(Column{Name: "range", Doc: "the values that can occur", NullWhen: "any value of the type"}, func(d *described) string { return d.rangeText() }),
	TextField(Column{Name: "null_when", Doc: "when a cell of the column is null", NullWhen: "never"}, func(d *described) string { return d.NullWhen }),
	TextField(Column{Name: "source", Doc: "who defined it (author, year)", NullWhen: "the column is plain data or has no single source"}, func(d *described) string { return d.Source }),
)

func (d *described) definition() string {
	if strings.Contains(d.Doc, d.Convention) { // an empty one too
		return d.Doc
	}
	return d.Doc + " (" + d.Convention + ")"
}

// rangeText lists the levels of a short closed list where no range is given.
func (d *described) rangeText() string {
	if d.Range != "" || d.Kind != Category || len(d.Levels) > 20 {
		return d.Range
	}
	return strings.Join(d.Levels, ", ")
}

// Describe returns the `columns` table of the given schemas and of itself.
func Describe(schemas []*Schema) *Table {
	self := columnsTable.In(nil)
	var rows []described
	for _, s := range append(append([]*Schema{}, schemas...), self.Schema) {
		for _, c := range s.Columns {
			rows = append(rows, described{s.Name, c})
		}
	}
	return self.Table(rows).Sorted()
}
