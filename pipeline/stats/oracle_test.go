package stats

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// oraclePath finds a file of reference values in the folder beside the module,
// and skips the test where there is none.
func oraclePath(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the package")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "oracle", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no reference values: ../shared/oracle/%s is absent", name)
	}
	return path
}

// readCSV returns the header's columns of a reference file.
func readCSV(t testing.TB, name string) (header []string, rows [][]string) {
	t.Helper()
	file, err := os.Open(oraclePath(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records[0], records[1:]
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// frame is a reference table by column.
type frame map[string][]float64

func readFrame(t testing.TB, name string) frame {
	t.Helper()
	header, rows := readCSV(t, name)
	f := make(frame)
	for j, column := range header {
		for _, row := range rows {
			v, err := strconv.ParseFloat(row[j], 64)
			if err != nil { // NA: the tests name complete columns
				v = math.NaN()
			}
			f[column] = append(f[column], v)
		}
	}
	return f
}

func (f frame) columns(names ...string) [][]float64 {
	var x [][]float64
	for _, name := range names {
		x = append(x, f[name])
	}
	return x
}

// clusters cuts the frame where its cluster column changes.
func (f frame) clusters() *Clusters {
	var sizes []int
	for i, v := range f["cluster"] {
		if i == 0 || v != f["cluster"][i-1] {
			sizes = append(sizes, 0)
		}
		sizes[len(sizes)-1]++
	}
	return NewClusters(sizes...)
}

// readModels returns the values of a `model,term,stat,value` file by
// "model,term,stat".
func readModels(t testing.TB, name string) map[string]float64 {
	t.Helper()
	_, rows := readCSV(t, name)
	values := make(map[string]float64)
	for _, row := range rows {
		if v, err := strconv.ParseFloat(row[3], 64); err == nil {
			values[row[0]+","+row[1]+","+row[2]] = v
		}
	}
	return values
}

func near(t testing.TB, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// farmers is the reference model: innov on in_union and four controls.
var farmerTerms = []string{"in_union", "age", "school", "coop01", "income"}

func farmers(t testing.TB) (*FixedEffects, frame) {
	t.Helper()
	f := readFrame(t, "brfarmers_firm.csv")
	fit, err := FitFixedEffects(f["innov"], f.columns(farmerTerms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	return fit, f
}

func TestFixedEffectsAgreeWithR(t *testing.T) {
	fit, f := farmers(t)
	want := readModels(t, "models_firm.csv")
	for j, term := range farmerTerms {
		at := func(stat string) float64 { return want["ols_fe,"+term+","+stat] }
		near(t, term+" est", fit.Coef[j], at("est"), 1e-9)
		near(t, term+" se_classical", fit.ClassicalSE[j], at("se_classical"), 1e-9)
		near(t, term+" p", TwoSidedT(fit.Coef[j]/fit.ClassicalSE[j], float64(fit.DF)), at("p"), 1e-9)
		hc3, ok := fit.HC3(j)
		if !ok {
			t.Errorf("%s: no HC3", term)
		}
		near(t, term+" se_HC3", hc3, at("se_HC3"), 1e-9)
		cr2 := fit.CR2()[j]
		if !cr2.OK {
			t.Errorf("%s: no CR2", term)
		}
		near(t, term+" se_CR2", cr2.SE, at("se_CR2"), 1e-9)
		near(t, term+" df_Satt_CR2", cr2.DF, at("df_Satt_CR2"), 1e-9)
		near(t, term+" p_Satt_CR2", cr2.P, at("p_Satt_CR2"), 1e-9)
	}
	near(t, "df", float64(fit.DF), want["ols_fe,,df_resid"], 0)
	near(t, "sigma", fit.Sigma, want["ols_fe,,sigma"], 1e-9)
	near(t, "largest leverage", maximum(fit.Leverage), want["ols_fe,,max_hat"], 1e-9)
	condition, ok := Condition(f.columns(farmerTerms...), f.clusters())
	if !ok {
		t.Error("no condition number")
	}
	near(t, "condition", condition, want["ols_fe,,kappa_belsley_scaled_uncentered"], 1e-9)
}

func maximum(x []float64) float64 {
	most := x[0]
	for _, v := range x {
		most = max(most, v)
	}
	return most
}

func TestFixedEffectsWithoutAClusterAgreeWithR(t *testing.T) {
	f := readFrame(t, "brfarmers_firm.csv")
	want := readModels(t, "models_firm.csv")
	for _, left := range []float64{10, 22, 23, 24, 30, 31, 43, 70, 71, 80, 82} {
		part := make(frame)
		for i, cluster := range f["cluster"] {
			if cluster != left {
				for _, name := range append([]string{"cluster", "innov"}, farmerTerms...) {
					part[name] = append(part[name], f[name][i])
				}
			}
		}
		fit, err := FitFixedEffects(part["innov"], part.columns(farmerTerms...), part.clusters())
		if err != nil {
			t.Fatal(err)
		}
		key := "ols_fe_loo_cluster," + strconv.Itoa(int(left)) + ","
		near(t, key+"est", fit.Coef[0], want[key+"in_union_est"], 1e-9)
		near(t, key+"se", fit.CR2()[0].SE, want[key+"in_union_se_CR2"], 1e-9)
	}
}

func TestCollinearityWithinAgreesWithR(t *testing.T) {
	f := readFrame(t, "brfarmers_firm.csv")
	want := readModels(t, "models_firm.csv")
	names := []string{"in_union", "und_union", "harm_union", "btw_union", "eig_union", "pr_union", "core_union"}
	fit, err := FitFixedEffects(f["innov"], f.columns(names...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for j, name := range names {
		near(t, name+" VIF", fit.VIF[j], want["collin_within,"+name+",VIF"], 1e-9)
		for _, other := range names {
			reference, stored := want["collin_within,"+name+" "+other+",pearson_within"]
			if !stored {
				continue
			}
			r, ok := CorrelationWithin(f[name], f[other], f.clusters())
			if !ok {
				t.Errorf("no correlation of %s and %s", name, other)
			}
			near(t, name+" "+other, r, reference, 1e-9)
			compared++
		}
	}
	if compared != 21 {
		t.Errorf("compared %d correlations, want 21", compared)
	}
}

// The reference stores 199 permutations with the classical t of each refit.
// The path to it is that of HC3 but for the last line.
func TestFreedmanLaneAgreesWithR(t *testing.T) {
	fit, _ := farmers(t)
	want := readModels(t, "models_resampling.csv")
	orders := readOrders(t)
	test, err := NewFreedmanLane(fit, 0)
	if err != nil {
		t.Fatal(err)
	}
	for d, order := range orders {
		if _, ok := test.Statistic(order); !ok {
			t.Fatalf("draw %d: no statistic", d)
		}
		slope, _ := test.refit()
		var rss float64
		for _, u := range test.left {
			rss += u * u
		}
		classical := slope / math.Sqrt(rss/float64(fit.DF))
		near(t, "t* of draw "+strconv.Itoa(d+1), classical,
			want["freedman_lane_within_fe_in_union,"+strconv.Itoa(d+1)+",t_star"], 1e-9)
	}
}

func readOrders(t testing.TB) [][]int {
	t.Helper()
	_, rows := readCSV(t, "perm_within_199.csv")
	orders := make([][]int, len(rows[0])-1)
	for _, row := range rows {
		for d, text := range row[1:] {
			orders[d] = append(orders[d], int(number(t, text))-1)
		}
	}
	return orders
}

// HC3 has no stored draws: refit the whole dummy design by normal equations.
func TestFreedmanLaneAgreesWithARefit(t *testing.T) {
	fit, f := farmers(t)
	orders := readOrders(t)
	design := append(f.columns(farmerTerms...), dummies(f.clusters())...)
	for j := range 2 {
		test, err := NewFreedmanLane(fit, j)
		if err != nil {
			t.Fatal(err)
		}
		design[0], design[j] = design[j], design[0]
		reduced := fitNaively(f["innov"], design[1:])
		for d, order := range orders[:10] {
			y := make([]float64, len(order))
			for i, from := range order {
				y[i] = f["innov"][i] - reduced.residuals[i] + reduced.residuals[from]
			}
			refit := fitNaively(y, design)
			got, _ := test.Statistic(order)
			near(t, "t* of draw "+strconv.Itoa(d+1), got, refit.coef[0]/refit.hc3[0], 1e-9)
		}
	}
}

func TestSpearmanAgreesWithEnumeration(t *testing.T) {
	f := readFrame(t, "brfarmers_cluster_table.csv")
	want := readModels(t, "models_cluster.csv")
	compared := 0
	for _, x := range []string{"density", "cent_in", "recip", "trans", "conn", "globeff", "meandeg", "skew_in", "n"} {
		for _, y := range []string{"m_innov", "m_total", "m_practA", "med_innov"} {
			key := x + "~" + y + ",exact_all_permutations,"
			rho, ok := Spearman(f[x], f[y])
			if !ok {
				t.Errorf("%s: no rho", key)
			}
			near(t, key+"rho", rho, want[key+"spearman_rho"], 1e-9)
			test := SpearmanExact(f[x], f[y])
			near(t, key+"count", float64(test.AsExtreme), want[key+"n_abs_ge_spearman"], 0)
			near(t, key+"total", float64(test.Total), want[key+"perms"], 0)
			near(t, key+"p", test.P, want[key+"p_two_sided_spearman"], 1e-9)
			compared++
		}
	}
	if compared != 36 {
		t.Errorf("compared %d pairs, want 36", compared)
	}
}

func TestSpearmanDropOneAgreesWithR(t *testing.T) {
	f := readFrame(t, "brfarmers_cluster_table.csv")
	want := readModels(t, "models_cluster.csv")
	for _, pair := range [][2]string{{"density", "m_innov"}, {"cent_in", "m_total"}} {
		rho, ok := SpearmanDropOne(f[pair[0]], f[pair[1]])
		for i, cluster := range f["cluster"] {
			key := "loo " + pair[0] + " " + pair[1] + " spearman," + strconv.Itoa(int(cluster)) + ",drop_one_est"
			if !ok[i] {
				t.Errorf("%s is not defined", key)
			}
			near(t, key, rho[i], want[key], 1e-9)
		}
	}
}

// Without ties the distribution of D = Σd² = 2Σi² - 2Σiπ(i) is tabulated.
func TestSpearmanNullAgreesWithTable(t *testing.T) {
	_, rows := readCSV(t, "spearman_null_counts.csv")
	want := make(map[[2]int]uint64)
	most := 0
	for _, row := range rows {
		n := int(number(t, row[0]))
		want[[2]int{n, int(number(t, row[1]))}] = uint64(number(t, row[2]))
		most = max(most, n)
	}
	if most != 12 {
		t.Fatalf("the table ends at n = %d, want 12", most)
	}
	seen := 0
	for n := 3; n <= most; n++ {
		ranks := make([]int, n)
		for i := range ranks {
			ranks[i] = i + 1
		}
		lowest, counts := pairingSums(ranks, ranks)
		for i, count := range counts {
			d := 2*dot(ranks, ranks) - 2*(lowest+i)
			reference, stored := want[[2]int{n, d}]
			if !stored || count != reference {
				t.Errorf("n = %d, D = %d: count %d, want %d", n, d, count, reference)
			}
			seen++
		}
	}
	if seen != len(want) {
		t.Errorf("compared %d counts, want %d", seen, len(want))
	}
}
