package report

import (
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/diag"
)

func TestNumber(t *testing.T) {
	cases := []struct {
		x    float64
		want string
	}{
		{0, "0"}, {1, "1.00"}, {-.5, "-0.500"}, {.0799601, "0.0800"}, {.09996, "0.100"}, {9.996, "10.0"},
		{123.4, "123"}, {12345, "12345"}, {.00012345, "0.000123"}, {1.2345e-7, "1.23e-07"}, {2e7, "2.00e+07"},
	}
	for _, c := range cases {
		if got := number(c.x); got != c.want {
			t.Errorf("number(%v) = %s, want %s", c.x, got, c.want)
		}
	}
}

func TestPValue(t *testing.T) {
	cases := []struct {
		p    float64
		want string
	}{
		{.0121, ".012"}, {.00099, "<.001"}, {.001, ".001"}, {.05, ".050"}, {.9994, ".999"}, {.9996, "1"}, {1, "1"}, {0, "<.001"},
	}
	for _, c := range cases {
		if got := pValue(c.p); got != c.want {
			t.Errorf("pValue(%v) = %s, want %s", c.p, got, c.want)
		}
	}
}

func TestDisplayWidth(t *testing.T) {
	cases := []struct {
		s    string
		want int
	}{{"", 0}, {"abc", 3}, {"鹽村", 4}, {"Ａ", 2}, {"é", 1}, {"e\u0301", 1}, {"–", 1}}
	for _, c := range cases {
		if got := displayWidth(c.s); got != c.want {
			t.Errorf("displayWidth(%q) = %d, want %d", c.s, got, c.want)
		}
	}
	if got := clip("鹽村之地", 6); got != "鹽村…" || displayWidth(got) > 6 {
		t.Errorf("clip: %q", got)
	}
}

func TestWrap(t *testing.T) {
	cases := []struct {
		name, text string
		width      int
		want       []string
	}{
		{"fits", "a b", 3, []string{"a b"}},
		{"at a space", "aa bb cc", 5, []string{"aa bb", "cc"}},
		{"long word", "a bbbbbbb c", 3, []string{"a", "bbb", "bbb", "b c"}},
		{"wide", "鹽鹽鹽", 5, []string{"鹽鹽", "鹽"}},
		{"narrower than a character", "鹽鹽", 1, []string{"鹽", "鹽"}},
		{"empty", " ", 5, []string{""}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := wrap(c.text, c.width); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestChoose(t *testing.T) {
	many := func(level string, n int) []headline {
		out := make([]headline, n)
		for i := range out {
			out[i] = headline{level: level, layer: []string{"b", "a"}[i%2], term: string(rune('a' + i))}
		}
		return out
	}
	cases := []struct {
		name                string
		firm, cluster       int
		wantFirm, wantOther int
	}{
		{"few", 2, 3, 2, 3}, {"many of both", 20, 20, 6, 6}, {"many firm", 20, 2, 10, 2}, {"many cluster", 1, 20, 1, 11}, {"none", 0, 0, 0, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := choose(append(many("cluster", c.cluster), many("firm", c.firm)...), "a")
			firm := 0
			for i, h := range got {
				if h.level == "firm" {
					firm++
				}
				if i > 0 && h.level == got[i-1].level && h.layer == "a" && got[i-1].layer == "b" {
					t.Errorf("line %d: the main layer is not first", i)
				}
			}
			if firm != c.wantFirm || len(got)-firm != c.wantOther {
				t.Errorf("%d of firms, %d of clusters; want %d, %d", firm, len(got)-firm, c.wantFirm, c.wantOther)
			}
		})
	}
}

func TestSum(t *testing.T) {
	cases := []struct {
		name    string
		account Account
		want    string
	}{
		{"nothing", Account{Relation: true}, "0 rows → 0 ties"},
		{"none kept", Account{Rows: 2, Fates: []Fate{{"kept", 0}, {"self", 2}}}, "2 rows = 0 kept + 2 self"},
		{"only left out", Account{Rows: 3, Excluded: 3}, "3 rows = 3 unselected"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.account.sum(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestGridAligns(t *testing.T) {
	g := grid{indent: "  ", headings: []heading{{name: "name"}, {name: "n", align: right}, {above: "a", name: "x", align: decimal}, {name: "last"}}}
	g.add("鹽", "1", "0.5", "b")
	g.across("a line of text")
	g.add("longer", "100", "12.25", "")
	g.add("c", none, none, "d")
	var p page
	g.write(&p)
	want := `                   a
  name      n      x  last
  鹽        1   0.5   b
a line of text
  longer  100  12.25
  c         –   –     d
`
	if got := p.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A study of one cluster has rows for these clusters only.
func TestOneQuestionOnly(t *testing.T) {
	fit := firmFit("innov", "union", "degree", .1, .2, .3, "")
	s := &Summary{Associations: associationsTable(fit[2])}
	h := headlines(s.Associations)
	if len(h) != 1 {
		t.Fatalf("%d associations, want 1", len(h))
	}
	var caveats []string
	got := s.associationCells(&h[0], &caveats)
	want := []string{"degree", "0.100", none, "644/11", none, none, ".300", ""}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Two entries may differ in nothing but their controls.
func TestControlsTellEntriesApart(t *testing.T) {
	bare, adjusted := firmFit("innov", "union", "degree", .1, .2, .3, ""), firmFit("innov", "union", "degree", .4, .5, .6, "")
	for _, row := range adjusted {
		row["fit"] = "m2/innov/union/degree"
	}
	s := &Summary{
		Associations: associationsTable(joined(bare, adjusted)...),
		Fits: fitsTable(
			cells{"fit": "m1/innov/union/degree", "formula": "innov ~ z_within(degree) | cluster"},
			cells{"fit": "m2/innov/union/degree", "formula": "innov ~ z_within(degree) + age + school | cluster"}),
	}
	text := s.Text()
	for _, want := range []string{
		"innov: firm level, layer union, ols_fe, z_within\n    degree     0.100",
		"innov: firm level, layer union, controls age + school, ols_fe, z_within\n    degree     0.400",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestControls(t *testing.T) {
	for formula, want := range map[string]string{
		"":                               "",
		"y ~ z_within(degree) | cluster": "",
		"y ~ degree + age | cluster":     "age",
		"y ~ centred(degree) + a + b_1 | cluster": "a + b_1",
		"rank(mean(y)) ~ rank(density)":           "",
	} {
		if got := controls(formula); got != want {
			t.Errorf("controls of %q are %q, want %q", formula, got, want)
		}
	}
}

func TestFindingsOfSeveralFiles(t *testing.T) {
	var l diag.List
	for _, at := range []diag.Place{{File: "b.csv", Line: 2}, {File: "a.csv", Line: 3}, {File: "a.csv", Line: 4}} {
		l.Add(diag.SelfReport, at, "", "a firm named itself", "")
	}
	l.Add(diag.NameUnresolved, diag.Place{File: "c.csv", Line: 4}, "x", "no firm", "")
	l.Add(diag.NameUnresolved, diag.Place{File: "c.csv", Line: 9}, "x", "no firm", "")
	text := (&Summary{Findings: &l}).Text()
	for _, want := range []string{"itself (a.csv and others)\n", "(c.csv)\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// A sentence about single associations tells the first few of them.
func TestEachTellsTheFirst(t *testing.T) {
	for n, want := range map[int]string{
		0: "", 1: "  On: a.\n", 4: "  On: a; a; a; a.\n", 6: "  On: a; a; a; a; and 2 more.\n",
	} {
		var p page
		p.each("On: ", slices.Repeat([]string{"a"}, n))
		if got := p.String(); got != want {
			t.Errorf("of %d: got %q, want %q", n, got, want)
		}
	}
}
