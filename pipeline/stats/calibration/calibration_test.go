package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/floats"

	"firmties/pipeline/stats"
)

// sharedPath is a path of the material beside the repository; without it the
// test is skipped.
func sharedPath(t testing.TB, elements ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "..", "shared"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no reference material beside the repository: %v", err)
	}
	return path
}

var readOnce = sync.OnceValues(func() (*firms, error) {
	return readFirms(context.Background(), filepath.Join("..", "..", "..", "..", "shared", "data", "brfarmers"))
})

func brfarmers(t *testing.T) *firms {
	t.Helper()
	sharedPath(t, "data", "brfarmers")
	f, err := readOnce()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func sections(t *testing.T, f *firms) []section {
	t.Helper()
	all, err := allSections(f)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestDesignIsTheReferences: the firms, and the degrees of freedom of CR2 in
// the reference simulation, which hang on every number of the design.
func TestDesignIsTheReferences(t *testing.T) {
	f := brfarmers(t)
	if len(f.sizes) != 11 || f.clusters.Rows() != 692 {
		t.Errorf("%d firms in %d clusters, want 692 in 11", f.clusters.Rows(), len(f.sizes))
	}
	for m, file := range []string{"size_in_union.csv", "size_btw_union.csv", "size_eig_union.csv"} {
		d, err := newFirmDesign(f, m, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, ok := d.answers(d.normal(rand.New(rand.NewPCG(1, 1))), pcg)
		if !ok {
			t.Fatal("no fit")
		}
		if want := reference(t, file)[",df_Satt"]; math.Abs(a.cr2DF-want) > 1e-9*want {
			t.Errorf("%s: %.12g degrees of freedom, want %.12g", metricNames[m], a.cr2DF, want)
		}
	}
}

func pcg(draw int) *rand.Rand { return rand.New(rand.NewPCG(uint64(draw), 5)) }

// reference reads the rates of a file of the reference simulation, by scenario
// and test: of firms those without a mean slope.
func reference(t *testing.T, file string) map[string]float64 {
	t.Helper()
	f, err := os.Open(sharedPath(t, "oracle", "sim", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rates := map[string]float64{}
	for _, row := range rows[1:] {
		key, value := row[0]+","+row[1], row[2]
		if file != "size_dyad.csv" {
			if strings.HasSuffix(row[0], "effect=0.1") {
				continue
			}
			key, value = row[1]+","+row[2], row[3]
		}
		if rates[key], err = strconv.ParseFloat(value, 64); err != nil {
			t.Fatal(err)
		}
	}
	return rates
}

// theirNames are the columns that the reference simulation has too. Its
// Freedman-Lane test is studentised by HC0, ours by HC3, and is left out.
var theirNames = map[string]string{
	"classical t": "ols", "HC3 t": "hc3", "CR1 t(G-1)": "cr1_tG1", "CR2": "cr2_satt", "wild": "wcr",
	"Freedman-Lane classical": "freedman_lane", "IM t": "ibragimov_muller", "sign flips": "sign_flip_slopes",
	"**CR1 t(G-1)**": "cr1_tG1", "cluster-wise t": "ibragimov_muller", "DSP": "dsp_t", "dyadic-robust t(G-1)": "dyadic_tG1",
}

// TestAgreesWithReference holds rates against those of the reference
// simulation, to four standard errors of the chance in both. That of
// betweenness has 500 replications, the others 1,000.
func TestAgreesWithReference(t *testing.T) {
	const ours = 300
	all := sections(t, brfarmers(t))
	r := runner{ours, 2, io.Discard}
	for _, c := range []struct {
		section      int
		name, file   string
		scenario     string
		replications float64
	}{
		{0, "degree_in hetero", "size_in_union.csv", "hetero", 1000},
		{0, "betweenness slope_het", "size_btw_union.csv", "slope_het", 500},
		{0, "eigenvector net_error_.4", "size_eig_union.csv", "net_error_.4", 1000},
		{1, "node RE,x=|diff|,z corr", "size_dyad.csv", "node RE,x=|diff|,z corr", 1000},
		{1, "slope varies by cluster", "size_dyad.csv", "slope varies by cluster", 1000},
	} {
		rates, compared := reference(t, c.file), 0
		s := all[c.section].only(c.name)
		if len(s.cells) != 1 {
			t.Fatalf("%d cells of the name %s", len(s.cells), c.name)
		}
		counts := r.counts(&s.cells[0])
		for j, column := range s.views[0].columns {
			want, ok := rates[c.scenario+","+theirNames[column.name]]
			if !ok {
				continue
			}
			compared++
			got, _ := counts[j].rate()
			middle := (ours*got + c.replications*want) / (ours + c.replications)
			if se := math.Sqrt(middle * (1 - middle) * (1.0/ours + 1/c.replications)); math.Abs(got-want) > 4*se {
				t.Errorf("%s, %s: %.3f, want %.3f, standard error %.3f", c.name, column.name, got, want, se)
			}
		}
		if compared < 5 {
			t.Errorf("%s: %d columns compared", c.name, compared)
		}
	}
}

// TestTablesAreTheSameForAnyWorkers makes a few replications of every cell; all
// tests have a number in all of them.
func TestTablesAreTheSameForAnyWorkers(t *testing.T) {
	all := sections(t, brfarmers(t))
	var texts [2]bytes.Buffer
	for i, workers := range []int{1, 3} {
		r := runner{3, workers, io.Discard}
		for _, s := range all {
			r.print(&texts[i], s)
		}
	}
	if texts[0].String() != texts[1].String() {
		t.Errorf("one worker\n%s\nthree workers\n%s", &texts[0], &texts[1])
	}
	rows := 0
	for line := range strings.Lines(texts[0].String()) {
		if strings.HasPrefix(line, "| ") && !strings.HasSuffix(line, "refused |\n") {
			if rows++; !strings.HasSuffix(line, "| 0 |\n") {
				t.Errorf("refusals in %s", line)
			}
		}
	}
	if want := 3*21 + 8 + 4 + 4; rows != want {
		t.Errorf("%d rows, want %d", rows, want)
	}
}

// TestErrorsAlongTies: what a firm's error has beyond its share of its
// partners' mean are the draws it was made of.
func TestErrorsAlongTies(t *testing.T) {
	f := brfarmers(t)
	d, err := newFirmDesign(f, 0, f.spill())
	if err != nil {
		t.Fatal(err)
	}
	draws, e := d.normal(pcg(1)), d.alongTies(pcg(1))
	moved := 0
	for g, n := range f.sizes {
		own, drawn := f.clusters.Of(e, g), f.clusters.Of(draws, g)
		for i := range n {
			row := f.partners[g][i*n : (i+1)*n]
			left := own[i]
			if partners := floats.Sum(row); partners > 0 {
				left -= networkShare * floats.Dot(row, own) / partners
			}
			if math.Abs(left-drawn[i]) > 1e-12 {
				t.Fatalf("cluster %d firm %d: %g, want %g", g, i, left, drawn[i])
			}
			if own[i] != drawn[i] {
				moved++
			}
		}
	}
	if moved < 600 {
		t.Errorf("ties move the errors of %d firms", moved)
	}
}

// TestClassicalPermutationIsARefit: the statistic is the classical t of a fit.
func TestClassicalPermutationIsARefit(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	c := stats.NewClusters(9, 12, 7)
	columns := make([][]float64, 4)
	for j := range columns {
		for range c.Rows() {
			columns[j] = append(columns[j], 5+r.NormFloat64())
		}
	}
	y, x := columns[0], columns[1:]
	fit, err := stats.FitFixedEffects(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	p := newClassicalPermutation(c, x)
	reduced := p.left(stats.CentreWithin(y, c))
	got, want := p.statistic(reduced, floats.Dot(reduced, reduced)), fit.Coef[0]/fit.ClassicalSE[0]
	if math.Abs(got-want) > 1e-10*math.Abs(want) {
		t.Errorf("t %.12g, want %.12g", got, want)
	}
	if a, b := p.p(y, 99, pcg), p.p(y, 99, pcg); a != b || a < 0.01 || a > 1 {
		t.Errorf("p %g and %g of the same draws", a, b)
	}
	floats.AddScaled(y, 50, x[0])
	if got := p.p(y, 99, pcg); got != 0.01 {
		t.Errorf("p %g of a slope that no draw reaches, want 0.01", got)
	}
}

func TestHeadlineRule(t *testing.T) {
	robust, wild, means := answer{p: 1, ok: true}, answer{p: 2, ok: true}, answer{p: 3, ok: true}
	for _, c := range []struct {
		name     string
		answers  firmAnswers
		clusters int
		want     float64
	}{
		{"four degrees of freedom", firmAnswers{cr2: robust, cr2DF: 4, wildP: wild, means: means}, 11, 1},
		{"fewer", firmAnswers{cr2: robust, cr2DF: 3.9, wildP: wild, means: means}, 6, 2},
		{"fewer, and five clusters", firmAnswers{cr2: robust, cr2DF: 3.9, wildP: wild, means: means}, 5, 3},
		{"no wild bootstrap", firmAnswers{means: means}, 11, 3},
	} {
		if got := c.answers.headlineOf(c.clusters); got.p != c.want {
			t.Errorf("%s: the headline is number %g, want %g", c.name, got.p, c.want)
		}
	}
}

func TestRatesPastTheirBoundAreBold(t *testing.T) {
	for _, c := range []struct {
		name         string
		n            count
		bound        bound
		exchangeable bool
		want         string
	}{
		{"at the bound", count{yes: 65, of: 1000}, size, false, "6.50"},
		{"past it", count{yes: 66, of: 1000}, size, false, "**6.60**"},
		{"past it, of what is not refused", count{yes: 66, refused: 500, of: 1500}, size, false, "**6.60**"},
		{"where the null does not hold", count{yes: 66, of: 1000}, sizeOfTheirs, false, "6.60"},
		{"where it does", count{yes: 66, of: 1000}, sizeOfTheirs, true, "**6.60**"},
		{"shown", count{yes: 66, of: 1000}, shown, true, "6.60"},
		{"covering", count{yes: 930, of: 1000}, coverage, false, "93.00"},
		{"covering less", count{yes: 929, of: 1000}, coverage, false, "**92.90**"},
		{"all refused", count{refused: 3, of: 3}, size, false, "-"},
	} {
		if got := c.n.text(c.bound, c.exchangeable); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
