package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"firmties/pipeline/diag"
)

// bookOf is a workbook of sheets filled by f.
func bookOf(t testing.TB, sheets []string, f func(x *excelize.File)) []byte {
	t.Helper()
	x := excelize.NewFile()
	for i, s := range sheets {
		if i == 0 {
			must(t, x.SetSheetName("Sheet1", s))
		} else if _, err := x.NewSheet(s); err != nil {
			t.Fatal(err)
		}
	}
	f(x)
	var b bytes.Buffer
	must(t, x.Write(&b))
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fill sets the rows of a sheet from A1 on; nil leaves a cell out.
func fill(t testing.TB, x *excelize.File, sheet string, rows ...[]any) {
	t.Helper()
	for i, row := range rows {
		for j, v := range row {
			if v != nil {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				must(t, x.SetCellValue(sheet, cell, v))
			}
		}
	}
}

// style shows a cell in a number format.
func style(t testing.TB, x *excelize.File, cell, format string) {
	t.Helper()
	id, err := x.NewStyle(&excelize.Style{CustomNumFmt: &format})
	must(t, err)
	must(t, x.SetCellStyle("Ties", cell, cell, id))
}

func TestCells(t *testing.T) {
	day := time.Date(2021, 3, 4, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		set    func(t *testing.T, x *excelize.File) // sets A2
		text   string
		number float64 // where ok
		ok     bool
		found  string
	}{
		{"text", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{" 鹽場 "}) }, "鹽場", 0, false, ""},
		{"text of digits", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{"007"}) }, "007", 7, true, ""},
		{"whole number", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{123456789012}) }, "123456789012", 123456789012, true, ""},
		{"number", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{0.1}) }, "0.1", 0.1, true, ""},
		{"leading zeros", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{12345})
			style(t, x, "A2", "00000000")
		}, "00012345", 12345, true, ""},
		{"rounded display", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{2.718281828})
			style(t, x, "A2", "0.0")
		}, "2.7", 2.718281828, true, ""},
		{"thousands", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{1234567})
			style(t, x, "A2", "#,##0")
		}, "1,234,567", 1234567, true, ""},
		{"percent", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{0.25})
			style(t, x, "A2", "0%")
		}, "25%", 0.25, true, ""},
		{"date", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{day}) }, "2021-03-04", 44259, true, ""},
		{"date as d/m/y", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{44259})
			style(t, x, "A2", "dd/mm/yy;@")
		}, "2021-03-04", 44259, true, ""},
		{"Chinese date", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{44259})
			style(t, x, "A2", `[$-404]yyyy"年"m"月"d"日"`)
		}, "2021-03-04", 44259, true, ""},
		{"date and time", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{44259.75})
			style(t, x, "A2", "d mmm yyyy h:mm AM/PM")
		}, "2021-03-04 18:00:00", 44259.75, true, ""},
		{"built-in date", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{44259})
			id, err := x.NewStyle(&excelize.Style{NumFmt: 15})
			must(t, err)
			must(t, x.SetCellStyle("Ties", "A2", "A2", id))
		}, "2021-03-04", 44259, true, ""},
		{"clock", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{0.75})
			style(t, x, "A2", "hh:mm")
		}, "18:00", 0.75, true, ""},
		{"true", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{true}) }, "TRUE", 1, true, ""},
		{"formula", func(t *testing.T, x *excelize.File) {
			fill(t, x, "Ties", nil, []any{42})
			must(t, x.SetCellFormula("Ties", "A2", "6*7"))
		}, "42", 42, true, ""},
		{"missing", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{"NA"}) }, "", 0, false, ""},
		{"error", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{"#N/A"}) }, "", 0, false, "t.xlsx:Ties!A2 cell-error"},
		{"long id", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{int64(1234567890123456789)}) }, "1234567890123456789", 1234567890123456789, true, "t.xlsx:Ties!A2 id-too-long"},
		{"long id as text", func(t *testing.T, x *excelize.File) { fill(t, x, "Ties", nil, []any{"1234567890123456789"}) }, "1234567890123456789", 1234567890123456789, true, ""},
		{"long fraction", func(t *testing.T, x *excelize.File) { must(t, x.SetCellFloat("Ties", "A2", 1.0/3, 17, 64)) }, "0.333333333333333", 1.0 / 3, true, ""},
		{"rich text", func(t *testing.T, x *excelize.File) {
			must(t, x.SetCellRichText("Ties", "A2", []excelize.RichTextRun{{Text: "salt"}, {Text: " village", Font: &excelize.Font{Bold: true}}}))
		}, "salt village", 0, false, ""},
		{"formula that was never computed", func(t *testing.T, x *excelize.File) { must(t, x.SetCellFormula("Ties", "A2", "1+1")) }, "", 0, false, "t.xlsx:Ties!A2 cell-uncomputed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := bookOf(t, []string{"Ties"}, func(x *excelize.File) {
				fill(t, x, "Ties", []any{"id", "other"}, []any{nil, "x"})
				c.set(t, x)
			})
			var list diag.List
			r := newReader(context.Background(), fstest.MapFS{"t.xlsx": {Data: data}}, []string{"NA"}, &list)
			parts := r.parts(TableOptions{File: "t.xlsx"}, somewhere)
			if len(parts) != 1 {
				t.Fatal(list.Render(true))
			}
			n := 0
			parts[0].each(func(row *row) {
				n++
				if got := row.text(0); got != c.text {
					t.Errorf("text %q, want %q", got, c.text)
				}
				if x, ok, missing := row.number(0); ok != c.ok || ok && x != c.number || missing != (c.text == "") {
					t.Errorf("number %v %t %t, want %v %t", x, ok, missing, c.number, c.ok)
				}
			})
			var found string
			for _, f := range list.Sorted() {
				found += fmt.Sprintf("%s %s", f.Place, f.Code)
			}
			if n != 1 || found != c.found {
				t.Errorf("%d rows, found %q, want %q", n, found, c.found)
			}
		})
	}
}

func TestSheets(t *testing.T) {
	table := func(id string) [][]any { return [][]any{{"firm", "n"}, {id, 1}} }
	books := map[string][]byte{
		"one": bookOf(t, []string{"Ties"}, func(x *excelize.File) { fill(t, x, "Ties", table("a")...) }),
		"two": bookOf(t, []string{"North", "South", "Empty"}, func(x *excelize.File) {
			fill(t, x, "North", table("a")...)
			fill(t, x, "South", table("b")...)
		}),
		"hidden": bookOf(t, []string{"Shown", "Hidden"}, func(x *excelize.File) {
			fill(t, x, "Shown", table("a")...)
			fill(t, x, "Hidden", table("b")...)
			must(t, x.SetSheetVisible("Hidden", false))
		}),
		"title": bookOf(t, []string{"Ties"}, func(x *excelize.File) {
			fill(t, x, "Ties", []any{"A survey"}, []any{nil}, []any{nil, "firm", nil, "n"}, []any{"note", "a", nil, 1}, []any{}, []any{nil, "b", nil, 2, "note"})
		}),
		"merged": bookOf(t, []string{"Ties"}, func(x *excelize.File) {
			fill(t, x, "Ties", []any{"village", "firm", "n"}, []any{"North", "a", 1}, []any{nil, "b"}, []any{}, []any{nil, "c"}, []any{"South", "d", 2})
			must(t, x.MergeCell("Ties", "A2", "A5"))
			must(t, x.MergeCell("Ties", "C2", "C3"))
			must(t, x.MergeCell("Ties", "A9", "B9"))
		}),
		"empty":    bookOf(t, []string{"Ties"}, func(*excelize.File) {}),
		"header":   bookOf(t, []string{"Ties"}, func(x *excelize.File) { fill(t, x, "Ties", []any{"a", "b"}) }),
		"repeated": bookOf(t, []string{"Ties"}, func(x *excelize.File) { fill(t, x, "Ties", []any{"a", nil, "a"}, []any{1}) }),
		"chart": bookOf(t, []string{"Ties"}, func(x *excelize.File) {
			fill(t, x, "Ties", table("a")...)
			must(t, x.AddChartSheet("Chart1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Ties!$B$2:$B$2"}}}))
		}),
	}
	for _, c := range []struct {
		book           string
		opts           TableOptions
		rows, findings []string
		hint           string
	}{
		{"one", TableOptions{}, []string{"2:a|1"}, nil, ""},
		{"one", TableOptions{Sheet: "ties "}, []string{"2:a|1"}, nil, ""},
		{"one", TableOptions{Sheet: "Tie"}, nil, []string{"study.yaml:7:10 sheet-missing"}, "Ties"},
		{"one", TableOptions{Encoding: "big5"}, nil, []string{"study.yaml:7:10 setting-conflict"}, ""},
		{"two", TableOptions{}, nil, []string{"study.yaml:7:10 sheet-missing"}, "two: {file: two.xlsx, sheet: North}"},
		{"two", TableOptions{Sheet: "South"}, []string{"2:b|1"}, nil, ""},
		{"two", TableOptions{Sheet: "*"}, []string{"2:a|1", "2:b|1"}, nil, ""},
		{"two", TableOptions{Sheet: "Empty"}, nil, []string{"two.xlsx:Empty table-empty"}, ""},
		{"hidden", TableOptions{}, []string{"2:a|1"}, nil, ""},
		{"hidden", TableOptions{Sheet: "Hidden"}, []string{"2:b|1"}, nil, ""},
		{"hidden", TableOptions{Sheet: "*"}, []string{"2:a|1"}, []string{"hidden.xlsx:Hidden sheet-hidden"}, ""},
		{"title", TableOptions{HeaderRow: 2}, []string{"4:note|a||1", "6:|b||2"}, nil, ""},
		{"merged", TableOptions{}, []string{"2:North|a|1", "3:North|b|1", "5:North|c|", "6:South|d|2"}, nil, ""},
		{"empty", TableOptions{}, nil, []string{"empty.xlsx:Ties table-empty"}, ""},
		{"header", TableOptions{}, nil, []string{"header.xlsx:Ties!A1 table-empty"}, ""},
		{"repeated", TableOptions{}, nil, []string{"repeated.xlsx:Ties!C1 header-repeated"}, ""},
		{"chart", TableOptions{Sheet: "*"}, []string{"2:a|1"}, nil, ""},
	} {
		t.Run(c.book+" "+c.opts.Sheet, func(t *testing.T) {
			c.opts.File = c.book + ".xlsx"
			data := fstest.MapFS{c.opts.File: {Data: books[c.book]}}
			rows, findings := opened(t, data, c.opts)
			expect(t, "rows", rows, c.rows)
			expect(t, "findings", findings, c.findings)
			if hint := hints(data, c.opts); !strings.Contains(hint, c.hint) {
				t.Errorf("hint %q lacks %q", hint, c.hint)
			}
		})
	}
}

func TestClusterOfSheet(t *testing.T) {
	book := func(sheets ...string) []byte {
		return bookOf(t, sheets, func(x *excelize.File) {
			for _, s := range sheets {
				fill(t, x, s, []any{"firm", "n"}, []any{"firm of " + s, 2.5}, []any{"x", 3})
			}
		})
	}
	data := fstest.MapFS{"roster/a.xlsx": {Data: book("North", "South")}, "roster/b.xlsx": {Data: book("West")}}
	var list diag.List
	r := newReader(context.Background(), data, nil, &list)
	var got []string
	for _, p := range r.parts(TableOptions{File: "roster/*.xlsx", Sheet: "*", Cluster: "sheet"}, somewhere) {
		p.each(func(row *row) {
			x, _, _ := row.number(p.column("n"))
			got = append(got, fmt.Sprintf("%s %s %v", p.cluster, row.place(1), x))
		})
	}
	expect(t, "rows", got, []string{
		"North roster/a.xlsx:North!B2 2.5", "North roster/a.xlsx:North!B3 3", "South roster/a.xlsx:South!B2 2.5", "South roster/a.xlsx:South!B3 3",
		"West roster/b.xlsx:West!B2 2.5", "West roster/b.xlsx:West!B3 3"})
	if list.Len() > 0 {
		t.Error(list.Render(true))
	}
}

// A merged number is the same stored number on each of its lines, and a long
// number is doubtful as an id only, not as a number.
func TestNumbersOfSheet(t *testing.T) {
	book := bookOf(t, []string{"Ties"}, func(x *excelize.File) {
		fill(t, x, "Ties", []any{"firm", "n", "turnover"}, []any{"a", 0.25, int64(1234567890123456)}, []any{"b"})
		style(t, x, "B2", "0%")
		must(t, x.MergeCell("Ties", "B2", "B3"))
	})
	var list diag.List
	r := newReader(context.Background(), fstest.MapFS{"t.xlsx": {Data: book}}, nil, &list)
	var got []string
	for _, p := range r.parts(TableOptions{File: "t.xlsx"}, somewhere) {
		p.each(func(row *row) {
			n, _, _ := row.number(1)
			turnover, _, missing := row.number(2)
			got = append(got, fmt.Sprint(row.text(1), n, turnover, missing))
		})
	}
	expect(t, "rows", got, []string{"25%0.25 1.234567890123456e+15 false", "25%0.25 0 true"})
	if list.Len() > 0 {
		t.Error(list.Render(true))
	}
}

// rezipped is a workbook with some parts replaced.
func rezipped(t testing.TB, book []byte, replace map[string]func(w io.Writer)) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range archive.File {
		if with, ok := replace[f.Name]; ok {
			part, err := w.Create(f.Name)
			must(t, err)
			with(part)
		} else {
			must(t, w.Copy(f))
		}
	}
	must(t, w.Close())
	return out.Bytes()
}

func text(s string) func(io.Writer) { return func(w io.Writer) { io.WriteString(w, s) } }

// repeat writes a text many times: a part that packs to a thousandth.
func repeat(before, s string, n int, after string) func(io.Writer) {
	return func(w io.Writer) {
		io.WriteString(w, before)
		many := strings.Repeat(s, 1000)
		for range n / 1000 {
			io.WriteString(w, many)
		}
		io.WriteString(w, after)
	}
}

func TestHostileWorkbooks(t *testing.T) {
	const sheet1, head, foot = "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`, `</sheetData></worksheet>`
	const firstRows = `<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>`
	good := bookOf(t, []string{"Ties"}, func(x *excelize.File) { fill(t, x, "Ties", []any{"a", "b"}, []any{"x", 2}, []any{"y", 3}) })
	with := func(part string, f func(io.Writer)) []byte {
		return rezipped(t, good, map[string]func(io.Writer){part: f})
	}
	flipped := bytes.Clone(good)
	i := bytes.Index(flipped, []byte(sheet1))
	flipped[i+len(sheet1)+20] ^= 0x55
	for _, c := range []struct {
		name string
		data []byte
		code diag.Code
		slow bool
	}{
		{name: "cut", data: good[:len(good)/2], code: diag.FileCorrupt},
		{name: "a byte is wrong", data: flipped, code: diag.FileCorrupt},
		{name: "zip without workbook", data: with("xl/workbook.xml", text("<x/>")), code: diag.FileCorrupt},
		{name: "empty parts", data: with("xl/_rels/workbook.xml.rels", text("")), code: diag.FileCorrupt},
		{name: "XML cut", data: with(sheet1, text(head+firstRows)), code: diag.FileCorrupt},
		{name: "XML not well-formed", data: with(sheet1, text(head+firstRows+"<row><c></row>"+foot)), code: diag.FileCorrupt},
		{name: "unknown entity", data: with(sheet1, text(head+"<row r=\"1\"><c t=\"str\"><v>&lol;</v></c></row>"+foot)), code: diag.FileCorrupt},
		{name: "entity bomb", data: with(sheet1, text(`<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`+head+`<row r="1"><c t="str"><v>&b;</v></c></row>`+foot)), code: diag.FileCorrupt},
		{name: "text that is not there", data: with(sheet1, text(head+`<row r="1"><c r="A1" t="s"><v>99</v></c></row>`+foot)), code: diag.FileCorrupt},
		{name: "text of a negative index", data: with(sheet1, text(head+`<row r="1"><c r="A1" t="s"><v>x</v></c></row>`+foot)), code: diag.FileCorrupt},
		{name: "rows out of order", data: with(sheet1, text(head+`<row r="2"/><row r="1"/>`+foot)), code: diag.FileCorrupt},
		{name: "cells out of order", data: with(sheet1, text(head+`<row r="1"><c r="B1"/><c r="A1"/></row>`+foot)), code: diag.FileCorrupt},
		{name: "row beyond the last", data: with(sheet1, text(head+firstRows+`<row r="2000000000"/>`+foot)), code: diag.FileCorrupt},
		{name: "cell beyond the last", data: with(sheet1, text(head+firstRows+`<row r="3"><c r="ZZZZ3"/></row>`+foot)), code: diag.FileCorrupt},
		{name: "merged area that is none", data: with(sheet1, text(head+firstRows+`</sheetData><mergeCells><mergeCell ref="A0:"/></mergeCells></worksheet>`)), code: diag.FileCorrupt},
		{name: "nested elements", data: with(sheet1, repeat(head, "<a>", 1_000_000, "")), code: diag.FileTooLarge},
		{name: "one row of many cells", data: with(sheet1, repeat(head+"<row>", "<c><f/></c>", 1_000_000, "</row>"+foot)), code: diag.FileCorrupt},
		{name: "merged areas", data: with(sheet1, repeat(head+firstRows+"</sheetData><mergeCells>", `<mergeCell ref="A1:XFD1048576"/>`, maxMerged+1000, "</mergeCells></worksheet>")), code: diag.FileTooLarge},
		{name: "number formats", data: with("xl/styles.xml", repeat("<styleSheet><numFmts>", `<numFmt numFmtId="170" formatCode="0"/>`, 10_000, "</numFmts></styleSheet>")), code: diag.FileTooLarge},
		{name: "a long number format", data: with("xl/styles.xml", repeat(`<styleSheet><numFmts><numFmt numFmtId="170" formatCode="`, "0", 10_000, `"/></numFmts></styleSheet>`)), code: diag.FileTooLarge},
		{name: "sheets", data: with("xl/workbook.xml", repeat("<workbook><sheets>", `<sheet name="a"/>`, 20_000, "</sheets></workbook>")), code: diag.FileTooLarge},
		{name: "two sheets of a name", data: with("xl/workbook.xml", text(`<workbook><sheets><sheet name="Ties"/><sheet name="TIES"/></sheets></workbook>`)), code: diag.FileCorrupt},
		{name: "many parts", data: append(bytes.Clone(good), bytes.Repeat([]byte("PK\x01\x02"), maxEntries)...), code: diag.FileTooLarge},
		{name: "zip bomb", data: with(sheet1, repeat(head, strings.Repeat(" ", 1000), 600_000, foot)), code: diag.FileTooLarge, slow: true},
		{name: "bomb of texts", data: with("xl/sharedStrings.xml", repeat("<sst>", "<si/>", maxElements+1000, "</sst>")), code: diag.FileTooLarge, slow: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.slow && testing.Short() {
				t.Skip("unpacks half a gigabyte")
			}
			start := time.Now()
			var list diag.List
			r := newReader(context.Background(), fstest.MapFS{"t.xlsx": {Data: c.data}}, nil, &list)
			rows := readAll(r.parts(TableOptions{File: "t.xlsx"}, somewhere))
			all := list.Sorted()
			if len(rows) > 0 || len(all) != 1 || all[0].Code != c.code || all[0].Place.File != "t.xlsx" || r.failure() != nil {
				t.Errorf("rows %q, failure %v, findings\n%s", rows, r.failure(), list.Render(true))
			}
			if len(all) > 0 {
				t.Logf("%v: %s", time.Since(start).Round(time.Millisecond), all[0].Message)
			}
		})
	}
}

// A sheet may reach over many rows with one cell each, far to the right; the
// work is bounded by the cells that it reaches over.
func TestWideSheet(t *testing.T) {
	if testing.Short() {
		t.Skip("visits a hundred million cells")
	}
	var sheet bytes.Buffer
	sheet.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row>`)
	for i := 2; i < 50_000; i++ {
		fmt.Fprintf(&sheet, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i, i)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	book := rezipped(t, bookOf(t, []string{"Ties"}, func(*excelize.File) {}), map[string]func(io.Writer){"xl/worksheets/sheet1.xml": text(sheet.String())})
	var list diag.List
	r := newReader(context.Background(), fstest.MapFS{"t.xlsx": {Data: book}}, nil, &list)
	for _, p := range r.parts(TableOptions{File: "t.xlsx"}, somewhere) {
		p.each(func(*row) {})
	}
	if list.Count(diag.FileTooLarge) != 1 || list.Len() != 1 {
		t.Error(list.Render(true))
	}
}

// Merged areas over one another, which no spreadsheet program writes, cannot
// multiply the work either.
func TestMergedOverOneAnother(t *testing.T) {
	if testing.Short() {
		t.Skip("visits a hundred million cells")
	}
	const ns = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	var sheet bytes.Buffer
	sheet.WriteString(ns)
	for line := 1; line <= 20; line++ {
		fmt.Fprintf(&sheet, `<row r="%d">`, line)
		for i := range 5000 {
			fmt.Fprintf(&sheet, `<c t="str"><v>c%d</v></c>`, i)
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString("</sheetData><mergeCells>" + strings.Repeat(`<mergeCell ref="A2:XFD1048576"/>`, 100_000) + "</mergeCells></worksheet>")
	book := rezipped(t, bookOf(t, []string{"Ties"}, func(*excelize.File) {}), map[string]func(io.Writer){"xl/worksheets/sheet1.xml": text(sheet.String())})
	start := time.Now()
	_, findings := opened(t, fstest.MapFS{"t.xlsx": {Data: book}}, TableOptions{File: "t.xlsx"})
	expect(t, "findings", findings, []string{"t.xlsx file-too-large"})
	t.Log(time.Since(start))
}

func TestDateFormats(t *testing.T) {
	for code, want := range map[string]string{
		"General": "", "0": "", "0.00E+00": "", `0 "days"`: "", "[Red]#,##0;-0": "", "h:mm:ss": "", "[h]:mm": "", "mm:ss.0": "", `\d0`: "", "@": "",
		"m/d/yy": "yyyy-mm-dd", "mmm-yy": "yyyy-mm-dd", "mmmm": "yyyy-mm-dd", "[$-404]e/m/d": "yyyy-mm-dd", `yyyy"年"m"月"`: "yyyy-mm-dd",
		"m/d/yy h:mm": "yyyy-mm-dd hh:mm:ss", `"open`: "", "[open": "", "_": "",
	} {
		if got := isoFormat(code); got != want {
			t.Errorf("isoFormat(%q) = %q, want %q", code, got, want)
		}
	}
}
