package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firmties/pipeline"
	"firmties/pipeline/arrowio"
	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

type runOptions struct {
	study   string
	data    string
	out     string
	formats []string
	workers int
	seed    *uint64
	force   bool
	quiet   bool

	stdout, stderr io.Writer
}

func newRunCmd() *cobra.Command {
	var o runOptions
	var seed uint64
	cmd := &cobra.Command{
		Use:   "run STUDY",
		Short: "Run a study and write its results folder",
		Long: `Run a study: read its sheets, resolve names to firms, reconcile what respondents
say into ties, build every cluster's networks, measure them and relate the
measures to reported innovation.

STUDY is a folder with a study.yaml, a .yaml file (its folder holds the data),
or the name of a shipped study (see 'firmties studies'). The results folder
appears whole or not at all; one of the same study is replaced, with all that
lies in it.`,
		Example: `  firmties run twelve-clusters
  firmties run twelve-clusters -o results/again --format arrow,csv --seed 7`,
		Args: exactly("STUDY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.study = args[0]
			if cmd.Flags().Changed("seed") {
				o.seed = &seed
			}
			o.stdout, o.stderr = cmd.OutOrStdout(), cmd.ErrOrStderr()
			return runRun(cmd.Context(), o)
		},
		ValidArgsFunction: completeStudies,
	}
	f := cmd.Flags()
	f.StringVarP(&o.out, "output", "o", "", "results folder (default results/<study>)")
	f.StringVar(&o.data, "data", "", "folder that holds the data, if it is not that of study.yaml")
	f.StringSliceVar(&o.formats, "format", []string{string(arrowio.Arrow)}, "formats of the tables: "+strings.Join(arrowio.Formats(), ", "))
	f.IntVar(&o.workers, "workers", 0, "clusters worked on at once (default one per core); no result depends on it")
	f.Uint64Var(&seed, "seed", 0, "seed of the random draws (default the study's)")
	f.BoolVar(&o.force, "force", false, "replace the results of another study")
	f.BoolVar(&o.quiet, "quiet", false, "no summary, no progress, no warnings; errors are always printed")
	return cmd
}

func runRun(ctx context.Context, o runOptions) error {
	formats, err := parseFormats(o.formats)
	if err != nil {
		return err
	}
	if o.workers < 0 {
		return usagef("--workers %d: expected a number of workers, or 0 for one per core", o.workers)
	}
	source, err := openStudy(o.study, o.data)
	if err != nil {
		return err
	}
	defer source.Close()

	cfg := pipeline.Config{Source: source.Source, Seed: o.seed, Workers: o.workers, Version: version}
	talk := o.stderr
	if o.quiet {
		talk = io.Discard
	}
	bar := newProgress(talk)
	cfg.Progress = bar.show
	var folder *pipeline.Folder
	result, err := pipeline.Run(ctx, cfg, func(s *study.Study) (pipeline.Sink, error) {
		if o.out == "" {
			o.out = filepath.Join("results", s.Name)
		}
		folder, err = pipeline.NewFolder(o.out, s.Name, o.force, formats, source.folders...)
		return folder, err
	})
	if folder != nil {
		defer folder.Discard() // nothing, once committed
	}
	if err == nil {
		err = folder.Commit(ctx, result)
	}
	bar.clear()
	if result != nil {
		fmt.Fprint(o.stderr, findingsText(result, o.quiet))
	}
	if err == nil && !o.quiet {
		fmt.Fprintf(o.stdout, "%s\nResults: %s\n", result.Summary, o.out)
	}
	return err
}

// findingsText is what is said of the findings on stderr: all, or the errors
// alone.
func findingsText(r *pipeline.Result, quiet bool) string {
	if quiet {
		errors := r.Findings.Of(diag.Error)
		return errors.Render(false)
	}
	return r.Findings.Render(false)
}

func parseFormats(names []string) ([]arrowio.Format, error) {
	var formats []arrowio.Format
	for _, name := range names {
		if name = strings.TrimSpace(name); !slices.Contains(arrowio.Formats(), name) {
			return nil, usagef("--format %q: expected one or more of %s", name, strings.Join(arrowio.Formats(), ", "))
		}
		if f := arrowio.Format(name); !slices.Contains(formats, f) {
			formats = append(formats, f)
		}
	}
	if len(formats) == 0 {
		return nil, usagef("--format: expected one or more of %s", strings.Join(arrowio.Formats(), ", "))
	}
	return formats, nil
}
