package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

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
			if errors.Is(err, fs.ErrNotExist) {
				return usagef("%s is not a results folder of firmties: it has no %s", args[0], pipeline.SummaryFile)
			}
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		},
	}
}
