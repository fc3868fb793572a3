package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadmeStudyRuns takes the study.yaml that the README shows and runs it on
// sheets with the columns that it names.
func TestReadmeStudyRuns(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```yaml\n")
	config, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the README shows no study.yaml")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		configName:   config,
		"firms.csv":  "firm,cluster,name_en,name_zh,employees,new_products\nA,x,Salt Works,鹽廠,4,2\nB,x,Mat Weavers,蓆行,7,0\nC,x,Boat Yard,船廠,3,1\n",
		"people.csv": "person,cluster,firm,role\np1,x,A,leader\np2,x,,senior\n",
		"ties.csv":   "who,from,to,said\np1,A,Mat Weavers,1\np2,B,船廠,1\np2,A,C,8\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out := results(t, dir, "--format", "csv")
	ties, err := os.ReadFile(filepath.Join(out, "tables", "ties.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"x","joint_task","A","B"`, `"x","joint_task","B","C"`} {
		if !strings.Contains(string(ties), want) {
			t.Errorf("no tie %s in\n%s", want, ties)
		}
	}
	if n := strings.Count(string(ties), "\n"); n != 3 { // the header and two ties
		t.Errorf("%d lines in\n%s", n, ties)
	}
}
