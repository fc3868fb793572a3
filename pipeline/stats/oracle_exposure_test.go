package stats

import (
	"math"
	"strconv"
	"testing"
)

// readTies returns the rows of firms that each firm names in a relation.
func readTies(t testing.TB, file, relation string, firms frame) [][]int {
	t.Helper()
	at := make(map[float64]int)
	for i, uid := range firms["uid"] {
		at[uid] = i
	}
	ties := make([][]int, len(firms["uid"]))
	_, rows := readCSV(t, file)
	for _, row := range rows { // cluster, relation, ego, alter
		if row[1] == relation {
			i := at[number(t, row[2])]
			ties[i] = append(ties[i], at[number(t, row[3])])
		}
	}
	return ties
}

// exposures are those by cohesion of all firms of a reference study.
func exposures(firms frame, ties [][]int) []Exposure {
	of, spells := make([]Exposure, len(ties)), firmSpells(firms)
	for i := range of {
		of[i] = NewExposure(spells, TieAlters(ties[i]), true)
	}
	return of
}

// exposedStudies are the reference studies of diffusion, with the layer of each
// that exposure is by.
var exposedStudies = []struct {
	study, firms, arcs, periods, relation string
}{
	{"brfarmers", "brfarmers_firm.csv", "brfarmers_arcs.csv", "brfarmers_person_period.csv", "union"},
	{"medInnovations", "med_firm.csv", "med_arcs.csv", "med_person_period.csv", "discussion"},
}

func TestExposureAgreesWithR(t *testing.T) {
	for _, s := range exposedStudies {
		t.Run(s.study, func(t *testing.T) {
			firms, want := readFrame(t, s.firms), readFrame(t, s.periods)
			of := exposures(firms, readTies(t, s.arcs, s.relation, firms))
			none := NoAlters(of)
			at := make(map[float64]int)
			for i, uid := range firms["uid"] {
				at[uid] = i
			}
			exposed, alone := 0, 0
			for k, uid := range want["uid"] {
				i := at[uid]
				if got := of[i].At(want["t"][k]); got != want["expo"][k] {
					t.Fatalf("firm %g at %g: exposure %.17g, want %.17g", uid, want["t"][k], got, want["expo"][k])
				}
				if none[i] != want["noalters"][k] {
					t.Fatalf("firm %g: no alters %g, want %g", uid, none[i], want["noalters"][k])
				}
				exposed, alone = exposed+int(math.Ceil(want["expo"][k])), alone+int(none[i])
			}
			if exposed == 0 || alone == 0 {
				t.Errorf("%d rows exposed, %d without alters: nothing compared", exposed, alone)
			}
		})
	}
}

// The hazard and the proportional hazards of exposures that we compute are
// those of the reference, on rows that begin with the first event.
func TestHazardOfExposureAgreesWithR(t *testing.T) {
	firms, want := readFrame(t, "brfarmers_firm.csv"), readModels(t, "models_firm.csv")
	of := exposures(firms, readTies(t, "brfarmers_arcs.csv", "union", firms))
	seen := firmSpells(firms)
	p, _, err := NewPersonPeriods(seen, firms.clusters())
	if err != nil {
		t.Fatal(err)
	}
	x := [][]float64{p.Exposure(of), p.Of(NoAlters(of))}
	for _, column := range firms.columns(farmerTerms...) {
		x = append(x, p.Of(column))
	}
	terms := append([]string{"expo", "noalters"}, farmerTerms...)
	agree := func(model string, coef, se []float64) {
		for j, name := range terms {
			near(t, model+" "+name, coef[j], want[model+","+name+",est"], 1e-6)
			near(t, model+" error of "+name, se[j], want[model+","+name+",se"], 1e-6)
		}
	}
	hazard, err := FitHazard(p.Event, p.Period, x, p.Clusters, PeriodDummies)
	if err != nil {
		t.Fatal(err)
	}
	agree("dth_cloglog_tdummies", hazard.Coef, hazard.SE)
	spells := make([]Spell, len(p.Row))
	for k, end := range p.Period {
		spells[k] = Spell{end - 1, end, p.Event[k] == 1}
	}
	cox, err := FitCox(spells, x, p.Clusters, Efron)
	if err != nil {
		t.Fatal(err)
	}
	agree("cox_tv_exposure_strata_efron", cox.Coef, cox.SE)
	if hr := strconv.FormatFloat(math.Exp(cox.Coef[0]), 'f', 2, 64); hr != "1.79" {
		t.Errorf("hazard ratio of exposure %s", hr)
	}
}
