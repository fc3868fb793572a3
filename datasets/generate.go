//go:build ignore

// Generate writes the shipped studies anew, each in its folder beside this
// file. It is run by go generate.
package main

import (
	"fmt"
	"os"

	"firmties/datasets/simulate"
)

func main() {
	if err := generate("twelve-clusters"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// generate replaces the folder, so that no file of an earlier design stays.
func generate(folder string) error {
	study, err := simulate.Study(simulate.DefaultDesign(), simulate.DefaultSeed)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return os.CopyFS(folder, study.Files)
}
