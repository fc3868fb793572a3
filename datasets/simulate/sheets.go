package simulate

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"
)

// The sheets of ties.
const (
	tiesFile = "ties.csv"
	ownFile  = "own.csv"
)

// ownDelimiter is what a spreadsheet in a country of decimal commas writes.
const ownDelimiter = ";"

// inCell separates the practices of a firm, all in one cell.
const inCell = "、"

// sheet is a table of text under construction: UTF-8, lines ending in LF.
type sheet struct {
	buf bytes.Buffer
	csv *csv.Writer
}

func newSheet(delimiter string, header ...string) *sheet {
	s := &sheet{}
	s.csv = csv.NewWriter(&s.buf)
	s.csv.Comma = []rune(delimiter)[0]
	s.row(header...)
	return s
}

// row adds a row. Writing to memory under a valid delimiter cannot fail.
func (s *sheet) row(cells ...string) { s.csv.Write(cells) }

func (s *sheet) save(files fstest.MapFS, name string) {
	s.csv.Flush()
	addFile(files, name, s.buf.Bytes())
}

func addFile(files fstest.MapFS, name string, data []byte) {
	files[name] = &fstest.MapFile{Data: data, Mode: 0o644}
}

// decimals writes a number of the truth to a millionth; -0 is 0.
func decimals(x float64) string {
	s := strconv.FormatFloat(x, 'f', 6, 64)
	if s == "-0.000000" {
		return s[1:]
	}
	return s
}

// number writes a number as briefly as it reads back.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// unless is the text, or an empty cell.
func unless(blank bool, text string) string {
	if blank {
		return ""
	}
	return text
}

// writeSheets adds everything that study.yaml maps.
func (w *world) writeSheets(files fstest.MapFS, ties, own []line) {
	w.writeRoster(files)
	w.writePeople(files)
	w.writeAffiliations(files)
	w.writeOutcomes(files)
	s := newSheet(",", "who", "relation", "from", "to", "said", "how_often", "sure", "passage")
	for _, l := range ties {
		s.row(l.who, relations[l.relation].name, l.sourceName.text, l.targetName.text, l.answer, l.often, l.sure, l.passage)
	}
	s.save(files, tiesFile)
	s = newSheet(ownDelimiter, "who", "relation", "partner", "how_often")
	for _, l := range own {
		s.row(l.who, relations[l.relation].name, l.targetName.text, l.often)
	}
	s.save(files, ownFile)
}

func (w *world) writeRoster(files fstest.MapFS) {
	clusters := newSheet(",", "cluster", "name", "name_zh", "region", "founded", "km_to_city")
	firms := newSheet(",", "firm", "cluster", "name_en", "name_zh", "sector", "employees", "founded")
	aliases := newSheet(",", "written", "firm", "cluster")
	for _, c := range w.clusters {
		clusters.row(c.id, c.place.en, c.place.zh, c.place.region, strconv.Itoa(c.founded), strconv.Itoa(c.kmToCity))
		for i, f := range c.firms {
			blank := c.blankCells[i]
			firms.row(f.id, c.id, f.label().en, f.label().zh, sectors[f.sector].code,
				unless(blank.employees, strconv.Itoa(f.employees)), unless(blank.founded, strconv.Itoa(f.founded)))
			if f.shortForms {
				aliases.row(f.name.en, f.id, c.id)
				aliases.row(f.name.zh, f.id, c.id)
			}
		}
	}
	clusters.save(files, "clusters.csv")
	firms.save(files, "firms.csv")
	aliases.save(files, "aliases.csv")
}

func (w *world) writePeople(files fstest.MapFS) {
	s := newSheet(",", "person", "cluster", "firm", "role", "referred_by", "wave", "status")
	for _, c := range w.clusters {
		for _, p := range c.people {
			firm, status := "", "complete"
			if p.firm != noFirm {
				firm = c.firms[p.firm].id
			}
			if p.refused {
				status = "refused"
			}
			s.row(p.id, c.id, firm, roleNames[p.role], p.referredBy, strconv.Itoa(p.wave), status)
		}
	}
	s.save(files, "respondents.csv")
}

func (w *world) writeAffiliations(files fstest.MapFS) {
	practices := newSheet(",", "firm", "practices")
	tasks := newSheet(",", "firm", "task")
	for _, c := range w.clusters {
		for i, f := range c.firms {
			if names := eventsOf(i, c.practices); len(names) > 0 {
				practices.row(f.id, strings.Join(names, inCell))
			}
			for _, name := range eventsOf(i, c.tasks) {
				tasks.row(f.id, name)
			}
		}
	}
	practices.save(files, "practices.csv")
	tasks.save(files, "tasks.csv")
}

// eventsOf lists the events that the firm takes part in.
func eventsOf(i int, events []event) []string {
	var names []string
	for _, e := range events {
		if slices.Contains(e.members, i) {
			names = append(names, e.name)
		}
	}
	return names
}

func (w *world) writeOutcomes(files fstest.MapFS) {
	firms := newSheet(",", "firm", "new_products", "rating", "innovation_index")
	clusters := newSheet(",", "cluster", "who", "innovation", "sustainability")
	for _, c := range w.clusters {
		for i, o := range c.outcomes {
			blank := c.blankCells[i]
			firms.row(c.firms[i].id, unless(blank.products, strconv.Itoa(o.products)),
				unless(blank.rating, strconv.Itoa(o.rating)),
				unless(blank.index, strconv.FormatFloat(o.index, 'f', 1, 64)))
		}
		for _, r := range c.ratingCells {
			clusters.row(c.id, r.respondent, strconv.Itoa(r.innovation),
				unless(r.sustainability == 0, strconv.Itoa(r.sustainability)))
		}
	}
	firms.save(files, "outcomes.csv")
	clusters.save(files, "ratings.csv")
}
