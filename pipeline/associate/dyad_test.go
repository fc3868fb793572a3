package associate

import (
	"math"
	"strings"
	"testing"
)

// pairsWorld asks for one model of pairs.
func pairsWorld(model string, inference []string, outcome Term, terms ...Term) *world {
	w := newWorld(0.7, 14, 16, 12, 15, 13, 17)
	w.in.Entries = []Entry{{Name: "e", Level: "dyad", Model: model, Pair: outcome, Terms: terms, Inference: inference, Draws: 99}}
	return w
}

// TestEveryDyadModel: every term has a row for each inference, and one that
// answers each question asked.
func TestEveryDyadModel(t *testing.T) {
	terms := []Term{{"absdiff", "age"}, {"same", "sector"}, {"sender", "y"}, {"receiver", "y"}, {"", "projected"}, {"both", "fairs"}}
	for _, m := range Models() {
		if m.Level != dyadLevel {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			out := runAll(t, pairsWorld(m.Name, m.Inferences(), Term{Name: "ties"}, terms...).input())
			if gate := text(out.Fits, "gate", 0); gate != "" {
				t.Fatalf("refused: %s", gate)
			}
			if got := text(out.Fits, "formula", 0); !strings.HasPrefix(got, "ties ~ absdiff(age) + same(sector) + ") {
				t.Errorf("formula %q", got)
			}
			if got := num(out.Fits, "pairs", 0); got != 14*13+16*15+12*11+15*14+13*12+17*16 {
				t.Errorf("%g pairs", got)
			}
			rows, answers := map[string]int{}, map[string]int{}
			for row := range out.Associations.Len() {
				rows[text(out.Associations, "term", row)]++
				if h, _ := out.Associations.Column("headline").Bool(row); h {
					answers[text(out.Associations, "term", row)+" "+text(out.Associations, "estimand", row)]++
				}
				if math.IsNaN(num(out.Associations, "p_value", row)) {
					t.Errorf("no p of %s by %s", text(out.Associations, "term", row), text(out.Associations, "p_type", row))
				}
				if text(out.Associations, "layer", row) != "" || text(out.Associations, "metric", row) != "" {
					t.Error("a model of pairs has no layer or metric")
				}
			}
			for _, term := range terms {
				if n := rows[term.String()]; n < len(m.Inferences()) {
					t.Errorf("%s has %d rows for %v", term, n, m.Inferences())
				}
				for _, question := range []string{clustersLikeThese, theseClusters} {
					if n := answers[term.String()+" "+question]; n > 1 || n == 0 && question == theseClusters {
						t.Errorf("%s: %d rows answer about %s", term, n, question)
					}
				}
			}
		})
	}
}

// TestTermsAreWhatTheySay holds the matrices on the first pairs of a cluster.
func TestTermsAreWhatTheySay(t *testing.T) {
	w := pairsWorld("dyad_ols", nil, Term{Name: "ties"}, Term{"absdiff", "age"})
	w.edges = []cells{{"cluster": "c01", "layer": "ties", "source": "f00", "target": "f01"}, {"cluster": "c01", "layer": "projected", "source": "f00", "target": "f01"}}
	w.affiliations = []cells{{"cluster": "c01", "affiliation": "fairs", "firm": "f00", "event": "e"}, {"cluster": "c01", "affiliation": "fairs", "firm": "f02", "event": "e"}, {"cluster": "c01", "affiliation": "fairs", "firm": "f01", "event": "g"}}
	w.firms[14]["age"], w.firms[15]["age"], w.firms[14]["sector"], w.firms[15]["sector"] = 50, 20, "salt", "salt"
	in := w.input()
	f := newFrame(&in)
	planned, err := plan(&in)
	if err != nil {
		t.Fatal(err)
	}
	directed := newPairsSample(f, planned[0])
	undirected := *directed
	undirected.directed = false
	for _, c := range []struct {
		s            *pairsSample
		term         Term
		forth, back  float64
		between, far float64 // firms 0 and 2, and 1 and 2
	}{
		{directed, Term{"", "ties"}, 1, 0, 0, 0},
		{&undirected, Term{"", "ties"}, 1, 1, 0, 0},
		{directed, Term{"diff", "age"}, 30, -30, math.NaN(), math.NaN()},
		{directed, Term{"absdiff", "age"}, 30, 30, math.NaN(), math.NaN()},
		{directed, Term{"sender", "age"}, 50, 20, math.NaN(), math.NaN()},
		{directed, Term{"receiver", "age"}, 20, 50, math.NaN(), math.NaN()},
		{directed, Term{"same", "sector"}, 1, 1, math.NaN(), math.NaN()},
		{directed, Term{"same", "age"}, 0, 0, math.NaN(), math.NaN()},
		{directed, Term{"both", "fairs"}, 0, 0, 1, 0},
	} {
		of := c.s.of(c.term)
		if got := [2]float64{of(14, 15), of(15, 14)}; got != [2]float64{c.forth, c.back} {
			t.Errorf("%s: %v, want %g and %g", c.term, got, c.forth, c.back)
		}
		if !math.IsNaN(c.between) && (of(14, 16) != c.between || of(15, 16) != c.far) {
			t.Errorf("%s of others: %g and %g", c.term, of(14, 16), of(15, 16))
		}
	}
}

// A variance that comes out negative is not taken as it is.
func TestPairsCaveats(t *testing.T) {
	// Every firm has as much in as out of what is left: each firm's scores sum to 0.
	w := pairsWorld("dyad_ols", []string{"dyadic"}, Term{"absdiff", "age"}, Term{"absdiff", "y"})
	w.firms = nil
	for c := range 6 {
		for i, age := range []float64{0, 1, 0, 1} {
			w.firms = append(w.firms, cells{"cluster": w.clusters[c]["cluster"], "firm": string(rune('a' + i)), "outside": false,
				"age": age * float64(c+1), "y": []float64{0, 0, 1, 1}[i], "sector": "salt"})
		}
	}
	associations, fits := w.run(t)
	row := rowWhere(t, associations, "term", "absdiff(y)")
	if got := text(associations, "caveats", row); !strings.Contains(got, twoWay) {
		t.Errorf("caveats %q, gate %q, estimate %g", got, text(fits, "gate", 0), num(associations, "estimate", row))
	}
}

// An entry of pairs that names what is not there is an error.
func TestPairsThatAreNotThere(t *testing.T) {
	for want, w := range map[string]*world{
		`no layer "z"`:                      pairsWorld("qap", nil, Term{Name: "ties"}, Term{Name: "z"}),
		`firms have no "z"`:                 pairsWorld("qap", nil, Term{Name: "ties"}, Term{"same", "z"}),
		`no model "ols_fe" at level "dyad"`: pairsWorld("ols_fe", nil, Term{Name: "ties"}, Term{"same", "age"}),
	} {
		in := w.input()
		if _, err := plan(&in); err == nil || err.Error() != `model entry "e": `+want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
