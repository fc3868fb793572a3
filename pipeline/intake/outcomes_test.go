package intake

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

func TestOutcomes(t *testing.T) {
	nan := math.NaN()
	data := files(map[string]string{
		"firms.csv":  "firm,c,founded\na,K,3\nb,K,\nc,L,5\n",
		"out.csv":    "firm,x,n,toa,old,grade\na,1.5,2,9,0,mid\nb,NA,3,20,1,\nc,,12,25,,high\n",
		"used.csv":   "firm,p,ever\na,A,2\na,B,0\nb,A,1\nc,A,NA\n",
		"people.csv": "c,who,rating,score\nK,p1,low,1\nK,p2,high,4\nL,p3,mid,\nL,p4,,6\n",
	})
	base := "study: s\nmissing: [NA]\nfirms: {table: firms.csv, id: firm, cluster: c, attributes: [founded]}\naffiliations:\n  - {name: used, table: used.csv, firm: firm, event: p}\noutcomes:\n  - "
	cases := []struct {
		name, outcome string
		want          study.Outcome
	}{
		{"continuous", "{name: o, level: firm, kind: continuous, table: out.csv, id: firm, column: x}",
			study.Outcome{Value: []float64{1.5, nan, nan}}},
		{"count", "{name: o, level: firm, kind: count, of: 12, components_of: used, table: out.csv, id: firm, column: n}",
			study.Outcome{Value: []float64{2, 3, 12}, Of: 12, ComponentsOf: "used"}},
		{"binary, yes is 1", "{name: o, level: firm, kind: binary, table: used.csv, where: {p: A}, id: firm, column: ever}",
			study.Outcome{Value: []float64{0, 1, nan}}},
		{"binary, yes declared", "{name: o, level: firm, kind: binary, table: used.csv, where: {p: A}, id: firm, column: ever, yes: [2]}",
			study.Outcome{Value: []float64{1, 0, nan}}},
		{"ordinal", "{name: o, level: firm, kind: ordinal, levels: [low, mid, high], table: out.csv, id: firm, column: grade}",
			study.Outcome{Value: []float64{2, nan, 3}, Scores: []string{"low", "mid", "high"}}},
		{"ordinal of whole numbers", "{name: o, level: firm, kind: ordinal, table: out.csv, id: firm, column: n}",
			study.Outcome{Value: []float64{2, 3, 12}}},
		{"time, entry a column", "{name: o, level: firm, kind: time, censored_at: 20, entry: old, table: out.csv, id: firm, column: toa}",
			study.Outcome{Value: []float64{9, 20, 20}, Censored: []bool{false, true, true}, Entry: []float64{0, 1, nan}}},
		{"time, entry an attribute", "{name: o, level: firm, kind: time, entry: founded, table: out.csv, id: firm, column: toa}",
			study.Outcome{Value: []float64{9, 20, 25}, Censored: []bool{false, false, false}, Entry: []float64{3, nan, 5}}},
		{"ratings, mean", "{name: o, level: cluster, kind: continuous, table: people.csv, id: c, respondent: who, column: score}",
			study.Outcome{Value: []float64{2.5, 6}, Raters: []int64{2, 1}, Spread: []float64{3, 0}}},
		{"ratings, median of levels", "{name: o, level: cluster, kind: ordinal, table: people.csv, id: c, respondent: who, column: rating, levels: [low, mid, high], combine: median}",
			study.Outcome{Value: []float64{2, 2}, Raters: []int64{2, 1}, Spread: []float64{2, 0}, Scores: []string{"low", "mid", "high"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, base+c.outcome+"\n", data).Outcomes[0]
			if d := cmp.Diff(c.want, got, cmpopts.EquateNaNs(), cmpopts.EquateEmpty(), cmpopts.IgnoreFields(study.Outcome{}, "Name", "Level", "Kind")); d != "" {
				t.Error(d)
			}
		})
	}
	faults := []struct {
		name, outcome string
		code          diag.Code
		place         string
		texts         []string
	}{
		{"text", "{name: o, level: firm, kind: continuous, table: out.csv, id: firm, column: grade}", diag.NumberWrong, "out.csv:2:13", []string{`grade: "mid"`}},
		{"over the bound", "{name: o, level: firm, kind: count, of: 10, table: out.csv, id: firm, column: n}", diag.NumberWrong, "out.csv:4:4", []string{"0 to 10"}},
		{"fraction", "{name: o, level: firm, kind: count, table: out.csv, id: firm, column: x}", diag.NumberWrong, "out.csv:2:3", []string{"whole number"}},
		{"unknown level", "{name: o, level: firm, kind: ordinal, levels: [low, mid], table: out.csv, id: firm, column: grade}", diag.LevelUnknown, "out.csv:4:11", []string{"known: low, mid"}},
		{"repeated id", "{name: o, level: firm, kind: binary, table: used.csv, id: firm, column: ever}", diag.IDRepeated, "used.csv:3:1", []string{"used.csv:2:1", "respondent: column"}},
		{"repeated rating", "{name: o, level: cluster, kind: continuous, table: people.csv, id: c, respondent: c, column: score}", diag.IDRepeated, "people.csv:3:1", nil},
		{"unknown id", "{name: o, level: cluster, kind: continuous, table: out.csv, id: firm, column: x}", diag.OutcomeIDUnknown, "out.csv:2:1", []string{"not a cluster"}},
		{"no value", "{name: o, level: cluster, kind: continuous, table: out.csv, id: firm, column: x}", diag.OutcomeMissing, "study.yaml:7:83", nil},
		{"entry nowhere", "{name: o, level: firm, kind: time, entry: found, table: out.csv, id: firm, column: toa}", diag.ColumnMissing, "study.yaml:7:47", nil},
	}
	for _, c := range faults {
		t.Run(c.name, func(t *testing.T) {
			_, findings := read(t, base+c.outcome+"\n", data)
			has(t, findings, c.code, c.place, c.texts...)
		})
	}
}

// A control without a value is told.
func TestControlMissing(t *testing.T) {
	_, findings := read(t, small+"models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], controls: [sector]}\n",
		files(map[string]string{"firms.csv": "firm,cluster,size,sector\na,K,1,\nb,K,2,\n", "ties.csv": "who,to\na,b\n"}))
	has(t, findings, diag.ControlMissing, "study.yaml:9:82")
}
