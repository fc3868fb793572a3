package resolve

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"firmties/pipeline/study"
)

const (
	// most is how many nearest names are offered.
	most = 3
	// longest is the length in characters beyond which a text is no name.
	longest = 100
	// comparisons is how many pairs of names are compared in a study, some
	// seconds of work: a sheet of other people's names must not hang a run.
	comparisons = 20_000_000
)

// near is a name that an unresolved one may have been meant to be.
type near struct {
	firm     int32
	isID     bool
	written  string
	distance int
}

// written is a name of a firm of the cluster at hand.
type written struct {
	near
	form   string // normalised
	length int    // of the form, in characters
}

// seekCandidates finds the nearest names to every unresolved one. Decisions
// are sorted, so which names are still compared when the allowance ends does
// not depend on the order of any sheet.
func (r *resolver) seekCandidates() {
	aliases := slices.Clone(r.s.Aliases)
	slices.SortStableFunc(aliases, func(a, b study.Alias) int {
		return cmp.Or(cmp.Compare(a.Firm, b.Firm), strings.Compare(a.Name, b.Name))
	})
	var list []written
	listed := int32(-2)
	left := comparisons
	for i := range r.decisions {
		d := &r.decisions[i]
		if d.how != unresolved {
			continue
		}
		if d.cluster != listed {
			list, listed = r.written(d.cluster, aliases), d.cluster
		}
		if left -= len(list); left < 0 {
			return
		}
		d.near = nearest(r.s.Texts.String(d.name), list)
	}
}

// written lists the ids, labels and aliases of a cluster's firms.
func (r *resolver) written(cluster int32, aliases []study.Alias) []written {
	var list []written
	add := func(firm int32, isID bool, text string) {
		if form := Normalise(text); form != "" {
			list = append(list, written{near{firm, isID, text, 0}, form, utf8.RuneCountInString(form)})
		}
	}
	from, to := r.firms(cluster)
	at, _ := slices.BinarySearchFunc(aliases, from, func(a study.Alias, f int32) int { return cmp.Compare(a.Firm, f) })
	for f := from; f < to; f++ {
		add(f, true, r.s.Firms[f].ID)
		for _, label := range r.s.Firms[f].Labels {
			add(f, false, label)
		}
		for ; at < len(aliases) && aliases[at].Firm == f; at++ {
			add(f, false, aliases[at].Name)
		}
	}
	return list
}

// nearest returns the closest names, one a firm, by the number of characters
// to change after normalisation.
func nearest(name string, list []written) []near {
	form := Normalise(name)
	length := utf8.RuneCountInString(form)
	if length == 0 || length > longest {
		return nil
	}
	var found []near
	for i := range list {
		w := &list[i]
		limit := closeEnough(max(length, w.length))
		if max(length, w.length)-min(length, w.length) > limit {
			continue
		}
		if d := levenshtein.ComputeDistance(form, w.form); d <= limit {
			n := w.near
			n.distance = d
			found = insertNear(found, n)
		}
	}
	return found
}

// closeEnough is the distance up to which names of n characters are near: one
// character of up to three, two of a short name, a quarter of a long one.
func closeEnough(n int) int {
	if n < 4 {
		return min(n-1, 1)
	}
	return max(2, n/4)
}

// insertNear keeps the best few sorted by distance and firm, each firm once.
func insertNear(list []near, n near) []near {
	if i := slices.IndexFunc(list, func(x near) bool { return x.firm == n.firm }); i >= 0 {
		if list[i].distance <= n.distance {
			return list
		}
		list = slices.Delete(list, i, i+1)
	}
	at, _ := slices.BinarySearchFunc(list, n, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.firm, b.firm))
	})
	list = slices.Insert(list, at, n)
	return list[:min(len(list), most)]
}
