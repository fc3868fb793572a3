package graphtest

import (
	"math/rand/v2"

	"firmties/graphs"
)

// Random returns a graph of n nodes in which each pair (ordered, if directed)
// is tied with probability p. Strengths are whole numbers from 1 to strongest.
func Random(rng *rand.Rand, n int, directed bool, p float64, strongest int) *graphs.Graph {
	var arcs []graphs.Arc
	for v := range int32(n) {
		for w := range int32(n) {
			if v == w || !directed && w < v || rng.Float64() >= p {
				continue
			}
			arcs = append(arcs, graphs.Arc{From: v, To: w, Strength: float64(1 + rng.IntN(strongest))})
		}
	}
	return graphs.New(n, directed, arcs)
}

// Collaboration returns an undirected graph of n nodes made of teams, as
// networks of joint work are: each of the given number of teams takes in one
// node at random and up to size-1 more, half the time partners of those
// already in it, and ties them all.
func Collaboration(rng *rand.Rand, n, teams, size int) *graphs.Graph {
	partners := make([][]int32, n)
	tied := make(map[[2]int32]bool)
	var arcs []graphs.Arc
	for range teams {
		team := gather(rng, partners, 2+rng.IntN(size-1))
		for i, u := range team {
			for _, v := range team[:i] {
				pair := [2]int32{min(u, v), max(u, v)}
				if u == v || tied[pair] {
					continue
				}
				tied[pair] = true
				arcs = append(arcs, graphs.Arc{From: pair[0], To: pair[1], Strength: 1})
				partners[u], partners[v] = append(partners[u], v), append(partners[v], u)
			}
		}
	}
	return graphs.New(n, false, arcs)
}

// gather picks the members of a team, some perhaps twice.
func gather(rng *rand.Rand, partners [][]int32, size int) []int32 {
	team := []int32{rng.Int32N(int32(len(partners)))}
	for len(team) < size {
		known := partners[team[rng.IntN(len(team))]]
		if len(known) > 0 && rng.IntN(2) == 0 {
			team = append(team, known[rng.IntN(len(known))])
		} else {
			team = append(team, rng.Int32N(int32(len(partners))))
		}
	}
	return team
}

// Relabelled returns g with node v renamed to order[v].
func Relabelled(g *graphs.Graph, order []int) *graphs.Graph {
	var arcs []graphs.Arc
	for a := range g.All() {
		arcs = append(arcs, graphs.Arc{From: int32(order[a.From]), To: int32(order[a.To]), Strength: a.Strength})
	}
	return graphs.New(g.N(), g.IsDirected(), arcs)
}
