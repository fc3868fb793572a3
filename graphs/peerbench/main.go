// Command peerbench runs firmties and its peers (python-igraph, NetworkX,
// NetworKit, R igraph, sna) on the same graphs and prints how many times as long
// they take. It owns the measuring: one process per peer, graph and metric, the
// graph loaded outside the timer, a warm-up before it, least of several runs in
// seconds of one core; a peer whose numbers differ from ours by more than 1e-9
// has its line voided, and one that takes longer than the limit is said to. It
// refuses to judge: no test depends on a time.
//
//	go run ./graphs/peerbench -python path/to/python -graphs path/to/edge/lists
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

func main() {
	python := flag.String("python", "python3", "a Python that has the packages of requirements.txt")
	folder := flag.String("graphs", "", "a folder of edge lists, NAME.txt.gz, to measure besides the seeded graphs")
	limit := flag.Duration("limit", time.Minute, "how long a peer may take for one line")
	only := flag.String("only", "", "measure the graphs whose name holds this, or the clusters")
	flag.Parse()
	runtime.GOMAXPROCS(1) // a core for each, as the peers have
	if err := run(*python, *folder, *only, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "peerbench:", err)
		os.Exit(1)
	}
}

// run measures graph by graph and prints a line as soon as it is known.
func run(python, folder, only string, limit time.Duration) error {
	work, err := os.MkdirTemp("", "peerbench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	list, err := graphsToMeasure(folder)
	if err != nil {
		return err
	}
	p := peers{python: python, work: work, limit: limit}
	fmt.Println("| graph | nodes | ties | metric | firmties, s | peer | peer, s | ratio |")
	fmt.Println("|---|---|---|---|---|---|---|---|")
	for _, g := range list {
		if !strings.Contains(g.name, only) {
			continue
		}
		if err := p.write(g); err != nil {
			return err
		}
		for _, m := range measures {
			own := ours(m, g)
			for _, peer := range m.peers {
				fmt.Println(p.line(g, m, own, peer))
			}
		}
	}
	if only == "" || only == "clusters" {
		if err := clusters(p); err != nil {
			return err
		}
		return endToEnd(p)
	}
	return nil
}
