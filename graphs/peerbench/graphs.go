package main

import (
	"bufio"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"firmties/graphs"
)

// named is a graph to measure: undirected, without strengths.
type named struct {
	name  string
	n     int
	arcs  []graphs.Arc
	graph *graphs.Graph
}

// graphsToMeasure lists the seeded graphs and the edge lists of a folder.
func graphsToMeasure(folder string) ([]named, error) {
	list := []named{
		from("erdos-renyi", 5000, randomTies(5000, 25_000, 1)),
		from("watts-strogatz", 5000, smallWorld(5000, 5, 0.1, 2)),
		from("planted partition", 5000, planted(5000, 50, 0.09, 0.0004, 3)),
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.txt.gz"))
	if err != nil || folder == "" {
		return list, err
	}
	for _, path := range files {
		g, err := readEdges(path)
		if err != nil {
			return nil, err
		}
		list = append(list, g)
	}
	return list, nil
}

func from(name string, n int, pairs map[[2]int32]bool) named {
	var arcs []graphs.Arc
	for p := range pairs {
		arcs = append(arcs, graphs.Arc{From: p[0], To: p[1], Strength: 1})
	}
	slices.SortFunc(arcs, func(a, b graphs.Arc) int {
		if a.From != b.From {
			return int(a.From - b.From)
		}
		return int(a.To - b.To)
	})
	return named{name, n, arcs, graphs.New(n, false, arcs)}
}

// add ties two nodes, unless they are one.
func add(pairs map[[2]int32]bool, v, w int32) {
	if v != w {
		pairs[[2]int32{min(v, w), max(v, w)}] = true
	}
}

// randomTies draws m ties of n nodes.
func randomTies(n int32, m int, seed uint64) map[[2]int32]bool {
	rng, pairs := rand.New(rand.NewPCG(seed, 0)), map[[2]int32]bool{}
	for len(pairs) < m {
		add(pairs, rng.Int32N(n), rng.Int32N(n))
	}
	return pairs
}

// smallWorld ties each node of a ring with the k after it, and draws another end
// for a share of the ties (Watts & Strogatz 1998); a tie that is there already
// is left where it was.
func smallWorld(n int32, k int, share float64, seed uint64) map[[2]int32]bool {
	rng, pairs := rand.New(rand.NewPCG(seed, 0)), map[[2]int32]bool{}
	for v := range n {
		for d := range int32(k) {
			add(pairs, v, (v+d+1)%n)
		}
	}
	for v := range n {
		for d := range int32(k) {
			w, other := (v+d+1)%n, rng.Int32N(n)
			moved := [2]int32{min(v, other), max(v, other)}
			if rng.Float64() < share && other != v && !pairs[moved] {
				delete(pairs, [2]int32{min(v, w), max(v, w)})
				pairs[moved] = true
			}
		}
	}
	return pairs
}

// planted ties nodes of the same group with one chance and others with another.
func planted(n, groups int32, within, between float64, seed uint64) map[[2]int32]bool {
	rng, pairs := rand.New(rand.NewPCG(seed, 0)), map[[2]int32]bool{}
	for v := range n {
		for w := range v {
			chance := between
			if v%groups == w%groups {
				chance = within
			}
			if rng.Float64() < chance {
				add(pairs, v, w)
			}
		}
	}
	return pairs
}

// readEdges reads a list of pairs of names; lines that begin with # are comment.
func readEdges(path string) (named, error) {
	f, err := os.Open(path)
	if err != nil {
		return named{}, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return named{}, err
	}
	numbers, pairs, err := edges(z)
	return from(strings.TrimSuffix(filepath.Base(path), ".txt.gz"), len(numbers), pairs), err
}

func edges(r io.Reader) (map[string]int32, map[[2]int32]bool, error) {
	numbers, pairs := map[string]int32{}, map[[2]int32]bool{}
	number := func(name string) int32 {
		if _, ok := numbers[name]; !ok {
			numbers[name] = int32(len(numbers))
		}
		return numbers[name]
	}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if words := strings.Fields(lines.Text()); len(words) >= 2 && !strings.HasPrefix(words[0], "#") {
			add(pairs, number(words[0]), number(words[1]))
		}
	}
	return numbers, pairs, lines.Err()
}
