package simulate

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func mustStudy(t *testing.T, d Design, seed uint64) *Folder {
	t.Helper()
	s, err := Study(d, seed)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// contents reads every file of a folder.
func contents(t *testing.T, folder fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(folder, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// sheetOf reads a sheet as rows by column name.
func sheetOf(t *testing.T, folder fs.FS, name string) []map[string]string {
	t.Helper()
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	if name == ownFile {
		r.Comma = ';'
	}
	records, err := r.ReadAll() // also refuses ragged rows
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []map[string]string
	for _, rec := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = rec[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func diffFolders(t *testing.T, got, want map[string]string, names ...string) {
	t.Helper()
	for _, name := range names {
		if g, ok := got[name]; !ok {
			t.Errorf("%s is missing", name)
		} else if w, ok := want[name]; !ok {
			t.Errorf("%s is not expected", name)
		} else if g != w {
			t.Errorf("%s differs", name)
		}
	}
}

func namesOf(folders ...map[string]string) []string {
	var names []string
	for _, f := range folders {
		for name := range f {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestSameSeedSameBytes(t *testing.T) {
	a := contents(t, mustStudy(t, DefaultDesign(), 7).Files)
	b := contents(t, mustStudy(t, DefaultDesign(), 7).Files)
	diffFolders(t, b, a, namesOf(a, b)...)
	c := contents(t, mustStudy(t, DefaultDesign(), 8).Files)
	for _, name := range []string{"firms.csv", "ties.csv", "own.csv", "outcomes.csv", "truth/ties.csv"} {
		if a[name] == c[name] {
			t.Errorf("%s is the same for another seed", name)
		}
	}
}

func TestShippedStudyIsThisGeneratorsOutput(t *testing.T) {
	got := contents(t, os.DirFS("../twelve-clusters"))
	want := contents(t, mustStudy(t, DefaultDesign(), DefaultSeed).Files)
	diffFolders(t, got, want, namesOf(got, want)...)
	if t.Failed() {
		t.Log("run: go generate ./datasets")
	}
}

func TestErrorsChangeNothingButWhatWasSaid(t *testing.T) {
	d := DefaultDesign()
	clean := d.ErrorFree()
	clean.MissingAttribute, clean.MissingOutcome = d.MissingAttribute, d.MissingOutcome
	a, b := contents(t, mustStudy(t, d, 3).Files), contents(t, mustStudy(t, clean, 3).Files)
	diffFolders(t, b, a, "clusters.csv", "firms.csv", "aliases.csv", "respondents.csv", "practices.csv", "tasks.csv",
		"outcomes.csv", "ratings.csv", "truth/ties.csv", "truth/positions.csv", "truth/clusters.csv")
	if a[tiesFile] == b[tiesFile] {
		t.Error("ties.csv does not depend on the error rates")
	}
}

func TestSheetsAreWellFormed(t *testing.T) {
	size := 0
	for name, text := range contents(t, mustStudy(t, DefaultDesign(), DefaultSeed).Files) {
		size += len(text)
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00\ufeff") || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s is not plain UTF-8 text with lines ending in LF", name)
		}
		if strings.Contains(text, "<no value>") || strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
			t.Errorf("%s holds something that is no value", name)
		}
	}
	if size > 500_000 {
		t.Errorf("the study has %d bytes; at most 500,000 are to ship", size)
	}
}

func TestEverySheetReads(t *testing.T) {
	folder := mustStudy(t, DefaultDesign(), DefaultSeed).Files
	for name := range contents(t, folder) {
		if strings.HasSuffix(name, ".csv") && len(sheetOf(t, folder, name)) == 0 {
			t.Errorf("%s has no rows", name)
		}
	}
}

func TestClustersAreOfTheSizeDesigned(t *testing.T) {
	folder := mustStudy(t, DefaultDesign(), DefaultSeed).Files
	count := map[string]int{}
	for _, f := range sheetOf(t, folder, "firms.csv") {
		count[f["cluster"]]++
	}
	if len(count) != 12 {
		t.Errorf("%d clusters, want 12", len(count))
	}
	total := 0
	for c, n := range count {
		total += n
		if n < 10 || n > 40 {
			t.Errorf("%s has %d firms, want 10 to 40", c, n)
		}
	}
	if total < 290 || total > 310 {
		t.Errorf("%d firms, want about 300", total)
	}
}

func TestEveryClusterHasItsTwoInformants(t *testing.T) {
	folder := mustStudy(t, DefaultDesign(), DefaultSeed).Files
	seen := map[string]bool{}
	refused := 0
	for _, p := range sheetOf(t, folder, "respondents.csv") {
		if by := p["referred_by"]; (by == "") != (p["role"] == "leader") || by != "" && !seen[by] {
			t.Errorf("%s (%s) is referred by %q, who was not interviewed before", p["person"], p["role"], by)
		}
		if p["role"] == "owner" && p["firm"] == "" {
			t.Errorf("owner %s has no firm", p["person"])
		}
		if p["status"] == "refused" {
			refused++
			continue
		}
		seen[p["person"]] = true
		seen[p["cluster"]+p["role"]] = true
	}
	for g := range 12 {
		for _, role := range []string{"leader", "senior", "owner"} {
			if !seen[fmt.Sprintf("C%02d%s", g+1, role)] {
				t.Errorf("cluster %d has no %s interviewed", g+1, role)
			}
		}
	}
	if refused == 0 {
		t.Error("nobody refused")
	}
}

func TestStudyFileNamesOnlySheetsOfTheFolder(t *testing.T) {
	files := contents(t, mustStudy(t, DefaultDesign(), DefaultSeed).Files)
	text := files["study.yaml"]
	for _, m := range regexp.MustCompile(`(?:file|table): ([a-z_/]+\.csv)`).FindAllStringSubmatch(text, -1) {
		if _, ok := files[m[1]]; !ok {
			t.Errorf("study.yaml names %s, which is not there", m[1])
		}
	}
	if strings.Contains(text, "truth/") {
		t.Error("study.yaml mentions the truth")
	}
	for _, want := range []string{"simulated: true", fmt.Sprintf("seed: %d", DefaultSeed), "licence: CC0-1.0"} {
		if !strings.Contains(text, want) {
			t.Errorf("study.yaml does not say %q", want)
		}
	}
}

func TestCardDescribesEveryFileAndColumn(t *testing.T) {
	files := contents(t, mustStudy(t, DefaultDesign(), DefaultSeed).Files)
	card := files["README.md"]
	for name, text := range files {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		if !strings.Contains(card, "| "+name+" |") {
			t.Errorf("the card does not describe %s", name)
		}
		header, _, _ := strings.Cut(text, "\n")
		for _, column := range strings.FieldsFunc(header, func(r rune) bool { return r == ',' || r == ';' }) {
			if !regexp.MustCompile(`\b` + column + `\b`).MatchString(card) {
				t.Errorf("the card does not describe %s of %s", column, name)
			}
		}
	}
}

func TestValidateNamesEveryFault(t *testing.T) {
	cases := []struct {
		name string
		mar  func(*Design)
		want string
	}{
		{"one cluster", func(d *Design) { d.Sizes = []int{20} }, "1 clusters"},
		{"too many clusters", func(d *Design) { d.Sizes = slices.Repeat([]int{10}, 13) }, "13 clusters"},
		{"tiny cluster", func(d *Design) { d.Sizes[2] = 3 }, "cluster 3 has 3 firms"},
		{"huge cluster", func(d *Design) { d.Sizes[0] = 41 }, "cluster 1 has 41 firms"},
		{"rate above one", func(d *Design) { d.Senior.Omit = 1.5 }, "Senior.Omit is 1.5"},
		{"rate not a number", func(d *Design) { d.DontKnow = math.NaN() }, "DontKnow is NaN"},
		{"names add up", func(d *Design) { d.Writing.English = 0.95 }, "shares of Writing"},
		{"degree range reversed", func(d *Design) { d.TaskDegree = Range{5, 3} }, "mean degree from 5 to 3"},
		{"no names for owners", func(d *Design) { d.OwnLimit = 0 }, "OwnLimit is 0"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := DefaultDesign()
			c.mar(&d)
			if _, err := Study(d, 1); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one that says %q", err, c.want)
			}
		})
	}
	if _, err := Study(Design{}, 1); err == nil || strings.Count(err.Error(), "\n") < 4 {
		t.Errorf("an empty design gives %v, want its five faults at once", err)
	}
}
