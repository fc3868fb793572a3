package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"firmties/pipeline"
	"firmties/pipeline/outdir"
)

// version is the program's; it stands in the summary and the manifest.
const version = "0.1.0"

// The exit codes, as `firmties --help` documents them.
const (
	exitOK          = 0
	exitUnforeseen  = 1
	exitUsage       = 2 // wrong usage, or a results folder that is not ours
	exitData        = 3 // the analyst's data or configuration
	exitInterrupted = 130
)

// usageError is a wrong use of the command line.
type usageError struct{ error }

// dataError is a fault of the study that is found before it is read.
type dataError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run is the whole program: it is what main and the tests call.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRootCmd()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	return report(cmd, err, stderr)
}

// report says an error on stderr and gives its exit code. Findings have been
// printed by then; they are the message.
func report(cmd *cobra.Command, err error, stderr io.Writer) int {
	var usage usageError
	var data dataError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "firmties: interrupted; nothing was left behind")
		return exitInterrupted
	case errors.Is(err, pipeline.ErrFindings):
		return exitData
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "firmties: %v\nSee '%s --help'.\n", err, cmd.CommandPath())
		return exitUsage
	case errors.As(err, &data):
		fmt.Fprintf(stderr, "firmties: %v\n", err)
		return exitData
	case errors.Is(err, outdir.ErrNotOurs):
		fmt.Fprintf(stderr, "firmties: %v\n", err)
		return exitUsage
	default:
		fmt.Fprintf(stderr, "firmties: %v\n", err)
		return exitUnforeseen
	}
}

func newRootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "firmties",
		Short: "Collaboration networks of firms: from the interview sheet to the evidence",
		Long: `firmties builds firm-to-firm collaboration graphs for every cluster of a study
from interviews, computes each firm's position and each cluster's cohesion,
relates them to reported innovation, and writes tables for Python and R.

Exit codes: 0 success; 1 something unforeseen; 2 wrong usage, or a results
folder that is not firmties'; 3 the study's data or configuration; 130
interrupted.`,
		Example:       "  firmties run twelve-clusters",
		Version:       version,
		Args:          noCommand,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newRunCmd(), newCheckCmd(), newInitCmd(), newMetricsCmd(), newModelsCmd(),
		newStudiesCmd(), newShowCmd(), newSchemaCmd())
	root.SetHelpCommand(newHelpCmd())
	return root
}

// newHelpCmd is cobra's, but that a command that there is not is wrong usage.
func newHelpCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Help about any command",
		Long:    "Say what a command does, with its flags and examples.",
		Example: "  firmties help run",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noCommand(cmd.Root(), append(rest, args...)[:1])
			}
			return about.Help()
		},
	}
}

// flagError says of a flag that takes a number what it takes, where the
// library would name the function that refused it.
func flagError(_ *cobra.Command, err error) error {
	if text, _, isNumber := strings.Cut(err.Error(), ": strconv."); isNumber {
		return usagef("%s: expected a whole number, 0 or more", text)
	}
	return usageError{err}
}

// noCommand refuses a word that is no command, with the nearest that is.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := ""
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf("; did you mean %q?", near[0])
	}
	return usagef("unknown command %q%s", args[0], hint)
}

// exactly is cobra's ExactArgs with a message that names what is missing.
func exactly(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return usagef("%s needs %s", cmd.CommandPath(), names[len(args)])
		case len(args) > len(names):
			return usagef("%s takes no %q", cmd.CommandPath(), args[len(names)])
		}
		return nil
	}
}
