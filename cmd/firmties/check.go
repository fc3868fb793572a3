package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"firmties/pipeline"
)

type checkOptions struct {
	study string
	data  string

	stdout, stderr io.Writer
}

func newCheckCmd() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check STUDY",
		Short: "Read a study and print everything that is wrong or doubtful in it",
		Long: `Read a study, resolve its names and reconcile its reports, and print every
finding with its place and how to mend it. Nothing is written. The exit code is
3 if a finding is an error.`,
		Example: `  firmties check twelve-clusters`,
		Args:    exactly("STUDY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.study, o.stdout, o.stderr = args[0], cmd.OutOrStdout(), cmd.ErrOrStderr()
			return runCheck(cmd.Context(), o)
		},
		ValidArgsFunction: completeStudies,
	}
	cmd.Flags().StringVar(&o.data, "data", "", "folder that holds the data, if it is not that of study.yaml")
	return cmd
}

func runCheck(ctx context.Context, o checkOptions) error {
	source, err := openStudy(o.study, o.data)
	if err != nil {
		return err
	}
	defer source.Close()
	bar := newProgress(o.stderr)
	result, err := pipeline.Check(ctx, pipeline.Config{Source: source.Source, Version: version, Progress: bar.show})
	bar.clear()
	if result != nil {
		fmt.Fprint(o.stdout, result.Findings.Render(true))
		fmt.Fprint(o.stdout, result.Summary)
	}
	return err
}
