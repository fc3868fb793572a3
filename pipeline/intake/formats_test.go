package intake

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"firmties/pipeline/diag"
)

var somewhere = diag.Place{File: "study.yaml", Line: 7, Column: 10}

// opened reads every row of a table: its cells joined by | and its findings
// as "place code".
func opened(t *testing.T, data fs.FS, opts TableOptions) (rows, findings []string) {
	t.Helper()
	var list diag.List
	r := newReader(context.Background(), data, []string{"", "NA"}, &list)
	rows = readAll(r.parts(opts, somewhere))
	if err := r.failure(); err != nil {
		t.Fatal(err)
	}
	for _, f := range list.Sorted() {
		if f.Message == "" || strings.Contains(f.Message, "\n") {
			t.Errorf("message of %s: %q", f.Code, f.Message)
		}
		findings = append(findings, fmt.Sprintf("%s %s", f.Place, f.Code))
	}
	return rows, findings
}

// hints are the hints of all findings.
func hints(data fs.FS, opts TableOptions) string {
	var list diag.List
	r := newReader(context.Background(), data, nil, &list)
	r.parts(opts, somewhere)
	var all string
	for _, f := range list.Sorted() {
		all += f.Hint + "\n"
	}
	return all
}

func readAll(parts []*part) (rows []string) {
	for _, p := range parts {
		p.each(func(r *row) {
			cells := make([]string, len(p.header))
			for i := range cells {
				cells[i] = r.text(i)
			}
			rows = append(rows, fmt.Sprintf("%d:%s", r.line, strings.Join(cells, "|")))
		})
	}
	return rows
}

func oneFile(name, content string) fstest.MapFS {
	return fstest.MapFS{name: {Data: []byte(content)}}
}

func expect(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\n got %q\nwant %q", what, got, want)
	}
}

func TestReaderRemembersInputs(t *testing.T) {
	var list diag.List
	data := fstest.MapFS{"b.csv": {Data: []byte("x\n1\n")}, "a.csv": {Data: []byte("x\n1\n2\n")}}
	r := newReader(context.Background(), data, nil, &list)
	r.parts(TableOptions{File: "b.csv"}, somewhere)
	r.parts(TableOptions{File: "./a.csv"}, somewhere)
	r.parts(TableOptions{File: "b.csv"}, somewhere)
	got := r.inputs()
	want := []Input{
		{"a.csv", 6, "aea284871ddeeebac4b57b7a8ee7dad070886e690408ce2409306b9b6487beb1"},
		{"b.csv", 4, "daff832f802000e645771a60983c76c963f6ee602a6230e45237bd360e91cc1a"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A part that is read twice tells its rows twice and its findings once.
func TestFindingsAreToldOnce(t *testing.T) {
	var list diag.List
	r := newReader(context.Background(), oneFile("a.csv", "x,y\n1\n2,3\n"), nil, &list)
	for range 2 {
		if rows := readAll(r.parts(TableOptions{File: "a.csv"}, somewhere)); len(rows) != 1 {
			t.Errorf("rows %q", rows)
		}
	}
	if list.Len() != 1 {
		t.Error(list.Render(true))
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var list diag.List
	r := newReader(ctx, oneFile("a.csv", "x\n"+strings.Repeat("1\n", 20_000)), nil, &list)
	parts := r.parts(TableOptions{File: "a.csv"}, somewhere)
	n := 0
	parts[0].each(func(*row) {
		if n++; n == 10 {
			cancel()
		}
	})
	if r.failure() != context.Canceled || n > 5000 || list.Len() > 0 {
		t.Errorf("after %d rows: %v", n, r.failure())
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		text    string
		decimal byte
		want    float64
		ok      bool
	}{
		{"3", '.', 3, true}, {"-0.5", '.', -0.5, true}, {"+1e3", '.', 1000, true}, {"3,5", ',', 3.5, true},
		{"3,5", '.', 0, false}, {"3.5", ',', 0, false}, {"1.000,5", ',', 0, false}, {"1,000,000", ',', 0, false},
		{"inf", '.', 0, false}, {"NaN", '.', 0, false}, {"0x10", '.', 0, false}, {"1_000", '.', 0, false},
		{"1e999", '.', 0, false}, {"", '.', 0, false}, {"1O7", '.', 0, false}, {"-", '.', 0, false}, {"3 4", '.', 0, false},
	} {
		if x, ok := parseNumber(c.text, c.decimal); ok != c.ok || ok && x != c.want {
			t.Errorf("parseNumber(%q, %q) = %v, %t", c.text, c.decimal, x, ok)
		}
	}
}
