package simulate

import (
	"bytes"
	"embed"
	"fmt"
	"testing/fstest"
	"text/template"
)

//go:embed templates
var templates embed.FS

// card is what the templates of study.yaml and the card may say.
type card struct {
	Design      Design
	Seed        uint64
	SurveyYear  int
	Firms       int
	Truth       Truth
	Lines       map[string]int // data rows by file
	Fates       map[string]int // rows of the sheets of ties by fate or, if outside, why
	LittleKnown int
}

// writeTexts adds study.yaml and the card, filled in from the design, so that
// neither can say what the sheets do not hold.
func (w *world) writeTexts(files fstest.MapFS, t Truth) error {
	c := card{Design: w.design, Seed: w.seed, SurveyYear: surveyYear, Truth: t,
		Lines: map[string]int{}, Fates: map[string]int{}}
	for name, f := range files {
		c.Lines[name] = bytes.Count(f.Data, []byte("\n")) - 1
	}
	for _, r := range t.Rows {
		c.Fates[r.Why]++
	}
	for _, p := range t.Positions {
		c.Firms++
		if p.LittleKnown {
			c.LittleKnown++
		}
	}
	for _, name := range []string{"study.yaml", "README.md"} {
		text, err := template.ParseFS(templates, "templates/"+name)
		if err != nil {
			return fmt.Errorf("parse the template of %s: %w", name, err)
		}
		var out bytes.Buffer
		if err := text.Execute(&out, c); err != nil {
			return fmt.Errorf("fill in %s: %w", name, err)
		}
		addFile(files, name, out.Bytes())
	}
	return nil
}
