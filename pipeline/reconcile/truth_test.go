package reconcile

import (
	"strings"
	"testing"

	"firmties/pipeline/diag"
)

// truth is the truth table of the rules, worked out by hand: what each rule
// makes of the pair A, B (in a directed relation of A to B), in the order any,
// all, majority, either_end, both_ends, source, target. The counts are the
// respondents who say yes, no, don't know, and all who could have been asked.
var truth = []struct {
	name           string
	village        village
	yes, no, dk, a int32
	want           string
}{
	// Directed, own ties, no source column: only A's respondent is asked about A to B.
	{"out: said", out("a A B yes"), 1, 0, 0, 1, "tie tie tie tie ? tie ?"},
	{"out: silent", out(), 0, 1, 0, 1, "no no no no ? no ?"},
	{"out: denied", out("a A B no"), 0, 1, 0, 1, "no no no no ? no ?"},
	{"out: don't know", out("a A B dk"), 0, 0, 1, 1, "? ? ? ? ? ? ?"},
	{"out: only the other direction is said", out("b B A yes"), 0, 1, 0, 1, "no no no no ? no ?"},

	// Directed, own ties, with a source column: both ends are asked.
	{"ends: both silent", ends(), 0, 2, 0, 2, "no no no no no no no"},
	{"ends: both yes", ends("a A B yes", "b A B yes"), 2, 0, 0, 2, "tie tie tie tie tie tie tie"},
	{"ends: source yes, target silent", ends("a A B yes"), 1, 1, 0, 2, "tie no no tie no tie no"},
	{"ends: source yes, target no", ends("a A B yes", "b A B no"), 1, 1, 0, 2, "tie no no tie no tie no"},
	{"ends: source yes, target don't know", ends("a A B yes", "b A B dk"), 1, 0, 1, 2, "tie tie tie tie ? tie ?"},
	{"ends: source silent, target yes", ends("b A B yes"), 1, 1, 0, 2, "tie no no tie no no tie"},
	{"ends: source don't know, target yes", ends("a A B dk", "b A B yes"), 1, 0, 1, 2, "tie tie tie tie ? ? tie"},
	{"ends: source don't know, target silent", ends("a A B dk"), 0, 1, 1, 2, "no no no no ? ? no"},
	{"ends: source no, target don't know", ends("a A B no", "b A B dk"), 0, 1, 1, 2, "no no no no ? no ?"},
	{"ends: both don't know", ends("a A B dk", "b A B dk"), 0, 0, 2, 2, "? ? ? ? ? ? ?"},

	// Directed, any pair: A's, B's, C's respondent and an officer of no firm.
	{"any: all silent", anyPair("no"), 0, 4, 0, 4, "no no no no no no no"},
	{"any: source alone", anyPair("no", "a A B yes"), 1, 3, 0, 4, "tie no no tie no tie no"},
	{"any: target alone", anyPair("no", "b A B yes"), 1, 3, 0, 4, "tie no no tie no no tie"},
	{"any: third firm alone", anyPair("no", "c A B yes"), 1, 3, 0, 4, "tie no no no no no no"},
	{"any: officer alone", anyPair("no", "o A B yes"), 1, 3, 0, 4, "tie no no no no no no"},
	{"any: two of four", anyPair("no", "a A B yes", "b A B yes", "c A B no"), 2, 2, 0, 4, "tie no no tie tie tie tie"},
	{"any: three of four", anyPair("no", "a A B yes", "c A B yes", "o A B yes"), 3, 1, 0, 4, "tie no tie tie no tie no"},
	{"any: officer, the firms don't know", anyPair("no", "o A B yes", "a A B dk", "b A B dk", "c A B dk"), 1, 0, 3, 4, "tie tie tie ? ? ? ?"},
	{"any: source yes, target don't know, others no", anyPair("no", "a A B yes", "b A B dk"), 1, 2, 1, 4, "tie no no tie ? tie ?"},
	{"any: one don't know, others silent", anyPair("no", "c A B dk"), 0, 3, 1, 4, "no no no no no no no"},
	{"any: nobody knows", anyPair("no", "a A B dk", "b A B dk", "c A B dk", "o A B dk"), 0, 0, 4, 4, "? ? ? ? ? ? ?"},

	// The same where silence says nothing.
	{"unknown: all silent", anyPair("unknown"), 0, 0, 0, 4, "? ? ? ? ? ? ?"},
	{"unknown: source yes", anyPair("unknown", "a A B yes"), 1, 0, 0, 4, "tie tie tie tie ? tie ?"},
	{"unknown: source no", anyPair("unknown", "a A B no"), 0, 1, 0, 4, "no no no no ? no ?"},
	{"unknown: third firm yes", anyPair("unknown", "c A B yes"), 1, 0, 0, 4, "tie tie tie ? ? ? ?"},
	{"unknown: third firm no", anyPair("unknown", "c A B no"), 0, 1, 0, 4, "no no no ? ? ? ?"},
	{"unknown: source yes, target no", anyPair("unknown", "a A B yes", "b A B no"), 1, 1, 0, 4, "tie no no tie no tie no"},
	{"unknown: officer don't know", anyPair("unknown", "o A B dk"), 0, 0, 1, 4, "? ? ? ? ? ? ?"},

	// Undirected, own ties: both ends are asked about the one pair, whichever
	// way round they say it.
	{"undirected: both silent", undirected(), 0, 2, 0, 2, "no no no no no"},
	{"undirected: one end", undirected("a A B yes"), 1, 1, 0, 2, "tie no no tie no"},
	{"undirected: other end", undirected("b B A yes"), 1, 1, 0, 2, "tie no no tie no"},
	{"undirected: both ends", undirected("a A B yes", "b B A yes"), 2, 0, 0, 2, "tie tie tie tie tie"},
	{"undirected: yes and no", undirected("a A B yes", "b B A no"), 1, 1, 0, 2, "tie no no tie no"},
	{"undirected: yes and don't know", undirected("a A B yes", "b B A dk"), 1, 0, 1, 2, "tie tie tie tie ?"},
	{"undirected: silent and don't know", undirected("b B A dk"), 0, 1, 1, 2, "no no no no ?"},
	{"undirected: both don't know", undirected("a A B dk", "b B A dk"), 0, 0, 2, 2, "? ? ? ? ?"},

	// A firm with two respondents says yes if one of them does.
	{"two of one firm: one yes", twoOfA("a A B yes", "b B A yes"), 2, 1, 0, 3, "tie no tie tie tie"},
	{"two of one firm: one don't know, one silent", twoOfA("a A B dk", "b B A yes"), 1, 1, 1, 3, "tie no no tie no"},
	{"two of one firm: both don't know", twoOfA("a A B dk", "aa A B dk", "b B A yes"), 1, 0, 2, 3, "tie tie tie tie ?"},
	{"two of one firm: both yes", twoOfA("a A B yes", "aa A B yes"), 2, 1, 0, 3, "tie no tie tie no"},

	// Who was not asked does not count.
	{"target not interviewed", village{firms: "A B C", respondents: "a:A b:B! c:C", asked: []question{{}}},
		0, 1, 0, 1, "no no no no ?"},
	{"source not interviewed", village{firms: "A B C", respondents: "a:A! b:B c:C", directed: true, asked: []question{{}}},
		0, 0, 0, 0, "? ? ? ? ? ? ?"},
	{"of no firm, own ties", village{firms: "A B C", respondents: "o:", asked: []question{{}}},
		0, 0, 0, 0, "? ? ? ? ?"},
	{"of another role", village{firms: "A B C", respondents: "a:A/leader b:B/senior c:C", asked: []question{{about: "any", roles: []string{"leader"}}}, reports: []string{"a A B yes"}},
		1, 0, 0, 1, "tie tie tie tie ?"},

	// Two sections, each with its own question.
	{"asked twice is one respondent", sections("#0 a A B yes", "#1 a A B yes"), 1, 2, 0, 3, "tie no no tie no"},
	{"yes beats no", sections("#0 a A B no", "#1 a A B yes"), 1, 2, 0, 3, "tie no no tie no"},
	{"no beats don't know", sections("#0 a A B no", "#1 a A B dk"), 0, 3, 0, 3, "no no no no no"},
	{"don't know beats silence", sections("#1 a A B dk"), 0, 2, 1, 3, "no no no no ?"},
	{"silence is a no where one section has it so", village{firms: "A B C", respondents: "a:A",
		asked: []question{{about: "any", unnamed: "unknown"}, {}}}, 0, 1, 0, 1, "no no no no ?"},
	{"silence is nothing where all have it so", village{firms: "A B C", respondents: "a:A",
		asked: []question{{about: "any", unnamed: "unknown"}, {unnamed: "unknown"}}}, 0, 0, 0, 1, "? ? ? ? ?"},
	{"firms speak of their own, officers of any", village{firms: "A B C", respondents: "a:A/senior c:C/senior o:/officer",
		asked:   []question{{roles: []string{"senior"}}, {about: "any", unnamed: "unknown", roles: []string{"officer"}}},
		reports: []string{"#1 o A B yes"}}, 1, 1, 0, 2, "tie no no no ?"},

	// Records stand as they are under every rule, and all is observed.
	{"a record", village{firms: "A B C", respondents: "a:A", asked: []question{{record: true}}, reports: []string{"- B A yes"}},
		0, 0, 0, 0, "tie tie tie tie tie"},
	{"no record", village{firms: "A B C", respondents: "a:A", asked: []question{{record: true}}, reports: []string{"- B C yes"}},
		0, 0, 0, 0, "no no no no no"},
	{"a record of no tie", village{firms: "A B C", respondents: "a:A", asked: []question{{record: true}}, reports: []string{"- A B no"}},
		0, 0, 0, 0, "no no no no no"},
	{"a directed record", village{firms: "A B C", respondents: "a:A", directed: true, asked: []question{{record: true}}, reports: []string{"- A B yes"}},
		0, 0, 0, 0, "tie tie tie tie tie tie tie"},
	{"a record and a respondent who denies it", village{firms: "A B C", respondents: "a:A", asked: []question{{record: true}, {}}, reports: []string{"- A B yes", "#1 a A B no"}},
		0, 1, 0, 1, "tie tie tie tie tie"},
}

func out(reports ...string) village {
	return village{firms: "A B C", respondents: "a:A b:B c:C", directed: true, asked: []question{{}}, reports: reports}
}

func ends(reports ...string) village {
	return village{firms: "A B C", respondents: "a:A b:B c:C", directed: true, asked: []question{{source: true}}, reports: reports}
}

func anyPair(unnamed string, reports ...string) village {
	return village{firms: "A B C", respondents: "a:A b:B c:C o:", directed: true,
		asked: []question{{about: "any", unnamed: unnamed, source: true}}, reports: reports}
}

func undirected(reports ...string) village {
	return village{firms: "A B C", respondents: "a:A b:B c:C", asked: []question{{}}, reports: reports}
}

func twoOfA(reports ...string) village {
	return village{firms: "A B C", respondents: "a:A aa:A b:B c:C", asked: []question{{}}, reports: reports}
}

// sections: the first asks about any pair, the second about own ties.
func sections(reports ...string) village {
	return village{firms: "A B C", respondents: "a:A b:B c:C", asked: []question{{about: "any"}, {}}, reports: reports}
}

func TestRules(t *testing.T) {
	for _, c := range truth {
		t.Run(c.name, func(t *testing.T) {
			v := c.village
			var got []string
			for _, rule := range Rules() {
				if rule.DirectedOnly && !v.directed {
					continue
				}
				v.rule = rule.Name
				s := v.study(t)
				list, _ := Cluster(s, 0)
				got = append(got, answer(&list[0], 0, 1))
				if x := tieOf(&list[0], 0, 1); x != nil && (x.Yes != c.yes || x.No != c.no || x.DontKnow != c.dk || x.Asked != c.a) {
					t.Errorf("%s: %d yes, %d no, %d don't know of %d; want %d, %d, %d of %d",
						rule.Name, x.Yes, x.No, x.DontKnow, x.Asked, c.yes, c.no, c.dk, c.a)
				}
			}
			if got := strings.Join(got, " "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// The counts of pairs that are no tie are seen by the tally alone.
func TestTallyOfEveryCase(t *testing.T) {
	for _, c := range truth {
		s := c.village.study(t)
		w := newWork(s, 0, 0, s.ReportsOf(0), new(diag.List))
		w.listen()
		got := w.unsaid(0, 1)
		for list := w.list(); len(list) > 0; {
			pair := list[:prefix(list, func(a, b said) bool { return comparePairs(a, b) == 0 })]
			list = list[len(pair):]
			if pair[0].source == 0 && pair[0].target == 1 {
				got, _ = w.tally(pair)
			}
		}
		if got.yes != c.yes || got.no != c.no || got.dontKnow != c.dk || got.asked != c.a {
			t.Errorf("%s: %d yes, %d no, %d don't know of %d; want %d, %d, %d of %d",
				c.name, got.yes, got.no, got.dontKnow, got.asked, c.yes, c.no, c.dk, c.a)
		}
	}
}
