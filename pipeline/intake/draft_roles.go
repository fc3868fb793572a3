package intake

import (
	"slices"
	"strings"
)

// guesses is what init takes the tables for.
type guesses struct {
	tables []*draftTable

	firms    *draftTable
	firm     *draftColumn
	firmIDs  map[string]bool
	names    map[string]bool // ids and labels of firms
	labels   []*draftColumn
	cluster  *draftColumn // of the list of firms
	clusters *draftTable
	// clusterID and respondentID are the ids in those lists.
	clusterID    *draftColumn
	clusterIDs   map[string]bool
	respondents  *draftTable
	respondentID *draftColumn
	people       map[string]bool
	aliases      *draftTable
}

// guessRoles finds out which table lists firms, clusters and respondents.
func guessRoles(tables []*draftTable) *guesses {
	g := &guesses{tables: tables}
	best := -1
	for _, t := range tables {
		for _, c := range t.columns {
			if score := g.firmScore(t, c); t.unique(c) && score > best {
				best, g.firms, g.firm = score, t, c
			}
		}
	}
	if g.firms == nil {
		return g
	}
	g.firmIDs = g.firm.set()
	g.names = g.firm.set()
	g.findCluster()
	g.findLabels()
	g.findClusters()
	g.findRespondents()
	g.findAliases()
	return g
}

// firmScore says how much speaks for a column as the ids of firms: columns
// that refer to it, best of all two in one table, and its name.
func (g *guesses) firmScore(t *draftTable, c *draftColumn) int {
	if !t.unique(c) {
		return -1
	}
	score, ids := 0, c.set()
	for _, other := range g.tables {
		refers := 0
		for _, o := range other.columns {
			if o != c && o.share(ids) >= mostly(ids) {
				refers++
			}
		}
		score += 2 * min(refers, 2)
		if refers >= 2 {
			score += 10
		}
	}
	switch {
	case hinted(t.base, "firm", "compan", "enterpris", "famil", "farm"):
		score += 6
	case hinted(t.base, "roster", "node", "actor", "member"):
		score += 4
	}
	if hinted(c.header, "firm", "id", "name") {
		score++
	}
	return score
}

// mostly is the share of cells from which a column refers to ids. Where ids
// are small numbers, many a column of numbers looks like one: there all must.
func mostly(ids map[string]bool) float64 {
	for id := range ids {
		if _, ok := parseNumber(id, '.'); !ok {
			return 0.4
		}
	}
	return 1
}

// refersToFirms reports whether a column holds names of firms.
func (g *guesses) refersToFirms(c *draftColumn) bool { return c.share(g.names) >= mostly(g.firmIDs) }

// findCluster looks in the list of firms for a column that repeats, and that
// another table keys, or that has the name of one.
func (g *guesses) findCluster() {
	repeats := func(c *draftColumn) bool {
		return c != g.firm && c.filled == g.firms.rows && len(c.distinct)*2 <= g.firms.rows
	}
	keyed := func(c *draftColumn) bool {
		return slices.ContainsFunc(g.tables, func(t *draftTable) bool {
			return t != g.firms && slices.ContainsFunc(t.columns, func(k *draftColumn) bool {
				return t.unique(k) && !k.numeric() && c.share(k.set()) == 1
			})
		})
	}
	g.cluster = g.firms.column(func(c *draftColumn) bool {
		return c.filled == g.firms.rows && len(c.distinct) < g.firms.rows && hinted(c.header, "cluster", "village", "town", "city", "communit", "district")
	})
	if g.cluster == nil {
		g.cluster = g.firms.column(func(c *draftColumn) bool { return repeats(c) && keyed(c) })
	}
	if g.cluster != nil {
		g.clusterIDs = g.cluster.set()
	}
}

// findLabels takes texts of the list of firms that hardly repeat for names;
// those that are called names may, as in different clusters.
func (g *guesses) findLabels() {
	for _, c := range g.firms.columns {
		different := 0.8
		if hinted(c.header, "name", "label", "名") {
			different = 0.4
		}
		if c != g.firm && c != g.cluster && c.textual() && !g.refersToFirms(c) && c.filled*2 > g.firms.rows && float64(len(c.distinct)) > different*float64(c.filled) {
			g.labels = append(g.labels, c)
			for text := range c.distinct {
				g.names[text] = true
			}
		}
	}
}

// findClusters looks for the table that keys the clusters, best one that names
// no firms: a sheet of names or reports may happen to have one row a cluster.
func (g *guesses) findClusters() {
	if g.cluster == nil {
		return
	}
	for _, t := range g.tables {
		if t == g.firms {
			continue
		}
		key := t.column(func(c *draftColumn) bool { return t.unique(c) && g.cluster.share(c.set()) == 1 })
		if key == nil {
			continue
		}
		if t.column(g.refersToFirms) == nil {
			g.clusters, g.clusterID = t, key
			return
		}
		if g.clusters == nil {
			g.clusters, g.clusterID = t, key
		}
	}
}

// findRespondents looks for the table of people: it keys somebody who is no
// firm, and its name says so, or it says their firm and sheets of ties name
// them.
func (g *guesses) findRespondents() {
	for _, t := range g.tables {
		if t == g.firms || t == g.clusters {
			continue
		}
		key := t.column(func(c *draftColumn) bool { return t.unique(c) && !g.refersToFirms(c) && !c.numeric() })
		if key == nil {
			continue
		}
		if hinted(t.base, "respond", "people", "person", "informant", "interview") || g.firmColumn(t) != nil && g.speak(t, key.set()) {
			g.respondents, g.respondentID, g.people = t, key, key.set()
			return
		}
	}
}

// speak reports whether another table names people of a set beside firms.
func (g *guesses) speak(list *draftTable, people map[string]bool) bool {
	return slices.ContainsFunc(g.tables, func(t *draftTable) bool {
		return t != list && g.firmColumn(t) != nil && t.column(func(c *draftColumn) bool { return c.share(people) >= 0.5 }) != nil
	})
}

// findAliases looks for a table of a firm and one text that hardly repeats.
func (g *guesses) findAliases() {
	for _, t := range g.tables {
		if g.listed(t) || !hinted(t.base, "alias", "name", "variant") {
			continue
		}
		if g.firmColumn(t) != nil && g.aliasColumn(t) != nil {
			g.aliases = t
			return
		}
	}
}

func (g *guesses) aliasColumn(t *draftTable) *draftColumn {
	return t.column(func(c *draftColumn) bool {
		return !g.refersToFirms(c) && c.textual() && len(c.distinct)*10 > c.filled*8
	})
}

// listed: the table is one of the lists.
func (g *guesses) listed(t *draftTable) bool {
	return t == g.firms || t == g.clusters || t == g.respondents || t == g.aliases
}

func (g *guesses) firmColumn(t *draftTable) *draftColumn { return t.column(g.refersToFirms) }

func (g *guesses) firmColumns(t *draftTable) []*draftColumn {
	var out []*draftColumn
	for _, c := range t.columns {
		if g.refersToFirms(c) && !(t == g.firms && (c == g.firm || slices.Contains(g.labels, c))) {
			out = append(out, c)
		}
	}
	return out
}

// clusterColumn is the column of a table that says the cluster.
func (g *guesses) clusterColumn(t *draftTable) *draftColumn {
	if t == g.firms {
		return g.cluster
	}
	if g.clusterIDs == nil {
		return nil
	}
	return t.column(func(c *draftColumn) bool {
		return c.share(g.clusterIDs) == 1 && (!c.numeric() || c.header == g.cluster.header)
	})
}

func (g *guesses) personColumn(t *draftTable) *draftColumn {
	if g.people == nil {
		return nil
	}
	return t.column(func(c *draftColumn) bool { return c.share(g.people) >= 0.5 })
}

// splitColumn is a column of few texts, each of many rows, which may tell the
// relations of one sheet apart.
func (g *guesses) splitColumn(t *draftTable, but ...*draftColumn) *draftColumn {
	few := func(c *draftColumn) bool {
		return !slices.Contains(but, c) && c.textual() && c.filled == t.rows &&
			len(c.distinct) > 1 && len(c.distinct) <= 12 && len(c.distinct)*2 <= t.rows
	}
	c := t.column(func(c *draftColumn) bool {
		return few(c) && hinted(c.header, "relation", "question", "tie", "kind", "type", "layer")
	})
	if c == nil {
		c = t.column(few)
	}
	return c
}

// values are the texts of a column in the order of the alphabet.
func (c *draftColumn) values() []string {
	var out []string
	for text := range c.distinct {
		out = append(out, text)
	}
	slices.SortFunc(out, strings.Compare)
	return out
}
