package resolve

import (
	"slices"
	"testing"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

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
		{"a line of a form that nobody filled in", own, "", "", "", nil, "no_answer - - -", ""},
		{"an unknown respondent who names nobody", own, "999", "", "", nil, "outside - - -", diag.RespondentUnknown},
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
