package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"firmties/pipeline"
)

func newShowCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "show RESULTS",
		Short:   "Print the summary of a results folder again",
		Long:    "Print the summary of a results folder again, as 'firmties run' printed it.",
		Example: "  firmties show results/twelve-clusters",
		Args:    exactly("RESULTS"),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := os.ReadFile(filepath.Join(args[0], pipeline.SummaryFile))
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
				return usagef("%s is not a results folder of firmties: it has no %s%s", args[0], pipeline.SummaryFile, resultsIn(args[0]))
			}
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		},
	}
}

// resultsIn is a hint at the results folders that a folder holds.
func resultsIn(dir string) string {
	found, _ := filepath.Glob(filepath.Join(dir, "*", pipeline.SummaryFile))
	if len(found) == 0 {
		return ""
	}
	return "; try " + filepath.Dir(found[0])
}
