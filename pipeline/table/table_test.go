package table

import (
	"math"
	"testing"
)

type item struct {
	group string
	name  string
	x     float64
}

var items = Define("items", "a table to test with", []string{"group", "name"},
	CategoryField(Column{Name: "group", NullWhen: "never"}, func(i *item) string { return i.group }),
	TextField(Column{Name: "name", NullWhen: "blank"}, func(i *item) string { return i.name }),
	NumberField(Column{Name: "x", NullWhen: "below 0"}, func(i *item) (float64, bool) { return i.x, !(i.x < 0) }),
)

func TestSortedGoesByKeyNullFirst(t *testing.T) {
	bound := items.In(Levels{"group": {"b", "a"}})
	rows := []item{{"b", "y", 1}, {"a", "z", 2}, {"b", "", 3}, {"a", "B", -1}}
	got := bound.Table(rows).Sorted()
	want := []item{{"a", "B", -1}, {"a", "z", 2}, {"b", "", 3}, {"b", "y", 1}}
	for i, w := range want {
		if g, n := got.Column("group").Str(i), got.Column("name").Str(i); g != w.group || n != w.name {
			t.Errorf("row %d is %s %q, want %s %q", i, g, n, w.group, w.name)
		}
		x, ok := got.Column("x").Float(i)
		if ok != (w.x >= 0) || ok && x != w.x {
			t.Errorf("row %d: x is %v, %t, want %v", i, x, ok, w.x)
		}
	}
	if err := got.CheckKey(); err != nil {
		t.Error(err)
	}
	if err := bound.Table(rows).CheckKey(); err == nil {
		t.Error("CheckKey accepts unsorted rows")
	}
	if err := bound.Table([]item{rows[0], rows[0]}).CheckKey(); err == nil {
		t.Error("CheckKey accepts a repeated key")
	}
}

func TestLevelOrderSortsByLevel(t *testing.T) {
	d := Define("d", "", []string{"group"}, CategoryField(Column{Name: "group", LevelOrder: true, Levels: []string{"b", "a"}}, func(i *item) string { return i.group }))
	got := d.In(nil).Table([]item{{group: "a"}, {group: "b"}}).Sorted()
	if got.Column("group").Str(0) != "b" {
		t.Error("levels are not in their own order")
	}
}

func TestNumbersAreNeverNaNNorMinusZero(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v was taken as a number", x)
				}
			}()
			New(items.In(Levels{"group": {"a"}}).Schema, 1).Column("x").AppendFloat(x)
		}()
	}
	zero := items.In(Levels{"group": {"a"}}).Table([]item{{"a", "n", math.Copysign(0, -1)}})
	if x, _ := zero.Column("x").Float(0); math.Signbit(x) {
		t.Error("-0 was kept")
	}
}

func TestAppendAndSelect(t *testing.T) {
	bound := items.In(Levels{"group": {"a"}})
	all := New(bound.Schema, 0)
	all.Append(bound.Table([]item{{"a", "n", 1}}))
	all.Append(bound.Table([]item{{"a", "m", 2}, {"a", "o", 3}}))
	some := all.Select("x", "name", "no such column")
	if all.Len() != 3 || some.Len() != 3 || len(some.Schema.Columns) != 2 {
		t.Fatalf("%d rows, %d selected in %d columns", all.Len(), some.Len(), len(some.Schema.Columns))
	}
	if x, _ := some.Column("x").Float(2); x != 3 || some.Column("name").Str(1) != "m" {
		t.Error("the selected columns hold other values")
	}
}

func TestDescribeListsItself(t *testing.T) {
	got := Describe([]*Schema{items.In(Levels{"group": {"a"}}).Schema})
	seen := map[string]bool{}
	for i := range got.Len() {
		seen[got.Column("table").Str(i)+"."+got.Column("column").Str(i)] = true
	}
	for _, want := range []string{"items.group", "items.x", "columns.definition"} {
		if !seen[want] {
			t.Errorf("%s is not described", want)
		}
	}
	if err := got.CheckKey(); err != nil {
		t.Error(err)
	}
}
