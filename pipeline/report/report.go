// Package report owns the words in which results are told: it turns tables,
// row accounts and findings into the text of summary.txt, which an analyst
// reads first. It refuses to compute: it chooses, counts and formats what the
// tables hold, and says nothing that they do not.
package report

import (
	"strings"

	"firmties/pipeline/diag"
	"firmties/pipeline/table"
)

// Summary is what summary.txt tells. Tables may be nil, and may lack columns
// that the study did not ask for.
//
// The text depends on nothing but these fields; of findings it names the file
// and not the line, so that it stays the same when rows change places.
type Summary struct {
	Version   string // of the program
	Name      string // of the study
	Title     string
	Citation  string
	Licence   string
	Simulated bool

	Choices  []Choice
	Accounts []Account

	Clusters       *table.Table
	ClusterMetrics *table.Table
	Comparisons    *table.Table
	Coupling       *table.Table
	WhatCouplingIs string // and is not
	Associations   *table.Table
	Fits           *table.Table
	Influence      *table.Table
	Power          *table.Table

	Layers []string // in study order
	// MainLayer is the layer whose structure the cluster lines show, and
	// whose associations come first.
	MainLayer string

	Findings *diag.List
	// Results is the results folder. It is the last line of the text, and
	// empty leaves that line out: a file in the folder need not name it.
	Results string
}

// Choice is something that the analyst, or a default, decided and that other
// numbers hang on: a rule, what silence means, the seed.
type Choice struct {
	What  string
	Value string
}

// Account says what became of the rows of one relation or affiliation.
// Rows is the sum of Excluded and of the fates.
type Account struct {
	Name     string
	Relation bool  // false: an affiliation, which has no ties
	Rows     int64 // of its sheets; cells where a cell is a report
	Excluded int64 // rows that `where` leaves to other sections
	Fates    []Fate
	Ties     int64
}

// Fate is how many rows met with one fate of the closed list.
type Fate struct {
	Name string
	Rows int64
}

// Text is the summary: plain lines of at most 100 columns, of which a wide
// East Asian character takes two.
func (s *Summary) Text() string {
	var p page
	s.head(&p)
	s.choices(&p)
	s.accounts(&p)
	s.clusters(&p)
	s.comparisons(&p)
	s.coupling(&p)
	s.associations(&p)
	s.findings(&p)
	s.places(&p)
	return p.String()
}

func (s *Summary) head(p *page) {
	title := s.Name
	if s.Title != "" {
		title += ": " + s.Title
	}
	p.paragraph("", title)
	if s.Simulated {
		p.line("SIMULATED DATA: no firm, person or answer of this study is real.")
	}
	var origin []string
	if s.Citation != "" {
		origin = append(origin, "source: "+s.Citation)
	}
	if s.Licence != "" {
		origin = append(origin, "licence: "+s.Licence)
	}
	p.paragraph("", strings.Join(append(origin, "firmties "+s.Version), " · "))
}

func (s *Summary) choices(p *page) {
	if len(s.Choices) == 0 {
		return
	}
	p.section("Choices")
	p.list(s.Choices)
}

// places tells which file to open, first things first.
func (s *Summary) places(p *page) {
	p.section("Where to look")
	p.list([]Choice{
		{"tables/cluster_metrics", "open this first; tables/firm_metrics: the position of every firm"},
		{"tables/associations", "every estimate; tables/fits: what was dropped or refused"},
		{"tables/tie_reports", "every answer, its fate and place; tables/ties: what they amount to"},
		{"tables/columns", "what every column of every table means, and when a cell is null"},
		{"--format csv", "writes tables that a spreadsheet opens, too; see firmties run --help"},
	})
	if s.Results != "" {
		p.line("Results: " + clean(s.Results))
	}
}
