package table

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Sorted returns the table with its rows in key order: bytewise, categories
// with LevelOrder by level, null first.
func (t *Table) Sorted() *Table {
	order := make([]int, t.Len())
	for i := range order {
		order[i] = i
	}
	key := t.keyVectors()
	slices.SortStableFunc(order, func(a, b int) int { return compareKeys(key, a, b) })
	return t.Rows(order)
}

// Rows returns a table of these rows, in this order.
func (t *Table) Rows(rows []int) *Table {
	out := New(t.Schema, len(rows))
	for i := range t.vectors {
		for _, r := range rows {
			out.vectors[i].appendFrom(&t.vectors[i], r)
		}
	}
	return out
}

// CheckKey says which row breaks the order of the key or repeats it. A table
// without a key is in order.
func (t *Table) CheckKey() error {
	key := t.keyVectors()
	if len(key) == 0 {
		return nil
	}
	for r := 1; r < t.Len(); r++ {
		if c := compareKeys(key, r-1, r); c >= 0 {
			return fmt.Errorf("table %s: row %d (%s) after row %d (%s)", t.Schema.Name, r, keyText(key, r), r-1, keyText(key, r-1))
		}
	}
	return nil
}

func (t *Table) keyVectors() []*Vector {
	var key []*Vector
	for _, name := range t.Schema.Key {
		v := t.Column(name)
		if v == nil {
			panic(fmt.Sprintf("table: %s has no key column %s", t.Schema.Name, name))
		}
		key = append(key, v)
	}
	return key
}

func compareKeys(key []*Vector, a, b int) int {
	for _, v := range key {
		if c := v.compare(a, b); c != 0 {
			return c
		}
	}
	return 0
}

func keyText(key []*Vector, r int) string {
	parts := make([]string, len(key))
	for i, v := range key {
		switch v.column.Kind {
		case Text, Category:
			parts[i] = v.Str(r)
		default:
			x, _ := v.Float(r)
			parts[i] = fmt.Sprint(x)
		}
	}
	return strings.Join(parts, ", ")
}

func (v *Vector) compare(a, b int) int {
	if v.null[a] || v.null[b] {
		return boolRank(v.null[b]) - boolRank(v.null[a])
	}
	switch v.column.Kind {
	case Category:
		if v.column.LevelOrder {
			return cmp.Compare(v.code[a], v.code[b])
		}
		return strings.Compare(v.Str(a), v.Str(b))
	case Text:
		return strings.Compare(v.text[a], v.text[b])
	case Number:
		return cmp.Compare(v.number[a], v.number[b])
	case Count:
		return cmp.Compare(v.count[a], v.count[b])
	default:
		return boolRank(v.flag[a]) - boolRank(v.flag[b])
	}
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (v *Vector) appendFrom(o *Vector, r int) {
	if o.null[r] {
		v.AppendNull()
		return
	}
	v.null = append(v.null, false)
	switch v.column.Kind {
	case Text:
		v.text = append(v.text, o.text[r])
	case Category:
		v.code = append(v.code, o.code[r])
	case Number:
		v.number = append(v.number, o.number[r])
	case Count:
		v.count = append(v.count, o.count[r])
	case Flag:
		v.flag = append(v.flag, o.flag[r])
	}
}
