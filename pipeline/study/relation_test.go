package study

import "testing"

func TestCovers(t *testing.T) {
	own, any, ends := Section{}, Section{Asked: Asked{About: "any"}}, Section{HasSource: true}
	leaders := Section{Asked: Asked{About: "any"}, Roles: []string{"leader"}}
	speaker, officer := Respondent{Firm: 0, Interviewed: true}, Respondent{Firm: -1, Interviewed: true, Role: "leader"}
	cases := []struct {
		name       string
		directed   bool
		section    Section
		respondent Respondent
		want       Covers
	}{
		{"own", true, own, speaker, Outgoing},
		{"own, undirected", false, own, speaker, OwnPairs},
		{"own, both ends named", true, ends, speaker, OwnPairs},
		{"any", true, any, speaker, AllPairs},
		{"own, of no firm", false, own, officer, NoPairs},
		{"any, of no firm", false, any, officer, AllPairs},
		{"role asked", false, leaders, officer, AllPairs},
		{"role not asked", false, leaders, speaker, NoPairs},
		{"not interviewed", false, any, Respondent{Firm: 0}, NoPairs},
		{"record", false, Section{Record: true}, speaker, NoPairs},
	}
	for _, c := range cases {
		r := Relation{Directed: c.directed}
		if got := r.Covers(&c.section, &c.respondent); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestCoveredPairs(t *testing.T) {
	for _, c := range []struct {
		covers Covers
		own    int32
		want   [3]bool // the pairs 0 to 1, 1 to 0, 1 to 2
	}{
		{NoPairs, 0, [3]bool{}},
		{Outgoing, 0, [3]bool{true, false, false}},
		{OwnPairs, 0, [3]bool{true, true, false}},
		{AllPairs, 0, [3]bool{true, true, true}},
		{AllPairs, -1, [3]bool{true, true, true}},
		{OwnPairs, -1, [3]bool{}},
	} {
		got := [3]bool{c.covers.Pair(c.own, 0, 1), c.covers.Pair(c.own, 1, 0), c.covers.Pair(c.own, 1, 2)}
		if got != c.want {
			t.Errorf("%d of firm %d: %v, want %v", c.covers, c.own, got, c.want)
		}
	}
}

func TestRanksSortTexts(t *testing.T) {
	var texts Texts
	b, a, z := texts.Intern("b"), texts.Intern("a"), texts.Intern("鹽")
	ranks := texts.Ranks()
	if !(ranks[0] < ranks[a] && ranks[a] < ranks[b] && ranks[b] < ranks[z]) {
		t.Errorf("ranks %v", ranks)
	}
	if new(Texts).Ranks()[0] != 0 {
		t.Error("the empty text has a rank even where it is the only one")
	}
}

func TestTextsOfOneEndStayApart(t *testing.T) {
	var texts Texts
	names := []string{"C1F07", "C2F07", "7", "07", "C1F07", "7", "F07", "C2F07"}
	numbers := map[string]Text{}
	for range 2 {
		for _, name := range names {
			n := texts.Intern(name)
			if first, met := numbers[name]; met && n != first || texts.String(n) != name {
				t.Errorf("%q is text %d (%q), at first it was %d", name, n, texts.String(n), first)
			}
			numbers[name] = n
		}
	}
	if got, want := texts.Len(), 1+len(numbers); got != want {
		t.Errorf("%d texts, want %d", got, want)
	}
}
