package simulate

import (
	"io/fs"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// reader looks names up as an analyst with the roster at hand would: by id, by
// label, by alias, and by what the truth says of variants.
type reader struct {
	firmOf    map[string]string // cluster + name, or id, to firm
	clusterOf map[string]string // firm or person to cluster
	roleOf    map[string]string
}

func newReader(t *testing.T, s *Folder) reader {
	t.Helper()
	r := reader{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, f := range sheetOf(t, s.Files, "firms.csv") {
		r.clusterOf[f["firm"]] = f["cluster"]
		r.firmOf[f["firm"]] = f["firm"]
		r.firmOf[f["cluster"]+f["name_en"]] = f["firm"]
		r.firmOf[f["cluster"]+f["name_zh"]] = f["firm"]
	}
	for _, a := range sheetOf(t, s.Files, "aliases.csv") {
		r.firmOf[a["cluster"]+a["written"]] = a["firm"]
	}
	for _, n := range s.Truth.Names {
		if n.How == howVariant {
			r.firmOf[n.Cluster+n.Name] = n.Firm
		}
	}
	for _, p := range sheetOf(t, s.Files, "respondents.csv") {
		r.clusterOf[p["person"]], r.roleOf[p["person"]] = p["cluster"], p["role"]
		r.firmOf[p["person"]] = p["firm"]
	}
	return r
}

// said is a row of a sheet of ties, read.
type said struct {
	file                                string
	line                                int
	who, relation, source, target, said string
	fate                                string
}

// pair is the row's pair, in a fixed order where direction means nothing.
func (s said) pair() [3]string {
	if s.relation != "advice" && s.target < s.source {
		return [3]string{s.relation, s.target, s.source}
	}
	return [3]string{s.relation, s.source, s.target}
}

// read reads both sheets of ties and judges the fate of each row anew.
func (r reader) read(t *testing.T, files fs.FS) []said {
	t.Helper()
	var all []said
	for i, row := range sheetOf(t, files, tiesFile) {
		c := r.clusterOf[row["who"]]
		all = append(all, said{tiesFile, i + 2, row["who"], row["relation"], r.find(c, row["from"]), r.find(c, row["to"]), row["said"], ""})
		if row["to"] == "" {
			all[len(all)-1].fate = fateNoAnswer
		}
	}
	for i, row := range sheetOf(t, files, ownFile) {
		who := row["who"]
		all = append(all, said{ownFile, i + 2, who, row["relation"], r.firmOf[who], r.find(r.clusterOf[who], row["partner"]), saidYes, ""})
	}
	seen := map[string]bool{}
	for i := range all {
		r.judge(&all[i], seen)
	}
	return all
}

func (r reader) find(cluster, name string) string {
	if f, ok := r.firmOf[cluster+name]; ok {
		return f
	}
	return r.firmOf[name]
}

func (r reader) judge(s *said, seen map[string]bool) {
	p := s.pair()
	key := strings.Join(append(p[:], s.who), " ")
	switch {
	case s.fate != "":
	case s.source == "" || s.target == "":
		s.fate = fateOutside
	case r.clusterOf[s.source] != r.clusterOf[s.who] || r.clusterOf[s.target] != r.clusterOf[s.who]:
		s.fate = fateCrossCluster
	case s.source == s.target:
		s.fate = fateSelf
	case seen[key]:
		s.fate = fateRepeated
	default:
		s.fate = fateKept
		seen[key] = true
	}
}

func TestRowsHaveTheFateThatTheTruthSays(t *testing.T) {
	for _, seed := range []uint64{DefaultSeed, 1, 2} {
		s := mustStudy(t, DefaultDesign(), seed)
		var got []Row
		count := map[string]int{}
		for _, x := range newReader(t, s).read(t, s.Files) {
			if x.fate != fateKept {
				got = append(got, Row{File: x.file, Line: x.line, Fate: x.fate})
				count[x.fate]++
			}
		}
		var want []Row
		for _, x := range s.Truth.Rows {
			x.Why = ""
			want = append(want, x)
		}
		if !slices.Equal(got, want) {
			t.Errorf("seed %d: %d rows are lost, the truth lists %d others", seed, len(got), len(want))
		}
		for _, fate := range []string{fateRepeated, fateSelf, fateOutside, fateCrossCluster, fateNoAnswer} {
			if count[fate] == 0 {
				t.Errorf("seed %d: no row is %s", seed, fate)
			}
		}
	}
}

// TestNamesListsEveryNameThatNoListHas counts the written names that are not an
// id, label or alias of the respondent's cluster.
func TestNamesListsEveryNameThatNoListHas(t *testing.T) {
	s := mustStudy(t, DefaultDesign(), DefaultSeed)
	r := newReader(t, s)
	want := map[[2]string]int{}
	for _, n := range s.Truth.Names {
		want[[2]string{n.Cluster, n.Name}] += n.Uses
		if n.How == howVariant {
			delete(r.firmOf, n.Cluster+n.Name)
		}
	}
	got := map[[2]string]int{}
	count := func(who, name string) {
		c := r.clusterOf[who]
		if f := r.find(c, name); name != "" && r.clusterOf[f] != c {
			got[[2]string{c, name}]++
		}
	}
	for _, row := range sheetOf(t, s.Files, tiesFile) {
		count(row["who"], row["from"])
		count(row["who"], row["to"])
	}
	for _, row := range sheetOf(t, s.Files, ownFile) {
		count(row["who"], row["partner"])
	}
	if !maps.Equal(got, want) {
		t.Errorf("%d names are on no list, the truth has %d others", len(got), len(want))
	}
}

func TestErrorFreeReportsAmountToTheTruth(t *testing.T) {
	s := mustStudy(t, DefaultDesign().ErrorFree(), 5)
	got := map[[3]string]bool{}
	for _, x := range newReader(t, s).read(t, s.Files) {
		if x.fate == fateKept && x.said == saidYes {
			got[x.pair()] = true
		}
	}
	for _, x := range s.Truth.Ties {
		if !got[[3]string{x.Relation, x.Source, x.Target}] {
			t.Errorf("true tie %v is not reported", x)
		}
	}
	if len(got) != len(s.Truth.Ties) {
		t.Errorf("%d ties are reported, %d are true", len(got), len(s.Truth.Ties))
	}
}

// TestErrorRatesAreRealised counts, over several studies, what leaders and
// seniors say of pairs without a little-known firm, and compares with the rates.
func TestErrorRatesAreRealised(t *testing.T) {
	d := DefaultDesign()
	d.Writing.Misspelt = 0
	trueYes, trueAll, falseYes, falseAll := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for seed := range uint64(4) {
		s := mustStudy(t, d, seed)
		hidden := map[string]bool{}
		known := map[string]int{}
		for _, p := range s.Truth.Positions {
			hidden[p.Firm] = p.LittleKnown
			if !p.LittleKnown {
				known[p.Cluster]++
			}
		}
		tied := map[[3]string]bool{}
		nTied, pairs := 0, 0
		for _, x := range s.Truth.Ties {
			if !hidden[x.Source] && !hidden[x.Target] {
				tied[[3]string{x.Relation, x.Source, x.Target}] = true
				nTied++
			}
		}
		for _, n := range known {
			pairs += 2 * n * (n - 1) // two undirected relations and a directed one
		}
		r := newReader(t, s)
		for _, x := range r.read(t, s.Files) {
			if x.fate != fateKept || x.said != saidYes || hidden[x.source] || hidden[x.target] {
				continue
			}
			if tied[x.pair()] {
				trueYes[r.roleOf[x.who]]++
			} else {
				falseYes[r.roleOf[x.who]]++
			}
		}
		for _, role := range []string{"leader", "senior"} {
			trueAll[role] += nTied
			falseAll[role] += pairs - nTied
		}
	}
	checkRate(t, "leader omits", trueAll["leader"]-trueYes["leader"], trueAll["leader"], d.Leader.Omit)
	checkRate(t, "senior omits", trueAll["senior"]-trueYes["senior"], trueAll["senior"], d.Senior.Omit)
	checkRate(t, "leader invents", falseYes["leader"], falseAll["leader"], d.Leader.Invent)
	checkRate(t, "senior invents", falseYes["senior"], falseAll["senior"], d.Senior.Invent)
}

func TestSomePairsAreUnobserved(t *testing.T) {
	s := mustStudy(t, DefaultDesign(), DefaultSeed)
	unsure, other := map[[3]string]int{}, map[[3]string]bool{}
	r := newReader(t, s)
	for _, x := range r.read(t, s.Files) {
		if x.fate != fateKept {
			continue
		}
		if x.said == saidDontKnow {
			unsure[x.pair()]++
		} else {
			other[x.pair()] = true
		}
	}
	both := 0
	for p, n := range unsure {
		if n == 2 && !other[p] {
			both++
		}
	}
	if both < 20 {
		t.Errorf("of %d pairs both respondents say don't know; want at least 20", both)
	}
}

// TestIndexIsWhatTheCoefficientsSay rebuilds the index without noise from the
// truth that is published, to its rounding.
func TestIndexIsWhatTheCoefficientsSay(t *testing.T) {
	d := DefaultDesign().ErrorFree()
	d.Index.Noise = 0
	s := mustStudy(t, d, 11)
	coefficient := func(term string) float64 {
		v, ok := s.Truth.Coefficient("innovation_index", term)
		if !ok {
			t.Fatalf("no coefficient %s", term)
		}
		return v
	}
	effect := map[string]float64{}
	for _, c := range s.Truth.Clusters {
		effect[c.Cluster] = c.Innovative
	}
	rows := sheetOf(t, s.Files, "outcomes.csv")
	for i, p := range s.Truth.Positions {
		want := coefficient("intercept") + coefficient("degree")*p.DegreeZ + coefficient("coupling")*p.CouplingZ +
			coefficient("employees")*(float64(p.Employees)-10) + coefficient("cluster")*effect[p.Cluster]
		got, err := strconv.ParseFloat(rows[i]["innovation_index"], 64)
		if err != nil || rows[i]["firm"] != p.Firm || math.Abs(got-want) > 0.05+1e-9 {
			t.Errorf("%s: index %q, want %.3f to a tenth", p.Firm, rows[i]["innovation_index"], want)
		}
	}
	if _, ok := s.Truth.Coefficient("innovation_index", "betweenness"); ok {
		t.Error("there is a coefficient of betweenness, which made nothing")
	}
}

// TestPositionsAgreeWithTheTrueTies recomputes degree and its standardisation
// from truth/ties.csv, and that coupling_z is orthogonal in every cluster.
func TestPositionsAgreeWithTheTrueTies(t *testing.T) {
	s := mustStudy(t, DefaultDesign(), DefaultSeed)
	degree := map[string]int{}
	for _, x := range s.Truth.Ties {
		if x.Relation == "joint_task" {
			degree[x.Source]++
			degree[x.Target]++
		}
	}
	type sums struct{ n, z, zz, c, cc, cz, ce float64 }
	by := map[string]*sums{}
	for _, p := range s.Truth.Positions {
		if degree[p.Firm] != p.Degree {
			t.Errorf("%s has degree %d, truth/ties.csv gives %d", p.Firm, p.Degree, degree[p.Firm])
		}
		if by[p.Cluster] == nil {
			by[p.Cluster] = &sums{}
		}
		x, z, c := by[p.Cluster], p.DegreeZ, p.CouplingZ
		x.n, x.z, x.zz, x.c, x.cc, x.cz, x.ce = x.n+1, x.z+z, x.zz+z*z, x.c+c, x.cc+c*c, x.cz+c*z, x.ce+c*float64(p.Employees)
	}
	const exact = 1e-9 // sums of at most 40 numbers of size 1, employees at most 60
	for name, x := range by {
		if math.Abs(x.z) > exact || math.Abs(x.zz-(x.n-1)) > exact || math.Abs(x.c) > exact || math.Abs(x.cc-(x.n-1)) > exact {
			t.Errorf("%s: degree_z or coupling_z is not standardised: %+v", name, *x)
		}
		if math.Abs(x.cz) > exact || math.Abs(x.ce) > 100*exact {
			t.Errorf("%s: coupling_z is not orthogonal to degree_z and employees: %+v", name, *x)
		}
	}
}

// TestSlopeHasTheCoefficientAsItsTarget fits the index on degree_z and employees
// within clusters, over error-free studies, and compares the mean slope.
func TestSlopeHasTheCoefficientAsItsTarget(t *testing.T) {
	if testing.Short() {
		t.Skip("200 studies")
	}
	const studies = 200
	d := DefaultDesign().ErrorFree()
	sum, sumSquares := 0.0, 0.0
	for seed := range uint64(studies) {
		w := newWorld(d, seed)
		b := withinSlope(w)
		sum, sumSquares = sum+b, sumSquares+b*b
	}
	mean := sum / studies
	se := math.Sqrt((sumSquares/studies - mean*mean) / studies)
	t.Logf("mean slope %.4f, standard error %.4f, standard deviation %.4f", mean, se, se*math.Sqrt(studies))
	if math.Abs(mean-d.Index.Degree) > 4*se {
		t.Errorf("mean slope %.4f (se %.4f), want %v", mean, se, d.Index.Degree)
	}
}

// withinSlope is the least-squares slope on degree_z next to employees with
// cluster effects: both swept of cluster means, then of employees.
func withinSlope(w *world) float64 {
	var y, z, e []float64
	for _, c := range w.clusters {
		index, employees := make([]float64, len(c.firms)), make([]float64, len(c.firms))
		for i := range c.firms {
			index[i], employees[i] = c.outcomes[i].index, float64(c.firms[i].employees)
		}
		y, z, e = append(y, centre(index)...), append(z, centre(c.degreeZ)...), append(e, centre(employees)...)
	}
	z = sweep(z, [][]float64{e})
	return dot(y, z) / dot(z, z)
}

// TestOwnersErrAtTheirRates counts what owners say of their own firms when they
// may name as many as they like.
func TestOwnersErrAtTheirRates(t *testing.T) {
	d := DefaultDesign()
	d.OwnLimit = maxFirms
	omitted, tied, invented, untied := 0, 0, 0, 0
	for seed := range uint64(6) {
		w := newWorld(d, seed)
		for g, c := range w.clusters {
			for k, p := range c.people {
				if p.role != owner {
					continue
				}
				named := map[[2]int]bool{}
				for _, r := range w.speakForFirm(g, c, k) {
					named[[2]int{r.relation, r.target}] = true
				}
				for r := range relations {
					for j := range c.firms {
						switch says := named[[2]int{r, j}]; {
						case j == p.firm:
						case c.networks[r][p.firm][j] > 0:
							tied, omitted = tied+1, omitted+btoi(!says)
						default:
							untied, invented = untied+1, invented+btoi(says)
						}
					}
				}
			}
		}
	}
	checkRate(t, "owner omits", omitted, tied, d.Owner.Omit)
	checkRate(t, "owner invents", invented, untied, d.Owner.Invent)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// checkRate compares k successes of n with the chance of one.
func checkRate(t *testing.T, what string, k, n int, p float64) {
	t.Helper()
	if got := float64(k) / float64(n); math.Abs(got-p) > 4*math.Sqrt(p*(1-p)/float64(n)) {
		t.Errorf("%s: %d of %d = %.4f, want %.4f within four standard errors", what, k, n, got, p)
	}
}
