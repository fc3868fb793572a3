package metrics

import (
	"math"
	"slices"
)

// pathDefinitions are the definitions of metrics about paths.
var pathDefinitions = map[string]func(a matrix) float64{
	"components_strong": func(a matrix) float64 { return float64(len(a.strongParts())) },
	"largest_strong_component_share": func(a matrix) float64 {
		most := 0
		for _, part := range a.strongParts() {
			most = max(most, len(part))
		}
		return float64(most) / float64(max(1, len(a)))
	},
	"fragmentation": func(a matrix) float64 {
		apart := 0.0
		for _, row := range a.undirected().distances() {
			for _, d := range row {
				if math.IsInf(d, 1) {
					apart++
				}
			}
		}
		return apart / a.pairs()
	},
	"mean_distance_directed": func(a matrix) float64 {
		finite := a.finiteDistances()
		sum := 0.0
		for _, d := range finite {
			sum += d
		}
		return sum / float64(len(finite))
	},
	"diameter_directed": func(a matrix) float64 {
		if finite := a.finiteDistances(); len(finite) > 0 {
			return slices.Max(finite)
		}
		return none
	},
	"global_efficiency_directed": func(a matrix) float64 {
		sum := 0.0
		for _, d := range a.finiteDistances() {
			sum += 1 / d
		}
		return sum / a.pairs()
	},
	"reach_weighted_mean": func(a matrix) float64 {
		if len(a) < 2 {
			return none
		}
		sum := 0.0
		for _, d := range a.undirected().finiteDistances() {
			sum += 1 / d
		}
		return sum / float64(len(a))
	},
	"radius": func(a matrix) float64 {
		return leastOfLargest(a, func(d matrix) float64 {
			least := math.Inf(1)
			for _, row := range d {
				least = min(least, slices.Max(row))
			}
			return least
		})
	},
	"wiener_index": func(a matrix) float64 {
		return leastOfLargest(a, func(d matrix) float64 { return d.sum() / 2 })
	},
	"centralization_degree_total": func(a matrix) float64 {
		return freeman(a, 3, func(a matrix) []float64 {
			d := a.binary().degrees()
			for i, x := range a.binary().received() {
				d[i] += x
			}
			return d
		})
	},
	"centralization_betweenness_directed": func(a matrix) float64 { return freeman(a, 3, matrix.betweenness) },
	"centralization_closeness": func(a matrix) float64 {
		if len(a.parts()) > 1 {
			return none
		}
		return freeman(a, 3, func(a matrix) []float64 {
			d := a.undirected().distances().degrees()
			for i := range d {
				d[i] = float64(len(a)-1) / d[i]
			}
			return d
		})
	},
	"centralization_harmonic": func(a matrix) float64 {
		return freeman(a, 3, func(a matrix) []float64 {
			h := make([]float64, len(a))
			for i, row := range a.undirected().distances() {
				for _, d := range row {
					if d > 0 {
						h[i] += 1 / d / float64(len(a)-1)
					}
				}
			}
			return h
		})
	},
	"krackhardt_hierarchy": func(a matrix) float64 {
		d := a.distances()
		oneWay, joined := 0.0, 0.0
		for i := range d {
			for j := range i {
				there, back := !math.IsInf(d[i][j], 1), !math.IsInf(d[j][i], 1)
				if there || back {
					joined++
				}
				if there != back {
					oneWay++
				}
			}
		}
		return oneWay / joined
	},
	"krackhardt_efficiency": func(a matrix) float64 {
		excess, most := 0.0, 0.0
		for _, part := range a.parts() {
			n := float64(len(part))
			excess += a.binary().within(part).sum() - (n - 1)
			most += n*(n-1) - (n - 1)
		}
		return 1 - excess/most
	},
	"krackhardt_lub": func(a matrix) float64 {
		d := a.distances()
		without, most := 0.0, 0.0
		for _, part := range a.parts() {
			n := float64(len(part))
			most += (n - 1) * (n - 2) / 2
			for k, i := range part {
				for _, j := range part[:k] {
					if !hasLeastUpperBound(d, i, j) {
						without++
					}
				}
			}
		}
		return 1 - without/most
	},
	"flow_hierarchy": func(a matrix) float64 {
		d := a.distances()
		acyclic := 0.0
		for i := range a {
			for j := range a {
				if a[i][j] > 0 && math.IsInf(d[j][i], 1) {
					acyclic++
				}
			}
		}
		return acyclic / a.binary().sum()
	},
}

func hasLeastUpperBound(d matrix, i, j int) bool {
	var bounds []int
	for u := range d {
		if !math.IsInf(d[u][i], 1) && !math.IsInf(d[u][j], 1) {
			bounds = append(bounds, u)
		}
	}
	return slices.ContainsFunc(bounds, func(least int) bool {
		return !slices.ContainsFunc(bounds, func(u int) bool { return math.IsInf(d[u][least], 1) })
	})
}

// strongParts are the groups of firms that all reach each other.
func (a matrix) strongParts() [][]int {
	d := a.distances()
	var parts [][]int
	for i := range a {
		var part []int
		for j := range a {
			if !math.IsInf(d[i][j], 1) && !math.IsInf(d[j][i], 1) {
				part = append(part, j)
			}
		}
		if part[0] == i {
			parts = append(parts, part)
		}
	}
	return parts
}

// finiteDistances are those of ordered pairs joined by a path.
func (a matrix) finiteDistances() []float64 {
	var finite []float64
	for _, row := range a.distances() {
		for _, d := range row {
			if d > 0 && !math.IsInf(d, 1) {
				finite = append(finite, d)
			}
		}
	}
	return finite
}

// betweenness counts shortest paths by their last step.
func (a matrix) betweenness() []float64 {
	n, d := len(a), a.distances()
	paths := newMatrix(n)
	for length := range n {
		for i := range n {
			for j := range n {
				if i == j {
					paths[i][j] = 1
				}
				if length == 0 || d[i][j] != float64(length) {
					continue
				}
				for k := range n {
					if a[k][j] > 0 && d[i][k] == float64(length-1) {
						paths[i][j] += paths[i][k]
					}
				}
			}
		}
	}
	b := make([]float64, n)
	for v := range n {
		for i := range n {
			for j := range n {
				if i != v && j != v && i != j && !math.IsInf(d[i][j], 1) && d[i][v]+d[v][j] == d[i][j] {
					b[v] += paths[i][v] * paths[v][j] / paths[i][j]
				}
			}
		}
	}
	return b
}

// leastOfLargest is the smallest value, of the distances within, over the
// components with the most firms.
func leastOfLargest(a matrix, value func(d matrix) float64) float64 {
	if a.sum() == 0 {
		return none
	}
	least := math.Inf(1)
	for _, part := range a.largestParts() {
		least = min(least, value(part.distances()))
	}
	return least
}

// freeman is the sum over firms of the highest score less the firm's, over
// that sum in a star of mutual ties.
func freeman(a matrix, fewest int, scores func(matrix) []float64) float64 {
	if len(a) < fewest {
		return none
	}
	star := newMatrix(len(a))
	for i := 1; i < len(a); i++ {
		star[0][i], star[i][0] = 1, 1
	}
	gap := func(x []float64) float64 {
		sum := 0.0
		for _, xi := range x {
			sum += slices.Max(x) - xi
		}
		return sum
	}
	return gap(scores(a)) / gap(scores(star))
}
