package metrics

import (
	"math"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// grouped is a network with a categorical and a numeric attribute, both with
// blanks: below 0, and NaN.
type grouped struct {
	a      matrix
	groups []int32
	values []float64
}

// ties yields both ends of every tie of the undirected view, either way round.
func (x grouped) ties(yield func(i, j int) bool) {
	for i := range x.a {
		for j := range x.a {
			if (x.a[i][j] > 0 || x.a[j][i] > 0) && !yield(i, j) {
				return
			}
		}
	}
}

// sorted counts the ties with both groups known, those within a group, and the
// ends in each group.
func (x grouped) sorted() (all, within float64, ends map[int32]float64) {
	ends = make(map[int32]float64)
	for i, j := range x.ties {
		if x.groups[i] < 0 || x.groups[j] < 0 {
			continue
		}
		all++
		ends[x.groups[i]]++
		if x.groups[i] == x.groups[j] {
			within++
		}
	}
	return all, within, ends
}

// groupDefinitions are the metrics of a network by groups and of attributes, as
// their definitions read.
var groupDefinitions = map[string]func(x grouped) float64{
	"ei_index_by_GROUP": func(x grouped) float64 {
		all, within, _ := x.sorted()
		return (all - within - within) / all
	},
	// The correlation of indicators, added over groups (Newman 2003, eq. 2).
	"assortativity_by_GROUP": func(x grouped) float64 {
		all, within, ends := x.sorted()
		expected := 0.0
		for _, e := range ends {
			expected += e / all * e / all
		}
		if len(ends) < 2 {
			return none
		}
		return (within/all - expected) / (1 - expected)
	},
	// Over pairs of firms (Newman & Girvan 2004).
	"modularity_by_GROUP": func(x grouped) float64 {
		all, _, _ := x.sorted()
		degree := make([]float64, len(x.a))
		for i, j := range x.ties {
			if x.groups[i] >= 0 && x.groups[j] >= 0 {
				degree[i]++
			}
		}
		q := 0.0
		for i := range x.a {
			for j := range x.a {
				if x.groups[i] < 0 || x.groups[i] != x.groups[j] {
					continue
				}
				q -= degree[i] * degree[j] / all
				if x.a[i][j] > 0 || x.a[j][i] > 0 {
					q++
				}
			}
		}
		return q / all
	},
	"assortativity_of_ATTRIBUTE": func(x grouped) float64 {
		var from, to []float64
		for i, j := range x.ties {
			if !math.IsNaN(x.values[i] + x.values[j]) {
				from, to = append(from, x.values[i]), append(to, x.values[j])
			}
		}
		return pearson(from, to)
	},
}

// firmGroupDefinitions are those of each firm.
var firmGroupDefinitions = map[string]func(x grouped, i int) float64{
	"ei_index_by_GROUP": func(x grouped, i int) float64 {
		in, out := 0.0, 0.0
		for _, j := range x.a.partnersOf(i) {
			if x.groups[j] == x.groups[i] {
				in++
			} else if x.groups[j] >= 0 {
				out++
			}
		}
		if x.groups[i] < 0 {
			return none
		}
		return (out - in) / (out + in)
	},
	"alter_blau_by_GROUP": func(x grouped, i int) float64 {
		pairs, same := 0.0, 0.0 // the chance that two partners, with replacement, are of different groups
		for _, j := range x.a.partnersOf(i) {
			for _, k := range x.a.partnersOf(i) {
				if x.groups[j] >= 0 && x.groups[k] >= 0 {
					pairs++
					if x.groups[j] == x.groups[k] {
						same++
					}
				}
			}
		}
		return 1 - same/pairs
	},
	"alter_mean_of_ATTRIBUTE": func(x grouped, i int) float64 {
		n, total := 0.0, 0.0
		for _, j := range x.a.partnersOf(i) {
			if !math.IsNaN(x.values[j]) {
				n, total = n+1, total+x.values[j]
			}
		}
		return total / n
	},
	"brokerage_coordinator_by_GROUP":    brokeredWhere(func(i, j, k int32) bool { return i == j && i == k }),
	"brokerage_itinerant_by_GROUP":      brokeredWhere(func(i, j, k int32) bool { return i == k && i != j }),
	"brokerage_representative_by_GROUP": brokeredWhere(func(i, j, k int32) bool { return i == j && j != k }),
	"brokerage_gatekeeper_by_GROUP":     brokeredWhere(func(i, j, k int32) bool { return j == k && i != j }),
	"brokerage_liaison_by_GROUP":        brokeredWhere(func(i, j, k int32) bool { return i != j && j != k && i != k }),
	"brokerage_total_by_GROUP":          brokeredWhere(func(i, j, k int32) bool { return true }),
}

// brokeredWhere counts the triads i > j > k without i > k whose groups are so.
func brokeredWhere(so func(i, j, k int32) bool) func(x grouped, j int) float64 {
	return func(x grouped, j int) float64 {
		count, g := 0.0, x.groups
		if g[j] < 0 {
			return none
		}
		for i := range x.a {
			for k := range x.a {
				if i != k && x.a[i][j] > 0 && x.a[j][k] > 0 && x.a[i][k] == 0 && g[i] >= 0 && g[k] >= 0 && so(g[i], g[j], g[k]) {
					count++
				}
			}
		}
		return count
	}
}

// groupedNetworks yields small networks with random attributes, some of one
// group, of one value, or with nothing known.
func groupedNetworks(yield func(*graphs.Graph, grouped) bool) {
	rng := rand.New(rand.NewPCG(71, 72))
	for trial := range 800 {
		g := graphtest.Random(rng, 1+trial%8, trial%2 == 0, rng.Float64(), 3)
		x := grouped{a: matrixOf(g)}
		kinds, known := 1+rng.IntN(3), rng.Float64()*1.4
		for range g.N() {
			group, value := int32(-1), none
			if rng.Float64() < known {
				group = int32(rng.IntN(kinds))
			}
			if rng.Float64() < known {
				value = float64(rng.IntN(kinds)) * 1.5
			}
			x.groups, x.values = append(x.groups, group), append(x.values, value)
		}
		if !yield(g, x) {
			return
		}
	}
}

// TestGroupDefinitions compares with a second implementation. The parameter is
// the second of two, the first being missing for all.
func TestGroupDefinitions(t *testing.T) {
	runner := NewRunner(Expand([]string{"other", "own"}, []string{"other", "own"}))
	defined := make(map[string]int)
	for g, x := range groupedNetworks {
		blank, empty := make([]int32, g.N()), make([]float64, g.N())
		for i := range blank {
			blank[i], empty[i] = -1, none
		}
		columns := runner.Run(Input{Graph: g, Observed: AllObserved(g), Groups: [][]int32{blank, x.groups}, Attributes: [][]float64{empty, x.values}})
		for i, m := range runner.Metrics() {
			if m.Param == NoParam || m.Applies.directed() && !g.IsDirected() {
				continue
			}
			row := stemOf(&m)
			var want []float64
			for v := range columns[i].Values {
				one := none
				if m.param == 1 && m.Level == Firm {
					one = firmGroupDefinitions[row](x, v)
				} else if m.param == 1 {
					one = groupDefinitions[row](x)
				}
				want = append(want, one)
			}
			got := make([]float64, len(want))
			for v, value := range columns[i].Values {
				if got[v] = value; columns[i].Reasons[v] != Defined {
					got[v] = none
				} else {
					defined[m.Name]++
				}
			}
			if !near(got, want) {
				t.Fatalf("%s %s is %v, by definition %v, of %v, groups %v, values %v", m.Level, m.Name, got, want, x.a, x.groups, x.values)
			}
		}
	}
	for name, n := range defined {
		if n < 100 {
			t.Errorf("%s was defined %d times", name, n)
		}
	}
}

// stemOf is the name that an expanded row has in the catalogue.
func stemOf(m *Metric) string {
	for _, row := range Catalogue {
		if row.Level == m.Level && row.Param != NoParam && row.Names([]string{"own"}, []string{"own"})[0] == m.Name {
			return row.Name
		}
	}
	return ""
}

// TestNominees: hand-computed. Firm 0 names two outsiders and one firm, firm 1
// one outsider, firm 2 nobody, firm 3 was not asked.
func TestNominees(t *testing.T) {
	g := graphtest.Directed(4, [2]int{0, 1}, [2]int{1, 0}, [2]int{3, 1}, [2]int{3, 0})
	in := Input{Graph: g, Observed: AllObserved(g), Nominees: &Nominees{Outside: []int32{2, 1, 0, 0}, All: []int32{3, 2, 0, 0}}}
	in.Observed.Out = []bool{true, true, true, false}
	for name, want := range map[string][]any{
		"external_ties":  {2.0, 1.0, 0.0, NotObserved},
		"external_share": {2.0 / 3, 0.5, NoNominees, NotObserved},
		"gatekeeper":     {1.0, 1.0, 0.0, NotObserved}, // means: 1 received, 1 outside
	} {
		m, _ := Lookup(Firm, name)
		c := NewRunner([]Metric{m}).Run(in)[0]
		for v, x := range want {
			if reason, ok := x.(Reason); ok && c.Reasons[v] != reason || !ok && (c.Reasons[v] != Defined || c.Values[v] != x) {
				t.Errorf("%s of %d is %v %q, want %v", name, v, c.Values[v], c.Reasons[v], x)
			}
		}
	}
	in.Nominees = nil
	m, _ := Lookup(Firm, "external_ties")
	if c := NewRunner([]Metric{m}).Run(in)[0]; c.Reasons[0] != NotObserved {
		t.Errorf("without nominees: %q", c.Reasons)
	}
}
