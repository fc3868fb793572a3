package metrics

import (
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"firmties/graphs"
)

// sharedFile returns the path of a file of ../shared, beside the module, and
// skips the test where it is absent.
func sharedFile(t *testing.T, parts ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(append([]string{dir, "..", "shared"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s needs the reference values: %v", t.Name(), err)
	}
	return path
}

// readTable reads a CSV file as one map a row.
func readTable(t *testing.T, parts ...string) []map[string]string {
	t.Helper()
	f, err := os.Open(sharedFile(t, parts...))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rowsOf(records)
}

// rowsOf names the cells of each row after the first by those of the first.
func rowsOf(records [][]string) []map[string]string {
	var rows []map[string]string
	for _, record := range records[1:] {
		row := make(map[string]string)
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// beyondReference are the metrics that the reference list, which is of one
// network at a time, lacks.
var beyondReference = []string{"firm multiplexity", "firm layer_participation", "firm coupling_z", "firm coupling_jaccard", "cluster multiplexity"}

func TestCatalogueIsTheReferenceCatalogue(t *testing.T) {
	rows := readTable(t, "oracle", "metrics.csv")
	if len(rows)+len(beyondReference) != len(Catalogue) {
		t.Fatalf("%d metrics, the reference has %d, and %d are beyond it", len(Catalogue), len(rows), len(beyondReference))
	}
	order := make(map[string]int)
	for i, m := range Catalogue {
		order[m.Level.String()+" "+m.Name] = i
	}
	for _, name := range beyondReference {
		if _, ok := order[name]; !ok {
			t.Errorf("no metric %s", name)
		}
	}
	last := map[string]int{"firm": -1, "cluster": -1}
	for _, r := range rows {
		i, ok := order[r["level"]+" "+r["name"]]
		if !ok {
			t.Errorf("no metric %s %s", r["level"], r["name"])
			continue
		}
		if i <= last[r["level"]] {
			t.Errorf("%s %s is out of order", r["level"], r["name"])
		}
		last[r["level"]] = i
		compareRow(t, Catalogue[i], r)
	}
}

func compareRow(t *testing.T, m Metric, r map[string]string) {
	t.Helper()
	var reasons []string
	for _, check := range m.Reasons {
		if check.Reason != TooLarge || strings.Contains(r["reasons"], "too_large") {
			reasons = append(reasons, check.Reason.String()) // what is expensive, and how large is too large, is for us to say
		}
	}
	for _, text := range []struct{ field, got, want string }{
		{"applies", m.On(), r["applies"]},
		{"definition", m.Definition, r["definition"]},
		{"null_when", m.NullWhen, r["null_when"]},
		{"source", m.Source, r["source"]},
		{"reasons", strings.Join(slices.Compact(reasons), ";"), r["reasons"]},
	} {
		if text.got != text.want {
			t.Errorf("%s %s: %s is %q, the reference has %q", m.Level, m.Name, text.field, text.got, text.want)
		}
	}
}

// oracle holds the reference values of one study.
type oracle struct {
	tag      string
	networks []oracleNetwork
	// tables holds the numeric columns of each file by cluster, relation and,
	// for firms, uid.
	tables map[string]map[[3]string]map[string]float64
}

type oracleNetwork struct {
	cluster, relation string
	firms             []string
	graph             *graphs.Graph
	groups            []int32   // by the study's categorical attribute, nil where it has none without blanks
	values            []float64 // of its numeric one
}

func TestReferenceValues(t *testing.T) {
	for _, study := range []struct {
		tag      string
		networks int
		cells    int // at least: 28 metrics of each firm and 26 of each network
	}{{"brfarmers", 55, 28*3460 + 26*55}, {"med", 16, 28*500 + 26*16}} {
		t.Run(study.tag, func(t *testing.T) {
			rows := readTable(t, "oracle", "metrics.csv")
			o := readOracle(t, study.tag)
			if len(o.networks) != study.networks {
				t.Fatalf("%d networks, want %d", len(o.networks), study.networks)
			}
			cells := 0
			runner := NewRunner(Catalogue)
			for _, net := range o.networks {
				columns := runner.Run(net.input())
				for _, r := range rows {
					byGroup := strings.Contains(r["name"], "GROUP")
					if r["oracle"] != "" && o.has(r["oracle"]) && (net.groups != nil || !byGroup) {
						cells += o.compare(t, net, r, columns)
					}
				}
			}
			if cells < study.cells {
				t.Errorf("%d cells compared, want %d or more", cells, study.cells)
			}
		})
	}
}

// input is the network with everything observed. An attribute is the first.
func (net *oracleNetwork) input() Input {
	in := Input{Graph: net.graph, Observed: AllObserved(net.graph), Attributes: [][]float64{net.values}}
	if net.groups != nil {
		in.Groups = [][]int32{net.groups}
	}
	return in
}

// compare checks one metric of one network against the reference row, and
// returns the number of cells.
func (o *oracle) compare(t *testing.T, net oracleNetwork, r map[string]string, columns []Column) int {
	t.Helper()
	i := slices.IndexFunc(Catalogue, func(m Metric) bool { return m.Level.String() == r["level"] && m.Name == r["name"] })
	keys := []string{""}
	if r["level"] == "firm" {
		keys = net.firms
	}
	want := o.values(t, net, r["oracle"], keys)
	for k, uid := range keys {
		got, reason := columns[i].Values[k], columns[i].Reasons[k]
		defined := !math.IsNaN(want[k]) && o.holds(t, net, r["compare_where"], uid)
		if m := Catalogue[i]; reason == Defined && (got < m.Range.Min || got > m.Range.Max) {
			t.Errorf("%s %s %s %s: %v, outside %v", net.cluster, net.relation, uid, m.Name, got, m.Range)
		}
		switch {
		case defined && reason != Defined:
			t.Errorf("%s %s %s %s: %s, want %v", net.cluster, net.relation, uid, r["name"], reason, want[k])
		case !defined && reason == Defined:
			t.Errorf("%s %s %s %s: %v, want none", net.cluster, net.relation, uid, r["name"], got)
		case defined && !(math.Abs(got-want[k]) <= 1e-11+1e-9*max(math.Abs(got), math.Abs(want[k]))):
			t.Errorf("%s %s %s %s: %v, want %v", net.cluster, net.relation, uid, r["name"], got, want[k])
		}
	}
	return len(keys)
}

func readOracle(t *testing.T, tag string) *oracle {
	t.Helper()
	o := &oracle{tag: tag, tables: make(map[string]map[[3]string]map[string]float64)}
	for _, part := range []string{"nodes", "graphs", "nodes_networkx", "graphs_networkx", "nodes_flow", "lubness", "unique"} {
		if part == "lubness" && tag == "med" {
			continue // it was computed on one study only
		}
		o.tables[part] = make(map[[3]string]map[string]float64)
		for _, r := range readTable(t, "oracle", tag+"_"+part+".csv") {
			key := [3]string{r["cluster"], r["relation"], r["uid"]}
			o.tables[part][key] = numbers(r)
		}
	}
	firms, attributes := make(map[string][]string), make(map[string]map[string]string)
	for _, r := range readTable(t, "oracle", tag+"_attrs.csv") {
		firms[r["cluster"]] = append(firms[r["cluster"]], r["uid"])
		attributes[r["uid"]] = r
	}
	arcs := make(map[[3]string][]map[string]string)
	for _, r := range readTable(t, "oracle", tag+"_arcs.csv") {
		key := [3]string{r["cluster"], r["relation"]}
		arcs[key] = append(arcs[key], r)
	}
	for key := range o.tables["graphs"] {
		slices.Sort(firms[key[0]])
		net := network(t, key, firms[key[0]], arcs[key])
		for _, uid := range net.firms {
			if tag == "med" {
				net.values = append(net.values, number(attributes[uid]["toa"]))
				continue
			}
			net.values = append(net.values, number(attributes[uid]["innov"]))
			net.groups = append(net.groups, int32(number(attributes[uid]["coop01"])))
		}
		o.networks = append(o.networks, net)
	}
	return o
}

func network(t *testing.T, key [3]string, firms []string, rows []map[string]string) oracleNetwork {
	t.Helper()
	var arcs []graphs.Arc
	for _, r := range rows {
		from, ok1 := slices.BinarySearch(firms, r["ego"])
		to, ok2 := slices.BinarySearch(firms, r["alter"])
		if !ok1 || !ok2 {
			t.Fatalf("arc %s-%s of an unknown firm", r["ego"], r["alter"])
		}
		strength := 1.0
		if key[1] == "union" {
			strength = number(r["relations"])
		}
		arcs = append(arcs, graphs.Arc{From: int32(from), To: int32(to), Strength: strength})
	}
	return oracleNetwork{cluster: key[0], relation: key[1], firms: firms, graph: graphs.New(len(firms), true, arcs)}
}

func numbers(row map[string]string) map[string]float64 {
	values := make(map[string]float64)
	for name, text := range row {
		values[name] = number(text)
	}
	return values
}

// number reads a cell; NA, and what is not a number, is NaN.
func number(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// has tells whether the study has the table that a reference value is from.
func (o *oracle) has(spec string) bool {
	part, _, _ := strings.Cut(spec, ":")
	return o.tables[part] != nil
}

// holds tells whether the reference follows our convention at that row.
func (o *oracle) holds(t *testing.T, net oracleNetwork, where, uid string) bool {
	t.Helper()
	node := o.tables["nodes"][[3]string{net.cluster, net.relation, uid}]
	graph := o.tables["graphs"][[3]string{net.cluster, net.relation}]
	switch where {
	case "", "finite":
		return true
	case "deg>0":
		return node["deg_und_weak"] > 0
	case "deg>1":
		return node["deg_und_weak"] > 1
	case "mult==1":
		return node["eigen_mult"] == 1
	case "comp>2":
		return node["comp_weak_size"] > 2
	case "arcs>0":
		return graph["arcs"] > 0
	case "connected":
		return graph["comps_weak"] == 1
	case "twopath":
		return !math.IsNaN(graph["sna_gtrans_weak"]) && hasTwoPath(graph)
	case "hits_unique", "weighted_unique":
		return o.tables["unique"][[3]string{net.cluster, net.relation}][where] == 1
	}
	t.Fatalf("unknown condition %q", where)
	return false
}

// hasTwoPath tells whether some i > j > k is among the triads.
func hasTwoPath(graph map[string]float64) bool {
	return slices.ContainsFunc(strings.Fields("021C 111D 111U 030T 030C 201 120D 120U 120C 210 300"), func(kind string) bool {
		return graph["ig_t"+kind] > 0
	})
}

// values evaluates "file:expression" at each key of a network.
func (o *oracle) values(t *testing.T, net oracleNetwork, spec string, keys []string) []float64 {
	t.Helper()
	part, source, _ := strings.Cut(spec, ":")
	inner, unit := strings.CutPrefix(source, "unit(")
	if unit {
		inner = strings.TrimSuffix(inner, ")")
	}
	expr, err := parser.ParseExpr(inner)
	if err != nil {
		t.Fatalf("%s: %v", spec, err)
	}
	base := "graphs"
	if strings.HasPrefix(part, "nodes") {
		base = "nodes"
	}
	values := make([]float64, len(keys))
	square := 0.0
	for i, uid := range keys {
		key := [3]string{net.cluster, net.relation, uid}
		row := maps.Clone(o.tables[base][key])
		maps.Copy(row, o.tables[part][key])
		row["n"] = float64(net.graph.N())
		values[i] = evaluate(t, expr, row)
		square += values[i] * values[i]
	}
	for i := range values {
		if unit {
			values[i] /= math.Sqrt(square)
		}
		if math.IsInf(values[i], 0) {
			values[i] = math.NaN()
		}
	}
	return values
}

// evaluate computes an arithmetic expression over the columns of a row.
func evaluate(t *testing.T, expr ast.Expr, row map[string]float64) float64 {
	t.Helper()
	switch e := expr.(type) {
	case *ast.Ident:
		x, ok := row[e.Name]
		if !ok {
			t.Fatalf("no column %q", e.Name)
		}
		return x
	case *ast.BasicLit:
		return number(e.Value)
	case *ast.ParenExpr:
		return evaluate(t, e.X, row)
	case *ast.BinaryExpr:
		x, y := evaluate(t, e.X, row), evaluate(t, e.Y, row)
		switch e.Op {
		case token.ADD:
			return x + y
		case token.SUB:
			return x - y
		case token.MUL:
			return x * y
		case token.QUO:
			return x / y
		}
	}
	t.Fatalf("cannot evaluate %T", expr)
	return 0
}
