package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"firmties/pipeline/table"
)

// shownComparisons is how many clusters are ranked in the summary, the first by
// effect.
const shownComparisons = 15

// compared lists the metrics whose comparison the summary shows, and for each
// the references, of which the first that the main layer has is shown.
var compared = []struct {
	metric     string
	references []string
}{
	{"transitivity", []string{"degree_sequence", "two_mode", "size_density"}},
	{"centralization_degree", []string{"size_density", "two_mode"}},
}

// ranking is one metric's comparison: its rows by cluster.
type ranking struct {
	metric, reference string
	rows              map[string]int
}

// comparisons ranks the clusters on effect.
func (s *Summary) comparisons(p *page) {
	shown := s.rankings()
	if len(shown) == 0 {
		return
	}
	t := s.Comparisons
	p.section("Clusters compared, layer " + s.MainLayer)
	p.paragraph("  ", "Raw values mislead: density, closure and centralization change with the number of firms alone. "+
		"Compare by effect: 0 is what random networks give, 1 the most there can be; rank 1 is the largest, with the interval that it has when firms are drawn anew.")
	g := grid{indent: "  ", headings: []heading{{name: "cluster"}}}
	for _, r := range shown {
		g.headings = append(g.headings, heading{above: r.metric, name: "effect", align: decimal}, heading{above: "against " + r.reference, name: "rank", align: right})
	}
	clusters := s.byRank(shown[0])
	for i, cluster := range clusters {
		if i == shownComparisons {
			break
		}
		cells := []string{cluster}
		for _, r := range shown {
			row, ok := r.rows[cluster]
			if !ok {
				row = -1
			}
			cells = append(cells, cell(t, "effect", row, number), rank(t, row))
		}
		g.add(cells...)
	}
	g.write(p)
	if more := len(clusters) - shownComparisons; more > 0 {
		p.line(fmt.Sprintf("  ... and %d more: tables/comparisons", more))
	}
	for _, r := range shown {
		row := r.rows[s.byRank(r)[0]]
		if rho, ok := t.Column("rho_with_n").Float(row); ok {
			p.line(fmt.Sprintf("  %s: rank correlation of effect with the number of firms %s", r.metric, number(rho)))
		}
	}
}

// rankings finds the rows to show.
func (s *Summary) rankings() []ranking {
	var list []ranking
	for _, c := range compared {
		for _, reference := range c.references {
			r := ranking{c.metric, reference, map[string]int{}}
			for row := range rows(s.Comparisons) {
				t := s.Comparisons
				if text(t, "layer", row) == s.MainLayer && text(t, "metric", row) == c.metric && text(t, "reference", row) == reference && !t.Column("rank").Null(row) {
					r.rows[text(t, "cluster", row)] = row
				}
			}
			if len(r.rows) > 1 {
				list = append(list, r)
				break
			}
		}
	}
	return list
}

// byRank lists the clusters of a ranking in its order.
func (s *Summary) byRank(r ranking) []string {
	names := slices.Sorted(maps.Keys(r.rows))
	place := s.Comparisons.Column("rank")
	slices.SortStableFunc(names, func(a, b string) int {
		x, _ := place.Float(r.rows[a])
		y, _ := place.Float(r.rows[b])
		return cmp.Compare(x, y)
	})
	return names
}

// halves is a place, which may be shared by two.
func halves(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// rank is a place with its interval.
func rank(t *table.Table, row int) string {
	place := cell(t, "rank", row, halves)
	if row < 0 || t.Column("rank_low").Null(row) {
		return place
	}
	return place + " (" + cell(t, "rank_low", row, whole) + "-" + cell(t, "rank_high", row, whole) + ")"
}
