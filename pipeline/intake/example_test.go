package intake_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"firmties/pipeline/intake"
)

func ExampleRead() {
	data := fstest.MapFS{
		"firms.csv": {Data: []byte("firm,town\nF1,North\nF2,North\nF3,South\n")},
		"ties.csv":  {Data: []byte("who,partner\nF1,F2\nF3,F9\n")},
	}
	config := `
study: towns
firms: {table: firms.csv, id: firm, cluster: town}
relations:
  - {name: meets, reports: {table: ties.csv, respondent: who, target: partner}}
`
	s, _, findings, err := intake.Read(context.Background(), intake.Source{Config: []byte(config), ConfigName: "study.yaml", Data: data}, intake.Vocabulary{})
	if err != nil || s == nil {
		fmt.Println(err, findings.Render(false))
		return
	}
	for i := range s.Reports {
		r := &s.Reports[i]
		fmt.Println(s.Texts.String(r.RespondentName), "names", s.Texts.String(r.TargetName), "at", s.Place(r))
	}
	// Output:
	// F1 names F2 at ties.csv:2:4
	// F3 names F9 at ties.csv:3:4
}

func ExampleRead_fault() {
	data := fstest.MapFS{"firms.csv": {Data: []byte("firm,town\nF1,North\n")}}
	config := `
study: towns
firms: {table: firms.csv, id: firm, cluster: twon}
affiliations:
  - {name: practices, table: firms.csv, firm: firm, event: town, dimention: joint_enterprise}
`
	_, _, findings, _ := intake.Read(context.Background(), intake.Source{Config: []byte(config), ConfigName: "study.yaml", Data: data}, intake.Vocabulary{})
	fmt.Print(findings.Render(false))
	// Output:
	// study.yaml:3:46: firms.csv has no column "twon" [column-missing]
	//     the nearest is town
	//     known: firm, town
	// study.yaml:5:66: unknown key "dimention" in affiliations [key-unknown]
	//     the nearest is dimension
	//     known: name, dimension, table, where, cluster, firm, event, split
}
