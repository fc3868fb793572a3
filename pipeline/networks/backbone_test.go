package networks

import (
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/pipeline/study"
)

// twoCamps is a projection of events that either of two camps of five firms go
// to, and of some that anybody does.
func twoCamps() (*study.Study, *graphs.Incidence) {
	rng := rand.New(rand.NewPCG(61, 62))
	var list []graphs.Membership
	for e := range int32(60) {
		for v := range int32(10) {
			chance := 0.08
			if e%2 == v/5 {
				chance = 0.7
			}
			if rng.Float64() < chance {
				list = append(list, graphs.Membership{Node: v, Event: e})
			}
		}
	}
	return &study.Study{Seed: 3, Clusters: []study.Cluster{{ID: "k", Firms: 10}}}, graphs.NewIncidence(10, 60, list)
}

// TestBackbone: what is left joins firms of a camp, keeps its strengths, and is
// less the stricter the level. Participations with the very margins vary less, so
// that fdsm keeps more.
func TestBackbone(t *testing.T) {
	s, in := twoCamps()
	g := graphs.Project(in, graphs.Newman)
	kept := map[string][]graphs.Arc{}
	for _, c := range []struct {
		name   string
		model  study.Backbone
		alpha  float64
		adjust string
	}{
		{"sdsm", study.SDSM, 0.05, "none"}, {"fdsm", study.FDSM, 0.05, "none"}, {"strict", study.SDSM, 0.001, "none"},
		{"bonferroni", study.SDSM, 0.05, "bonferroni"}, {"bh", study.SDSM, 0.05, "bh"},
	} {
		l := &study.Layer{Name: "camps", Backbone: c.model, Alpha: c.alpha, Adjust: c.adjust}
		b := backbone(s, 0, l, in, g)
		for a := range b.All() {
			if x, _ := g.Strength(int(a.From), int(a.To)); x != a.Strength {
				t.Errorf("%s: strength %v, was %v", c.name, a.Strength, x)
			}
			if a.From/5 != a.To/5 {
				t.Errorf("%s keeps a tie between the camps", c.name)
			}
			kept[c.name] = append(kept[c.name], a)
		}
	}
	within := func(a, b string) {
		for _, x := range kept[a] {
			if !slices.Contains(kept[b], x) {
				t.Errorf("%s keeps %v, %s does not", a, x, b)
			}
		}
	}
	within("strict", "sdsm")
	within("bonferroni", "bh")
	within("bh", "sdsm")
	if n, m := len(kept["sdsm"]), len(kept["fdsm"]); n < 10 || m < n || len(kept["strict"]) >= n {
		t.Errorf("kept %d, %d, %d ties of %d", n, m, len(kept["strict"]), g.Ties())
	}
}

// TestDrawnBackbone: the p of drawn participations is near that of all with the
// same margins.
func TestDrawnBackbone(t *testing.T) {
	var members []graphs.Membership
	for _, x := range [][2]int32{{0, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 1}, {2, 2}, {3, 2}} {
		members = append(members, graphs.Membership{Node: x[0], Event: x[1]})
	}
	in := graphs.NewIncidence(4, 3, members)
	margins := func(in *graphs.Incidence) (m [7]int) {
		for v := range 4 {
			m[v] = len(in.Events(v))
		}
		for e := range 3 {
			m[4+e] = len(in.Nodes(e))
		}
		return m
	}
	all, as := 0.0, 0.0
	for bits := range 1 << 12 {
		var list []graphs.Membership
		for i := range 12 {
			if bits>>i&1 == 1 {
				list = append(list, graphs.Membership{Node: int32(i / 3), Event: int32(i % 3)})
			}
		}
		other := graphs.NewIncidence(4, 3, list)
		if margins(other) != margins(in) {
			continue
		}
		all++
		if both, _ := graphs.Project(other, graphs.Count).Strength(0, 1); both >= 2 {
			as++
		}
	}
	p := drawn(in, graphs.Project(in, graphs.Count), func(draw int) *rand.Rand { return rand.New(rand.NewPCG(1, uint64(draw))) })
	if want := as / all; want < 0.05 || want > 0.6 || p[0] < want-0.06 || p[0] > want+0.06 {
		t.Errorf("p %v, of all %v participations %v", p[0], all, want)
	}
}
