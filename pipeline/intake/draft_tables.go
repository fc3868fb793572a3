package intake

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"firmties/pipeline/diag"
)

// looked bounds how many rows of a table init looks at.
const looked = 100_000

// draftTable is a table as init looks at it: all of its cells.
type draftTable struct {
	name    string       // how study.yaml names it
	options TableOptions // where the file alone is not enough
	named   bool         // it needs an entry in tables:
	base    string       // its file's or sheet's name in lower case, for hints
	rows    int
	columns []*draftColumn
}

// draftColumn is a column of it.
type draftColumn struct {
	header   string
	cells    []string
	distinct map[string]int // how often each text occurs, blank ones left out
	filled   int
	numbers  int
}

// draftTables opens every table that lies in the folder itself. A file that
// cannot be read is left out; the findings say why.
func draftTables(ctx context.Context, data fs.FS, findings *diag.List) ([]*draftTable, error) {
	entries, err := fs.ReadDir(data, ".")
	if err != nil {
		return nil, err
	}
	var out []*draftTable
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || leftByEditor(name) || !slices.Contains([]string{".csv", ".tsv", ".xlsx"}, strings.ToLower(path.Ext(name))) {
			continue
		}
		tables, err := openDraft(ctx, data, name, findings)
		if err != nil {
			return nil, err
		}
		out = append(out, tables...)
	}
	return out, nil
}

// openDraft opens one file with the options that make it readable: as it is,
// or with another delimiter or encoding.
func openDraft(ctx context.Context, data fs.FS, name string, findings *diag.List) ([]*draftTable, error) {
	var first diag.List
	for i, opts := range attempts(name) {
		var found diag.List
		r := newReader(ctx, data, nil, &found)
		tables := lookAt(r, opts)
		if err := r.failure(); err != nil {
			return nil, err
		}
		if !found.HasErrors() && len(tables) > 0 {
			return tables, nil
		}
		if i == 0 {
			first = found
		}
	}
	findings.Merge(first)
	return nil, nil
}

// attempts are the options to try for a file, the plainest first.
func attempts(name string) []TableOptions {
	if strings.EqualFold(path.Ext(name), ".xlsx") {
		return []TableOptions{{File: name, Sheet: "*"}}
	}
	var out []TableOptions
	for _, encoding := range []string{"", "big5", "windows-1252"} {
		for _, delimiter := range []string{"", ";", "tab", "|"} {
			out = append(out, TableOptions{File: name, Encoding: encoding, Delimiter: delimiter})
		}
	}
	return out
}

// lookAt reads the parts of a file. The sheets of a workbook are tables of
// their own, unless all have the same header: then each is a cluster.
func lookAt(r *reader, opts TableOptions) []*draftTable {
	parts := r.parts(opts, diag.Place{File: opts.File})
	alike := len(parts) > 1
	for _, p := range parts {
		alike = alike && slices.Equal(p.header, parts[0].header)
	}
	stem := strings.TrimSuffix(path.Base(opts.File), path.Ext(opts.File))
	if alike {
		opts.Cluster = "sheet"
		t := &draftTable{name: slug(stem, "table"), options: opts, named: true, base: strings.ToLower(stem)}
		for _, p := range parts {
			t.read(p)
		}
		return []*draftTable{t}
	}
	var out []*draftTable
	for _, p := range parts {
		t := &draftTable{name: opts.File, options: opts, base: strings.ToLower(stem), named: opts != TableOptions{File: opts.File}}
		if p.sheet != "" {
			t.options.Sheet, t.base = p.sheet, strings.ToLower(p.sheet)
			stem = p.sheet
		}
		if t.named {
			t.name = slug(stem, "table")
		}
		t.read(p)
		out = append(out, t)
	}
	return out
}

// read takes the cells of a part. What stands for missing is not known yet.
func (t *draftTable) read(p *part) {
	if t.columns == nil {
		for _, h := range p.header {
			t.columns = append(t.columns, &draftColumn{header: h, distinct: map[string]int{}})
		}
	}
	p.each(func(r *row) {
		if t.rows >= looked {
			return
		}
		t.rows++
		for i, c := range t.columns {
			text := strings.Clone(r.text(i))
			c.cells = append(c.cells, text)
			if text == "" || slices.Contains(usualMissing(), text) {
				continue
			}
			c.filled++
			c.distinct[text]++
			if _, ok, _ := r.number(i); ok {
				c.numbers++
			}
		}
	})
}

// usualMissing are texts that usually stand for a missing cell.
func usualMissing() []string { return []string{"NA", "N/A", "n/a", ".", "-", "NULL", "null"} }

// unique: every row has a text of its own.
func (t *draftTable) unique(c *draftColumn) bool {
	return c.header != "" && t.rows > 1 && c.filled == t.rows && len(c.distinct) == t.rows
}

// numeric: every cell is a number.
func (c *draftColumn) numeric() bool { return c.filled > 0 && c.numbers == c.filled }

// textual: hardly a cell is a number.
func (c *draftColumn) textual() bool { return c.filled > 0 && c.numbers*10 < c.filled }

// share is which part of the cells is in a set.
func (c *draftColumn) share(in map[string]bool) float64 {
	if c.filled == 0 || c.header == "" {
		return 0
	}
	n := 0
	for text, count := range c.distinct {
		if in[text] {
			n += count
		}
	}
	return float64(n) / float64(c.filled)
}

func (c *draftColumn) set() map[string]bool {
	out := make(map[string]bool, len(c.distinct))
	for text := range c.distinct {
		out[text] = true
	}
	return out
}

// hinted reports whether a name contains one of the words.
func hinted(name string, words ...string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, w) })
}

// column finds the first column that fits.
func (t *draftTable) column(fits func(*draftColumn) bool) *draftColumn {
	if i := slices.IndexFunc(t.columns, func(c *draftColumn) bool { return c.header != "" && fits(c) }); i >= 0 {
		return t.columns[i]
	}
	return nil
}

// slug makes a name of a text: a to z, 0 to 9 and _.
func slug(text, otherwise string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9' && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	if s := strings.TrimRight(b.String(), "_"); s != "" {
		return s
	}
	return otherwise
}
