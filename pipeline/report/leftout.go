package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// shownEach is how many associations a sentence about single ones tells.
const shownEach = 4

// rests names the clusters without which a shown association would be another.
func (s *Summary) rests(p *page, shown []headline) {
	on := map[[2]string][]string{}
	for r := range rows(s.Influence) {
		if text(s.Influence, "changes", r) != "" {
			key := [2]string{text(s.Influence, "fit", r), text(s.Influence, "term", r)}
			on[key] = append(on[key], text(s.Influence, "cluster", r))
		}
	}
	var said []string
	for i := range shown {
		h := &shown[i]
		clusters := on[[2]string{h.fit, h.term}]
		if len(clusters) == 0 {
			continue
		}
		named := slices.Clone(clusters[:min(len(clusters), 3)])
		if len(named) < len(clusters) {
			named = append(named, fmt.Sprintf("%d more", len(clusters)-len(named)))
		}
		said = append(said, h.among(shown)+" on cluster "+strings.Join(named, ", "))
	}
	p.each("Rests on a cluster, without which sign, size or p would be another (tables/influence): ", said)
}

// moves names for each shown association the cluster without which its
// estimate moves most, whether or not it rests on it.
func (s *Summary) moves(p *page, shown []headline) {
	most := map[[2]string]int{}
	for r := range rows(s.Influence) {
		key := [2]string{text(s.Influence, "fit", r), text(s.Influence, "term", r)}
		x, ok := s.Influence.Column("change").Float(r)
		if !ok {
			continue
		}
		if at, known := most[key]; known {
			if y, _ := s.Influence.Column("change").Float(at); math.Abs(x) <= math.Abs(y) {
				continue
			}
		}
		most[key] = r
	}
	var said []string
	for i := range shown {
		h := &shown[i]
		if r, ok := most[[2]string{h.fit, h.term}]; ok {
			// The line shown may be the mean of the clusters' own estimates.
			without, _ := s.Influence.Column("estimate").Float(r)
			change, _ := s.Influence.Column("change").Float(r)
			said = append(said, fmt.Sprintf("%s from %s to %s without %s", h.among(shown), number(without-change), number(without), text(s.Influence, "cluster", r)))
		}
	}
	p.each("Moves most without one cluster: ", said)
}

// each writes a sentence about single associations, the first few of them.
func (p *page) each(sentence string, said []string) {
	if len(said) == 0 {
		return
	}
	if more := len(said) - shownEach; more > 0 {
		said = append(said[:shownEach:shownEach], fmt.Sprintf("and %d more", more))
	}
	p.paragraph("  ", sentence+strings.Join(said, "; ")+".")
}
