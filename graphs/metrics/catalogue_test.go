package metrics

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

func TestCatalogueIsComplete(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	seen := make(map[string]bool)
	for _, m := range Catalogue {
		key := m.Level.String() + " " + m.Name
		if seen[key] {
			t.Errorf("%s is there twice", key)
		}
		seen[key] = true
		if names := m.Names([]string{"sector"}, []string{"employees"}); len(names) != 1 || !name.MatchString(names[0]) {
			t.Errorf("%s gives columns %q", key, names)
		}
		if !slices.Contains(Families(), m.Family) {
			t.Errorf("%s is of family %q", key, m.Family)
		}
		for field, text := range map[string]string{
			"definition": m.Definition, "convention": m.Convention, "unit": m.Unit, "null rule": m.NullWhen,
			"source": m.Source, "other packages": m.Elsewhere, "range": m.Range.String(),
		} {
			if text == "" {
				t.Errorf("%s has no %s", key, field)
			}
		}
		if !(m.Range.Min < m.Range.Max) || m.Run == nil {
			t.Errorf("%s has range %v, or nothing to run", key, m.Range)
		}
		always := !slices.ContainsFunc(m.Reasons, func(c Check) bool { return c.Reason != TooLarge })
		if (m.NullWhen == "never") != always && m.NullWhen != "too_many" {
			t.Errorf("%s is null %q, with %d reasons", key, m.NullWhen, len(m.Reasons))
		}
		directed := len(m.Reasons) > 0 && m.Reasons[0].Reason == UndirectedLayer
		if directed != m.Applies.directed() {
			t.Errorf("%s applies to %s layers, which its first reason denies", key, m.Applies)
		}
	}
}

func TestReasonsAreUsedAndExplained(t *testing.T) {
	for _, r := range Reasons() {
		used := slices.ContainsFunc(Catalogue, func(m Metric) bool {
			return slices.ContainsFunc(m.Reasons, func(c Check) bool { return c.Reason == r })
		})
		if !used || r.String() == "" || r.Doc() == "" {
			t.Errorf("reason %d, %q (%q), used: %v", r, r, r.Doc(), used)
		}
	}
}

func TestChecksHaveOneSide(t *testing.T) {
	for _, m := range Catalogue {
		for _, c := range m.Reasons {
			if (c.Network == nil) == (c.Firm == nil) || c.Firm != nil && m.Level == Cluster {
				t.Errorf("%s %s: %s is a check of neither or both", m.Level, m.Name, c.Reason)
			}
		}
	}
}

func TestRangeInWords(t *testing.T) {
	for want, r := range map[string]Range{"0 to 1.125": {0, 1.125}, "-1 to 1": {-1, 1}, "1 or more": {1, math.Inf(1)}, "any number": anyNumber} {
		if got := r.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAliasesAreOfMetrics(t *testing.T) {
	for _, m := range Catalogue {
		for name := range strings.SplitSeq(m.Alias, ", ") {
			if _, ok := Lookup(m.Level, name); name != "" && (!ok || name == m.Name) {
				t.Errorf("%s %s is an alias of %q", m.Level, m.Name, name)
			}
		}
	}
}

func TestExpand(t *testing.T) {
	list := Expand([]string{"sector", "owner"}, nil)
	want := map[string]int{"ei_index_by_sector": 0, "ei_index_by_owner": 1, "density": 0}
	for _, m := range list {
		if param, ok := want[m.Name]; ok && param != m.param {
			t.Errorf("%s takes parameter %d", m.Name, m.param)
		}
		if strings.Contains(m.Name, "GROUP") || strings.Contains(m.Name, "_of_") {
			t.Errorf("%s has no parameter", m.Name)
		}
	}
	takes := 0
	for _, m := range Catalogue {
		switch m.Param {
		case ByGroup:
			takes++
		case OfAttribute:
			takes--
		}
	}
	if len(list) != len(Catalogue)+takes || takes < 8 {
		t.Errorf("%d rows of %d, %d more by groups than of attributes", len(list), len(Catalogue), takes)
	}
}

func TestLookup(t *testing.T) {
	firm, ok1 := Lookup(Firm, "triangles")
	cluster, ok2 := Lookup(Cluster, "triangles")
	if !ok1 || !ok2 || firm.Level != Firm || cluster.Level != Cluster {
		t.Errorf("triangles: %v %v, %v %v", firm.Level, ok1, cluster.Level, ok2)
	}
	if _, ok := Lookup(Cluster, "pagerank"); ok {
		t.Error("pagerank of a cluster")
	}
}

func TestRunPanicsOnWrongLength(t *testing.T) {
	for name, in := range map[string]Input{
		"observed":   {Observed: Observed{Out: make([]bool, 3)}},
		"groups":     {Groups: [][]int32{make([]int32, 2), make([]int32, 1)}},
		"attributes": {Attributes: [][]float64{nil}},
		"nominees":   {Nominees: &Nominees{make([]int32, 2), nil}},
		"events":     {Events: graphs.NewIncidence(3, 0, nil)},
		"members":    {Members: []*graphs.Graph{graphtest.Path(2), graphtest.Path(3)}},
		"repertoire": {Repertoire: graphtest.Path(3)},
		"direction":  {Repertoire: graphtest.Directed(2, [2]int{0, 1})},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			in.Graph = graphtest.Empty(2)
			NewRunner(nil).Run(in)
		})
	}
}

// A runner measures one network after another; each column says for every
// firm its value, or why it has none.
func ExampleRunner() {
	constraint, _ := Lookup(Firm, "constraint")
	runner := NewRunner([]Metric{constraint})
	g := graphtest.Union(graphtest.Path(3), graphtest.Empty(1))
	for _, c := range runner.Run(Input{Graph: g, Observed: AllObserved(g)}) {
		for v := range c.Values {
			if c.Reasons[v] == Defined {
				fmt.Println(v, c.Values[v])
			} else {
				fmt.Println(v, c.Reasons[v])
			}
		}
	}
	// Output:
	// 0 1
	// 1 0.5
	// 2 1
	// 3 isolate
}
