package table

import "fmt"

// Field is one row of a table's definition: a column and how a record fills
// it. Adding a column to a table is adding a Field.
type Field[R any] struct {
	Column
	fill func(*Vector, *R)
}

// TextField is a column of free text; an empty string is null.
func TextField[R any](c Column, get func(*R) string) Field[R] {
	c.Kind = Text
	return Field[R]{c, func(v *Vector, r *R) { v.AppendStr(get(r)) }}
}

// CategoryField is a column with a closed list of levels, given by name. A
// column without Levels takes them from In, by the column's name.
func CategoryField[R any](c Column, get func(*R) string) Field[R] {
	c.Kind = Category
	return Field[R]{c, func(v *Vector, r *R) { v.AppendStr(get(r)) }}
}

// CodeField is a category whose records know the index of their level; below
// 0 is null.
func CodeField[R any](c Column, get func(*R) int32) Field[R] {
	c.Kind = Category
	return Field[R]{c, func(v *Vector, r *R) { v.AppendCode(get(r)) }}
}

// NumberField is a column of numbers; false is null.
func NumberField[R any](c Column, get func(*R) (float64, bool)) Field[R] {
	c.Kind = Number
	return Field[R]{c, func(v *Vector, r *R) {
		if x, ok := get(r); ok {
			v.AppendFloat(x)
		} else {
			v.AppendNull()
		}
	}}
}

// CountField is a column of counts; false is null.
func CountField[R any](c Column, get func(*R) (int64, bool)) Field[R] {
	c.Kind = Count
	return Field[R]{c, func(v *Vector, r *R) {
		if x, ok := get(r); ok {
			v.AppendInt(x)
		} else {
			v.AppendNull()
		}
	}}
}

// FlagField is a column of true and false; a second false is null.
func FlagField[R any](c Column, get func(*R) (value, ok bool)) Field[R] {
	c.Kind = Flag
	return Field[R]{c, func(v *Vector, r *R) {
		if x, ok := get(r); ok {
			v.AppendBool(x)
		} else {
			v.AppendNull()
		}
	}}
}

// Definition is a table's schema together with how records fill it.
type Definition[R any] struct {
	schema Schema
	fields []Field[R]
}

// Define makes a definition from its rows.
func Define[R any](name, doc string, key []string, fields ...Field[R]) Definition[R] {
	return Definition[R]{Schema{Name: name, Doc: doc, Key: key}, fields}
}

// With returns the definition with further columns (a study's attributes and
// outcomes).
func (d Definition[R]) With(more ...Field[R]) Definition[R] {
	d.fields = append(append([]Field[R]{}, d.fields...), more...)
	return d
}

// Levels gives closed lists that are known only with the study at hand, by
// the name of the column.
type Levels map[string][]string

// Bound is a definition whose closed lists are known: it makes tables.
type Bound[R any] struct {
	Schema *Schema
	fields []Field[R]
}

// In binds the definition to a study's closed lists.
func (d Definition[R]) In(levels Levels) *Bound[R] {
	s := d.schema
	for _, f := range d.fields {
		c := f.Column
		if c.Kind == Category && c.Levels == nil {
			var ok bool
			if c.Levels, ok = levels[c.Name]; !ok {
				panic(fmt.Sprintf("table: no levels for column %s of %s", c.Name, s.Name))
			}
		}
		s.Columns = append(s.Columns, c)
	}
	return &Bound[R]{&s, d.fields}
}

// Table makes a table of the records, in their order.
func (b *Bound[R]) Table(rows []R) *Table {
	t := New(b.Schema, len(rows))
	for i := range b.fields {
		fill, v := b.fields[i].fill, &t.vectors[i]
		for r := range rows {
			fill(v, &rows[r])
		}
	}
	return t
}
