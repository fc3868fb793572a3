package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"firmties/pipeline/associate"
)

func newModelsCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "models [NAME]",
		Short: "List the models, or say everything about one",
		Long: `List the models that relate metrics to outcomes, by level, or say of one what
it fits, what an estimate is, which outcomes it serves, what it is refused for,
the kinds of inference it makes, who described it and the call in R that gives
the same number. NAME may also be a kind of inference.

An entry of models: in study.yaml names one with model:, and kinds of inference
with inference:.`,
		Example: `  firmties models
  firmties models mrqap_dsp
  firmties models wild_cluster`,
		Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listModels(cmd.OutOrStdout())
			}
			return describeModel(cmd.OutOrStdout(), args[0])
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return modelNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// modelNames are the names of models and of kinds of inference.
func modelNames() []string {
	var names []string
	for _, m := range associate.Models() {
		names = append(names, m.Name)
	}
	for _, w := range associate.Inferences() {
		names = append(names, w.Name)
	}
	return names
}

// listModels lists the models by level, and the kinds of inference.
func listModels(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, level := range associate.Levels() {
		fmt.Fprintf(t, "%s\n", strings.ToUpper(level))
		for _, m := range associate.Models() {
			if m.Level == level {
				fmt.Fprintf(t, "%s\t%s\n", m.Name, m.Doc)
			}
		}
		fmt.Fprintln(t)
	}
	fmt.Fprintln(t, "INFERENCE")
	for _, i := range associate.Inferences() {
		fmt.Fprintf(t, "%s\t%s\n", i.Name, i.Doc)
	}
	return t.Flush()
}

func describeModel(w io.Writer, name string) error {
	for _, m := range associate.Models() {
		if m.Name == name {
			writeModel(w, &m)
			return nil
		}
	}
	for _, i := range associate.Inferences() {
		if i.Name == name {
			fmt.Fprintf(w, "%s (kind of inference)\n", i.Name)
			writeLine(w, "what it is", i.Doc)
			writeLine(w, "models", strings.Join(modelsWith(name), ", "))
			return nil
		}
	}
	return usagef("there is no model %q; did you mean %q? 'firmties models' lists all", name, nearest(name, modelNames()))
}

// modelsWith are the models that a kind of inference is for.
func modelsWith(inference string) []string {
	var names []string
	for _, m := range associate.Models() {
		if slices.Contains(m.Inferences(), inference) {
			names = append(names, m.Name)
		}
	}
	return names
}

func writeModel(w io.Writer, m *associate.Model) {
	fmt.Fprintf(w, "%s (%s level)\n", m.Name, m.Level)
	writeLine(w, "what it is", m.Doc)
	writeLine(w, "estimate", m.Scale)
	writeLine(w, "outcomes", strings.Join(m.Kinds, ", "))
	writeLine(w, "default for", strings.Join(associate.DefaultFor(m), ", "))
	writeLine(w, "refuses", m.Refuses)
	writeLine(w, "inference", strings.Join(m.Unasked, ", "))
	writeLine(w, "on request", strings.Join(m.OnRequest, ", "))
	writeLine(w, "source", m.Source)
	writeLine(w, "in R", m.Same)
}

// writeLine writes one line of a description, if there is anything to say.
func writeLine(w io.Writer, what, text string) {
	if text != "" {
		fmt.Fprintf(w, "  %-11s %s\n", what, text)
	}
}
