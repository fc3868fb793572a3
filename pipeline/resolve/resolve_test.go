package resolve

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// firm is a firm in the words of a test: cluster, id and labels.
type firm struct {
	cluster, id string
	labels      []string
}

// newStudy is a study of the firms, in order of cluster and id, in which every
// firm speaks for itself.
func newStudy(firms ...firm) *study.Study {
	s := &study.Study{Sheets: []study.Sheet{{File: "said.csv"}}}
	for _, f := range firms {
		if k := len(s.Clusters); k == 0 || s.Clusters[k-1].ID != f.cluster {
			s.Clusters = append(s.Clusters, study.Cluster{ID: f.cluster, Label: f.cluster, FirstFirm: int32(len(s.Firms)), FirstRespondent: int32(len(s.Firms))})
		}
		k := int32(len(s.Clusters) - 1)
		s.Clusters[k].Firms++
		s.Clusters[k].Respondents++
		s.Respondents = append(s.Respondents, study.Respondent{ID: f.id, Cluster: k, Firm: int32(len(s.Firms)), Interviewed: true})
		s.Firms = append(s.Firms, study.Firm{ID: f.id, Cluster: k, Labels: f.labels, Interviewed: true})
	}
	s.Relations = []study.Relation{{Name: "advice", Directed: true, Unmatched: study.Drop, Sections: []study.Section{{}}}}
	return s
}

// say adds a report of a yes; a source "" is not named.
func say(s *study.Study, respondent, source, target string) *study.Report {
	who := slices.IndexFunc(s.Respondents, func(p study.Respondent) bool { return p.ID == respondent })
	s.Reports = append(s.Reports, study.Report{
		Strength: math.NaN(), Confidence: math.NaN(), Cluster: -1, Source: -1, Target: -1,
		Respondent: int32(who), RespondentName: s.Texts.Intern(respondent),
		SourceName: s.Texts.Intern(source), TargetName: s.Texts.Intern(target),
		Answer: study.Yes, Line: int32(len(s.Reports) + 2), Column: 3,
	})
	return &s.Reports[len(s.Reports)-1]
}

func harbour() *study.Study {
	s := newStudy(
		firm{"bay", "101", []string{"Salt Works Co., Ltd.", "鹽工有限公司"}},
		firm{"bay", "102", []string{"Sun Salt"}},
		firm{"bay", "103", []string{"Sun Salt"}},
		firm{"bay", "104", []string{"101", "Pier", "PIER"}}, // a label is another's id
		firm{"bay", "105", []string{"Lin & Sons Inc."}},
		firm{"bay", "106", []string{"LIN SONS"}},
		firm{"cape", "201", []string{"Far Light"}},
		firm{"cape", "202", []string{"Old Pier"}},
		firm{"dune", "301", []string{"Old Pier"}},
	)
	s.Aliases = []study.Alias{{Name: "the salt people", Firm: 0, Cluster: 0}, {Name: "Sun Salt", Firm: 4, Cluster: 0}}
	return s
}

func TestSteps(t *testing.T) {
	cases := []struct{ name, how, firm, candidates string }{
		{"102", "id", "102", ""},
		{"101", "id", "101", ""}, // before the label of 104
		{"Salt Works Co., Ltd.", "label", "101", ""},
		{"鹽工有限公司", "label", "101", ""},
		{"the salt people", "alias", "101", ""},
		{"SALT WORKS", "normalised_label", "101", ""},
		{"鹽工", "normalised_label", "101", ""},
		{"Sun Salt", "ambiguous", "", "102;103"}, // two labels, though one alias
		{"sun salt", "ambiguous", "", "102;103"},
		{"pier", "normalised_label", "104", ""}, // two labels of one firm are no two firms
		{"lin-sons", "ambiguous", "", "105;106"},
		{"201", "cross_cluster", "201", ""},
		{"far light ltd", "cross_cluster", "201", ""},
		{"Old Pier", "ambiguous", "", "202;301"}, // of two other clusters
		{"1O2", "unresolved", "", "102"},
		{"Sea View Hotel", "unresolved", "", ""},
		{"有限公司", "unresolved", "", ""}, // a legal form is nobody's name
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := harbour()
			say(s, "106", "", c.name)
			out, _ := Run(s)
			if got, want := row(out.Resolutions, 0), fmt.Sprintf("bay|%s|%s|%s|%s|1", c.name, c.firm, c.how, c.candidates); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// row writes a row of a table, fields separated by |.
func row(t *table.Table, i int) string {
	var fields []string
	for _, c := range t.Schema.Columns {
		v := t.Column(c.Name)
		switch {
		case v.Kind() == table.Count && !v.Null(i):
			n, _ := v.Int(i)
			fields = append(fields, fmt.Sprint(n))
		case v.Kind() == table.Count:
			fields = append(fields, "")
		default:
			fields = append(fields, v.Str(i))
		}
	}
	return strings.Join(fields, "|")
}

func TestNormalise(t *testing.T) {
	cases := []struct{ name, want string }{
		{"Salt Works Co., Ltd.", "saltworks"},
		{"SALT  WORKS", "saltworks"},
		{"Ｓａｌｔ　Ｗｏｒｋｓ", "saltworks"}, // full width
		{"Salt-Works Company Limited", "saltworks"},
		{"Salt Works, L.L.C.", "saltworks"},
		{"Salt Works Co.Ltd", "saltworks"},
		{"Salt Works Inc", "saltworks"},
		{"Salt Works Corporation", "saltworks"},
		{"Lin's Salt", "linssalt"},
		{"STRASSE", "strasse"},
		{"Straße", "strasse"},
		{"Cafe\u0301", "café"},
		{"Fresco", "fresco"}, // ends with co, but is not a word of its own
		{"Company", "company"},
		{"Co. Ltd.", "co"},
		{"Inca", "inca"},
		{"大同鐵工股份有限公司", "大同鐵工"},
		{"大同鐵工（股）公司", "大同鐵工"},
		{"大同铁工有限责任公司", "大同铁工"},
		{"大同企業社", "大同"},
		{"大同商行", "大同"},
		{"大 同・鐵工", "大同鐵工"},
		{"大同工作室", "大同工作室"}, // a studio is no legal form
		{"有限公司", "有限公司"},
		{"㈱ 大同", "株大同"},
		{"...", ""},
		{"", ""},
	}
	for _, c := range cases {
		if got := Normalise(c.name); got != c.want {
			t.Errorf("%q: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFates(t *testing.T) {
	any := study.Section{Asked: study.Asked{About: "any"}, HasSource: true}
	own := study.Section{}
	ends := study.Section{HasSource: true}
	record := study.Section{Record: true, HasSource: true}
	cases := []struct {
		name                       string
		section                    study.Section
		respondent, source, target string
		change                     func(*study.Study, *study.Report)
		want                       string // fate, cluster, source, target
		code                       diag.Code
	}{
		{"own tie", own, "101", "", "102", nil, "kept bay 101 102", ""},
		{"of others", any, "103", "101", "102", nil, "kept bay 101 102", ""},
		{"own tie said from the other end", ends, "102", "101", "102", nil, "kept bay 101 102", ""},
		{"not the respondent's own", ends, "103", "101", "102", nil, "filtered bay 101 102", diag.PairNotAsked},
		{"itself", own, "101", "", "101", nil, "self bay 101 101", diag.SelfReport},
		{"itself by another name", own, "101", "", "salt works", nil, "self bay 101 101", diag.SelfReport},
		{"nobody", own, "101", "", "", nil, "no_answer bay - -", ""},
		{"no answer", own, "101", "", "102", func(s *study.Study, p *study.Report) { p.Answer = study.NoAnswer }, "no_answer bay - -", ""},
		{"a strength too large to add", own, "101", "", "102", func(s *study.Study, p *study.Report) { p.Strength = 1e101 }, "no_answer bay - -", diag.StrengthWrong},
		{"a distance too small to invert", own, "101", "", "102", func(s *study.Study, p *study.Report) { p.Strength = 5e-324 }, "no_answer bay - -", diag.StrengthWrong},
		{"strengths that are not used", own, "101", "", "102",
			func(s *study.Study, p *study.Report) { s.Weights, p.Strength = study.NoWeight, 5e-324 }, "kept bay 101 102", ""},
		{"no source", any, "103", "", "102", nil, "no_answer bay - -", diag.NameMissing},
		{"no source, no target", any, "103", "", "", nil, "no_answer bay - -", ""},
		{"unknown name", own, "101", "", "Sea View", nil, "outside bay 101 -", diag.NameUnresolved},
		{"unknown source", any, "101", "Sea View", "102", nil, "outside bay - 102", diag.NameUnresolved},
		{"several firms", own, "101", "", "Sun Salt", nil, "ambiguous bay 101 -", diag.NameAmbiguous},
		{"another cluster", own, "101", "", "201", nil, "cross_cluster bay 101 201", diag.NameOfOtherCluster},
		{"the source's fault comes first", any, "101", "Sun Salt", "201", nil, "ambiguous bay - 201", diag.NameAmbiguous},
		{"unknown respondent", own, "999", "", "102", nil, "outside - - -", diag.RespondentUnknown},
		{"unknown respondent of a known cluster", own, "999", "", "102",
			func(s *study.Study, p *study.Report) { p.Cluster = 1 }, "outside cape - -", diag.RespondentUnknown},
		{"no respondent", own, "", "", "102", nil, "outside - - -", diag.RespondentUnknown},
		{"not interviewed", own, "101", "", "102",
			func(s *study.Study, p *study.Report) { s.Respondents[0].Interviewed = false }, "filtered bay - -", diag.RespondentNotAsked},
		{"another role", study.Section{Roles: []string{"leader"}}, "101", "", "102", nil, "filtered bay - -", ""},
		{"a role that is asked", study.Section{Roles: []string{"leader", ""}}, "101", "", "102", nil, "kept bay 101 102", ""},
		{"no firm, own ties", own, "101", "", "102",
			func(s *study.Study, p *study.Report) { s.Respondents[0].Firm = -1 }, "filtered bay - -", diag.RespondentNoFirm},
		{"no firm, own ties with source", ends, "101", "102", "103",
			func(s *study.Study, p *study.Report) { s.Respondents[0].Firm = -1 }, "filtered bay - -", diag.RespondentNoFirm},
		{"no firm, any pair without source", study.Section{Asked: study.Asked{About: "any"}}, "101", "", "102",
			func(s *study.Study, p *study.Report) { s.Respondents[0].Firm = -1 }, "filtered bay - -", diag.RespondentNoFirm},
		{"no firm, any pair", any, "101", "102", "103",
			func(s *study.Study, p *study.Report) { s.Respondents[0].Firm = -1 }, "kept bay 102 103", ""},
		{"record", record, "", "101", "102", nil, "kept bay 101 102", ""},
		{"record of a cluster found by its target", record, "", "Old Pier", "201", nil, "kept cape 202 201", ""},
		{"record across clusters", record, "", "101", "201", nil, "cross_cluster bay 101 201", diag.NameOfOtherCluster},
		{"record of unknown names", record, "", "Sea View", "Hill Top", nil, "outside - - -", diag.NameUnresolved},
		{"record of the row's cluster", record, "", "Old Pier", "301",
			func(s *study.Study, p *study.Report) { p.Cluster = 2 }, "self dune 301 301", diag.SelfReport},
		{"record without source", record, "", "", "102", nil, "no_answer - - -", diag.NameMissing},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := harbour()
			s.Relations[0].Sections[0] = c.section
			p := say(s, c.respondent, c.source, c.target)
			if c.change != nil {
				c.change(s, p)
			}
			_, found := Run(s)
			p = &s.Reports[0]
			got := study.FateNames()[p.Fate] + " " + clusterID(s, p.Cluster) + " " + firmID(s, p.Source) + " " + firmID(s, p.Target)
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			list := found.Sorted()
			if c.code == "" && len(list) > 0 || c.code != "" && (len(list) == 0 || list[0].Code != c.code) {
				t.Errorf("got findings %v, want %q", list, c.code)
			}
		})
	}
}

func firmID(s *study.Study, i int32) string {
	if i < 0 {
		return "-"
	}
	return s.Firms[i].ID
}

func clusterID(s *study.Study, i int32) string {
	if i < 0 {
		return "-"
	}
	return s.Clusters[i].ID
}

// A study of one cluster is everybody's home, records of unknown names
// included.
func TestOneCluster(t *testing.T) {
	s := newStudy(firm{"bay", "101", nil}, firm{"bay", "102", nil})
	s.Relations[0].Sections[0] = study.Section{Record: true, HasSource: true}
	say(s, "", "888", "999")
	Run(s)
	if p := &s.Reports[0]; p.Cluster != 0 || p.Fate != study.Outside {
		t.Errorf("%+v", p)
	}
}

// Ids that are unique within a cluster only mean nothing elsewhere.
func TestIDsWithinCluster(t *testing.T) {
	s := newStudy(firm{"bay", "1", nil}, firm{"bay", "2", nil}, firm{"cape", "1", nil}, firm{"cape", "3", []string{"Pier"}})
	s.IDsWithinCluster = true
	say(s, "2", "", "1")
	say(s, "2", "", "3")
	say(s, "2", "", "Pier")
	Run(s)
	var got []string
	for i := range s.Reports {
		p := &s.Reports[i]
		got = append(got, fmt.Sprint(s.Texts.String(p.TargetName), " ", study.FateNames()[p.Fate], " ", p.Target))
	}
	want := []string{"3 outside -1", "1 kept 0", "Pier cross_cluster 3"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUnmatched(t *testing.T) {
	for _, c := range []struct {
		unmatched study.Unmatched
		severity  diag.Severity
		outside   []Outside
	}{
		{study.Drop, diag.Warning, nil},
		{study.Refuse, diag.Error, nil},
		{study.Keep, diag.Note, []Outside{{0, "Hill Top"}, {0, "Sea View"}}},
	} {
		s := harbour()
		s.Relations[0].Unmatched = c.unmatched
		say(s, "101", "", "Sea View")
		say(s, "102", "", "Sea View")
		say(s, "102", "", "Hill Top")
		say(s, "102", "", "201")
		say(s, "999", "", "Nowhere") // nobody says this
		out, found := Run(s)
		if !slices.Equal(out.Outside, c.outside) {
			t.Errorf("%s: outside %v, want %v", c.unmatched, out.Outside, c.outside)
		}
		for _, f := range found.Sorted() {
			if f.Code == diag.NameUnresolved && f.Severity != c.severity {
				t.Errorf("%s: %s", c.unmatched, f)
			}
		}
		if found.Count(diag.NameUnresolved) != 3 || out.Resolutions.Len() != 3 {
			t.Errorf("%s: %d findings, %d resolutions", c.unmatched, found.Count(diag.NameUnresolved), out.Resolutions.Len())
		}
	}
}

func TestMessages(t *testing.T) {
	s := newStudy(firm{"11", "1103", nil}, firm{"11", "1107", []string{"Sun Salt Co., Ltd."}}, firm{"11", "2209", []string{"Old Pier"}}, firm{"11", "2250", []string{"Old Pier"}}, firm{"12", "1201", nil})
	for _, name := range []string{"1O7", "Sun Slat", "Old Pier", "1201", "1103"} {
		say(s, "1103", "", name)
	}
	_, found := Run(s)
	want := `said.csv:2:3: warning: advice: "1O7" is not a firm of cluster 11 [name-unresolved]
    reported by 1103; the nearest id is "1107"
    fix the cell, or add a line to the table of aliases
said.csv:3:3: warning: advice: "Sun Slat" is not a firm of cluster 11 [name-unresolved]
    reported by 1103; the nearest name is "Sun Salt Co., Ltd." (1107)
    fix the cell, or add a line to the table of aliases
said.csv:4:3: warning: advice: "Old Pier" fits several firms: 2209, 2250 [name-ambiguous]
    reported by 1103
    write the firm's id, or add a line to the table of aliases
said.csv:5:3: warning: advice: "1201" is firm 1201 of cluster 12, not of cluster 11 [name-of-other-cluster]
    reported by 1103
    ties across clusters are left out; fix the cell if another firm was meant
said.csv:6:3: warning: advice: "1103" is named as tied to itself [self-report]
    the report is left out
`
	if got := found.Render(true); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAffiliations(t *testing.T) {
	s := harbour()
	member := func(cluster int32, firm, event string) study.Membership {
		return study.Membership{Cluster: cluster, FirmName: s.Texts.Intern(firm), Event: s.Texts.Intern(event), Line: 2}
	}
	s.Affiliations = []study.Affiliation{
		{Name: "tasks", Members: []study.Membership{member(-1, "201", "x")}},
		{Name: "practices", Members: []study.Membership{
			member(0, "102", "y"), member(-1, "salt works", "x"), member(0, "101", "x"), // the same twice
			member(0, "101", "b"), member(0, "Sea View", "x"), member(0, "201", "x"), member(0, "Sun Salt", "x"),
			member(0, "101", ""), member(0, "", "x"), member(-1, "Nobody", "x"),
		}},
	}
	out, found := Run(s)
	var got []string
	for i := range out.Affiliations.Len() {
		got = append(got, row(out.Affiliations, i))
	}
	want := []string{"bay|practices|101|b", "bay|practices|101|x", "bay|practices|102|y", "cape|tasks|201|x"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := out.Affiliations.CheckKey(); err != nil {
		t.Error(err)
	}
	fates := map[study.Fate]int{}
	for _, m := range s.Affiliations[1].Members {
		fates[m.Fate]++
	}
	for f, n := range map[study.Fate]int{study.Kept: 3, study.Repeated: 1, study.Outside: 2, study.CrossCluster: 1, study.Ambiguous: 1, study.Unanswered: 2} {
		if fates[f] != n {
			t.Errorf("%s: %d, want %d", study.FateNames()[f], fates[f], n)
		}
	}
	if found.Count(diag.NameUnresolved) != 2 || found.Len() != 4 {
		t.Errorf("findings:\n%s", found.Render(true))
	}
}

// Whatever the order of the rows, reports, tables and lists are the same.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	type line struct{ who, source, target string }
	var lines []line
	names := []string{"101", "102", "Sun Salt", "sun", "salt works", "201", "Sea View", "1O2", "", "nobody at all"}
	for range 200 {
		lines = append(lines, line{[]string{"101", "102", "201", "999"}[r.IntN(4)], names[r.IntN(len(names))], names[r.IntN(len(names))]})
	}
	var first []string
	for round := range 4 {
		s := harbour()
		s.Relations[0].Unmatched = study.Keep
		s.Relations[0].Sections[0] = study.Section{Asked: study.Asked{About: "any"}, HasSource: true}
		for _, l := range lines {
			say(s, l.who, l.source, l.target)
		}
		out, _ := Run(s)
		got := []string{fmt.Sprint(out.Outside)}
		for i := range out.Resolutions.Len() {
			got = append(got, row(out.Resolutions, i))
		}
		for i := range s.Reports {
			p := &s.Reports[i]
			got = append(got, fmt.Sprint(p.Cluster, s.Texts.String(p.RespondentName), p.Source, p.Target, s.Texts.String(p.SourceName), s.Texts.String(p.TargetName), p.Fate))
		}
		if round == 0 {
			first = got
		} else if !slices.Equal(got, first) {
			t.Fatal("another order of rows gives another result")
		}
		if err := out.Resolutions.CheckKey(); err != nil {
			t.Error(err)
		}
		if !slices.IsSortedFunc(s.Reports, func(a, b study.Report) int { return cmp.Compare(a.Cluster, b.Cluster) }) {
			t.Error("reports are not sorted by cluster")
		}
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	}
}

func TestNearest(t *testing.T) {
	s := newStudy(firm{"bay", "salt-0", []string{"Salt-1x"}}, firm{"bay", "salt-2", nil}, firm{"bay", "salt-3", nil}, firm{"bay", "salt-4", nil}, firm{"bay", "tin", nil})
	for name, want := range map[string]string{
		"salt-1y": `"Salt-1x" (salt-0), "salt-2", "salt-3"`, // its nearer name; at most three firms
		"salt-3":  `"salt-3", "salt-0", "salt-2"`,
		"tan":     `"tin"`,
		"tap":     ``,
		"":        ``,
	} {
		r := &resolver{s: s}
		got := nearText(s, nearest(name, r.written(0, nil)))
		got = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(got, "; the nearest ids are "), "; the nearest names are "), "; the nearest id is ")
		if got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

// A long list of strange names in a large cluster gets no candidates once the
// allowance is used up, beginning with the last.
func TestCandidatesHaveAnAllowance(t *testing.T) {
	firms := make([]firm, 100_000)
	for i := range firms {
		firms[i] = firm{"bay", fmt.Sprintf("f%08d", i), nil}
	}
	firms[len(firms)-1].id = "zebra"
	s := newStudy(firms...)
	say(s, "zebra", "", "a-zebra")
	for i := range comparisons / len(firms) {
		say(s, "zebra", "", fmt.Sprintf("m%d%s", i, strings.Repeat("m", 30)))
	}
	say(s, "zebra", "", "z-zebra")
	out, _ := Run(s)
	column := out.Resolutions.Column("candidates")
	if first, last := column.Str(0), column.Str(column.Len()-1); first != "zebra" || last != "" {
		t.Errorf("candidates of the first %q, of the last %q", first, last)
	}
}

// Every use of a name is counted once.
func TestUses(t *testing.T) {
	s := harbour()
	say(s, "101", "", "102")
	say(s, "103", "", "102")
	say(s, "103", "", "the salt people")
	s.Affiliations = []study.Affiliation{{Name: "tasks", Members: []study.Membership{{Cluster: -1, FirmName: s.Texts.Intern("102"), Event: s.Texts.Intern("x")}}}}
	out, _ := Run(s)
	if out.Resolutions.Len() != 2 {
		t.Fatalf("%d rows", out.Resolutions.Len())
	}
	for i, want := range []string{"bay|102|102|id||3", "bay|the salt people|101|alias||1"} {
		if got := row(out.Resolutions, i); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// A name of any length and a sheet of nothing but strange names are no
// trouble.
func TestHostileNames(t *testing.T) {
	s := harbour()
	for _, name := range []string{strings.Repeat("x", 1<<20), "\x00\x01", "\u202e777", strings.Repeat("有限公司", 1000), "=1+1", "<b>"} {
		say(s, "101", "", name)
	}
	_, found := Run(s)
	for _, f := range found.Sorted() {
		if len(f.Message) > 1000 {
			t.Errorf("a message of %d bytes", len(f.Message))
		}
	}
	if found.Count(diag.NameUnresolved) != 6 {
		t.Errorf("%d findings", found.Count(diag.NameUnresolved))
	}
}

func Example() {
	s := &study.Study{
		Clusters:    []study.Cluster{{ID: "bay", Firms: 2, Respondents: 2}},
		Firms:       []study.Firm{{ID: "f1", Labels: []string{"Ash Foundry"}}, {ID: "f2", Labels: []string{"大同鐵工股份有限公司"}}},
		Respondents: []study.Respondent{{ID: "f1", Firm: 0, Interviewed: true}, {ID: "f2", Firm: 1, Interviewed: true}},
		Relations:   []study.Relation{{Name: "advice", Sections: []study.Section{{}}}},
		Sheets:      []study.Sheet{{File: "ties.csv"}},
		Weights:     study.NoWeight,
	}
	for _, name := range []string{"大同鐵工", "Oak Mill"} {
		s.Reports = append(s.Reports, study.Report{Respondent: 0, RespondentName: s.Texts.Intern("f1"), TargetName: s.Texts.Intern(name), Answer: study.Yes})
	}
	out, _ := Run(s)
	for i := range out.Resolutions.Len() {
		fmt.Printf("%s: %s, firm %q\n", out.Resolutions.Column("name").Str(i), out.Resolutions.Column("how").Str(i), out.Resolutions.Column("firm").Str(i))
	}
	// Output:
	// Oak Mill: unresolved, firm ""
	// 大同鐵工: normalised_label, firm "f2"
}

// A million reports on 1,000 clusters of 40 firms, one name in ten misspelt.
func BenchmarkRun(b *testing.B) {
	var firms []firm
	for c := range 1000 {
		for f := range 40 {
			firms = append(firms, firm{fmt.Sprintf("k%04d", c), fmt.Sprintf("k%04df%02d", c, f), nil})
		}
	}
	s := newStudy(firms...)
	r := rand.New(rand.NewPCG(1, 1))
	for range 1_000_000 {
		who := r.Int32N(int32(len(s.Firms)))
		k := s.Clusters[s.Firms[who].Cluster]
		target := s.Firms[k.FirstFirm+r.Int32N(40)].ID
		if r.IntN(10) == 0 {
			target = strings.Replace(target, "f", "F", 1)
		}
		s.Reports = append(s.Reports, study.Report{Respondent: who, RespondentName: s.Texts.Intern(s.Firms[who].ID),
			TargetName: s.Texts.Intern(target), Answer: study.Yes, Strength: 1, Line: int32(len(s.Reports))})
	}
	reports := slices.Clone(s.Reports)
	b.ReportAllocs()
	for b.Loop() {
		copy(s.Reports, reports)
		Run(s)
	}
}
