package report

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"firmties/pipeline/diag"
)

func TestGolden(t *testing.T) {
	cases := []struct {
		name    string
		summary *Summary
	}{
		{"example", example()},
		{"bare", &Summary{Version: "0.1.0", Name: "bare"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, file := c.summary.Text(), "testdata/"+c.name+".txt"
			if os.Getenv("UPDATE") == "1" {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant (UPDATE=1 to accept)\n%s", got, want)
			}
		})
	}
}

func TestSaysWhatTheTablesSay(t *testing.T) {
	text := example().Text()
	joined := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{
		"SIMULATED DATA",
		"817 rows = 640 kept + 120 repeated + 46 self + 1 outside + 10 unselected → 612 ties",
		"1 row = 1 kept → 1 tie\n",
		"30 rows = 29 kept + 1 ambiguous\n",
		"self: names the firm itself",
		"0.0797", "0.0197, 0.140", ".016", ".033", "<.001",
		"Below .05 after adjustment for their number: 2 of 2 at firm level.", "No cluster-level association survives", "density of innov on cluster 01.",
		"pooled degree_in of innov 0.374, another cluster between 0.215 and 0.532.",
		"density of innov from -0.555 to -0.155 without 01; pooled degree_in of innov from 0.374 to 0.349 without 02.",
		"1 gate_of_tomorrow; 2 kind_not_supported (the model",
		"3  self-report: a firm reported as tied to itself (answers.csv)",
		"(survey.xlsx:Ties)",
		"Results: results/salt-villages\n",
	} {
		if !strings.Contains(text, want) && !strings.Contains(joined, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for _, unwanted := range []string{
		".777",       // the p of a control
		"999", "998", // the ties of other layers
		"filtered", // a fate that no row met with
		"answers.csv:1",
	} {
		if strings.Contains(text, unwanted) {
			t.Errorf("%q in\n%s", unwanted, text)
		}
	}
}

func TestNotSimulatedAndNoFolder(t *testing.T) {
	s := example()
	s.Simulated, s.Results = false, ""
	text := s.Text()
	if strings.Contains(text, "SIMULATED") || strings.Contains(text, "Results:") {
		t.Error(text)
	}
}

// lineOf is the line that begins with the text, after its indent.
func lineOf(t *testing.T, text, begin string) string {
	t.Helper()
	for l := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(l), begin) {
			return strings.TrimSuffix(l, "\n")
		}
	}
	t.Fatalf("no line %q in\n%s", begin, text)
	return ""
}

func TestNullsAreDashes(t *testing.T) {
	text := example().Text()
	cases := []struct {
		line   string
		dashes int
		why    string
	}{
		{"02 140 9", 1, "no reciprocity"},
		{"03 ", 7, "not interviewed, no network"},
		{"density -0.555", 3, "no interval, number of firms, p for these clusters"},
		{"degree_in 0.0797", 0, "all there"},
	}
	packed := regexp.MustCompile(` +`).ReplaceAllString(text, " ")
	for _, c := range cases {
		if l := lineOf(t, packed, c.line); strings.Count(l, none) != c.dashes {
			t.Errorf("%s: %q, want %d %s", c.why, l, c.dashes, none)
		}
	}
	if !strings.Contains(text, none+": undefined; tables/undefined has the reason") {
		t.Errorf("no word about nulls in\n%s", text)
	}
}

func TestClusterColumnsAlign(t *testing.T) {
	text := example().Text()
	heading := lineOf(t, text, "cluster")
	end := displayWidth(heading[:strings.Index(heading, " interviewed")]) // of "firms"
	for _, c := range []struct{ begin, firms string }{{"01 布袋", "12"}, {"02", "140"}, {"03", "1"}} {
		l := lineOf(t, text, c.begin)
		if got := strings.TrimSpace(prefixOf(l, end)); !strings.HasSuffix(got, " "+c.firms) {
			t.Errorf("%q does not end in %s at column %d", l, c.firms, end)
		}
	}
}

// causal are words that claim more than an association.
var causal = regexp.MustCompile(`(?i)\b(effect|impact|driv|caus|because|lead|boost|influenc|affect|determin\w+ of|result in|due to|improv|increas|rais)`)

func TestClaimsNoCause(t *testing.T) {
	text := strings.ReplaceAll(example().Text(), "tables/influence", "")
	for _, w := range words() {
		text += w.meaning + "\n"
	}
	if found := causal.FindString(text); found != "" {
		t.Errorf("%q in\n%s", found, text)
	}
}

// crowded is a study of many long and odd names.
func crowded() *Summary {
	s := example()
	long := strings.Repeat("y", 70)
	s.Title = strings.Repeat("鹽", 120) + "\x1b[31m\r\nx\u202e"
	s.Choices = append(s.Choices, Choice{long, long + long})
	s.Accounts[0].Name = long
	var clusters, metrics []cells
	for c := range 45 {
		id := fmt.Sprintf("c%02d", c)
		clusters = append(clusters, cells{"cluster": id, "label": strings.Repeat("村", c), "firms": 10_000_000, "interviewed": 10_000_000})
		metrics = append(metrics, cells{"cluster": id, "layer": "union", "observed": .00012345, "ties": 123_456_789.0, "density": 1.2345e-7})
	}
	s.Clusters, s.ClusterMetrics = clustersTable(clusters...), clusterMetricsTable(metrics...)
	var fits []cells
	for _, layer := range []string{"advice", "union"} {
		for i := range 20 {
			fits = append(fits, firmFit(fmt.Sprintf("outcome_of_a_very_long_name_%02d", i), layer, "centralization_of_something_else", -123.456, .5, .5, "df_below_4;caveat_of_tomorrow")...)
			fits = append(fits, clusterFit(fmt.Sprintf("rating_%02d", i), layer, "density", -.5, .5)...)
		}
	}
	s.Associations = associationsTable(fits...)
	var l diag.List
	for _, in := range diag.Infos() {
		l.Add(in.Code, diag.Place{File: long + ".csv", Line: 1}, "", "m", "")
	}
	s.Findings = &l
	return s
}

func TestLines(t *testing.T) {
	for name, s := range map[string]*Summary{"example": example(), "crowded": crowded(), "bare": {Name: "bare"}} {
		for l := range strings.Lines(s.Text()) {
			l = strings.TrimSuffix(l, "\n")
			if w := displayWidth(l); w > pageWidth {
				t.Errorf("%s: %d columns: %q", name, w, l)
			}
			if strings.HasSuffix(l, " ") || strings.ContainsAny(l, "\t\r\x1b\u202e") {
				t.Errorf("%s: %q", name, l)
			}
		}
	}
}

func TestManyAreCut(t *testing.T) {
	text := crowded().Text()
	if !strings.Contains(text, "... and 15 more: tables/cluster_metrics") || strings.Contains(text, "c30 ") || !strings.Contains(text, "c29 ") {
		t.Errorf("not 30 of 45 clusters in\n%s", text)
	}
	if infos := diag.Infos(); !strings.Contains(text, " "+string(infos[shownFindings-1].Code)+": ") || strings.Contains(text, " "+string(infos[shownFindings].Code)+": ") {
		t.Errorf("not %d codes in\n%s", shownFindings, text)
	}
	if more := fmt.Sprintf("... and %d codes more", len(diag.Infos())-shownFindings); !strings.Contains(text, more) {
		t.Errorf("no %q in\n%s", more, text)
	}
	if !strings.Contains(strings.Join(strings.Fields(text), " "), "(12 of 80: layer union first, in table order, never by p)") {
		t.Errorf("no word about the choice in\n%s", text)
	}
	if !strings.Contains(strings.Join(strings.Fields(text), " "), "No cluster-level association survives the adjustment for their number (40 looked at") {
		t.Errorf("not all associations counted in\n%s", text)
	}
	if strings.Contains(text, "layer advice") {
		t.Errorf("another layer shown although the main one fills the room\n%s", text)
	}
}

// twelve is a study of the usual size, with as much to tell as there can be.
func twelve() *Summary {
	s := example()
	var clusters, metrics, fits []cells
	for c := range 12 {
		id := fmt.Sprintf("c%02d", c)
		clusters = append(clusters, cells{"cluster": id, "label": "Harbour 港", "firms": 30 + c, "interviewed": 2})
		metrics = append(metrics, cells{"cluster": id, "layer": "union", "observed": .9, "ties": 60.0, "density": .1 / float64(c+1)})
	}
	for _, outcome := range []string{"innovation_index", "new_products"} {
		for _, metric := range []string{"degree", "harmonic", "betweenness", "constraint"} {
			fits = append(fits, firmFit(outcome, "union", metric, .0123, .04, .03, "partly_observed;df_below_4;limit_reached")...)
		}
		for _, metric := range []string{"degree_mean", "reciprocity", "transitivity", "centralization_degree"} {
			fits = append(fits, clusterFit(outcome, "union", metric, .123, .5)...)
		}
	}
	s.Clusters, s.ClusterMetrics, s.Associations = clustersTable(clusters...), clusterMetricsTable(metrics...), associationsTable(fits...)
	return s
}

func TestTwoScreens(t *testing.T) {
	text := twelve().Text()
	if n := strings.Count(text, "\n"); n > 80 {
		t.Errorf("%d lines are more than two screens of 40:\n%s", n, text)
	}
	if strings.Contains(text, "…") {
		t.Errorf("a name is cut in\n%s", text)
	}
}

func TestUnknownNamesAreShownAsTheyAre(t *testing.T) {
	if got, known := Words("caveat_of_tomorrow"); known || got != "caveat_of_tomorrow" {
		t.Errorf("%q, %v", got, known)
	}
	if got, known := Words("df_below_4"); !known || got == "df_below_4" {
		t.Errorf("%q, %v", got, known)
	}
	if text := crowded().Text(); !strings.Contains(text, "caveat 2: caveat_of_tomorrow\n") {
		t.Errorf("no caveat of tomorrow in\n%s", text)
	}
}

func TestEveryNameHasOneMeaning(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range words() {
		if w.meaning == "" || seen[w.name] {
			t.Errorf("%q: none, or twice", w.name)
		}
		seen[w.name] = true
	}
}

// The order of rows in a file must not show in the summary.
func TestFindingsDoNotDependOnLines(t *testing.T) {
	s, o := example(), example()
	var l diag.List
	l.Add(diag.NameUnresolved, diag.Place{File: "survey.xlsx", Sheet: "Ties", Line: 900}, "x", "no firm", "")
	for line := range 3 {
		l.Add(diag.SelfReport, diag.Place{File: "answers.csv", Line: 70 - line}, "", "a firm named itself", "")
	}
	l.Add(diag.NumberWrong, diag.Place{File: "zzz.csv"}, "", "m", "")
	s.Findings.Add(diag.NumberWrong, diag.Place{File: "zzz.csv", Line: 5}, "", "m", "")
	o.Findings = &l
	if a, b := s.Text(), o.Text(); a != b {
		t.Errorf("%s\n%s", a, b)
	}
	text := o.Text()
	if strings.Index(text, "error ") > strings.Index(text, "warning ") {
		t.Errorf("errors are not first in\n%s", text)
	}
}
