package simulate_test

import (
	"fmt"
	"io/fs"
	"log"

	"firmties/datasets/simulate"
)

// A test of an analysis simulates a study with informants who make no errors,
// analyses its files, and compares the estimate with the coefficient.
func ExampleStudy() {
	study, err := simulate.Study(simulate.DefaultDesign().ErrorFree(), 1)
	if err != nil {
		log.Fatal(err)
	}
	sheets, err := fs.Glob(study.Files, "t*.csv")
	if err != nil {
		log.Fatal(err)
	}
	slope, _ := study.Truth.Coefficient("innovation_index", "degree")
	fmt.Println(sheets, "slope", slope)
	// Output: [tasks.csv ties.csv] slope 2
}
