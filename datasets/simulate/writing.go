package simulate

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// line is a report as it stands in its sheet.
type line struct {
	report
	sourceName, targetName written
	fate                   string // what becomes of it; see Row
	why                    string
}

// written is a name in a sheet: how it is spelt and how that came about.
type written struct {
	text string
	how  string // one of the how... constants
	firm string // id of the firm meant; blank for a firm of no roster
}

// How a name is written. The first three are found in firms.csv and aliases.csv.
const (
	howID           = "id"
	howLabel        = "label"
	howShort        = "short"
	howVariant      = "variant"
	howMisspelt     = "misspelt"
	howOtherCluster = "other_cluster"
	howOutside      = "outside"
	howBlank        = "blank"
)

// The fates of rows, in the words of the table tie_reports.
const (
	fateKept         = "kept"
	fateRepeated     = "repeated"
	fateSelf         = "self"
	fateOutside      = "outside"
	fateCrossCluster = "cross_cluster"
	fateNoAnswer     = "no_answer"
)

// pen writes the names of one respondent's reports.
type pen struct {
	rng     *rand.Rand
	shares  Writing
	cluster *cluster
}

// aboutPairs writes reports that name both firms.
func (p pen) aboutPairs(reports []report) []line {
	lines := make([]line, len(reports))
	for i, r := range reports {
		source := p.write(r.source)
		lines[i] = p.line(r, source)
	}
	return lines
}

// aboutOwn writes reports that name the partner alone: the respondent's firm is
// understood.
func (p pen) aboutOwn(reports []report) []line {
	lines := make([]line, len(reports))
	for i, r := range reports {
		lines[i] = p.line(r, written{how: howBlank})
	}
	return lines
}

func (p pen) line(r report, source written) line {
	l := line{report: r, sourceName: source, targetName: p.write(r.target), fate: fateKept}
	if source.how == howMisspelt || l.targetName.how == howMisspelt {
		l.fate, l.why = fateOutside, howMisspelt
	}
	return l
}

// write gives one name in one of the forms of Writing.
func (p pen) write(i int) written {
	f := &p.cluster.firms[i]
	s := p.shares
	u := p.rng.Float64()
	variant, wrong := variantOf(p.rng, f), misspell(p.rng, f)
	chinese := chance(p.rng, 0.5)
	for _, form := range []struct {
		share float64
		written
	}{
		{s.English, written{f.label().en, howLabel, f.id}},
		{s.Chinese, written{f.label().zh, howLabel, f.id}},
		{s.Short, f.short(chinese)},
		{s.Variant, written{variant, howVariant, f.id}},
		{s.Misspelt, written{wrong, howMisspelt, f.id}},
	} {
		if u < form.share {
			return form.written
		}
		u -= form.share
	}
	return written{f.id, howID, f.id}
}

// short is the firm's own two words, where aliases.csv lists them; else its id.
func (f *firm) short(chinese bool) written {
	switch {
	case !f.shortForms:
		return written{f.id, howID, f.id}
	case chinese:
		return written{f.name.zh, howShort, f.id}
	}
	return written{f.name.en, howShort, f.id}
}

// variantOf is a label that differs from the roster's in nothing but case, width
// or legal form.
func variantOf(rng *rand.Rand, f *firm) string {
	label, core := f.label(), f.core()
	forms := []string{strings.ToUpper(label.en), strings.ToLower(label.en), fullWidth(label.en)}
	if f.incorporated {
		forms = append(forms, core.en, core.en+" Company Limited", core.en+" CO LTD", core.zh, core.zh+"股份有限公司")
	}
	return pick(rng, forms)
}

// fullWidth replaces printable ASCII by the forms that fill a Chinese
// character's square, which compatibility normalisation folds back.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '\u3000'
		case r > ' ' && r <= '~':
			return r - '!' + '！'
		}
		return r
	}, s)
}

// misspell is a label with one slip in the firm's own words. The slip never
// makes another firm's word, so the name is that of no firm.
func misspell(rng *rand.Rand, f *firm) string {
	chinese := chance(rng, 0.4)
	character := pick(rng, wrongCharacters)
	slip := slipIn(rng, f.name.en)
	if chinese {
		return string([]rune(f.name.zh)[:1]) + character + strings.TrimPrefix(f.label().zh, f.name.zh)
	}
	return slip + strings.TrimPrefix(f.label().en, f.name.en)
}

// slipIn drops, doubles or swaps a letter of the second word.
func slipIn(rng *rand.Rand, name string) string {
	first, second, _ := strings.Cut(name, " ")
	for {
		k := rng.IntN(len(second) - 1)
		var wrong string
		switch rng.IntN(3) {
		case 0:
			wrong = second[:k+1] + second[k+2:]
		case 1:
			wrong = second[:k+1] + second[k:]
		default:
			wrong = second[:k] + second[k+1:k+2] + second[k:k+1] + second[k+2:]
		}
		if !slices.ContainsFunc(secondWords, func(w word) bool { return strings.EqualFold(w.en, wrong) }) {
			return first + " " + strings.ToUpper(wrong[:1]) + strings.ToLower(wrong[1:])
		}
	}
}

// oddRows are the rows of one respondent that are no report about two firms of
// the cluster, or say again what was said. Each is about a yes of theirs.
func (w *world) oddRows(g, k int, said []line) []line {
	rng := w.stream("odd rows", g, k)
	shares := w.design.Odd
	var odd []line
	for _, l := range said {
		repeat, self, other := chance(rng, shares.Repeat), chance(rng, shares.Self), chance(rng, shares.OtherCluster)
		outside, nobody := chance(rng, shares.Outside), chance(rng, shares.Nobody)
		stranger, outsider := w.stranger(rng, g), pick(rng, outsiders)
		if l.answer != saidYes || l.fate != fateKept {
			continue
		}
		c := w.clusters[g]
		byID := func(i int) written { return written{c.firms[i].id, howID, c.firms[i].id} }
		add := func(source, target written, fate, why string) {
			o := line{l.report, source, target, fate, why}
			o.passage = ""
			odd = append(odd, o)
		}
		if repeat {
			first, second := byID(l.source), byID(l.target)
			if !relations[l.relation].directed { // told the other way round
				first, second = second, first
			}
			add(first, second, fateRepeated, fateRepeated)
		}
		if self {
			f := &c.firms[l.source]
			add(byID(l.source), written{f.label().en, howLabel, f.id}, fateSelf, fateSelf)
		}
		if other {
			add(byID(l.source), stranger, fateCrossCluster, howOtherCluster)
		}
		if outside {
			add(byID(l.source), written{outsider, howOutside, ""}, fateOutside, howOutside)
		}
		if nobody {
			add(byID(l.source), written{"", howBlank, ""}, fateNoAnswer, howBlank)
		}
	}
	return odd
}

// stranger names, by its id, a firm of another cluster.
func (w *world) stranger(rng *rand.Rand, g int) written {
	other := (g + 1 + rng.IntN(len(w.clusters)-1)) % len(w.clusters)
	firms := w.clusters[other].firms
	id := firms[rng.IntN(len(firms))].id
	return written{id, howOtherCluster, id}
}
