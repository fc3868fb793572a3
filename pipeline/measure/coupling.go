package measure

import (
	"math"

	"firmties/graphs"
	"firmties/graphs/metrics"
	"firmties/graphs/null"
	"firmties/pipeline/networks"
	"firmties/pipeline/study"
)

// coupledCount is the number of coupledMeasures.
const coupledCount = 5

// saturation is the density above which partners say nothing: nearly all firms
// are.
const saturation = 0.9

// coupler measures how practices and tasks go together in one cluster after
// another; one goroutine may use it.
type coupler struct {
	plan *Plan
	rows []coupled

	// The cluster in hand. Pairs of firms are numbered by pairOf.
	cluster int32
	n       int
	tasks   *graphs.Incidence // nil: the study has no task events
	ties    *graphs.Graph     // of joint enterprise; nil: the study has no such relation
	joined  *graphs.Graph     // firms that share a task or such a tie
	shared  []bool            // by pair, whether the firms share a practice
	scores  []float64         // by pair, how much more they share than expected
	total   float64           // of scores

	fit         graphs.Configuration
	ofTasks     null.Ensemble
	ofTies      null.Ensemble
	names       []int32
	drawn       []bool // by pair, whether it is joined in the network being drawn
	drawnPairs  []int
	drawnValues [coupledCount][]float64
}

// tallies counts the pairs of firms that share tasks.
type tallies struct {
	pairs, practices float64
	tasks, both      float64
	scores           float64 // sum over those that share tasks
}

// add counts a pair that shares tasks.
func (k *coupler) add(t *tallies, pair int) {
	t.tasks++
	t.scores += k.scores[pair]
	if k.shared[pair] {
		t.both++
	}
}

func pairOf(v, w int32) int {
	if v < w {
		v, w = w, v
	}
	return int(v)*int(v-1)/2 + int(w)
}

// coupledMeasures are the measures that are compared with random networks, in
// the order of the table's key.
var coupledMeasures = [coupledCount]struct {
	name string
	of   func(k *coupler, t tallies) float64
}{
	{"coupling", func(k *coupler, t tallies) float64 {
		return t.scores/t.tasks - (k.total-t.scores)/(t.pairs-t.tasks)
	}},
	{"coupling_log_or", func(_ *coupler, t tallies) float64 {
		neither := t.pairs - t.tasks - t.practices + t.both
		return math.Log((t.both + 0.5) * (neither + 0.5) / ((t.tasks - t.both + 0.5) * (t.practices - t.both + 0.5)))
	}},
	{"lift", func(_ *coupler, t tallies) float64 { return t.both * t.pairs / (t.tasks * t.practices) }},
	{"practice_given_task", func(_ *coupler, t tallies) float64 { return t.both / t.tasks }},
	{"task_given_practice", func(_ *coupler, t tallies) float64 { return t.both / t.practices }},
}

// measure measures cluster c, where the study has layers of practices and of tasks.
func (k *coupler) measure(c int32, nets []networks.Network) {
	if !k.plan.coupled {
		return
	}
	practices := k.events(nets, study.SharedRepertoire)
	k.cluster, k.n = c, int(k.plan.study.Clusters[c].Firms)
	k.tasks, k.ties = k.events(nets, study.JointEnterprise), k.tiesOf(nets)
	k.join()
	t, reason := k.prepare(practices)
	if reason != "" {
		k.refuse(t, reason)
		return
	}
	k.compare(t)
}

// events is the incidence of all events of a dimension, each affiliation once;
// nil where there is none.
func (k *coupler) events(nets []networks.Network, d study.Dimension) *graphs.Incidence {
	var members []graphs.Membership
	events, met := 0, map[int]bool{}
	for i := range nets {
		l := &k.plan.study.Layers[nets[i].Layer]
		if nets[i].Events == nil || l.Dimension != d || met[l.Members[0]] {
			continue
		}
		met[l.Members[0]] = true
		for e := range nets[i].Events.M() {
			for _, v := range nets[i].Events.Nodes(e) {
				members = append(members, graphs.Membership{Node: v, Event: int32(events + e)})
			}
		}
		events += nets[i].Events.M()
	}
	if len(met) == 0 {
		return nil
	}
	return graphs.NewIncidence(nets[0].Graph.N(), events, members)
}

// tiesOf are those of all relations of joint enterprise; nil where the study
// has none.
func (k *coupler) tiesOf(nets []networks.Network) *graphs.Graph {
	var list []*graphs.Graph
	for i := range nets {
		if l := &k.plan.study.Layers[nets[i].Layer]; l.Dimension == study.JointEnterprise && nets[i].Events == nil {
			list = append(list, nets[i].Graph)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return graphs.Merged(list[0].N(), list...)
}

// join ties the firms that share a task or a tie of joint enterprise.
func (k *coupler) join() {
	var list []*graphs.Graph
	if k.tasks != nil {
		list = append(list, graphs.Project(k.tasks, graphs.Count))
	}
	if k.ties != nil {
		list = append(list, k.ties)
	}
	k.joined = graphs.Merged(k.n, list...)
}

// prepare scores and counts the pairs of firms, and says why coupling is
// undefined, if it is.
func (k *coupler) prepare(practices *graphs.Incidence) (t tallies, reason string) {
	partners := graphs.Project(practices, graphs.Count)
	t.pairs = float64(k.n) * float64(k.n-1) / 2
	t.practices, t.tasks = float64(partners.Ties()), float64(k.joined.Ties())
	switch {
	case k.n < 2:
		return t, metrics.TooSmall.String()
	case t.tasks == 0 || t.practices == 0:
		return t, metrics.NoTies.String()
	case t.tasks > saturation*t.pairs || t.practices > saturation*t.pairs:
		return t, saturated
	case k.n > comparedFirms:
		return t, metrics.TooLarge.String()
	case !k.fit.Fit(practices):
		return t, notConverged
	}
	k.shared = resized(k.shared, k.n*(k.n-1)/2)
	clear(k.shared)
	for a := range partners.All() {
		k.shared[pairOf(a.From, a.To)] = true
	}
	k.score(practices)
	t.tasks = 0
	for a := range k.joined.All() {
		k.add(&t, pairOf(a.From, a.To))
	}
	return t, ""
}

// score fills in how many more practices two firms share than they would if all
// that is known were how many practices each firm has and how many firms each
// practice, in standard deviations; 0 where nothing can vary.
func (k *coupler) score(practices *graphs.Incidence) {
	k.scores = resized(k.scores, k.n*(k.n-1)/2)
	k.total = 0
	for v := range k.n {
		for w := range v {
			expected, variance := 0.0, 0.0
			for e := range practices.M() {
				p := k.fit.P(v, e) * k.fit.P(w, e)
				expected += p
				variance += p * (1 - p)
			}
			s := 0.0
			if variance > 1e-9 {
				s = (float64(sharedEvents(practices, v, w)) - expected) / math.Sqrt(variance)
			}
			k.scores[pairOf(int32(v), int32(w))] = s
			k.total += s
		}
	}
}

// sharedEvents counts the events of both.
func sharedEvents(in *graphs.Incidence, v, w int) int {
	a, b := in.Events(v), in.Events(w)
	count := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			a, b = a[1:], b[1:]
			count++
		}
	}
	return count
}
