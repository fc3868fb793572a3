package pipeline_test

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"firmties/pipeline"
	"firmties/pipeline/intake"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// sharedPath is a path of the material beside the repository; without it the
// test is skipped.
func sharedPath(t testing.TB, elements ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "shared"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no reference material beside the repository: %v", err)
	}
	return path
}

// runShared runs a real study in memory.
func runShared(t testing.TB, name string) (*pipeline.Result, *pipeline.Memory) {
	t.Helper()
	return runConfigured(t, name, "study.yaml")
}

// runConfigured runs a real study as one of its configurations has it, less
// what the replacements replace: old and new, one after the other.
func runConfigured(t testing.TB, name, configName string, replacements ...string) (*pipeline.Result, *pipeline.Memory) {
	t.Helper()
	return runEdited(t, name, configName, strings.NewReplacer(replacements...).Replace)
}

// runModels runs a real study as one of its configurations has it, with other
// models at its end.
func runModels(t testing.TB, name, configName, models string) (*pipeline.Result, *pipeline.Memory) {
	t.Helper()
	return runEdited(t, name, configName, func(config string) string {
		before, _, _ := strings.Cut(config, "\nmodels:")
		return before + models
	})
}

func runEdited(t testing.TB, name, configName string, edit func(config string) string) (*pipeline.Result, *pipeline.Memory) {
	t.Helper()
	root, err := os.OpenRoot(sharedPath(t, "data", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	config, err := root.ReadFile(configName)
	if err != nil {
		t.Fatal(err)
	}
	config = []byte(edit(string(config)))
	memory := pipeline.NewMemory()
	result, err := pipeline.Run(context.Background(),
		pipeline.Config{Source: intake.Source{Config: config, ConfigName: configName, Data: root.FS()}, Version: "test"},
		func(*study.Study) (pipeline.Sink, error) { return memory, nil })
	if err != nil {
		t.Fatalf("run %s: %v, %+v", name, err, result)
	}
	return result, memory
}

// TestRowsOfRealStudiesAreAccountedFor holds the counts that the studies'
// cards have verified against the published network objects.
func TestRowsOfRealStudiesAreAccountedFor(t *testing.T) {
	for _, c := range []struct {
		study string
		want  map[string]int64 // fates over all relations
	}{
		{"brfarmers", map[string]int64{"kept": 2860 - 168, "repeated": 168, "self": 66, "outside": 1}},
		{"medInnovations", map[string]int64{"kept": 450, "outside": 462}},
		{"florentine", map[string]int64{"kept": 35}},
	} {
		t.Run(c.study, func(t *testing.T) {
			result, memory := runShared(t, c.study)
			got := map[string]int64{}
			for _, a := range result.Manifest.Accounts {
				if a.Kind == "relation" {
					for fate, n := range a.Fates {
						got[fate] += n
					}
				}
			}
			var total int64
			for fate, n := range got {
				total += n
				if n != c.want[fate] {
					t.Errorf("%d rows %s, want %d", n, fate, c.want[fate])
				}
			}
			if reports := memory.Get("tie_reports"); int64(reports.Len()) != total {
				t.Errorf("tie_reports has %d rows, the accounts %d", reports.Len(), total)
			}
		})
	}
}

func TestMediciBetweenness(t *testing.T) {
	_, memory := runShared(t, "florentine")
	row := find(t, memory.Get("firm_metrics"), map[string]string{"layer": "marriage", "firm": "Medici"})
	got, ok := memory.Get("firm_metrics").Column("betweenness").Float(row)
	near(t, "betweenness of the Medici on marriage", got, ok, 47.5/105)
}

// TestFirmModelAgreesWithClubSandwich holds `ols_fe` against R (lm,
// clubSandwich::vcovCR CR2, coef_test Satterthwaite).
func TestFirmModelAgreesWithClubSandwich(t *testing.T) {
	want := oracle(t, "models_firm.csv", "ols_fe")
	_, memory := runShared(t, "brfarmers")
	associations := memory.Get("associations")
	for _, c := range []struct {
		ours, theirs string
		scale        float64 // the reference has coop as 0 and 1, the sheet as 0 and 2
	}{
		{"degree_in", "in_union", 1}, {"age", "age", 1}, {"school", "school", 1}, {"income", "income", 1}, {"coop", "coop01", 2},
	} {
		row := find(t, associations, map[string]string{"fit": "m1/innov/union/degree_in", "term": c.ours, "se_type": "CR2"})
		for column, stat := range map[string]string{"estimate": "est", "std_error": "se_CR2", "df": "df_Satt_CR2", "p_value": "p_Satt_CR2"} {
			w, ok := want[c.theirs+","+stat]
			if !ok {
				t.Fatalf("the reference has no %s of %s", stat, c.theirs)
			}
			if column == "estimate" || column == "std_error" {
				w /= c.scale
			}
			got, ok := associations.Column(column).Float(row)
			near(t, c.ours+" "+column, got, ok, w)
		}
	}
}

// TestClusterModelAgreesWithEnumeration holds `spearman` against the
// enumeration of all 11! pairings. The reference's mean degree is arcs per
// firm, which is no metric of ours.
func TestClusterModelAgreesWithEnumeration(t *testing.T) {
	_, memory := runShared(t, "brfarmers")
	associations := memory.Get("associations")
	for ours, theirs := range map[string]string{
		"density": "density", "centralization_degree_in": "cent_in", "reciprocity": "recip", "transitivity": "trans",
		"connectedness": "conn", "global_efficiency": "globeff",
	} {
		want := oracle(t, "models_cluster.csv", theirs+"~m_innov")
		row := find(t, associations, map[string]string{"fit": "m2/innov/union/" + ours, "term": ours, "p_type": "exact"})
		rho, ok := associations.Column("estimate").Float(row)
		near(t, ours+" rho", rho, ok, want["exact_all_permutations,spearman_rho"])
		p, ok := associations.Column("p_value").Float(row)
		near(t, ours+" p", p, ok, want["exact_all_permutations,p_two_sided_spearman"])
	}
}

// oracle reads the `term,stat` values of one model.
func oracle(t *testing.T, file, model string) map[string]float64 {
	t.Helper()
	f, err := os.Open(sharedPath(t, "oracle", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, r := range rows[1:] {
		if x, err := strconv.ParseFloat(r[3], 64); err == nil && r[0] == model {
			values[r[1]+","+r[2]] = x
		}
	}
	return values
}

// find returns the one row with the given texts.
func find(t *testing.T, tb *table.Table, where map[string]string) int {
	t.Helper()
	row := -1
	for r := range tb.Len() {
		match := true
		for column, value := range where {
			match = match && tb.Column(column).Str(r) == value
		}
		if match && row >= 0 {
			t.Fatalf("%s has several rows with %v", tb.Schema.Name, where)
		}
		if match {
			row = r
		}
	}
	if row < 0 {
		t.Fatalf("%s has no row with %v", tb.Schema.Name, where)
	}
	return row
}

// near holds a value to 1e-9 relative, the tolerance against references.
func near(t *testing.T, what string, got float64, ok bool, want float64) {
	t.Helper()
	if !ok || math.Abs(got-want) > 1e-11+1e-9*math.Abs(want) {
		t.Errorf("%s is %v (defined: %t), want %v", what, got, ok, want)
	}
}
