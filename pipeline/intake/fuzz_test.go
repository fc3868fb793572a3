package intake

import (
	"context"
	"testing"
)

// Whatever stands in study.yaml, it is read or refused: without a panic or a
// hang, and every finding about it has a position.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		small, everything, benchConfig, small + bomb(), "", "a: &a [*a]", "study: [", "\tx: 1", "a: 1\n---\nb: 2", "\xff\xfe",
		"? {a: b}\n: c", "<<: {study: x}", "study: !!binary aGk=", "models: [&m {<<: *m}]", "firms: *x", "- - - -", "{{{{", "layers: [[], {}, 1, ~]",
		"study: x\nfirms: {table: firms.csv, id: firm}\nrelations: [{name: r, matrix: {table: ties.csv, row: who, columns: rest}}]",
		"study: x\nfirms: {table: ../../etc/passwd, id: firm}\naffiliations: [{name: r, table: /etc/passwd, firm: a, event: b}]",
	} {
		f.Add([]byte(seed))
	}
	data := smallFiles()
	f.Fuzz(func(t *testing.T, config []byte) {
		s, _, findings, err := Read(context.Background(), Source{config, "study.yaml", data}, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if (s == nil) != findings.HasErrors() {
			t.Errorf("study %v, findings\n%s", s, findings.Render(true))
		}
		for _, x := range findings.Sorted() {
			if x.Place.File == "study.yaml" && (x.Place.Line < 1 || x.Place.Column < 1) {
				t.Errorf("no position: %s", x)
			}
		}
	})
}
