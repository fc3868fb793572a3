package report_test

import (
	"fmt"

	"firmties/pipeline/report"
)

func ExampleWords() {
	meaning, known := report.Words("self")
	fmt.Println(meaning, known)
	// Output: names the firm itself true
}
