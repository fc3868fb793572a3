package stats

import (
	"errors"
	"math"
	"slices"
	"testing"
)

func TestPersonPeriods(t *testing.T) {
	forever := math.Inf(-1)
	for _, c := range []struct {
		name   string
		spells []Spell
		rows   []int
		period []float64
		event  []float64
	}{
		{"from the first event, those with events", []Spell{{forever, 2, true}, {forever, 5, false}, {forever, 4, true}, {forever, 1, false}},
			[]int{0, 1, 1, 2, 2}, []float64{2, 2, 4, 2, 4}, []float64{1, 0, 0, 0, 1}},
		{"what the last period holds is not known", []Spell{{forever, 2, true}, {forever, 3, true}, {forever, 3, false}}, []int{0, 1, 1, 2}, []float64{2, 2, 3, 2}, []float64{1, 0, 1, 0}},
		{"late entry", []Spell{{2, 4, true}, {forever, 2, true}}, []int{0, 1}, []float64{4, 2}, []float64{1, 1}},
		{"not whole", []Spell{{forever, 1.5, true}, {forever, 9, false}}, []int{0, 1}, []float64{1.5, 1.5}, []float64{1, 0}},
	} {
		p, _, err := NewPersonPeriods(c.spells, NewClusters(len(c.spells)))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if !slices.Equal(p.Row, c.rows) || !slices.Equal(p.Period, c.period) || !slices.Equal(p.Event, c.event) || p.Shape != PeriodDummies {
			t.Errorf("%s: rows %v, periods %v, events %v, shape %v", c.name, p.Row, p.Period, p.Event, p.Shape)
		}
	}
}

// With more than ten periods that have events, those without are rows too.
func TestManyPeriodsAreQuadratic(t *testing.T) {
	var spells []Spell
	for k := range 12 {
		spells = append(spells, Spell{0, float64(2*k + 2), true})
	}
	p, _, err := NewPersonPeriods(spells, NewClusters(12))
	if err != nil || p.Shape != PeriodQuadratic {
		t.Fatalf("shape %v, %v", p.Shape, err)
	}
	if last := p.Row[len(p.Row)-1]; last != 11 || !slices.Contains(p.Period, 3) || len(p.Clusters.Of(p.Event, 0)) != len(p.Row) {
		t.Errorf("periods %v", p.Period)
	}
}

// The rows of the reference, from year 1 on, say the same as ours from the
// first event on.
func TestHazardOfPersonPeriodsAgreesWithR(t *testing.T) {
	firms, want := readFrame(t, "brfarmers_firm.csv"), readFrame(t, "brfarmers_person_period.csv")
	p, dropped, err := NewPersonPeriods(firmSpells(firms), firms.clusters())
	if err != nil || len(dropped) > 0 {
		t.Fatal(dropped, err)
	}
	events := 0.0
	for _, e := range want["y"] {
		events += e
	}
	for _, e := range p.Event {
		events -= e
	}
	if events != 0 {
		t.Errorf("events differ by %g", events)
	}
	seen := make(map[[2]float64]bool)
	for k, i := range p.Row {
		seen[[2]float64{firms["uid"][i], p.Period[k]}] = true
	}
	rows := 0
	for k, t0 := range want["t"] {
		first := slices.Min(p.Period)
		if t0 >= first != seen[[2]float64{want["uid"][k], t0}] {
			t.Fatalf("firm %g, period %g", want["uid"][k], t0)
		}
		rows += btoi(t0 >= first)
	}
	if rows != len(p.Row) {
		t.Errorf("%d rows, the reference has %d of these periods", len(p.Row), rows)
	}
}

func TestPersonPeriodsRefuse(t *testing.T) {
	var spell *SpellError
	if _, _, err := NewPersonPeriods([]Spell{{3, 2, true}}, NewClusters(1)); !errors.As(err, &spell) {
		t.Errorf("a spell that ends first: %v", err)
	}
	if _, _, err := NewPersonPeriods([]Spell{{0, 2, false}}, NewClusters(1)); !errors.Is(err, ErrConstantOutcome) {
		t.Errorf("no event: %v", err)
	}
	if _, _, err := NewPersonPeriods([]Spell{{0, math.Inf(1), true}}, NewClusters(1)); !errors.Is(err, ErrNotFinite) {
		t.Errorf("an infinite end: %v", err)
	}
}
