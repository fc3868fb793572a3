// Package simulate makes studies whose truth is known: clusters of small
// firms, the ties that are really there, and the interview sheets of informants
// who forget some ties and invent others at stated rates.
//
// It owns the design (what the world is like), the truth drawn from it, and the
// study folder that an analyst would have got. It knows nothing of how such a
// folder is read or analysed, and imports the standard library alone, so that a
// test of the analysis never shares code with what it tests.
//
// The order is roster, networks, affiliations, outcomes (the truth), then
// people and reports (what was said of it), then sheets. Every part draws from
// a stream of its own, so that changing one leaves the others as they were.
package simulate

import (
	"fmt"
	"io/fs"
	"testing/fstest"
)

// DefaultSeed is the seed of the shipped study, datasets/twelve-clusters.
const DefaultSeed = 1207

// Folder is a simulated study: the files an analyst would have, and the truth
// behind them.
type Folder struct {
	// Files is the study folder, with study.yaml, the sheets, the card
	// README.md and the truth as sheets under truth/.
	Files fs.FS
	// Truth is what lies under truth/, as values.
	Truth Truth
}

// Study simulates one study. The same design and seed give the same bytes.
func Study(d Design, seed uint64) (*Folder, error) {
	if err := d.Validate(); err != nil {
		return nil, fmt.Errorf("simulate a study: %w", err)
	}
	w := newWorld(d, seed)
	ties, own := w.interview()
	truth := w.truth(ties, own)
	files := fstest.MapFS{}
	w.writeSheets(files, ties, own)
	truth.write(files)
	if err := w.writeTexts(files, truth); err != nil {
		return nil, fmt.Errorf("simulate a study: %w", err)
	}
	return &Folder{Files: files, Truth: truth}, nil
}

// world is one draw of everything that is true, and the people who speak of it.
type world struct {
	design   Design
	seed     uint64
	clusters []*cluster
}

func newWorld(d Design, seed uint64) *world {
	w := &world{design: d, seed: seed}
	w.found()
	for g, c := range w.clusters {
		w.tie(g, c)
		w.affiliate(g, c)
		c.coupling = coupling(len(c.firms), c.practices, c.tasks)
		w.recruit(g, c)
	}
	w.judge()
	for g, c := range w.clusters {
		w.innovate(g, c)
	}
	return w
}
