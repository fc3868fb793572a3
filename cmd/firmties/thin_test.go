package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestThinStudiesRun: studies that are odd or thin, but not wrong, run: with
// findings, nulls with reasons and gates.
func TestThinStudiesRun(t *testing.T) {
	g := goodStudy
	for _, c := range []struct {
		name  string
		study files
		holds []cell   // of the tables
		finds []string // codes among the findings
	}{
		{"byte order mark", g().with("firms.csv", "\ufeff"+g()["firms.csv"]), []cell{{"firms", "firm", "A"}}, nil},
		{"UTF-16", g().with("firms.csv", utf16(g()["firms.csv"])), []cell{{"firms", "firm", "A"}}, nil},
		{"CR line ends", g().with("firms.csv", strings.ReplaceAll(g()["firms.csv"], "\n", "\r")), []cell{{"firms", "firm", "E"}}, nil},
		{"CRLF line ends", g().with("ties.csv", strings.ReplaceAll(g()["ties.csv"], "\n", "\r\n")), []cell{{"ties", "target", "B"}}, nil},
		{"spaces around cells", g().edit("ties.csv", "A,B,1", " A ,\u3000B,1 "), []cell{{"ties", "target", "B"}}, nil},
		{"declared Big5", g().config("table: practices.csv", "table: big").config("layers:", "tables: {big: {file: practices.csv, encoding: big5}}\nlayers:").
			with("practices.csv", "firm,practice\nA,\xa4\xa4\xa4\xe5\nB,\xa4\xa4\xa4\xe5\n"), []cell{{"affiliations", "event", "中文"}}, nil},
		{"one firm", g().with("firms.csv", "firm,cluster,employees,sector\nA,x,4,pots\n").with("ties.csv", "who,partner,said\nA,,1\n").
			with("practices.csv", "firm,practice\nA,slow drying\n").with("outcomes.csv", "firm,index\nA,1\n"),
			[]cell{{"undefined", "reason", "too_small"}, {"fits", "gate", "too_few_firms"}}, nil},
		{"all isolates", g().with("ties.csv", "who,partner,said\nA,B,0\n").config("advice\n    directed: true\n", "advice\n    directed: true\n    reconcile: all\n"),
			[]cell{{"undefined", "reason", "isolate"}, {"undefined", "reason", "no_two_path"}, {"fits", "gate", "no_variation"}}, nil},
		{"no variation", g().with("outcomes.csv", "firm,index\nA,1\nB,1\nC,1\nD,1\nE,1\n"), []cell{{"fits", "gate", "no_variation"}}, nil},
		{"10,000 further columns", g().with("firms.csv", wide(g()["firms.csv"], 10_000)), []cell{{"firms", "firm", "A"}}, nil},
		{"unknown nominee", g().edit("ties.csv", "B,C,1", "B,Q,1"), []cell{{"tie_reports", "fate", "outside"}, {"resolutions", "how", "unresolved"}}, []string{"name-unresolved"}},
		{"nominee kept", g().config("directed: true", "directed: true\n    unmatched: keep").edit("ties.csv", "B,C,1", "B,Q,1"), []cell{{"firms", "outside", "true"}}, []string{"name-unresolved"}},
		{"self-report", g().edit("ties.csv", "B,C,1", "B,B,1"), []cell{{"tie_reports", "fate", "self"}}, []string{"self-report"}},
		{"firm of another cluster", g().edit("ties.csv", "B,C,1", "B,E,1"), []cell{{"tie_reports", "fate", "cross_cluster"}}, []string{"name-of-other-cluster"}},
		{"unknown respondent", g().edit("ties.csv", "B,C,1", "Q,C,1"), []cell{{"tie_reports", "fate", "outside"}}, []string{"respondent-unknown"}},
		{"unknown answer", g().edit("ties.csv", "B,C,1", "B,C,perhaps"), []cell{{"tie_reports", "fate", "no_answer"}}, []string{"answer-unknown"}},
		{"yes and no", g().edit("ties.csv", "B,C,1", "B,C,1\nB,C,0"), []cell{{"tie_reports", "fate", "repeated"}}, []string{"answers-contradict"}},
		{"more names than the limit", g().config("kind: recall, about: own}}\n  - name: advice", "kind: recall, limit: 1, about: own}}\n  - name: advice").edit("ties.csv", "B,C,1", "B,C,1\nB,A,1"), nil, []string{"limit-exceeded"}},
		{"missing outcomes", g().with("outcomes.csv", "firm,index\nA,\nB,NA\nC,0.5\nD,\nE,\n"), []cell{{"fits", "gate", "too_few_firms"}}, nil},
		{"no outcome at all", g().with("outcomes.csv", "firm,index\nA,\nB,\n"), []cell{{"fits", "gate", "too_few_firms"}}, []string{"outcome-missing"}},
		{"outcome of no firm", g().edit("outcomes.csv", "B,2", "Q,2"), nil, []string{"outcome-id-unknown"}},
		{"cluster without firms", g().config("firms:", "clusters: {table: clusters.csv, id: cluster}\nfirms:").with("clusters.csv", "cluster\nx\ny\nz\n"),
			[]cell{{"clusters", "cluster", "z"}, {"undefined", "cluster", "z"}}, []string{"cluster-without-firms"}},
		{"don't know leaves a pair unobserved", g().config("no: [0]}", "no: [0], dont_know: [8]}").edit("ties.csv", "A,B,1", "A,B,8").edit("ties.csv", "B,C,1", "B,A,8"),
			[]cell{{"cluster_metrics", "observed", "0.6666666666666666"}}, nil},
		{"affiliations alone", files{configName: "study: two-mode\nfirms: {table: firms.csv, id: firm}\naffiliations:\n  - {name: practices, table: practices.csv, firm: firm, event: practice}\n",
			"firms.csv": "firm\nA\nB\nC\n", "practices.csv": "firm,practice\nA,drying\nB,drying\n"}, []cell{{"edges", "layer", "practices"}, {"layers", "kind", "projection"}}, nil},
		{"ids in Chinese", g().with("firms.csv", "firm,cluster,employees,sector\n甲,鹽,4,陶\n乙,鹽,7,蓆\n").with("ties.csv", "who,partner,said\n甲,乙,1\n").
			with("practices.csv", "firm,practice\n甲,曬\n乙,曬\n").with("outcomes.csv", "firm,index\n甲,1\n乙,2\n"), []cell{{"ties", "target", "甲"}}, nil},
		{"labels in two scripts", g().config("attributes: [employees, sector]", "labels: [en, zh], attributes: [employees, sector]").
			with("firms.csv", "firm,cluster,employees,sector,en,zh\nA,x,4,pots,\"Salt Works Co., Ltd.\",鹽廠\nB,x,7,mats,Mat Weavers,大同蓆業有限公司\nC,x,3,pots,Boat Yard,船廠\nD,y,9,salt,,\nE,y,2,salt,,\n").
			with("ties.csv", "who,partner,said\nB,ＳＡＬＴ works,1\nC,大同蓆業,1\n"), []cell{{"resolutions", "how", "normalised_label"}, {"ties", "source", "A"}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := c.study.write(t)
			out := filepath.Join(dir, "..", "out")
			code, stdout, stderr := program(t, "run", dir, "-o", out, "--format", "csv")
			if code != exitOK || strings.Contains(stderr, "panic") || stdout == "" {
				t.Fatalf("exit %d\n%s", code, stderr)
			}
			for _, h := range c.holds {
				if !h.isIn(t, out) {
					t.Errorf("%s has no %s %q", h.table, h.column, h.value)
				}
			}
			for _, code := range c.finds {
				if !strings.Contains(stderr, "["+code+"]") {
					t.Errorf("no finding %s in\n%s", code, stderr)
				}
			}
			if len(c.finds) == 0 && stderr != "" {
				t.Errorf("findings:\n%s", stderr)
			}
		})
	}
}

// cell is a value that a column of a table holds somewhere.
type cell struct{ table, column, value string }

func (c cell) isIn(t *testing.T, results string) bool {
	t.Helper()
	for _, row := range readCSV(t, results, c.table) {
		if row[c.column] == c.value {
			return true
		}
	}
	return false
}

// readCSV reads a table of a results folder, by column.
func readCSV(t *testing.T, results, table string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(results, "tables", table+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = r[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// utf16 is a text in little-endian UTF-16 with its mark.
func utf16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// wide adds columns to a table.
func wide(table string, n int) string {
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimSuffix(table, "\n"), "\n") {
		b.WriteString(line)
		for j := range n {
			if i == 0 {
				fmt.Fprintf(&b, ",extra%d", j)
			} else {
				b.WriteString(",0")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
