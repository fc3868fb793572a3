package stats

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"
)

// villages are the matrices of pairs of a reference study, by cluster.
type villages struct {
	frame    frame
	sizes    []int
	ids      []float64
	start    []int
	matrices map[string][]float64 // n×n, cluster after cluster
}

// readVillages joins the ties of a reference study to its model matrix.
func readVillages(t testing.TB, arcs string, f frame) *villages {
	v := &villages{frame: f, matrices: map[string][]float64{}}
	c := f.clusters()
	at := map[float64]int{}
	for g := range c.Len() {
		v.start = append(v.start, len(v.ids))
		v.ids = append(v.ids, c.Of(f["uid"], g)...)
		v.sizes = append(v.sizes, len(c.Of(f["uid"], g)))
	}
	for i, id := range v.ids {
		at[id] = i
	}
	_, rows := readCSV(t, arcs)
	for _, row := range rows {
		i, here := at[number(t, row[2])]
		j, there := at[number(t, row[3])]
		if here && there {
			v.of(row[1])[v.cell(i, j)] = 1
		}
	}
	return v
}

func (v *villages) of(name string) []float64 {
	if v.matrices[name] == nil {
		cells := 0
		for _, n := range v.sizes {
			cells += n * n
		}
		v.matrices[name] = make([]float64, cells)
	}
	return v.matrices[name]
}

// cell is where the pair of two firms of one cluster stands.
func (v *villages) cell(i, j int) int {
	from := 0
	for g, n := range v.sizes {
		if i < v.start[g]+n {
			return from + (i-v.start[g])*n + j - v.start[g]
		}
		from += n * n
	}
	panic("no such firm")
}

// add makes a matrix of a column.
func (v *villages) add(name, column string, of func(a, b float64) float64) {
	x, m := v.frame[column], v.of(name)
	for g, n := range v.sizes {
		for i := range n {
			for j := range n {
				m[v.cell(v.start[g]+i, v.start[g]+j)] = of(x[v.start[g]+i], x[v.start[g]+j])
			}
		}
	}
}

func difference(a, b float64) float64 { return math.Abs(a - b) }

func sameness(a, b float64) float64 { return float64(btoi(a == b)) }

// take returns matrices of all clusters, or of one.
func (v *villages) take(directed bool, g int, names ...string) (*Pairs, [][]float64) {
	all := make([][]float64, len(names))
	for k, name := range names {
		all[k] = v.of(name)
	}
	p := NewPairs(directed, v.sizes...)
	if g < 0 {
		return p, all
	}
	return p.only(g, all...)
}

func farmerPairs(t testing.TB) *villages {
	v := readVillages(t, "brfarmers_arcs.csv", readFrame(t, "brfarmers_firm.csv"))
	v.add("d_age", "age", difference)
	v.add("same_coop01", "coop01", sameness)
	v.add("d_income", "income", difference)
	v.add("d_innov", "innov", difference)
	weak := v.of("union_weak")
	for i, x := range v.of("union") {
		weak[i] = x
	}
	for g, n := range v.sizes {
		for i := range n {
			for j := range n {
				a, b := v.cell(v.start[g]+i, v.start[g]+j), v.cell(v.start[g]+j, v.start[g]+i)
				weak[a] = max(v.of("union")[a], v.of("union")[b])
			}
		}
	}
	return v
}

var adviceTerms = []string{"friend", "coop", "d_age", "same_coop01", "d_income"}

func fitPairs(t testing.TB, p *Pairs, m [][]float64) *PairsFit {
	t.Helper()
	fit, err := FitPairs(p, m[0], m[1:])
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// pairRows are the regressions of each village and of all.
func pairRows(t testing.TB, got reproduced) {
	v := farmerPairs(t)
	for g := range v.sizes {
		name := fmt.Sprintf("%g", v.frame.clusters().Of(v.frame["cluster"], g)[0])
		p, m := v.take(true, g, append([]string{"advice"}, adviceTerms...)...)
		netlm(t, got, "netlm_advice "+name, adviceTerms, p, m)
		netlogit(t, got, "netlogit_advice "+name, adviceTerms, p, m)
		terms := []string{"union_weak", "d_age", "same_coop01", "d_income"}
		p, m = v.take(false, g, append([]string{"d_innov"}, terms...)...)
		netlm(t, got, "netlm_dinnov_graph "+name, terms, p, m)
		for _, pair := range [][2]string{{"advice", "friend"}, {"advice", "influence"}, {"friend", "coop"}, {"union", "d_innov"}} {
			p, m := v.take(true, g, pair[0], pair[1])
			q, err := NewQAP(p, m[0], m[1])
			if err != nil {
				t.Fatal(err)
			}
			got.put("qapcor "+name+" "+pair[0]+" "+pair[1], "", "gcor", q.R, closedForm)
		}
	}
}

func netlm(t testing.TB, got reproduced, model string, terms []string, p *Pairs, m [][]float64) {
	fit := fitPairs(t, p, m)
	for j, term := range terms {
		got.put(model, term, "est", fit.Coef[j], closedForm)
		got.put(model, term, "t", fit.Coef[j]/fit.ClassicalSE[j], closedForm)
	}
	if p.directed && len(terms) == len(adviceTerms) {
		got.put(model, "", "r2", fit.RSquaredWithin, closedForm)
		got.put(model, "", "n_dyads", float64(p.Len()), 0)
	}
}

func netlogit(t testing.TB, got reproduced, model string, terms []string, p *Pairs, m [][]float64) {
	fit, err := FitPairsLogit(p, m[0], m[1:])
	if err != nil {
		t.Logf("%s: %v", model, err)
		return
	}
	for j, term := range terms {
		got.put(model, term, "est", fit.Coef[j], iterated)
		got.put(model, term, "se", fit.SE[j], iterated)
		got.put(model, term, "z", fit.Coef[j]/fit.SE[j], iterated)
	}
	got.put(model, "", "deviance", fit.Deviance, iterated)
}

// pairOrdersStored are the stored permutations as orders inside villages.
func (v *villages) storedOrders(t testing.TB) [][]int32 {
	var out [][]int32
	for _, order := range readOrders(t) {
		own := make([]int32, len(order))
		for g, n := range v.sizes {
			for i := range n {
				own[v.start[g]+i] = int32(order[v.start[g]+i] - v.start[g])
			}
		}
		out = append(out, own)
	}
	return out
}

// pooledPairRows are all villages together, with the stored permutations.
func pooledPairRows(t testing.TB, got reproduced) {
	v := farmerPairs(t)
	orders := v.storedOrders(t)
	p, m := v.take(true, -1, append([]string{"advice"}, adviceTerms...)...)
	fit := fitPairs(t, p, m)
	const model, robust = "mrqap_pooled_advice_fe", "dyad_robust_advice_fe"
	got.put(model, "", "n_dyads", float64(p.Len()), 0)
	dyadic, byCluster := fit.Dyadic(), fit.ByCluster()
	for j, term := range adviceTerms {
		observed := fit.Coef[j] / fit.ClassicalSE[j]
		got.put(model, term, "est", fit.Coef[j], closedForm)
		got.put(model, term, "t", observed, closedForm)
		dsp := fit.DSP(j)
		var drawn []float64
		extreme := 0
		for _, order := range orders {
			drawn = append(drawn, dsp.Statistic(order))
			extreme += btoi(math.Abs(drawn[len(drawn)-1]) >= math.Abs(observed)*(1-tieTolerance))
		}
		for b := range 10 {
			got.put(model, term, "t_star_perm"+strconv.Itoa(b+1), drawn[b], closedForm)
		}
		_, sd := meanSD(drawn)
		got.put(model, term, "t_star_sd199", sd, closedForm)
		got.put(model, term, "n_abs_ge_fixed199", float64(extreme), 0)
		got.put(model, term, "p_abs_(1+b)/(1+B)", float64(1+extreme)/float64(1+len(orders)), closedForm)
		got.put(robust, term, "se_classical", fit.ClassicalSE[j], closedForm)
		got.put(robust, term, "se_dyadic", dyadic[j].SE, closedForm)
		_, twoWay := fit.dyadicVariances(j)
		got.put(robust, term, "se_ego_alter_twoway_CR0", math.Sqrt(twoWay), closedForm)
		got.put(robust, term, "se_village_CR0", byCluster[j].SE*math.Sqrt(float64(len(v.sizes)-1)/float64(len(v.sizes))), closedForm)
	}
	terms := []string{"union_weak", "d_age", "same_coop01", "d_income"}
	p, m = v.take(false, -1, append([]string{"d_innov"}, terms...)...)
	fit = fitPairs(t, p, m)
	for j, term := range []string{"tie", "d_age", "same_coop01", "d_income"} {
		got.put("mrqap_pooled_dinnov_fe_und", term, "est", fit.Coef[j], closedForm)
		got.put("mrqap_pooled_dinnov_fe_und", term, "t", fit.Coef[j]/fit.ClassicalSE[j], closedForm)
	}
	for _, pair := range [][2]string{{"advice", "friend"}, {"union", "d_innov"}} {
		p, m := v.take(true, -1, pair[0], pair[1])
		q, err := NewQAP(p, m[0], m[1])
		if err != nil {
			t.Fatal(err)
		}
		var drawn []float64
		extreme := 0
		for _, order := range orders {
			drawn = append(drawn, q.Statistic(order))
			extreme += btoi(math.Abs(drawn[len(drawn)-1]) >= math.Abs(q.R)*(1-tieTolerance))
		}
		mean, sd := meanSD(drawn)
		model := "qapcor_pooled " + pair[0] + " " + pair[1]
		got.put(model, "within", "cor", q.R, closedForm)
		got.put(model, "within", "n_abs_ge_fixed199", float64(extreme), 0)
		got.put(model, "within", "mean_star", mean, closedForm)
		got.put(model, "within", "sd_star", sd, closedForm)
	}
}

// brutePairRows is the definition of the dyadic variance on one village.
func brutePairRows(t testing.TB, got reproduced) {
	v := farmerPairs(t)
	p, m := v.take(true, 0, append([]string{"advice"}, adviceTerms...)...)
	fit := fitPairs(t, p, m)
	for j, term := range adviceTerms {
		variance, _ := fit.dyadicVariances(j)
		got.put("dyad_robust_brute_v10", term, "se_dyadic", math.Sqrt(variance), closedForm)
	}
}

// tinyPairs are six firms of the first village.
func tinyPairs(t testing.TB) (*Pairs, map[string][]float64) {
	f := readFrame(t, "tiny_qap_n6.csv")
	m := map[string][]float64{}
	for _, name := range []string{"advice", "friend", "d_age"} {
		for i := range 6 {
			for j := range 6 {
				m[name] = append(m[name], f[name+"."+strconv.Itoa(j+1)][i])
			}
		}
	}
	return NewPairs(true, 6), m
}

// tinyPairRows go through all 720 orders.
func tinyPairRows(t testing.TB, got reproduced) {
	p, m := tinyPairs(t)
	q, err := NewQAP(p, m["advice"], m["friend"])
	if err != nil {
		t.Fatal(err)
	}
	test := q.Test(1, 1, nil)
	got.put("tiny_qap_n6", "advice friend", "gcor", q.R, closedForm)
	got.put("tiny_qap_n6", "advice friend", "gcor_sna", q.R, closedForm)
	got.put("tiny_qap_n6", "advice friend", "n_abs_ge", float64(test.AsExtreme), 0)
	atLeast, atMost := 0, 0
	p.enumerate(func(order []int32) {
		r := q.Statistic(order)
		atLeast += btoi(r >= q.R-1e-12)
		atMost += btoi(r <= q.R+1e-12)
	})
	got.put("tiny_qap_n6", "advice friend", "n_ge", float64(atLeast), 0)
	got.put("tiny_qap_n6", "advice friend", "n_le", float64(atMost), 0)
	fit := fitPairs(t, p, [][]float64{m["advice"], m["friend"], m["d_age"]})
	for j, term := range []string{"friend", "d_age"} {
		dsp := fit.DSP(j)
		test := dsp.Test(1, 1, nil)
		if !test.Enumerated || test.Draws != 720 || test.P != float64(test.AsExtreme)/720 {
			t.Errorf("%s: %+v, want all 720 orders", term, test)
		}
		got.put("tiny_mrqap_dsp_n6", term, "t", test.Statistic, closedForm)
		got.put("tiny_mrqap_dsp_n6", term, "n_abs_ge", float64(test.AsExtreme), 0)
		above := 0
		p.enumerate(func(order []int32) { above += btoi(dsp.Statistic(order) >= test.Statistic-1e-10) })
		got.put("tiny_mrqap_dsp_n6", term, "n_ge", float64(above), 0)
	}
	got.put("tiny_mrqap_dsp_n6", "friend", "t_sna", fit.Coef[0]/fit.ClassicalSE[0], closedForm)
}

// medPairRows are the cities of the second study; physicians without age are
// out.
func medPairRows(t testing.TB, got reproduced) {
	whole, known := readFrame(t, "med_firm.csv"), make(frame)
	for i, age := range whole["proage"] {
		if !math.IsNaN(age) {
			for name, column := range whole {
				known[name] = append(known[name], column[i])
			}
		}
	}
	v := readVillages(t, "med_arcs.csv", known)
	v.add("d_proage", "proage", difference)
	v.add("same_special", "special", sameness)
	for g := range v.sizes {
		for _, pair := range [][2]string{{"advice", "friend"}, {"advice", "discussion"}, {"discussion", "friend"}} {
			p, m := v.take(true, g, pair[0], pair[1])
			q, err := NewQAP(p, m[0], m[1])
			if err != nil {
				t.Fatal(err)
			}
			got.put(fmt.Sprintf("gcor %d", g+1), pair[0]+" "+pair[1], "cor", q.R, closedForm)
		}
	}
	terms := []string{"advice", "friend", "d_proage", "same_special"}
	for g := range v.sizes {
		p, m := v.take(true, g, append([]string{"discussion"}, terms...)...)
		netlm(t, got, fmt.Sprintf("netlm_discussion %d", g+1), terms, p, m)
		netlogit(t, got, fmt.Sprintf("netlogit_discussion %d", g+1), terms, p, m)
	}
	for g := range v.sizes { // which the file does not have
		delete(got, fmt.Sprintf("netlogit_discussion %d,,deviance", g+1))
	}
}

var pairTestRows = []func(testing.TB, reproduced){pairRows, pooledPairRows, brutePairRows, tinyPairRows}

var pairGaps = []gap{
	{"netl*", "(intercept)", "*", "an effect of every cluster stands in the place of the intercept"},
	{"dyad_robust_brute_v10", "(intercept)", "*", "as netlm"},
	{"qapcor *", "", "p_*_mc", "one-sided, drawn from the reference's stream"},
	{"netl*", "*", "p_*_mc", "drawn from the reference's stream, without the one that stands for the data; the draws of all villages are stored, and reproduced"},
	{"tiny_mrqap_dsp_n6", "*", "p_abs_sna_20000", "drawn; all 720 orders are reproduced"},
	{"netlogit_advice *", "", "null_deviance_no_intercept", "2n log 2, whatever the ties"},
	{"qapcor_pooled *", "raw", "*", "the battery correlates pairs less their cluster's mean: raw ones compare clusters too"},
	{"dyad_robust_advice_fe", "*", "se_ego_CR0", "one-way clustering by ego leaves out what pairs share by alter"},
	{"lmer_crossed_v23", "*", "*", "crossed random effects are not in the battery"},
}

// TestProductsAreThoseOfMovedMatrices: the sums of products, by any way, are those of the
// matrices with firms moved.
func TestProductsAreThoseOfMovedMatrices(t *testing.T) {
	v := farmerPairs(t)
	for _, directed := range []bool{true, false} {
		names := []string{"friend", "d_age", "same_coop01"}
		if directed {
			names = append(names, "sender")
			v.add("sender", "innov", func(a, _ float64) float64 { return a })
		}
		p, m := v.take(directed, -1, append([]string{"advice"}, names...)...)
		moves := p.matrix(p.list(m[0]))
		s := newProducts(p, moves, m[1:])
		order := v.storedOrders(t)[3]
		sums := make([]float64, len(names))
		s.sumTo(sums, order, make([]float64, slices.Max(v.sizes)))
		for k, name := range names {
			var want float64
			p.each(func(g, i, j, cell int) {
				own := order[p.firms[g]:]
				want += m[k+1][cell] * moves[p.cells[g]+int(own[i])*p.sizes[g]+int(own[j])]
			})
			near(t, name, sums[k], want, 1e-12)
		}
	}
}
