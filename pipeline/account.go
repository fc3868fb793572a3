package pipeline

import (
	"fmt"

	"firmties/pipeline/report"
	"firmties/pipeline/study"
)

// Account says what became of the rows of one relation's sheets, or of one
// affiliation's.
type Account struct {
	Name     string           `json:"name"`
	Kind     string           `json:"kind"` // relation or affiliation
	Rows     int64            `json:"rows"`
	Excluded int64            `json:"excluded"` // rows that `where` leaves to other sections
	Fates    map[string]int64 `json:"fates"`
	Ties     int64            `json:"ties,omitempty"`
}

// accounts counts the rows of a study by fate, once every cluster has been
// reconciled, and checks that none was lost: rows in are rows excluded plus
// rows of every fate. ties are the ties of each relation.
func accounts(s *study.Study, ties []int64) ([]Account, error) {
	list := make([]Account, 0, len(s.Relations)+len(s.Affiliations))
	for i := range s.Relations {
		a := Account{Name: s.Relations[i].Name, Kind: "relation", Fates: map[string]int64{}, Ties: ties[i]}
		for _, section := range s.Relations[i].Sections {
			a.Rows += section.Rows
			a.Excluded += section.Excluded
		}
		list = append(list, a)
	}
	fates := study.FateNames()
	for i := range s.Reports {
		r := &s.Reports[i]
		list[r.Relation].Fates[fates[r.Fate]]++
	}
	for i := range s.Affiliations {
		f := &s.Affiliations[i]
		a := Account{Name: f.Name, Kind: "affiliation", Rows: f.Rows, Excluded: f.Excluded, Fates: map[string]int64{}}
		for j := range f.Members {
			a.Fates[fates[f.Members[j].Fate]]++
		}
		list = append(list, a)
	}
	for i := range list {
		if err := list[i].check(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (a *Account) check() error {
	sum := a.Excluded
	for _, n := range a.Fates {
		sum += n
	}
	if sum != a.Rows {
		return fmt.Errorf("account of %s %s: %d rows went in and %d came out", a.Kind, a.Name, a.Rows, sum)
	}
	return nil
}

// told is the account as the summary tells it, fates in the order of the
// closed list.
func (a *Account) told() report.Account {
	t := report.Account{Name: a.Name, Relation: a.Kind == "relation", Rows: a.Rows, Excluded: a.Excluded, Ties: a.Ties}
	for _, f := range study.FateNames() {
		if n := a.Fates[f]; n > 0 {
			t.Fates = append(t.Fates, report.Fate{Name: f, Rows: n})
		}
	}
	return t
}
