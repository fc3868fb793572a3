package intake

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// BenchmarkMillionRows takes in a text file of a million report rows: to check
// it and to read every cell, with names as interned texts.
func BenchmarkMillionRows(b *testing.B) {
	const rows = 1_000_000
	var file bytes.Buffer
	file.WriteString("respondent,source,target,answer,strength,wave\n")
	for i := range rows {
		fmt.Fprintf(&file, "P%05d,F%05d,F%05d,yes,%d,%d\n", i%4000, i%39_989, i%40_009, i%5, i%3)
	}
	data := fstest.MapFS{"ties.csv": {Data: file.Bytes()}}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		var list diag.List
		var texts study.Texts
		r := newReader(context.Background(), data, []string{"", "NA"}, &list)
		n := 0
		for _, p := range r.parts(TableOptions{File: "ties.csv"}, somewhere) {
			target := p.column("target")
			p.each(func(row *row) {
				for i := range 4 {
					texts.Intern(row.text(i))
				}
				row.number(4)
				texts.Intern(row.text(5))
				row.position(target)
				n++
			})
		}
		if n != rows || list.Len() > 0 {
			b.Fatal(n, list.Render(false))
		}
	}
}
