package main

import (
	"github.com/spf13/cobra"

	"firmties/pipeline"
	"firmties/pipeline/intake"
)

func newSchemaCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of study.yaml, for editors",
		Long: `Print the JSON Schema of study.yaml. An editor that is given it completes keys,
explains them and marks mistakes while a study is being described.`,
		Example: `  firmties schema`,
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := intake.Schema(pipeline.Vocabulary())
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		},
	}
}
