package main

import (
	"math"
	"syscall"
	"time"

	"firmties/graphs"
	"firmties/graphs/metrics"
)

// runs is how often each is timed, after a warm-up.
const runs = 5

// measure is one thing computed by us and by peers.
type measure struct {
	name  string
	of    func(k *kit, g *graphs.Graph) []float64
	peers []string
}

// kit is the memory that our kernels reuse.
type kit struct {
	ws        graphs.Workspace
	distances graphs.Distances
	out       []float64
	runners   map[string]*metrics.Runner
}

func (k *kit) room(n int) []float64 {
	if cap(k.out) < n {
		k.out = make([]float64, n)
	}
	return k.out[:n]
}

// metric runs one metric of firms; 0 where it is undefined.
func (k *kit) metric(name string, g *graphs.Graph) []float64 {
	if k.runners == nil {
		k.runners = map[string]*metrics.Runner{}
	}
	if k.runners[name] == nil {
		m, _ := metrics.Lookup(metrics.Firm, name)
		k.runners[name] = metrics.NewRunner([]metrics.Metric{m})
	}
	return k.runners[name].Run(metrics.Input{Graph: g, Observed: metrics.AllObserved(g), Expensive: true})[0].Values
}

var everyPeer = []string{"igraph", "networkit", "networkx"}

// measures are what is measured. The line "harmonic" is all distance metrics of
// ours in one pass against the peer's harmonic centrality alone.
var measures = []measure{
	{"betweenness", func(k *kit, g *graphs.Graph) []float64 {
		out := k.room(g.N())
		graphs.Betweenness(out, g, &k.ws)
		return out
	}, append([]string{"R igraph", "sna"}, everyPeer...)},
	{"harmonic", func(k *kit, g *graphs.Graph) []float64 {
		k.distances.Measure(g, graphs.Incoming, &k.ws)
		return k.distances.Harmonic
	}, everyPeer},
	{"pagerank", func(k *kit, g *graphs.Graph) []float64 { return k.metric("pagerank", g) }, []string{"igraph"}},
	{"eigenvector", func(k *kit, g *graphs.Graph) []float64 { return k.metric("eigenvector", g) }, []string{"igraph"}},
	{"core", func(k *kit, g *graphs.Graph) []float64 { return k.metric("core", g) }, everyPeer},
	{"clustering", func(k *kit, g *graphs.Graph) []float64 { return k.metric("clustering", g) }, everyPeer},
	{"constraint", func(k *kit, g *graphs.Graph) []float64 { return k.metric("constraint", g) }, []string{"igraph", "R igraph", "networkx"}},
}

// own is what we made of a measure.
type own struct {
	values  []float64
	seconds float64
}

// ours measures ourselves: the least of the runs, in seconds of the core.
func ours(m measure, g named) own {
	k := &kit{}
	before := cpu()
	values := append([]float64{}, m.of(k, g.graph)...)
	best := cpu() - before
	if best > 3 {
		return own{values, best} // what takes seconds has no need to warm up
	}
	best = math.Inf(1)
	for range runs {
		before := cpu()
		m.of(k, g.graph)
		best = min(best, cpu()-before)
	}
	return own{values, best}
}

// cpu is the time that this process has used, in seconds.
func cpu() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return float64(time.Now().UnixNano()) / 1e9
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}
