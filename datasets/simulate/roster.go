package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// minFirms is the smallest cluster in which the coupling of a firm can be told
// apart from its degree and size; maxFirms the largest with names for its
// practices and tasks.
const (
	minFirms = 6
	maxFirms = 40
)

// surveyYear is the year of the interviews; no firm is founded after it.
const surveyYear = 2024

// cluster is the truth about one cluster.
type cluster struct {
	id          string
	place       place
	founded     int
	kmToCity    int
	firms       []firm
	head        int // the firm of the cluster's leader, best connected by design
	deputy      int // the firm of the senior member
	networks    [len(relations)]network
	practices   []event
	tasks       []event
	coupling    []float64
	people      []person
	structure   structure
	innovation  float64 // true, on the scale of the ratings
	sustaining  float64
	innovative  float64   // innovation, standardised by its design
	degreeZ     []float64 // joint_task degree, standardised within the cluster
	couplingZ   []float64 // coupling net of degreeZ and employees, likewise
	outcomes    []outcomes
	blankCells  []blanks
	ratingCells []ratingCells
}

// firm is the truth about one firm.
type firm struct {
	id           string
	name         word // its own two words: "Hsin Yuan", 新源
	sector       int
	incorporated bool // a company; else an enterprise, a sole owner's firm
	employees    int
	founded      int
	x, y         float64 // where it lies; the cluster is a unit square
	littleKnown  bool
	shortForms   bool // its short forms are listed in aliases.csv
}

// core is the label without its legal form.
func (f *firm) core() word {
	s := sectors[f.sector]
	return word{f.name.en + " " + s.en, f.name.zh + s.zh}
}

// label is the firm's name as the roster has it.
func (f *firm) label() word {
	c := f.core()
	if f.incorporated {
		return word{c.en + " Co., Ltd.", c.zh + "有限公司"}
	}
	return word{c.en + " Enterprise", c.zh + "企業社"}
}

// found makes the clusters and their firms. Names are dealt from one pack, so
// that none comes up twice in the study.
func (w *world) found() {
	names := w.stream("names").Perm(len(firstWords) * len(secondWords))
	for g, n := range w.design.Sizes {
		rng := w.stream("cluster", g)
		c := &cluster{
			id:       fmt.Sprintf("C%02d", g+1),
			place:    places[g],
			founded:  1955 + rng.IntN(40),
			kmToCity: 45 + rng.IntN(140),
			firms:    make([]firm, n),
		}
		for i := range c.firms {
			c.firms[i] = w.newFirm(g, i, names[0])
			names = names[1:]
		}
		order := rng.Perm(n)
		c.head, c.deputy = order[0], order[1]
		c.firms[c.head].littleKnown, c.firms[c.deputy].littleKnown = false, false
		w.clusters = append(w.clusters, c)
	}
}

func (w *world) newFirm(g, i, name int) firm {
	rng := w.stream("firm", g, i)
	first, second := firstWords[name/len(secondWords)], secondWords[name%len(secondWords)]
	f := firm{
		id:           fmt.Sprintf("C%02dF%02d", g+1, i+1),
		name:         word{first.en + " " + second.en, first.zh + second.zh},
		sector:       places[g].trade,
		incorporated: chance(rng, 0.7),
		employees:    firmSize(rng),
		founded:      surveyYear - rng.IntN(45),
		x:            rng.Float64(),
		y:            rng.Float64(),
		shortForms:   chance(rng, 0.4),
		littleKnown:  chance(rng, w.design.LittleKnown),
	}
	if chance(rng, 0.45) {
		f.sector = rng.IntN(len(sectors))
	}
	return f
}

// firmSize draws employees, owner included: lognormal about 8, from 1 to 60.
func firmSize(rng *rand.Rand) int {
	n := math.Round(8 * math.Exp(0.8*rng.NormFloat64()))
	return int(min(max(n, 1), 60))
}
