package pipeline_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"
)

// TestExposureOfRealStudies runs hazards with exposure from sheets to tables.
// The mean exposure at adoption is that of the reference's columns, whatever
// the model makes of it. Of the farmers some firms name nobody; the metric that
// tells whom a firm names is computed though the study does not choose it.
func TestExposureOfRealStudies(t *testing.T) {
	const common = `
metrics: {firm: [degree_in], cluster: [density]}
comparisons: {draws: 0}
distances: {draws: 0}
models:
`
	for _, c := range []struct{ study, model, periods, fit string }{
		{"brfarmers", "coupling: {draws: 0}" + common + "  - {name: spread, level: firm, outcome: year_adopted, layers: [union], metrics: [degree_in], exposure: cohesion}\n",
			"brfarmers_person_period.csv", "spread/year_adopted/union/degree_in"},
		{"medInnovations", common + "  - {name: spread, level: firm, outcome: month_adopted, layers: [discussion], metrics: [degree_in], controls: [attend], exposure: cohesion}\n",
			"med_person_period.csv", "spread/month_adopted/discussion/degree_in"},
	} {
		t.Run(c.study, func(t *testing.T) {
			_, memory := runModels(t, c.study, "study.yaml", "\n"+c.model)
			fits := memory.Get("fits")
			row := find(t, fits, map[string]string{"fit": c.fit, "model": "hazard"})
			got, ok := fits.Column("threshold_mean").Float(row)
			near(t, "mean threshold", got, ok, meanThreshold(t, c.periods))
			for _, term := range []string{"exposure", "no_alters"} {
				find(t, memory.Get("associations"), map[string]string{"fit": c.fit, "term": term, "se_type": "CV3"})
			}
		})
	}
}

// meanThreshold is the mean exposure of the reference's rows with the event, of
// firms with alters.
func meanThreshold(t testing.TB, name string) float64 {
	t.Helper()
	file, err := os.Open(sharedPath(t, "oracle", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sum, n := 0.0, 0.0
	for _, row := range rows[1:] { // uid, t, y, expo, noalters
		if row[2] != "1" || row[4] != "0" {
			continue
		}
		exposure, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		sum, n = sum+exposure, n+1
	}
	return sum / n
}
