package intake

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"

	"firmties/pipeline/diag"
)

// Whatever stands in study.yaml, it is read or refused: without a panic or a
// hang, and every finding about it has a position.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		small, everything, benchConfig, "", "a: &a [*a]", "study: [", "\tx: 1", "a: 1\n---\nb: 2", "\xff\xfe",
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

// Whatever tables lie in a folder, the draft is a study.yaml without a fault
// of its own.
func FuzzDraft(f *testing.F) {
	for _, seed := range []string{
		"who,to\na,b\n", "respondent,relation,partner,strength\na,x,b,1\nb,y,c,2\n", "firm,a,b,c\na,0,1,0\nb,1,0,1\n",
		"f,event\na,p;q\nb,q;p\nc,p\n", "null,\"#\"\na,: \nb,'\n", "firm,year,rating\na,1,2\nb,2,0\nc,3,4\n", "cluster,score\nK,1\nL,2\n",
	} {
		f.Add([]byte(seed), "second.csv")
	}
	f.Fuzz(func(t *testing.T, table []byte, name string) {
		data := smallFiles()
		delete(data, "ties.csv")
		if !fs.ValidPath(name) || data[name] != nil {
			name = "second.csv"
		}
		data[name] = &fstest.MapFile{Data: table}
		text, _, err := Draft(context.Background(), data, "study")
		if err != nil || text == nil {
			return
		}
		var findings diag.List
		c, d := parseConfig(text, "study.yaml", vocabulary(), &findings)
		(&checker{d, c, vocabulary()}).check()
		for _, x := range findings.Sorted() {
			if x.Code != diag.KeyMissing || x.Value != "relations" { // a folder without ties has no networks
				t.Errorf("%s\n%s", x, text)
			}
		}
	})
}
