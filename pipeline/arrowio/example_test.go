package arrowio_test

import (
	"fmt"
	"os"

	"firmties/pipeline/arrowio"
	"firmties/pipeline/table"
)

func ExampleNewWriter() {
	type firm struct {
		id     string
		degree float64
		known  bool
	}
	def := table.Define("degrees", "Partners of every firm.", []string{"firm"},
		table.TextField(table.Column{Name: "firm", NullWhen: "never"}, func(f *firm) string { return f.id }),
		table.NumberField(table.Column{Name: "degree", NullWhen: "no pair of the firm was observed"}, func(f *firm) (float64, bool) { return f.degree, f.known })).In(nil)

	w, err := arrowio.NewWriter(os.Stdout, def.Schema, arrowio.CSV)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := w.Write(def.Table([]firm{{"0012", 3, true}, {"0013", 0, false}})); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// "firm","degree"
	// "0012",3
	// "0013",
}
