package associate

import (
	"math"
	"slices"
	"testing"

	"firmties/pipeline/stats"
)

func curveWorld() *world {
	w := newWorld(0.4, 10, 12, 14, 9, 14, 13, 11, 12)
	w.in.Entries = []Entry{
		{Name: "ways", Level: firmLevel, Model: specificationCurve, Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m", "n"}, Controls: []string{"age", "sector"}, Draws: 99},
		{Name: "one", Level: firmLevel, Model: "ols_fe", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}, Controls: []string{"age", "sector"}, Scaling: raw, Inference: []string{byCR2}},
	}
	return w
}

// TestWaysAreTheModel: each way is a least-squares fit, of all clusters and
// without each.
func TestWaysAreTheModel(t *testing.T) {
	out := runAll(t, curveWorld().input())
	ways := out.Specifications
	if n := ways.Len(); n != 2*3*4*9 { // metrics, scalings, sets of controls, samples
		t.Fatalf("%d ways", n)
	}
	way := func(left string) int {
		t.Helper()
		return rowWhere(t, ways, "metric", "m", "scaling", raw, "controls", "age;sector", "left_out", left)
	}
	whole := way("")
	one := rowWhere(t, out.Associations, "fit", "one/y/ties/m", "term", "m")
	unit := num(out.Associations, "estimate", one) / num(ways, "estimate", whole)
	for column, want := range map[string]float64{"std_error": num(out.Associations, "std_error", one) / unit, "conf_low": num(out.Associations, "conf_low", one) / unit, "p_value": num(out.Associations, "p_value", one)} {
		if got := num(ways, column, whole); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %v, that of ols_fe %v", column, got, want)
		}
	}
	less := curveWorld()
	less.firms = slices.DeleteFunc(less.firms, func(r cells) bool { return r["cluster"] == "c03" })
	again := runAll(t, less.input()).Associations
	one = rowWhere(t, again, "fit", "one/y/ties/m", "term", "m")
	left := way("c03")
	if got, want := num(ways, "estimate", left)/num(ways, "std_error", left), num(again, "statistic", one); math.Abs(got-want) > 1e-12*math.Abs(want) {
		t.Errorf("without c03 t is %v, that of ols_fe %v", got, want)
	}
	declared := rowWhere(t, ways, "metric", "m", "scaling", zWithin, "controls", "age;sector", "left_out", "")
	for row := range ways.Len() {
		if is, _ := ways.Column("declared").Bool(row); is != (row == declared) {
			t.Errorf("row %d is declared: %t", row, is)
		}
	}
}

// TestCurveIsTheMiddleOfItsWays: what is said of the whole is made of the ways.
func TestCurveIsTheMiddleOfItsWays(t *testing.T) {
	out := runAll(t, curveWorld().input())
	var estimates []float64
	byPlace := map[float64]float64{}
	for row := range out.Specifications.Len() {
		estimates = append(estimates, num(out.Specifications, "estimate", row))
		byPlace[num(out.Specifications, "place", row)] = estimates[row]
	}
	slices.Sort(estimates)
	n := len(estimates)
	for i, want := range estimates {
		if got := byPlace[float64(i+1)]; got != want {
			t.Fatalf("place %d holds %v, want %v", i+1, got, want)
		}
	}
	fit := rowWhere(t, out.Fits, "fit", "ways/y")
	for column, want := range map[string]float64{"specifications": float64(n), "curve_low": estimates[0], "curve_high": estimates[n-1]} {
		if got := num(out.Fits, column, fit); got != want {
			t.Errorf("%s is %v, want %v", column, got, want)
		}
	}
	median := rowWhere(t, out.Associations, "fit", "ways/y", "term", "median")
	if got, want := num(out.Associations, "estimate", median), (estimates[(n-1)/2]+estimates[n/2])/2; got != want {
		t.Errorf("median %v, want %v", got, want)
	}
	if draws := num(out.Associations, "draws", median); draws != 256 { // all signs of eight clusters
		t.Errorf("%g draws", draws)
	}
	for _, term := range []string{"median", "share_significant", "stouffer"} {
		row := rowWhere(t, out.Associations, "fit", "ways/y", "term", term)
		if p := num(out.Associations, "p_value", row); !(p >= 2./256 && p <= 1) {
			t.Errorf("p of the %s is %v", term, p)
		}
	}
}

// TestCurveOfNoise: where nothing goes with the outcome, the curve says so.
func TestCurveOfNoise(t *testing.T) {
	w := curveWorld()
	w.in.Entries = w.in.Entries[:1]
	w.in.Entries[0].Metrics = []string{"n"}
	out := runAll(t, w.input())
	row := rowWhere(t, out.Associations, "fit", "ways/y", "term", "stouffer")
	if p := num(out.Associations, "p_value", row); p < 0.05 {
		t.Errorf("p %v of a metric that was drawn", p)
	}
}

// TestCurveAtResolution: of more clusters than all signs are counted of, a p can
// be the smallest that the draws show, and says so.
func TestCurveAtResolution(t *testing.T) {
	for clusters, want := range map[int]bool{12: false, 15: true} {
		w := newWorld(4, slices.Repeat([]int{8}, clusters)...)
		w.in.Entries = []Entry{{Name: "ways", Level: firmLevel, Model: specificationCurve, Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}, Draws: 9}}
		out := runAll(t, w.input())
		row := rowWhere(t, out.Associations, "fit", "ways/y", "term", "median")
		if got := text(out.Associations, "caveats", row) == pAtResolution; got != want {
			t.Errorf("%d clusters: p %v, caveats %q", clusters, num(out.Associations, "p_value", row), text(out.Associations, "caveats", row))
		}
	}
}

func TestControlSets(t *testing.T) {
	for _, test := range []struct {
		controls []string
		want     int
	}{{nil, 1}, {[]string{"a"}, 2}, {[]string{"a", "b"}, 4}, {[]string{"a", "b", "c"}, 5}} {
		sets := controlSets(test.controls)
		if len(sets) != test.want || len(sets[0]) != len(test.controls) {
			t.Errorf("%v: %v", test.controls, sets)
		}
	}
}

// TestPlacesIn: the weights of a fit are those of its own clusters.
func TestPlacesIn(t *testing.T) {
	if got := placesIn([]int{2, 3, 5, 8}, []int{3, 8}); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("%v", got)
	}
	all, err := stats.NewWildWeights(8, 0, nil)
	if err != nil || all.Draws() != 256 || all.Of([]int{1, 3, 4, 5, 6}).Draws() != 256 {
		t.Errorf("%d draws, %v", all.Draws(), err)
	}
}
