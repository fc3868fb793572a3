package measure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
	"firmties/graphs/null"
	"firmties/pipeline/networks"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// town is a study of one cluster of n firms and a network for each layer.
func town(n int, layers []study.Layer, nets ...networks.Network) (*study.Study, []networks.Network) {
	s := &study.Study{Seed: 7, Clusters: []study.Cluster{{ID: "x", Firms: int32(n)}}, Layers: layers, Comparisons: study.Comparisons{Declared: true}}
	for i := range n {
		s.Firms = append(s.Firms, study.Firm{ID: fmt.Sprintf("f%02d", i)})
	}
	for i := range nets {
		nets[i].Layer = i
	}
	return s, nets
}

func columnOf(t *table.Table, column string, row int) float64 {
	x, ok := t.Column(column).Float(row)
	if !ok {
		return math.NaN()
	}
	return x
}

// TestLayerPairs: by hand. Of the three ties of a and four of b two are in both;
// of the ten pairs of five firms. The p counts all orders of the firms.
func TestLayerPairs(t *testing.T) {
	a := graphtest.Undirected(5, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3})
	b := graphtest.Undirected(5, [2]int{0, 1}, [2]int{1, 2}, [2]int{0, 4}, [2]int{3, 4})
	arcs := graphtest.Directed(5, [2]int{1, 0}, [2]int{0, 1}, [2]int{3, 2})
	empty := graphtest.Empty(5)
	s, nets := town(5, []study.Layer{{Name: "a"}, {Name: "b"}, {Name: "c", Directed: true}, {Name: "d"}},
		networks.Network{Graph: a}, networks.Network{Graph: b}, networks.Network{Graph: arcs}, networks.Network{Graph: empty})
	m := layerMeter{plan: NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})}
	m.cluster(0, nets)
	got := m.take()
	if err := got.CheckKey(); err != nil || got.Len() != 6 {
		t.Fatalf("%d rows, %v", got.Len(), err)
	}
	extreme, orders := 0, 0
	null.Permutations(5, func(names []int32) {
		orders++
		both := 0
		for x := range a.All() {
			if _, ok := b.Strength(int(names[x.From]), int(names[x.To])); ok {
				both++
			}
		}
		if math.Abs(float64(10*both-12)) >= math.Abs(10*2-12) {
			extreme++
		}
	})
	for column, want := range map[string]float64{
		"ties_a": 3, "ties_b": 4, "ties_both": 2, "jaccard": 0.4, "overlap_coefficient": 2. / 3, "share_of_a_in_b": 2. / 3, "share_of_b_in_a": 0.5,
		"phi": (20. - 12) / math.Sqrt(3*7*4*6), "phi_max": (30. - 12) / math.Sqrt(3*7*4*6), "phi_ratio": 8. / 18,
		"p": float64(extreme) / float64(orders), "draws": 120,
	} {
		if x := columnOf(got, column, 0); !(math.Abs(x-want) < 1e-12) {
			t.Errorf("%s is %v, want %v", column, x, want)
		}
	}
	if x := columnOf(got, "ties_b", 1); x != 2 {
		t.Errorf("a and c share %v tied pairs of c, want the 2 of its undirected view", x)
	}
	if got.Column("reason").Str(2) != "no_variation" || !got.Column("phi").Null(2) || !got.Column("overlap_coefficient").Null(2) || got.Column("jaccard").Null(2) {
		t.Error("a layer without ties")
	}
}

// TestLayerPairsDrawn: the p of drawn orders is near that of all.
func TestLayerPairsDrawn(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	var m layerMeter
	var exact layerPair
	for exact.p < 0.05 || exact.p > 0.5 { // so that it says something
		a, b := graphtest.Random(rng, 8, true, 0.3, 1), graphtest.Random(rng, 8, true, 0.4, 1)
		s, nets := town(8, []study.Layer{{Name: "a", Directed: true}, {Name: "b", Directed: true}}, networks.Network{Graph: a}, networks.Network{Graph: b})
		m = layerMeter{plan: NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})}
		m.cluster(0, nets)
		exact = m.rows[0]
	}
	if !exact.directed || exact.pType != "exact" {
		t.Fatalf("%+v", exact)
	}
	if p := m.draw(&exact, 8, m.overlap.Distance(m.overlap.Both)); math.Abs(p-exact.p) > 5*math.Sqrt(exact.p*(1-exact.p)/layerDraws) {
		t.Errorf("drawn p %v, of all orders %v", p, exact.p)
	}
}

// coupledTown is a cluster with a projection of practices and one of tasks, and
// a relation of joint enterprise.
func coupledTown(n int, practices, tasks *graphs.Incidence, ties *graphs.Graph) (*study.Study, []networks.Network) {
	layers := []study.Layer{
		{Name: "practices", Kind: study.OfProjection, Dimension: study.SharedRepertoire, Members: []int{0}},
		{Name: "tasks", Kind: study.OfProjection, Dimension: study.JointEnterprise, Members: []int{1}},
		{Name: "work", Kind: study.OfRelation, Dimension: study.JointEnterprise, Members: []int{0}},
	}
	return town(n, layers, networks.Network{Graph: graphs.Project(practices, graphs.Count), Events: practices},
		networks.Network{Graph: graphs.Project(tasks, graphs.Count), Events: tasks}, networks.Network{Graph: ties})
}

func randomMembers(rng *rand.Rand, n, m int, p float64) *graphs.Incidence {
	var list []graphs.Membership
	for v := range int32(n) {
		for e := range int32(m) {
			if rng.Float64() < p {
				list = append(list, graphs.Membership{Node: v, Event: e})
			}
		}
	}
	return graphs.NewIncidence(n, m, list)
}

// TestCoupling computes every measure again from its definition, pair by pair,
// and under all relabellings of the firms.
func TestCoupling(t *testing.T) {
	const n = 7
	rng := rand.New(rand.NewPCG(21, 22))
	practices, tasks := randomMembers(rng, n, 5, 0.4), randomMembers(rng, n, 4, 0.25)
	ties := graphtest.Undirected(n, [2]int{0, 1}, [2]int{4, 5})
	s, nets := coupledTown(n, practices, tasks, ties)
	k := coupler{plan: NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})}
	k.measure(0, nets)
	got := k.take()
	if err := got.CheckKey(); err != nil {
		t.Error(err)
	}
	identity := []int32{0, 1, 2, 3, 4, 5, 6}
	want := naiveCoupling(practices, tasks, ties, identity)
	mean, orders := map[string]float64{}, 0.0
	null.Permutations(n, func(names []int32) {
		orders++
		for name, x := range naiveCoupling(practices, tasks, ties, names) {
			mean[name] += x
		}
	})
	rows := 0
	for r := range got.Len() {
		name := got.Column("measure").Str(r)
		if w, ok := want[name]; ok {
			rows++
			if x := columnOf(got, "value", r); !(math.Abs(x-w) <= 1e-9) {
				t.Errorf("%s is %v, by definition %v", name, x, w)
			}
		}
		if got.Column("null_model").Str(r) != relabelled {
			continue
		}
		sd := columnOf(got, "sd", r)
		if x, w := columnOf(got, "expected", r), mean[name]/orders; math.Abs(x-w) > 5*sd/math.Sqrt(DefaultCouplingDraws) {
			t.Errorf("%s is %v on average over draws, %v over all relabellings", name, x, w)
		}
	}
	if rows != 2*coupledCount+2 {
		t.Errorf("%d rows compared", rows)
	}
}

// naiveCoupling is what the measures say, with the firms of the tasks renamed.
func naiveCoupling(practices, tasks *graphs.Incidence, ties *graphs.Graph, name []int32) map[string]float64 {
	var fit graphs.Configuration
	fit.Fit(practices)
	n := practices.N()
	shares := func(in *graphs.Incidence, v, w int) float64 {
		count := 0.0
		for _, e := range in.Events(v) {
			for _, f := range in.Events(w) {
				if e == f {
					count++
				}
			}
		}
		return count
	}
	tasked := map[[2]int32]bool{}
	for v := range n {
		for w := range v {
			if _, tied := ties.Strength(v, w); tied || shares(tasks, v, w) > 0 {
				a, b := name[v], name[w]
				tasked[[2]int32{max(a, b), min(a, b)}] = true
			}
		}
	}
	var with, without []float64
	n11, n10, n01, n00 := 0.0, 0.0, 0.0, 0.0
	for v := range n {
		for w := range v {
			expected, variance := 0.0, 0.0
			for e := range practices.M() {
				p := fit.P(v, e) * fit.P(w, e)
				expected, variance = expected+p, variance+p*(1-p)
			}
			s := (shares(practices, v, w) - expected) / math.Sqrt(variance)
			x, y := tasked[[2]int32{int32(v), int32(w)}], shares(practices, v, w) > 0
			if x {
				with = append(with, s)
			} else {
				without = append(without, s)
			}
			switch {
			case x && y:
				n11++
			case x:
				n10++
			case y:
				n01++
			default:
				n00++
			}
		}
	}
	mean := func(x []float64) float64 {
		sum := 0.0
		for _, v := range x {
			sum += v
		}
		return sum / float64(len(x))
	}
	pairs := n11 + n10 + n01 + n00
	return map[string]float64{
		"coupling": mean(with) - mean(without), "coupling_log_or": math.Log((n11 + .5) * (n00 + .5) / ((n10 + .5) * (n01 + .5))),
		"practice_given_task": n11 / (n11 + n10), "task_given_practice": n11 / (n11 + n01), "lift": n11 / (n11 + n10) / ((n11 + n01) / pairs),
		"task_density": (n11 + n10) / pairs, "practice_density": (n11 + n01) / pairs,
	}
}

// TestCouplingRefuses where a layer says nothing.
func TestCouplingRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	some, all := randomMembers(rng, 6, 4, 0.3), randomMembers(rng, 6, 4, 1)
	none := graphs.NewIncidence(6, 0, nil)
	for _, c := range []struct {
		name             string
		practices, tasks *graphs.Incidence
		want             string
	}{
		{"practices that all share", all, some, saturated}, {"tasks that all share", some, all, saturated},
		{"no practices", none, some, "no_ties"}, {"no tasks", some, none, "no_ties"},
		{"one firm", graphs.NewIncidence(1, 0, nil), graphs.NewIncidence(1, 0, nil), "too_small"},
	} {
		n := c.practices.N()
		s, nets := coupledTown(n, c.practices, c.tasks, graphtest.Empty(n))
		k := coupler{plan: NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})}
		k.measure(0, nets)
		got := k.take()
		refused := 0
		for r := range got.Len() {
			if reason := got.Column("reason").Str(r); reason != "" {
				refused++
				if reason != c.want || !got.Column("value").Null(r) {
					t.Errorf("%s: %q", c.name, reason)
				}
			}
		}
		if refused != 2*coupledCount+1 {
			t.Errorf("%s: %d rows refused", c.name, refused)
		}
	}
	s, nets := town(6, []study.Layer{{Name: "tasks", Kind: study.OfProjection, Dimension: study.JointEnterprise, Members: []int{0}}}, networks.Network{Graph: graphtest.Empty(6), Events: some})
	k := coupler{plan: NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})}
	if k.measure(0, nets); k.take().Len() != 0 {
		t.Error("rows of a study without practices")
	}
}
