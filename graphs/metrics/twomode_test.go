package metrics

import (
	"math"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// twoModeValues measures an incidence, NaN where undefined.
func twoModeValues(in *graphs.Incidence) map[string]float64 {
	g := graphs.Project(in, graphs.Count)
	runner := NewRunner(twoModeMetrics)
	values := make(map[string]float64)
	for i, c := range runner.Run(Input{Graph: g, Observed: AllObserved(g), Events: in}) {
		values[twoModeMetrics[i].Name] = c.Values[0]
		if c.Reasons[0] != Defined {
			values[twoModeMetrics[i].Name] = none
		}
	}
	return values
}

// TestTwoModePeers compares with NetworkX and vegan; the scripts beside the
// data say how.
func TestTwoModePeers(t *testing.T) {
	members := make(map[string][]graphs.Membership)
	size := make(map[string][2]int)
	for _, r := range testTable(t, "twomode_members.csv") {
		k := r["incidence"]
		members[k] = append(members[k], graphs.Membership{Node: int32(number(r["firm"])), Event: int32(number(r["event"]))})
		size[k] = [2]int{int(number(r["firms"])), int(number(r["events"]))}
	}
	compared := 0
	compare := func(file, column, metric string) {
		for _, r := range testTable(t, file) {
			k := r["incidence"]
			got, want := twoModeValues(graphs.NewIncidence(size[k][0], size[k][1], members[k]))[metric], number(r[column])
			if math.IsNaN(got) && metric == "two_mode_reinforcement" && want == 0 {
				continue // NetworkX gives 0 where there is no three-path
			}
			if compared++; !(math.Abs(got-want) <= 1e-11+1e-9*math.Abs(want)) {
				t.Errorf("incidence %s: %s is %v, %s has %v", k, metric, got, file, want)
			}
		}
	}
	compare("twomode_networkx.csv", "density", "two_mode_density")
	compare("twomode_networkx.csv", "reinforcement", "two_mode_reinforcement")
	compare("twomode_vegan.csv", "nodf", "two_mode_nodf")
	if compared < 60 {
		t.Errorf("%d values compared", compared)
	}
}

// TestTwoModeDefinitions compares with counts over all firms and events.
func TestTwoModeDefinitions(t *testing.T) {
	rng := rand.New(rand.NewPCG(73, 74))
	for trial := range 400 {
		n, m := 1+trial%6, 1+rng.IntN(5)
		part, density := newMatrix(max(n, m)), rng.Float64()
		var members []graphs.Membership
		for v := range n {
			for e := range m {
				if rng.Float64() < density {
					part[v][e] = 1
					members = append(members, graphs.Membership{Node: int32(v), Event: int32(e)})
				}
			}
		}
		got := twoModeValues(graphs.NewIncidence(n, m, members))
		want := map[string]float64{
			"two_mode_density":       float64(len(members)) / float64(n*m),
			"two_mode_reinforcement": reinforcement(part, n, m),
			"two_mode_nodf":          nodf(part, n, m),
			"two_mode_common_share":  commonShare(part, n, m),
		}
		for name, x := range want {
			if len(members) == 0 {
				x = none
			}
			if !near([]float64{got[name]}, []float64{x}) {
				t.Fatalf("%s is %v, by definition %v, of %d firms, %d events, %v", name, got[name], x, n, m, members)
			}
		}
	}
}

// reinforcement is the share of paths v e w f from a firm to an event that
// close, v taking part in f too. A four-cycle holds four of them.
func reinforcement(part matrix, n, m int) float64 {
	paths, closed := 0.0, 0.0
	for v := range n {
		for e := range m {
			for w := range n {
				for f := range m {
					if v != w && e != f && part[v][e]*part[w][e]*part[w][f] > 0 {
						paths++
						closed += part[v][f]
					}
				}
			}
		}
	}
	return closed / paths
}

func nodf(part matrix, n, m int) float64 {
	turned := newMatrix(len(part))
	for v := range part {
		for e := range part {
			turned[e][v] = part[v][e]
		}
	}
	total, pairs := 0.0, 0.0
	for _, side := range []struct {
		rows matrix
		n    int
	}{{part, n}, {turned, m}} {
		for i := range side.n {
			for j := range side.n {
				if i == j {
					continue
				}
				pairs += 0.5
				more, less, both := sum(side.rows[i]), sum(side.rows[j]), 0.0
				for k := range side.rows[i] {
					both += side.rows[i][k] * side.rows[j][k]
				}
				if more > less && less > 0 {
					total += 100 * both / less
				}
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return total / pairs
}

func commonShare(part matrix, n, m int) float64 {
	common := 0.0
	for e := range m {
		firms := 0.0
		for v := range n {
			firms += part[v][e]
		}
		if firms >= float64(n)/2 {
			common++
		}
	}
	return common / float64(m)
}

// TestNestedIsNested: where each firm's events are among the next one's,
// nestedness is whole; and a layer without events has none.
func TestNestedIsNested(t *testing.T) {
	var members []graphs.Membership
	for v := range int32(5) {
		for e := range v + 1 {
			members = append(members, graphs.Membership{Node: v, Event: e})
		}
	}
	if got := twoModeValues(graphs.NewIncidence(5, 5, members))["two_mode_nodf"]; got != 100 {
		t.Errorf("nestedness %v, want 100", got)
	}
	g := graphtest.Clique(4)
	for i, c := range NewRunner(twoModeMetrics).Run(Input{Graph: g, Observed: AllObserved(g)}) {
		if want := []Reason{NoEvents, NoTwoPath, NoEvents, NoEvents}[i]; c.Whole != want {
			t.Errorf("%s without events: %q, want %q", twoModeMetrics[i].Name, c.Whole, want)
		}
	}
}
