package simulate

import (
	"math/rand/v2"
	"slices"
)

// The codes of answers in the ties sheet.
const (
	saidYes      = "1"
	saidNo       = "0"
	saidDontKnow = "8"
)

// report is one row of a sheet of ties, before names are written.
type report struct {
	cluster, who   string
	relation       int
	source, target int    // firms of the cluster
	answer         string // blank in the owners' sheet, where every row is a yes
	often          string
	sure           string
	passage        string
}

// Of the details that respondents add to a yes.
const (
	vagueOften  = 0.15 // no answer to "how often?"
	wrongOften  = 0.25 // an answer one step off
	vagueSure   = 0.30 // not asked how sure
	quoted      = 0.06 // the passage was transcribed
	ownVague    = 0.10 // an owner gives no "how often?"
	leastSure   = "0.5"
	ratherSure  = "0.75"
	mostSure    = "1"
	mostlySure  = 0.5 // of those asked: entirely sure
	hardlySure  = 0.2 // of those asked: half sure
	levelsOfTie = len(relations[0].often)
)

// interview returns the rows of ties.csv and own.csv in the order of the
// interviews.
func (w *world) interview() (ties, own []line) {
	for g, c := range w.clusters {
		for k, p := range c.people {
			pen := pen{w.stream("writing", g, k), w.design.Writing, c}
			switch {
			case p.refused:
			case p.role == owner:
				own = append(own, pen.aboutOwn(w.speakForFirm(g, c, k))...)
			default:
				lines := pen.aboutPairs(w.speakForCluster(g, c, k))
				ties = append(ties, append(lines, w.oddRows(g, k, lines)...)...)
			}
		}
	}
	return ties, own
}

// rates are the error rates of a role.
func (d Design) rates(r role) ErrorRates {
	return [...]ErrorRates{leader: d.Leader, senior: d.Senior, owner: d.Owner}[r]
}

// speakForCluster is what a leader or senior says of every pair of the cluster,
// relation by relation, pairs as they come to mind.
func (w *world) speakForCluster(g int, c *cluster, k int) []report {
	var all []report
	for r := range relations {
		rng := w.stream("answers", g, k, r)
		pairs := pairsOf(len(c.firms), relations[r].directed)
		for _, m := range rng.Perm(len(pairs)) {
			if s, ok := w.answer(rng, c, k, r, pairs[m]); ok {
				all = append(all, s)
			}
		}
	}
	return all
}

// answer is what one person says of one pair; not ok is silence. It draws the
// same numbers whatever the answer, so that designs with other error rates
// differ in nothing else.
func (w *world) answer(rng *rand.Rand, c *cluster, k, r int, pair [2]int) (report, bool) {
	p, d := c.people[k], w.design
	level := c.networks[r][pair[0]][pair[1]]
	unsure := chance(rng, d.DontKnow)
	yes := mentions(rng, d.rates(p.role), level > 0)
	denies := chance(rng, d.SaysNo)
	swapped := chance(rng, 0.5) && !relations[r].directed
	often, sure, passage := howOften(rng, r, level, vagueOften), howSure(rng), quote(rng, r)

	said := report{cluster: c.id, who: p.id, relation: r, source: pair[0], target: pair[1]}
	if swapped {
		said.source, said.target = pair[1], pair[0]
	}
	switch {
	case unsure && (c.firms[pair[0]].littleKnown || c.firms[pair[1]].littleKnown):
		said.answer = saidDontKnow
	case yes:
		said.answer, said.often, said.sure, said.passage = saidYes, often, sure, passage
	case denies:
		said.answer = saidNo
	default:
		return report{}, false
	}
	return said, true
}

// mentions draws whether a pair is reported as tied.
func mentions(rng *rand.Rand, rates ErrorRates, tied bool) bool {
	u := rng.Float64()
	if tied {
		return u >= rates.Omit
	}
	return u < rates.Invent
}

// howOften is the strength as told; an invented tie is given any.
func howOften(rng *rand.Rand, r, level int, vague float64) string {
	guess, wrong, step, silent := rng.IntN(levelsOfTie), chance(rng, wrongOften), 2*rng.IntN(2)-1, chance(rng, vague)
	if silent {
		return ""
	}
	if level == 0 {
		return relations[r].often[guess]
	}
	k := level - 1
	if wrong {
		k = min(max(k+step, 0), levelsOfTie-1)
	}
	return relations[r].often[k]
}

func howSure(rng *rand.Rand) string {
	asked, u := !chance(rng, vagueSure), rng.Float64()
	switch {
	case !asked:
		return ""
	case u < mostlySure:
		return mostSure
	case u < 1-hardlySure:
		return ratherSure
	}
	return leastSure
}

func quote(rng *rand.Rand, r int) string {
	told, passage := chance(rng, quoted), pick(rng, relations[r].passages)
	if !told {
		return ""
	}
	return passage
}

// speakForFirm is what an owner says of the firm's own ties (in advice, of the
// firms it asks): at most OwnLimit names a relation, the strongest ties first.
func (w *world) speakForFirm(g int, c *cluster, k int) []report {
	var all []report
	p := c.people[k]
	for r := range relations {
		rng := w.stream("own answers", g, k, r)
		var named []int
		said := make([]report, len(c.firms))
		for j := range c.firms {
			level := c.networks[r][p.firm][j]
			yes, often := mentions(rng, w.design.Owner, level > 0), howOften(rng, r, level, ownVague)
			said[j] = report{cluster: c.id, who: p.id, relation: r, source: p.firm, target: j, often: often}
			if yes && j != p.firm {
				named = append(named, j)
			}
		}
		slices.SortStableFunc(named, func(a, b int) int {
			return c.networks[r][p.firm][b] - c.networks[r][p.firm][a]
		})
		for _, j := range named[:min(len(named), w.design.OwnLimit)] {
			all = append(all, said[j])
		}
	}
	return all
}
