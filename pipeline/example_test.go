package pipeline_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"firmties/pipeline"
	"firmties/pipeline/intake"
	"firmties/pipeline/study"
)

// A study of three firms, run in memory: the betweenness of each.
func ExampleRun() {
	files := fstest.MapFS{
		"firms.csv": {Data: []byte("firm\nA\nB\nC\n")},
		"ties.csv":  {Data: []byte("from,to\nA,B\nB,C\n")},
	}
	config := `study: three
firms: {table: firms.csv, id: firm}
relations:
  - name: works_with
    reports: {table: ties.csv, source: from, target: to}
`
	tables := pipeline.NewMemory()
	_, err := pipeline.Run(context.Background(),
		pipeline.Config{Source: intake.Source{Config: []byte(config), ConfigName: "study.yaml", Data: files}},
		func(*study.Study) (pipeline.Sink, error) { return tables, nil })
	if err != nil {
		fmt.Println(err)
		return
	}
	firms := tables.Get("firm_metrics")
	for r := range firms.Len() {
		x, _ := firms.Column("betweenness").Float(r)
		fmt.Println(firms.Column("firm").Str(r), x)
	}
	// Output:
	// A 0
	// B 1
	// C 0
}
