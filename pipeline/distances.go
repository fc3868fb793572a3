package pipeline

import (
	"math"
	"math/rand/v2"

	"firmties/graphs"
	"firmties/pipeline/measure"
	"firmties/pipeline/seed"
	"firmties/pipeline/table"
)

// mantelDraws is how many orders of the clusters are drawn.
const mantelDraws = 999

// distanceKinds are the distances between two networks.
var distanceKinds = []struct {
	name, doc string
	of        func(a, b *graphs.Signature) float64
}{
	{"degree_divergence", "Jensen-Shannon divergence of the degree distributions, in bits, 0 to 1 (Lin 1991)", graphs.DegreeDivergence},
	{"netsimile", "Canberra distance of mean, median, standard deviation, skewness and kurtosis of seven features of the firms, 0 to 35 (Berlingerio et al. 2013)", graphs.NetSimile},
	{"portrait_divergence", "Jensen-Shannon divergence of the portraits (how many firms are how far from how many), in bits, 0 to 1 (Bagrow & Bollt 2019)", graphs.PortraitDivergence},
	{"spectral_distance", "root of the integral of the squared difference of the densities of the normalised Laplacian's eigenvalues, with a Gaussian kernel of standard deviation 0.05 (Banerjee & Jost 2008)", graphs.SpectralDistance},
}

func distanceNames() []string {
	var names []string
	for _, k := range distanceKinds {
		names = append(names, k.name)
	}
	return names
}

func distancesExplained() string {
	text := ""
	for i, k := range distanceKinds {
		if i > 0 {
			text += "; "
		}
		text += k.name + ": " + k.doc
	}
	return text
}

// distanceRow is how far apart the networks of two clusters are. NaN is missing.
type distanceRow struct {
	layer, a, b         int32
	kind                string
	value, expected, sd float64
	draws               int
	reason              string
}

var (
	distanceLayer = table.Column{Name: "layer", Doc: "name of the layer", NullWhen: "never", LevelOrder: true}
	distanceKind  = table.Column{Name: "distance", Doc: "the distance; networks are taken as undirected, strengths are ignored. " + distancesExplained(), NullWhen: "never", Levels: distanceNames()}
)

// optional is a column of numbers of which NaN is missing.
func optional[R any](c table.Column, get func(*R) float64) table.Field[R] {
	return table.NumberField(c, func(r *R) (float64, bool) { x := get(r); return x, !math.IsNaN(x) })
}

var distanceFields = table.Define("cluster_distances",
	"How different the networks of every two clusters are, whoever the firms are. A distance depends on the sizes and densities of the two: hold value against expected, and see distance_size. Backbones are left out.",
	[]string{"layer", "distance", "cluster_a", "cluster_b"},
	table.CodeField(distanceLayer, func(r *distanceRow) int32 { return r.layer }),
	table.CategoryField(distanceKind, func(r *distanceRow) string { return r.kind }),
	table.CodeField(table.Column{Name: "cluster_a", Doc: "id of the one cluster, bytewise before the other", NullWhen: "never"}, func(r *distanceRow) int32 { return r.a }),
	table.CodeField(table.Column{Name: "cluster_b", Doc: "id of the other", NullWhen: "never"}, func(r *distanceRow) int32 { return r.b }),
	optional(table.Column{Name: "value", Doc: "the distance", Range: ">= 0", NullWhen: "reason says why"}, func(r *distanceRow) float64 { return r.value }),
	optional(table.Column{Name: "expected", Doc: "mean distance between two random networks, each of as many firms and tied pairs as the cluster's; of projections, with as many events of every firm and firms of every event", Range: ">= 0", NullWhen: "value is null"}, func(r *distanceRow) float64 { return r.expected }),
	optional(table.Column{Name: "sd", Doc: "standard deviation of those distances", Range: ">= 0", NullWhen: "value is null, or one pair was drawn"}, func(r *distanceRow) float64 { return r.sd }),
	optional(table.Column{Name: "z", Unit: "standard deviations", Doc: "(value - expected)/sd: above 0 the networks differ by more than size and density make them", NullWhen: "sd is null or 0"}, func(r *distanceRow) float64 {
		if r.sd == 0 {
			return math.NaN()
		}
		return (r.value - r.expected) / r.sd
	}),
	table.CountField(table.Column{Name: "draws", Unit: "pairs", Doc: "random pairs drawn", Range: ">= 1", NullWhen: "value is null"}, func(r *distanceRow) (int64, bool) { return int64(r.draws), r.draws > 0 }),
	table.CategoryField(table.Column{Name: "reason", Doc: "why there is no distance. too_large: a network has more than 500 firms; too_small: it has none", NullWhen: "value has one", Levels: []string{"too_large", "too_small"}}, func(r *distanceRow) string { return r.reason }),
)

// sizeRow is how a distance goes with the difference in size.
type sizeRow struct {
	layer    int32
	kind     string
	clusters int
	r, p     float64
	draws    int
}

var sizeFields = table.Define("distance_size",
	"How far cluster_distances is a matter of size: the Mantel correlation of each distance with the difference in the logarithm of the number of firms.",
	[]string{"layer", "distance"},
	table.CodeField(distanceLayer, func(r *sizeRow) int32 { return r.layer }),
	table.CategoryField(distanceKind, func(r *sizeRow) string { return r.kind }),
	table.CountField(table.Column{Name: "clusters", Unit: "clusters", Doc: "clusters with a distance", Range: ">= 0", NullWhen: "never"}, func(r *sizeRow) (int64, bool) { return int64(r.clusters), true }),
	optional(table.Column{Name: "mantel_r", Unit: "1", Doc: "correlation over pairs of clusters", Range: "-1 to 1", NullWhen: "fewer than 4 clusters, or distances or sizes do not vary", Source: "Mantel 1967"}, func(r *sizeRow) float64 { return r.r }),
	optional(table.Column{Name: "p", Doc: "(1 + orders of the clusters in which it is as far from 0)/(1 + draws)", Range: "0 to 1", NullWhen: "mantel_r is null"}, func(r *sizeRow) float64 { return r.p }),
	table.CountField(table.Column{Name: "draws", Unit: "orders", Doc: "orders of the clusters drawn", Range: ">= 1", NullWhen: "mantel_r is null"}, func(r *sizeRow) (int64, bool) { return int64(r.draws), r.draws > 0 }),
)

// distances holds the networks of every two clusters against each other. The
// signatures come by cluster, then layer.
func (r *run) distances(list []measure.Signatures) (pairs, size *table.Table) {
	var rows []distanceRow
	var sizes []sizeRow
	for layer := range int32(len(r.study.Layers)) {
		var here []*measure.Signatures
		for i := range list {
			if list[i].Layer == layer {
				here = append(here, &list[i])
			}
		}
		if len(here) == 0 {
			continue
		}
		for k := range distanceKinds {
			first := len(rows)
			for i, a := range here {
				for _, b := range here[i+1:] {
					rows = append(rows, apart(k, a, b))
				}
			}
			sizes = append(sizes, r.mantel(layer, k, here, rows[first:]))
		}
	}
	levels := table.Levels{"layer": r.study.LayerNames(), "cluster_a": r.study.ClusterIDs(), "cluster_b": r.study.ClusterIDs()}
	return distanceFields.In(levels).Table(rows), sizeFields.In(levels).Table(sizes)
}

// apart is one distance between two networks of a layer.
func apart(kind int, a, b *measure.Signatures) distanceRow {
	nan := math.NaN()
	row := distanceRow{layer: a.Layer, a: a.Cluster, b: b.Cluster, kind: distanceKinds[kind].name, value: nan, expected: nan, sd: nan}
	switch {
	case a.Firms == 0 || b.Firms == 0:
		row.reason = "too_small"
		return row
	case len(a.Drawn) == 0 || len(b.Drawn) == 0:
		row.reason = "too_large"
		return row
	}
	distance := distanceKinds[kind].of
	row.value, row.draws = distance(&a.Observed, &b.Observed), len(a.Drawn)
	drawn := make([]float64, row.draws)
	sum, squares := 0.0, 0.0
	for i := range drawn {
		drawn[i] = distance(&a.Drawn[i], &b.Drawn[i])
		sum += drawn[i]
	}
	row.expected = sum / float64(row.draws)
	for _, x := range drawn {
		squares += (x - row.expected) * (x - row.expected)
	}
	if row.draws > 1 {
		row.sd = math.Sqrt(squares / float64(row.draws-1))
	}
	return row
}

// mantel correlates one distance with the difference in size.
func (r *run) mantel(layer int32, kind int, here []*measure.Signatures, rows []distanceRow) sizeRow {
	out := sizeRow{layer: layer, kind: distanceKinds[kind].name, r: math.NaN(), p: math.NaN()}
	var logs []float64
	place := map[int32]int{}
	for _, s := range here {
		if len(s.Drawn) > 0 {
			place[s.Cluster] = len(logs)
			logs = append(logs, math.Log(float64(s.Firms)))
		}
	}
	out.clusters = len(logs)
	apart := newSquare(len(logs))
	for i := range rows {
		if x := &rows[i]; x.reason == "" {
			apart.set(place[x.a], place[x.b], x.value)
		}
	}
	names := make([]int, len(logs))
	for i := range names {
		names[i] = i
	}
	observed, ok := apart.correlation(logs, names)
	if len(logs) < fewestWithSize || !ok {
		return out
	}
	out.r, out.draws = observed, mantelDraws
	as := 0
	for draw := range mantelDraws {
		shuffle(names, seed.Stream(r.study.Seed, "mantel", []string{r.study.Layers[layer].Name, out.kind}, draw))
		if x, _ := apart.correlation(logs, names); math.Abs(x) >= math.Abs(observed)*(1-1e-10) {
			as++
		}
	}
	out.p = float64(1+as) / float64(1+mantelDraws)
	return out
}

func shuffle(names []int, rng *rand.Rand) {
	for i := range names {
		names[i] = i
	}
	rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
}

// square holds the distances between clusters.
type square struct {
	n int
	x []float64
}

func newSquare(n int) square { return square{n, make([]float64, n*n)} }

func (s square) set(i, j int, x float64) { s.x[i*s.n+j], s.x[j*s.n+i] = x, x }

// correlation is that of the distances with the differences of values, over
// pairs, cluster i having the value of names[i].
func (s square) correlation(values []float64, names []int) (r float64, ok bool) {
	pairs := float64(s.n) * float64(s.n-1) / 2
	meanX, meanY := 0.0, 0.0
	for i := range s.n {
		for j := range i {
			meanX += s.x[i*s.n+j] / pairs
			meanY += math.Abs(values[names[i]]-values[names[j]]) / pairs
		}
	}
	xx, yy, xy := 0.0, 0.0, 0.0
	for i := range s.n {
		for j := range i {
			x, y := s.x[i*s.n+j]-meanX, math.Abs(values[names[i]]-values[names[j]])-meanY
			xx, yy, xy = xx+x*x, yy+y*y, xy+x*y
		}
	}
	if xx <= 1e-20 || yy <= 1e-20 {
		return 0, false
	}
	return xy / math.Sqrt(xx*yy), true
}
