package resolve

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

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
