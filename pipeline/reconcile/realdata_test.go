package reconcile_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"firmties/pipeline/intake"
	"firmties/pipeline/reconcile"
	"firmties/pipeline/resolve"
	"firmties/pipeline/study"
)

// shared finds the folder of real studies beside the repository.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, e := os.Stat(filepath.Join(dir, "go.mod")); e == nil {
			dir = filepath.Join(filepath.Dir(dir), "shared", "data", name)
			if _, e := os.Stat(dir); e == nil {
				return dir
			}
			break
		}
		dir = filepath.Dir(dir)
	}
	t.Skipf("the real study %s is not here: no ../shared beside the repository", name)
	return ""
}

func read(t *testing.T, name string) *study.Study {
	t.Helper()
	dir := shared(t, name)
	config, err := os.ReadFile(filepath.Join(dir, "study.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var v intake.Vocabulary
	for _, r := range reconcile.Rules() {
		v.Rules = append(v.Rules, intake.Rule{Name: r.Name, DirectedOnly: r.DirectedOnly})
	}
	v.FirmMetrics = []string{"degree_in", "harmonic", "betweenness", "constraint"}
	v.ClusterMetrics = []string{"density", "centralization_degree_in", "reciprocity", "transitivity", "connectedness", "global_efficiency", "degree_mean"}
	v.Models = []intake.ModelName{{Name: "ols_fe", Level: "firm", Metrics: "firm"}, {Name: "spearman", Level: "cluster", Metrics: "cluster"}}
	v.Scalings = []string{"raw"}
	s, _, found, err := intake.Read(context.Background(), intake.Source{Config: config, ConfigName: "study.yaml", Data: root.FS()}, v)
	if err != nil || s == nil {
		t.Fatalf("%v\n%s", err, found.Render(false))
	}
	return s
}

// The counts that the card of each study gives.
func TestRealStudies(t *testing.T) {
	cases := []struct {
		name  string
		fates map[study.Fate]int
		ties  map[string]int // by relation
	}{
		// 2,860 of 2,927 name another firm, 168 of them again.
		{"brfarmers", map[study.Fate]int{study.Kept: 2860 - 168, study.Repeated: 168, study.Self: 66, study.Outside: 1},
			map[string]int{"friend": 830, "influence": 923, "coop": 339}},
		{"medInnovations", map[study.Fate]int{study.Kept: 450, study.Outside: 462},
			map[string]int{"advice": 161, "discussion": 165, "friend": 124}},
		{"florentine", map[study.Fate]int{study.Kept: 35}, map[string]int{"marriage": 20, "business": 15}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := read(t, c.name)
			resolve.Run(s)
			ties := map[string]int{}
			for k := range s.Clusters {
				list, _ := reconcile.Cluster(s, k)
				for _, rec := range list {
					ties[s.Relations[rec.Relation].Name] += len(rec.Ties)
					if !rec.Observed.All() {
						t.Errorf("%s: every firm was asked, but not every pair is observed", s.Clusters[k].ID)
					}
				}
			}
			fates := map[study.Fate]int{}
			for i := range s.Reports {
				fates[s.Reports[i].Fate]++
			}
			for f, name := range study.FateNames() {
				if got, want := fates[study.Fate(f)], c.fates[study.Fate(f)]; got != want {
					t.Errorf("%s: %d, want %d", name, got, want)
				}
			}
			for name, want := range c.ties {
				if ties[name] != want {
					t.Errorf("%s: %d ties, want %d", name, ties[name], want)
				}
			}
		})
	}
}
