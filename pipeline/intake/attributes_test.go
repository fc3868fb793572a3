package intake

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"firmties/pipeline/study"
)

// What a workbook stores as a number but shows as none is no numeric attribute.
func TestAttributesOfWorkbook(t *testing.T) {
	data := files(map[string]string{"ties.csv": "a,b\nx,y\n"})
	data["firms.xlsx"] = &fstest.MapFile{Data: bookOf(t, []string{"Ties"}, func(x *excelize.File) {
		fill(t, x, "Ties", []any{"firm", "date", "flag", "share", "code"},
			[]any{"x", time.Date(2021, 3, 4, 5, 0, 0, 0, time.UTC), true, 0.25, 7}, []any{"y", nil, false, 0.5, 12})
		style(t, x, "D2", "0%")
		style(t, x, "E2", "000")
	})}
	s := mustRead(t, `study: s
firms: {table: firms.xlsx, id: firm, attributes: [date, flag, share, code]}
relations:
  - {name: r, reports: {table: ties.csv, source: a, target: b}}
`, data)
	want := []study.Attribute{
		{Name: "date", Column: "date", Text: []string{"2021-03-04 05:00", ""}},
		{Name: "flag", Column: "flag", Text: []string{"TRUE", "FALSE"}},
		{Name: "share", Column: "share", Numeric: true, Number: []float64{0.25, 0.5}},
		{Name: "code", Column: "code", Text: []string{"007", "12"}},
	}
	if d := cmp.Diff(want, s.FirmAttributes); d != "" {
		t.Error(d)
	}
}
