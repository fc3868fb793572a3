package metrics

import (
	"encoding/csv"
	"math"
	"os"
	"slices"
	"testing"

	"firmties/graphs"
)

// readTestdata reads a file of testdata without its header.
func readTestdata(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// TestFirmValuesOfOtherPackages compares with what NetworkX and igraph give;
// testdata/firms.py is how they were asked. 1e-9 is allowed, as two packages
// that iterate do not agree to more.
func TestFirmValuesOfOtherPackages(t *testing.T) {
	networks, arcs := map[string]*graphs.Graph{}, map[string][]graphs.Arc{}
	rows := readTestdata(t, "firms_networks.csv")
	for i, r := range rows {
		arc := graphs.Arc{From: int32(number(r[3])), To: int32(number(r[4])), Strength: number(r[5])}
		arcs[r[0]] = append(arcs[r[0]], arc)
		if i == len(rows)-1 || rows[i+1][0] != r[0] {
			networks[r[0]] = graphs.New(int(number(r[2])), r[1] == "1", arcs[r[0]])
		}
	}
	columns := map[string][]Column{}
	for name, g := range networks {
		columns[name] = slices.Clone(NewRunner(Catalogue).Run(Input{Graph: g, Observed: AllObserved(g)}))
	}
	values := readTestdata(t, "firms_values.csv")
	for _, r := range values {
		i := slices.IndexFunc(Catalogue, func(m Metric) bool { return m.Level == Firm && m.Name == r[1] })
		v, want := int(number(r[3])), number(r[4])
		got, reason := columns[r[0]][i].Values[v], columns[r[0]][i].Reasons[v]
		if reason != Defined || !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
			t.Errorf("%s: %s of firm %d is %v %s, %s has %v", r[0], r[1], v, got, reason, r[2], want)
		}
	}
	if len(networks) != 12 || len(values) < 3000 {
		t.Errorf("%d networks, %d values", len(networks), len(values))
	}
}
