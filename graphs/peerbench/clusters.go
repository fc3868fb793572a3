package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"firmties/graphs"
	"firmties/graphs/metrics"
)

// usual are the metrics that an analyst computes of every cluster.
var usual = []struct {
	level metrics.Level
	name  string
}{
	{metrics.Firm, "betweenness"}, {metrics.Firm, "degree"}, {metrics.Firm, "harmonic"}, {metrics.Firm, "closeness_component"},
	{metrics.Firm, "constraint"}, {metrics.Firm, "core"}, {metrics.Firm, "pagerank"}, {metrics.Firm, "eigenvector"}, {metrics.Firm, "clustering"},
	{metrics.Cluster, "transitivity"}, {metrics.Cluster, "density"}, {metrics.Cluster, "components"}, {metrics.Cluster, "mean_distance"}, {metrics.Cluster, "assortativity_degree"},
}

// smallNetworks are the ties of as many networks of 40 firms with 100 ties.
func smallNetworks(count int) [][]graphs.Arc {
	list := make([][]graphs.Arc, count)
	for c := range list {
		list[c] = from("", 40, randomTies(40, 100, uint64(c))).arcs
	}
	return list
}

// clusters measures many small networks: the usual metrics against
// python-igraph, networks made from ties included, and the default catalogue of
// ours on one worker and on two.
func clusters(p peers) error {
	if err := p.write(named{}); err != nil {
		return err
	}
	list := smallNetworks(1000)
	var text strings.Builder
	for _, arcs := range list {
		fmt.Fprintln(&text, 40, -1)
		for _, a := range arcs {
			fmt.Fprintln(&text, a.From, a.To)
		}
	}
	if err := os.WriteFile(filepath.Join(p.work, "clusters.txt"), []byte(text.String()), 0o600); err != nil {
		return err
	}
	var chosen []metrics.Metric
	for _, u := range usual {
		m, _ := metrics.Lookup(u.level, u.name)
		chosen = append(chosen, m)
	}
	m := measure{name: "clusters"}
	o := own{seconds: 1e9}
	for range runs + 1 {
		before := cpu()
		values := betweennessOf(list, chosen)
		if spent := cpu() - before; spent < o.seconds {
			o = own{values, spent}
		}
	}
	fmt.Println(p.line(named{name: "1,000 clusters of 40 firms", n: 40_000, arcs: make([]graphs.Arc, 100_000)}, m, o, "igraph"))
	fmt.Println()
	fmt.Printf("The default catalogue, of 1,000 clusters: %s; two workers against one: %.2f times as fast.\n", defaultCatalogue(list, 1), defaultCatalogue(list, 1).Seconds()/defaultCatalogue(list, 2).Seconds())
	return nil
}

// betweennessOf computes the metrics of all networks, and returns the raw
// betweenness of all firms.
func betweennessOf(list [][]graphs.Arc, chosen []metrics.Metric) []float64 {
	runner := metrics.NewRunner(chosen)
	var out []float64
	for _, arcs := range list {
		g := graphs.New(40, false, arcs)
		for _, x := range runner.Run(metrics.Input{Graph: g, Observed: metrics.AllObserved(g)})[0].Values {
			out = append(out, x*39*38/2)
		}
	}
	return out
}

// defaultCatalogue is the time that the default catalogue takes, from graphs in
// memory, on as many workers.
func defaultCatalogue(list [][]graphs.Arc, workers int) time.Duration {
	runtime.GOMAXPROCS(workers)
	defer runtime.GOMAXPROCS(1)
	var chosen []metrics.Metric
	for _, m := range metrics.Catalogue {
		if !m.OnRequest {
			chosen = append(chosen, m)
		}
	}
	networks := make(chan *graphs.Graph, len(list))
	for _, arcs := range list {
		networks <- graphs.New(40, false, arcs)
	}
	close(networks)
	begun := time.Now()
	var pool sync.WaitGroup
	for range workers {
		pool.Go(func() {
			runner := metrics.NewRunner(chosen)
			for g := range networks {
				runner.Run(metrics.Input{Graph: g, Observed: metrics.AllObserved(g)})
			}
		})
	}
	pool.Wait()
	return time.Since(begun)
}
