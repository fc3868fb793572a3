package reconcile

import "firmties/pipeline/study"

// voice is a respondent's part in a relation, over all its sections: the pairs
// they could have been asked about, and those of which their silence is a no.
type voice struct {
	node          int32 // their firm's, or -1
	asked, silent study.Covers
}

// listen notes the part of every respondent of the cluster.
func (w *work) listen() {
	w.voices = make([]voice, len(w.respondents))
	for i := range w.respondents {
		p := &w.respondents[i]
		v := voice{node: w.node(p.Firm)}
		for j := range w.rel.Sections {
			sec := &w.rel.Sections[j]
			covers := w.rel.Covers(sec, p)
			v.asked = max(v.asked, covers)
			if sec.Asked.SilenceIsNo() {
				v.silent = max(v.silent, covers)
			}
		}
		w.voices[i] = v
		w.asked.add(v.node, v.asked)
		w.silent.add(v.node, v.silent)
	}
}

// counts says how many respondents cover a pair, from counts per firm.
type counts struct {
	all      int32   // cover every pair, whoever they speak for
	speakers []int32 // of those, who speak for the firm
	own, out []int32 // cover the firm's pairs at either end, or those it is the source of
}

func newCounts(n int) counts {
	return counts{speakers: make([]int32, n), own: make([]int32, n), out: make([]int32, n)}
}

func (k *counts) add(node int32, covers study.Covers) {
	if covers == study.AllPairs {
		k.all++
	}
	if node < 0 {
		return
	}
	switch covers {
	case study.AllPairs:
		k.speakers[node]++
	case study.OwnPairs:
		k.own[node]++
	case study.Outgoing:
		k.out[node]++
	}
}

// pair is how many respondents cover the pair i, j.
func (k *counts) pair(i, j int32) int32 { return k.all + k.own[i] + k.own[j] + k.out[i] }

// source is how many respondents of i cover the pairs that start at i.
func (k *counts) source(i int32) int32 { return k.speakers[i] + k.own[i] + k.out[i] }

// target is how many respondents of j cover the pairs that end at j.
func (k *counts) target(j int32) int32 { return k.speakers[j] + k.own[j] }

// unsaid is the tally of a pair that nobody says anything about.
func (w *work) unsaid(i, j int32) tally {
	return tally{
		asked:  w.asked.pair(i, j),
		no:     w.silent.pair(i, j),
		source: voices{no: w.silent.source(i)},
		target: voices{no: w.silent.target(j)},
	}
}

// flags says which pairs are observed by silence alone: those whose source's
// or target's flag is set, or with `both` those whose two flags are.
func (w *work) flags(h heard) (source, target []bool, both bool) {
	source, target = make([]bool, w.n), make([]bool, w.n)
	k := &w.silent
	for i := range int32(w.n) {
		switch h {
		case everyone:
			source[i] = k.all+k.own[i]+k.out[i] > 0
			target[i] = k.all+k.own[i] > 0
		case eitherEnd, bothEnds:
			source[i], target[i] = k.source(i) > 0, k.target(i) > 0
		case sourceEnd:
			source[i] = k.source(i) > 0
		case targetEnd:
			target[i] = k.target(i) > 0
		}
	}
	if !w.rel.Directed {
		target = source // nobody covers outgoing pairs only, so they agree
	}
	return source, target, h == bothEnds
}
