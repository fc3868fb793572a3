package pipeline_test

import (
	"slices"
	"testing"

	"firmties/pipeline/associate"
	"firmties/pipeline/report"
	"firmties/pipeline/study"
)

// TestEveryNameHasWords: what can be said of a row or a number is told in the
// summary in plain language.
func TestEveryNameHasWords(t *testing.T) {
	names := slices.DeleteFunc(study.FateNames(), func(f string) bool { return f == "kept" })
	for _, w := range slices.Concat(associate.Gates(), associate.Caveats()) {
		names = append(names, w.Name)
	}
	for _, m := range associate.Models() {
		names = append(names, m.Name)
	}
	for _, name := range names {
		if _, ok := report.Words(name); !ok {
			t.Errorf("the summary has no words for %s", name)
		}
	}
}
