// Package table is the narrow waist of firmties: named, documented, equally
// long typed columns with a declared key. Statistics, reports and writers see
// tables and nothing else. It refuses to know what a firm, a graph or Arrow is.
package table

import (
	"fmt"
	"math"
)

// SchemaVersion is the version of all published schemas. It is raised when a
// column changes meaning under the same name; new columns do not raise it.
const SchemaVersion = "1"

// Kind is the type of a column.
type Kind uint8

const (
	Text     Kind = iota // UTF-8; the empty string is null
	Category             // one of a closed list of levels, stored as its index
	Number               // float64, never NaN and never infinite
	Count                // int64
	Flag                 // bool
)

var kindNames = [...]string{"text", "category", "number", "count", "flag"}

// String names the kind as the `columns` table does.
func (k Kind) String() string { return kindNames[k] }

// Column is one schema row: everything that a reader of the table is told.
type Column struct {
	Name       string
	Kind       Kind
	Unit       string // empty where the name says it or there is none
	Doc        string // the definition
	Range      string // of the values that are not null
	NullWhen   string // "never", or the cases
	Source     string // author and year, or empty
	Convention string // of a metric: direction, weights, normalisation
	Levels     []string
	// LevelOrder sorts a key column by the order of its levels (layers in
	// study order) instead of bytewise.
	LevelOrder bool
}

// Schema is a table's name, definition, key and columns.
type Schema struct {
	Name    string
	Doc     string
	Key     []string
	Columns []Column
	// Study and Simulated say where the rows come from; they go into the
	// metadata of every file.
	Study     string
	Simulated bool
}

// Index returns the position of a column, or -1.
func (s *Schema) Index(name string) int {
	for i := range s.Columns {
		if s.Columns[i].Name == name {
			return i
		}
	}
	return -1
}

// Table is a schema with its columns, all of the same length.
type Table struct {
	Schema  *Schema
	vectors []Vector
}

// New returns an empty table with room for n rows.
func New(s *Schema, n int) *Table {
	t := &Table{Schema: s, vectors: make([]Vector, len(s.Columns))}
	for i := range t.vectors {
		t.vectors[i] = newVector(&s.Columns[i], n)
	}
	return t
}

// Len is the number of rows.
func (t *Table) Len() int {
	if len(t.vectors) == 0 {
		return 0
	}
	return t.vectors[0].Len()
}

// At returns the column at position i of the schema.
func (t *Table) At(i int) *Vector { return &t.vectors[i] }

// Column returns a column by name, or nil.
func (t *Table) Column(name string) *Vector {
	if i := t.Schema.Index(name); i >= 0 {
		return &t.vectors[i]
	}
	return nil
}

// Append adds the rows of another table of the same schema.
func (t *Table) Append(o *Table) {
	if len(t.vectors) != len(o.vectors) {
		panic(fmt.Sprintf("table: append %s to %s", o.Schema.Name, t.Schema.Name))
	}
	for i := range t.vectors {
		t.vectors[i].append(&o.vectors[i])
	}
}

// Vector is one column's values. A value is added by the Append method of its
// kind, or by AppendNull.
type Vector struct {
	column *Column
	null   []bool
	text   []string
	code   []int32
	number []float64
	count  []int64
	flag   []bool
	index  map[string]int32 // level -> code, made when first needed
}

func newVector(c *Column, n int) Vector {
	v := Vector{column: c, null: make([]bool, 0, n)}
	switch c.Kind {
	case Text:
		v.text = make([]string, 0, n)
	case Category:
		v.code = make([]int32, 0, n)
	case Number:
		v.number = make([]float64, 0, n)
	case Count:
		v.count = make([]int64, 0, n)
	case Flag:
		v.flag = make([]bool, 0, n)
	}
	return v
}

// Kind is the kind of the column.
func (v *Vector) Kind() Kind { return v.column.Kind }

// Len is the number of values.
func (v *Vector) Len() int { return len(v.null) }

// Null reports whether value i is missing.
func (v *Vector) Null(i int) bool { return v.null[i] }

// Str returns a text or the level of a category; empty where null.
func (v *Vector) Str(i int) string {
	switch {
	case v.null[i]:
		return ""
	case v.column.Kind == Category:
		return v.column.Levels[v.code[i]]
	default:
		return v.text[i]
	}
}

// Code returns the level index of a category, -1 where null.
func (v *Vector) Code(i int) int32 { return v.code[i] }

// Float returns a number or a count as float64; false where null.
func (v *Vector) Float(i int) (float64, bool) {
	switch {
	case v.null[i]:
		return 0, false
	case v.column.Kind == Count:
		return float64(v.count[i]), true
	default:
		return v.number[i], true
	}
}

// Int returns a count; false where null.
func (v *Vector) Int(i int) (int64, bool) { return v.count[i], !v.null[i] }

// Bool returns a flag; false, false where null.
func (v *Vector) Bool(i int) (value, ok bool) { return v.flag[i], !v.null[i] }

// AppendNull adds a missing value.
func (v *Vector) AppendNull() {
	v.null = append(v.null, true)
	switch v.column.Kind {
	case Text:
		v.text = append(v.text, "")
	case Category:
		v.code = append(v.code, -1)
	case Number:
		v.number = append(v.number, 0)
	case Count:
		v.count = append(v.count, 0)
	case Flag:
		v.flag = append(v.flag, false)
	}
}

// AppendStr adds a text or, by its name, the level of a category; the empty
// string is null. A level that the column does not list is a fault of the
// program, not of the data.
func (v *Vector) AppendStr(s string) {
	if s == "" {
		v.AppendNull()
		return
	}
	if v.column.Kind == Category {
		v.AppendCode(v.levelCode(s))
		return
	}
	v.null, v.text = append(v.null, false), append(v.text, s)
}

// AppendCode adds the level of a category by its index; below 0 is null.
func (v *Vector) AppendCode(code int32) {
	if code < 0 {
		v.AppendNull()
		return
	}
	v.null, v.code = append(v.null, false), append(v.code, code)
}

// AppendFloat adds a number. NaN and infinities are faults of the program: a
// value that is undefined is appended by AppendNull, with its reason kept
// elsewhere.
func (v *Vector) AppendFloat(x float64) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		panic(fmt.Sprintf("table: %v in column %s", x, v.column.Name))
	}
	v.null, v.number = append(v.null, false), append(v.number, x+0) // +0: -0 is 0
}

// AppendInt adds a count.
func (v *Vector) AppendInt(x int64) {
	v.null, v.count = append(v.null, false), append(v.count, x)
}

// AppendBool adds a flag.
func (v *Vector) AppendBool(x bool) {
	v.null, v.flag = append(v.null, false), append(v.flag, x)
}

func (v *Vector) levelCode(s string) int32 {
	if v.index == nil {
		v.index = make(map[string]int32, len(v.column.Levels))
		for i, l := range v.column.Levels {
			v.index[l] = int32(i)
		}
	}
	code, ok := v.index[s]
	if !ok {
		panic(fmt.Sprintf("table: %q is no level of column %s", s, v.column.Name))
	}
	return code
}

func (v *Vector) append(o *Vector) {
	v.null = append(v.null, o.null...)
	v.text = append(v.text, o.text...)
	v.code = append(v.code, o.code...)
	v.number = append(v.number, o.number...)
	v.count = append(v.count, o.count...)
	v.flag = append(v.flag, o.flag...)
}

// Select returns a table of some of the columns, by name and in that order,
// sharing their values. Names that the table lacks are left out.
func (t *Table) Select(names ...string) *Table {
	s := &Schema{Name: t.Schema.Name, Doc: t.Schema.Doc}
	out := &Table{Schema: s}
	for _, name := range names {
		if i := t.Schema.Index(name); i >= 0 {
			s.Columns = append(s.Columns, t.Schema.Columns[i])
			out.vectors = append(out.vectors, t.vectors[i])
		}
	}
	return out
}
