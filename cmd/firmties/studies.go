package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"firmties/datasets"
)

func newStudiesCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "studies",
		Short:   "List the studies that ship with the program",
		Long:    "List the studies that ship with the program. They are simulated, and say so.",
		Example: "  firmties studies",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return listStudies(cmd.OutOrStdout())
		},
	}
	cmd.AddCommand(newExportCmd())
	return cmd
}

func listStudies(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, s := range datasets.List() {
		fmt.Fprintf(t, "%s\t%s\n", s.Name, s.Title)
	}
	return t.Flush()
}

func studyNames() []string {
	var names []string
	for _, s := range datasets.List() {
		names = append(names, s.Name)
	}
	return names
}

func newExportCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "export NAME DIR",
		Short: "Copy a shipped study into a new folder, as a model for your own",
		Long: `Copy a shipped study, its card and the truth that made it into a folder that
does not exist or is empty.`,
		Example: "  firmties studies export twelve-clusters mystudy",
		Args:    exactly("NAME", "DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return exportStudy(cmd.OutOrStdout(), args[0], args[1])
		},
		ValidArgsFunction: completeStudies,
	}
}

func exportStudy(w io.Writer, name, dir string) error {
	shipped, err := datasets.Open(name)
	if err != nil {
		return usagef("there is no shipped study %q; there are: %s", name, strings.Join(studyNames(), ", "))
	}
	if err := isFree(dir); err != nil {
		return err
	}
	if err := copyTree(dir, shipped); err != nil {
		return err
	}
	fmt.Fprintf(w, "Copied %s to %s. Next: firmties run %s\n", name, dir, dir)
	return nil
}

// isFree is nil where nothing stands, or an empty folder.
func isFree(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return usagef("%v", err)
	case !info.IsDir():
		return usagef("%s exists and is not a folder", dir)
	}
	inside, err := os.ReadDir(dir)
	if err == nil && len(inside) > 0 {
		return usagef("%s exists and is not empty", dir)
	}
	return err
}

// copyTree writes the files beside their place and moves them there at the
// end, so that a study is exported whole or not at all.
func copyTree(dir string, from fs.FS) error {
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return err
	}
	temporary, err := os.MkdirTemp(parent, ".firmties-export-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	whole := filepath.Join(temporary, "study")
	if err := os.CopyFS(whole, from); err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil && !os.IsNotExist(err) { // an empty folder
		return err
	}
	return os.Rename(whole, dir)
}
