package measure

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
	"firmties/graphs/metrics"
	"firmties/graphs/null"
	"firmties/pipeline/networks"
	"firmties/pipeline/study"
)

func TestComparableAreOfTiesAlone(t *testing.T) {
	names := Comparable()
	for _, name := range append(comparedByDefault(), "triangles", "two_mode_nodf") {
		if !slices.Contains(names, name) {
			t.Errorf("%s cannot be compared", name)
		}
	}
	for _, name := range []string{"strength_mean", "assortativity_by_GROUP", "betweenness", "multiplexity"} {
		if slices.Contains(names, name) {
			t.Errorf("%s can be compared", name)
		}
	}
}

// TestFixedIsFixed: a metric that a reference is said to fix is the same in all
// its networks, and one that is the same in all networks of several graphs is
// said to be fixed.
func TestFixedIsFixed(t *testing.T) {
	var list []metrics.Metric
	for _, m := range metrics.Catalogue {
		if m.Level == metrics.Cluster && slices.Contains(Comparable(), m.Name) && !m.OnRequest {
			list = append(list, m)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	runner := metrics.NewRunner(list)
	for _, r := range null.References() {
		for _, directed := range []bool{false, true} {
			if !r.Serves(directed, r == null.TwoMode) || directed && r == null.TwoMode {
				continue
			}
			varies, defined := make([]bool, len(list)), make([]bool, len(list))
			for trial := range 24 {
				var e null.Ensemble
				if r == null.TwoMode {
					e.OfEvents(randomEvents(rng))
				} else {
					e.Of(graphtest.Random(rng, 12, directed, 0.06*float64(1+trial%4), 1), r)
				}
				first := make([]float64, len(list))
				for draw := range 30 {
					g := e.Draw(rng)
					in := metrics.Input{Graph: g, Observed: metrics.AllObserved(g)}
					if r == null.TwoMode {
						in.Events = e.Incidence()
					}
					for i, c := range runner.Run(in) {
						if draw == 0 {
							first[i] = c.Values[0]
						}
						defined[i] = defined[i] || c.Whole == metrics.Defined
						varies[i] = varies[i] || math.Abs(c.Values[0]-first[i]) > 1e-12
					}
				}
			}
			for i, m := range list {
				if fixed := fixedBy(r, m.Name, directed); fixed == varies[i] && defined[i] {
					t.Errorf("%s, directed %t: %s fixed %t, varies %t", r, directed, m.Name, fixed, varies[i])
				}
			}
		}
	}
}

func randomEvents(rng *rand.Rand) *graphs.Incidence {
	var list []graphs.Membership
	for v := range int32(14) {
		for e := range int32(9) {
			if rng.Float64() < 0.25 {
				list = append(list, graphs.Membership{Node: v, Event: e})
			}
		}
	}
	return graphs.NewIncidence(14, 9, list)
}

// TestJudge: by hand. Of four networks two are above the value and one is
// equal.
func TestJudge(t *testing.T) {
	transitivity, _ := metrics.Lookup(metrics.Cluster, "transitivity")
	triangles, _ := metrics.Lookup(metrics.Cluster, "triangles")
	var r Compared
	r.clear()
	r.Value = 0.4
	r.judge([]float64{0.1, 0.4 * (1 + 1e-12), 0.5, 0.6}, &transitivity)
	sd := math.Sqrt((0.09 + 0 + 0.01 + 0.04) / 3)
	for _, x := range []struct {
		name      string
		got, want float64
	}{
		{"expected", r.Expected, 0.4}, {"sd", r.SD, sd}, {"z", r.Z, 0}, {"effect", r.Effect, 0},
		{"percentile", r.Percentile, 1.5 / 4}, {"p", r.P, 1},
	} {
		if !(math.Abs(x.got-x.want) < 1e-9) {
			t.Errorf("%s is %v, want %v", x.name, x.got, x.want)
		}
	}
	r.clear()
	r.Value = 0.4
	r.judge([]float64{0.1, 0.1, 0.1, 0.1}, &transitivity)
	if !math.IsNaN(r.Z) || r.SD > 1e-12 || math.Abs(r.Effect-1./3) > 1e-12 || r.P != 0.4 || r.EffectKind != ofMaximum {
		t.Errorf("without spread: %+v", r)
	}
	r.Value = 8
	r.judge([]float64{2, 2}, &triangles)
	if r.EffectKind != logRatio || math.Abs(r.Effect-math.Log(4)) > 1e-12 {
		t.Errorf("of a count: %+v", r)
	}
	for value, drawn := range map[float64][]float64{0: {2, 4}, 3: {0, 0}} {
		r.Reason, r.Value = "", value
		if r.judge(drawn, &triangles); !math.IsNaN(r.Effect) || r.Reason != "no_effect_scale" {
			t.Errorf("%v against %v: effect %v, %q", value, drawn, r.Effect, r.Reason)
		}
	}
	if r.judge(nil, &triangles); r.Reason != "undefined_in_draws" {
		t.Errorf("without draws: %q", r.Reason)
	}
}

// TestDefaultReferences by the kind of layer and what was asked.
func TestDefaultReferences(t *testing.T) {
	s := &study.Study{Layers: []study.Layer{{Name: "advice", Directed: true}}}
	c := newComparison(s)
	net := &networks.Network{Graph: graphtest.Directed(3)}
	if got := c.of(net, false); !slices.Equal(got, []null.Reference{null.SizeDensity, null.DegreeSequence}) {
		t.Errorf("directed: %v", got)
	}
	if got := c.of(net, true); !slices.Contains(got, null.OutDegree) {
		t.Errorf("with a limit: %v", got)
	}
	net = &networks.Network{Graph: graphtest.Empty(3), Events: graphs.NewIncidence(3, 0, nil)}
	if got := c.of(net, false); !slices.Equal(got, []null.Reference{null.TwoMode}) {
		t.Errorf("projection: %v", got)
	}
	s.Comparisons = study.Comparisons{Declared: true, References: []string{"dyad_census"}, Draws: 5}
	if got := newComparison(s); got.draws != 5 || len(got.of(net, false)) != 0 {
		t.Errorf("declared: %+v", got)
	}
}

// BenchmarkCompare40 is one firm network of 40 against 1,000 networks of the
// same degrees, the short list of metrics computed in each.
func BenchmarkCompare40(b *testing.B) {
	s := &study.Study{Clusters: []study.Cluster{{ID: "x", Firms: 40}}, Layers: []study.Layer{{Name: "advice", Directed: true}}}
	s.Comparisons = study.Comparisons{Declared: true, Draws: 1000, References: []string{"degree_sequence"}}
	k := newComparer(&Plan{study: s, compared: newComparison(s)})
	g := graphtest.Random(rand.New(rand.NewPCG(40, 3)), 40, true, 3.0/39, 1)
	net := &networks.Network{Graph: g}
	for b.Loop() {
		k.draw(net, null.DegreeSequence, []string{"x", "advice"})
	}
}
