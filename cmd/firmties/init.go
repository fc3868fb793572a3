package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"firmties/pipeline"
	"firmties/pipeline/intake"
)

type initOptions struct {
	dir            string
	stdout, stderr io.Writer
}

func newInitCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Look at the tables in a folder and write a draft of study.yaml",
		Long: `Look at the tables in a folder and write a commented draft of study.yaml into
it. Every guess is marked; confirm or mend each, then run 'firmties check DIR'.
A study.yaml that is there already is left alone.`,
		Example: `  firmties init mystudy`,
		Args:    exactly("DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runInit(cmd, initOptions{args[0], cmd.OutOrStdout(), cmd.ErrOrStderr()})
		},
	}
}

func runInit(cmd *cobra.Command, o initOptions) error {
	path := filepath.Join(o.dir, configName)
	if _, err := os.Lstat(path); err == nil {
		return usagef("%s exists; firmties does not overwrite it", path)
	}
	root, err := openRoot(o.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	folder, err := filepath.Abs(o.dir)
	if err != nil {
		return err
	}
	draft, findings, err := intake.Draft(cmd.Context(), root.FS(), filepath.Base(folder))
	if err != nil {
		return err
	}
	fmt.Fprint(o.stderr, findings.Render(false))
	if draft == nil {
		return pipeline.ErrFindings
	}
	if err := root.WriteFile(configName, draft, 0o666); err != nil {
		return err
	}
	fmt.Fprintf(o.stdout, "Wrote %s. Confirm the lines marked \"guess\", then: firmties check %s\n", path, o.dir)
	return nil
}
