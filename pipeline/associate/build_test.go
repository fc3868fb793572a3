package associate

import (
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"firmties/pipeline/table"
)

// cells is a row of a test table by column: a string, a number, or absent.
type cells map[string]any

// tableOf makes a table whose columns are texts or numbers by the kind given.
func tableOf(name string, kinds map[string]table.Kind, columns []string, rows []cells) *table.Table {
	s := &table.Schema{Name: name}
	for _, c := range columns {
		s.Columns = append(s.Columns, table.Column{Name: c, Kind: kinds[c]})
	}
	t := table.New(s, len(rows))
	for _, row := range rows {
		for i, c := range columns {
			appendCell(t.At(i), row[c])
		}
	}
	return t
}

func appendCell(v *table.Vector, cell any) {
	switch x := cell.(type) {
	case nil:
		v.AppendNull()
	case string:
		v.AppendStr(x)
	case bool:
		v.AppendBool(x)
	case int:
		v.AppendFloat(float64(x))
	case float64:
		v.AppendFloat(x)
	}
}

// world is a small study to fit models on: firms with an outcome y, controls
// age and sector, and metrics m and n on the layers ties (directed) and
// projected; clusters with outcome rating and metric density.
type world struct {
	firms, firmMetrics, clusters, clusterMetrics, affiliations, edges []cells

	in Input
}

// newWorld has clusters of the given sizes. The outcome rises by slope with
// the metric m, and noise is seeded.
func newWorld(slope float64, sizes ...int) *world {
	r := rand.New(rand.NewPCG(7, 7))
	w := &world{}
	for c, size := range sizes {
		cluster := fmt.Sprintf("c%02d", c)
		w.clusters = append(w.clusters, cells{"cluster": cluster, "firms": size, "size": float64(c * c % 7), "kind": "k", "rating": float64(r.IntN(40))})
		for _, layer := range []string{"ties", "projected"} {
			w.clusterMetrics = append(w.clusterMetrics, cells{"cluster": cluster, "layer": layer, "observed": 1, "density": r.Float64()})
		}
		w.addEdges(cluster, size)
		for i := range size {
			firm := fmt.Sprintf("f%02d", i)
			m := r.NormFloat64()
			w.firms = append(w.firms, cells{
				"cluster": cluster, "firm": firm, "outside": false,
				"y":   slope*m + float64(c) + r.NormFloat64(),
				"age": 20 + 30*r.Float64(), "sector": []string{"salt", "fish", "oil"}[r.IntN(3)],
			})
			for _, layer := range []string{"ties", "projected"} {
				w.firmMetrics = append(w.firmMetrics, cells{"cluster": cluster, "layer": layer, "firm": firm, "m": m, "n": r.Float64()})
			}
			w.affiliations = append(w.affiliations, cells{"cluster": cluster, "affiliation": "fairs", "firm": firm, "event": fmt.Sprint("e", r.IntN(9))})
		}
	}
	w.in = Input{
		Seed:     3,
		Outcomes: []Outcome{{Name: "y", Level: "firm", Kind: "continuous"}, {Name: "rating", Level: "cluster", Kind: "ordinal"}},
		Layers:   []Layer{{Name: "ties", Directed: true}, {Name: "projected", Projection: "fairs"}},
		Entries: []Entry{
			{Name: "m1", Level: "firm", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}, Controls: []string{"age"}, Scaling: "raw", Draws: 199},
			{Name: "m2", Level: "cluster", Outcome: "rating", Layers: []string{"ties"}, Metrics: []string{"density"}, Draws: 199},
		},
	}
	return w
}

// addEdges ties each firm to the next ones, and to others, by a stream of its
// own.
func (w *world) addEdges(cluster string, size int) {
	r := rand.New(rand.NewPCG(8, uint64(len(w.clusters))))
	for i := range size {
		for j := range size {
			source, target := fmt.Sprintf("f%02d", i), fmt.Sprintf("f%02d", j)
			if i != j && (j == i+1 || r.IntN(6) == 0) {
				w.edges = append(w.edges, cells{"cluster": cluster, "layer": "ties", "source": source, "target": target})
			}
			if i < j && r.IntN(3) == 0 {
				w.edges = append(w.edges, cells{"cluster": cluster, "layer": "projected", "source": source, "target": target})
			}
		}
	}
}

// each changes every row of a table.
func each(rows []cells, change func(i int, row cells)) {
	for i, row := range rows {
		change(i, row)
	}
}

func (w *world) input() Input {
	in := w.in
	kinds := map[string]table.Kind{"outside": table.Flag, "y_censored": table.Flag}
	for _, c := range []string{"firms", "size", "y", "y_entry", "age", "m", "n", "degree_out", "observed", "density", "rating"} {
		kinds[c] = table.Number
	}
	in.Firms = tableOf("firms", kinds, []string{"cluster", "firm", "outside", "y", "y_censored", "y_entry", "age", "sector"}, w.firms)
	in.Clusters = tableOf("clusters", kinds, []string{"cluster", "firms", "size", "kind", "rating"}, w.clusters)
	in.FirmMetrics = tableOf("firm_metrics", kinds, []string{"cluster", "layer", "firm", "m", "n", "degree_out"}, w.firmMetrics)
	in.ClusterMetrics = tableOf("cluster_metrics", kinds, []string{"cluster", "layer", "observed", "density"}, w.clusterMetrics)
	in.Edges = tableOf("edges", kinds, []string{"cluster", "layer", "source", "target"}, w.edges)
	in.Affiliations = tableOf("affiliations", kinds, []string{"cluster", "affiliation", "firm", "event"}, w.affiliations)
	return in
}

func (w *world) run(t testing.TB) (associations, fits *table.Table) {
	t.Helper()
	return run(t, w.input())
}

func run(t testing.TB, in Input) (associations, fits *table.Table) {
	t.Helper()
	out := runAll(t, in)
	return out.Associations, out.Fits
}

func runAll(t testing.TB, in Input) Output {
	t.Helper()
	out, err := Run(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, made := range []*table.Table{out.Associations, out.Fits, out.Clusterwise, out.Influence} {
		if err := made.CheckKey(); err != nil {
			t.Error(err)
		}
	}
	return out
}

// rowWhere finds the row whose cells are those given, column and value in turn.
func rowWhere(t testing.TB, tab *table.Table, where ...string) int {
	t.Helper()
	for row := range tab.Len() {
		same := true
		for i := 0; i < len(where); i += 2 {
			same = same && tab.Column(where[i]).Str(row) == where[i+1]
		}
		if same {
			return row
		}
	}
	t.Fatalf("%s has no row %v", tab.Schema.Name, where)
	return -1
}

// text and num are a cell of the row; num of a null is NaN.
func text(tab *table.Table, column string, row int) string { return tab.Column(column).Str(row) }

func num(tab *table.Table, column string, row int) float64 {
	x, ok := tab.Column(column).Float(row)
	if !ok {
		return math.NaN()
	}
	return x
}

func near(t testing.TB, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Abs(want)+1e-11) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// reference reads a file of reference values from the folder beside the
// module, or skips the test where there is none.
func reference(t testing.TB, name string) (header []string, rows [][]string) {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "oracle", name)
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("no reference values: ../shared/oracle/%s is absent", name)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records[0], records[1:]
}

func parsed(t testing.TB, cell string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// farmers is the input of the reference models, from their model matrices.
func farmers(t testing.TB) Input {
	t.Helper()
	number := map[string]table.Kind{"outside": table.Flag}
	firmColumns := []string{"innov", "age", "school", "coop01", "income"}
	clusterColumns := []string{"density", "cent_in", "recip", "trans", "conn", "globeff", "meandeg", "skew_in", "n"}
	for _, c := range append(slices.Concat(firmColumns, clusterColumns), "degree_in", "observed") {
		number[c] = table.Number
	}
	header, rows := reference(t, "brfarmers_firm.csv")
	var firms, firmMetrics []cells
	for _, row := range rows {
		at := func(column string) string { return row[slices.Index(header, column)] }
		firm := cells{"cluster": "V" + at("cluster"), "firm": at("uid"), "outside": false}
		for _, c := range firmColumns {
			firm[c] = parsed(t, at(c))
		}
		firms = append(firms, firm)
		firmMetrics = append(firmMetrics, cells{"cluster": firm["cluster"], "layer": "union", "firm": firm["firm"], "degree_in": parsed(t, at("in_union"))})
	}
	header, rows = reference(t, "brfarmers_cluster_table.csv")
	var clusters, clusterMetrics []cells
	for _, row := range rows {
		at := func(column string) string { return row[slices.Index(header, column)] }
		clusters = append(clusters, cells{"cluster": "V" + at("cluster")})
		metrics := cells{"cluster": "V" + at("cluster"), "layer": "union", "observed": 0.9}
		for _, c := range clusterColumns {
			metrics[c] = parsed(t, at(c))
		}
		clusterMetrics = append(clusterMetrics, metrics)
	}
	return Input{
		Seed:     1966,
		Outcomes: []Outcome{{Name: "innov", Level: "firm", Kind: "continuous"}},
		Layers:   []Layer{{Name: "union", Directed: true}},
		Entries: []Entry{
			{Name: "ols", Level: "firm", Model: "ols_fe", Outcome: "innov", Layers: []string{"union"}, Metrics: []string{"degree_in"},
				Controls: []string{"age", "school", "coop01", "income"}, Scaling: "raw", Draws: 999},
			{Name: "rank", Level: "cluster", Outcome: "innov", Layers: []string{"union"}, Metrics: clusterColumns},
		},
		Firms:          tableOf("firms", number, append([]string{"cluster", "firm", "outside"}, firmColumns...), firms),
		Clusters:       tableOf("clusters", number, []string{"cluster"}, clusters),
		FirmMetrics:    tableOf("firm_metrics", number, []string{"cluster", "layer", "firm", "degree_in"}, firmMetrics),
		ClusterMetrics: tableOf("cluster_metrics", number, append([]string{"cluster", "layer", "observed"}, clusterColumns...), clusterMetrics),
		Workers:        2,
	}
}
