// Package datasets holds the studies that ship inside the program, each a
// folder with its card. They are simulated, say so, and bring the truth that
// made them along, under truth/, which study.yaml does not mention.
//
// The package hands out names and files. It knows nothing of what the files
// mean, nor of how they were made: package simulate beneath it does that, by
// go generate.
package datasets

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:generate go run generate.go

//go:embed twelve-clusters
var files embed.FS

// Study is a shipped study as a list shows it.
type Study struct {
	Name    string // what `firmties run` takes; also the folder's name
	Title   string // as in its study.yaml
	Summary string // one line: what it is good for
}

var shipped = []Study{{
	Name:    "twelve-clusters",
	Title:   "Twelve clusters of small firms in remote regions (simulated)",
	Summary: "two informants a cluster, three relations, practices, tasks and outcomes, with the truth beside them",
}}

// List returns the shipped studies in order of name.
func List() []Study { return slices.Clone(shipped) }

// Open returns the folder of a shipped study, study.yaml at its top. The error
// for any other name matches fs.ErrNotExist and lists the names there are.
func Open(name string) (fs.FS, error) {
	if !slices.ContainsFunc(shipped, func(s Study) bool { return s.Name == name }) {
		return nil, fmt.Errorf("no study named %q is shipped (there is %s): %w", name, names(), fs.ErrNotExist)
	}
	return fs.Sub(files, name)
}

// Card returns a shipped study's card, its README.md: source, licence, how it
// was made, every column, and what is known to be true of it.
func Card(name string) (string, error) {
	folder, err := Open(name)
	if err != nil {
		return "", err
	}
	text, err := fs.ReadFile(folder, "README.md")
	return string(text), err
}

func names() string {
	var all []string
	for _, s := range shipped {
		all = append(all, s.Name)
	}
	return strings.Join(all, ", ")
}
