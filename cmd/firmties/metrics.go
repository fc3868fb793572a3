package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"

	"firmties/graphs/metrics"
)

func newMetricsCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "metrics [NAME]",
		Short: "List the metrics, or say everything about one",
		Long: `List the metrics with their definitions, or say of one its definition,
convention, range, when it is null, who defined it and what other packages call
it or do otherwise.`,
		Example: `  firmties metrics
  firmties metrics constraint`,
		Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listMetrics(cmd.OutOrStdout())
			}
			return describeMetric(cmd.OutOrStdout(), args[0])
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return metricNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef("%s takes one NAME, not %d", cmd.CommandPath(), len(args))
	}
	return nil
}

func metricNames() []string {
	var names []string
	seen := map[string]bool{}
	for _, m := range metrics.Catalogue {
		if !seen[m.Name] {
			seen[m.Name] = true
			names = append(names, m.Name)
		}
	}
	return names
}

func listMetrics(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "LEVEL\tMETRIC\tDEFINITION")
	for _, m := range metrics.Catalogue {
		fmt.Fprintf(t, "%s\t%s\t%s\n", m.Level, m.Name, m.Definition)
	}
	return t.Flush()
}

func describeMetric(w io.Writer, name string) error {
	found := false
	for _, m := range metrics.Catalogue {
		if m.Name != name {
			continue
		}
		if found {
			fmt.Fprintln(w)
		}
		found = true
		writeMetric(w, &m)
	}
	if !found {
		return usagef("there is no metric %q; did you mean %q? 'firmties metrics' lists all", name, nearest(name, metricNames()))
	}
	return nil
}

func writeMetric(w io.Writer, m *metrics.Metric) {
	fmt.Fprintf(w, "%s (%s level)\n", m.Name, m.Level)
	for _, line := range [][2]string{
		{"definition", m.Definition},
		{"convention", m.Convention},
		{"layers", m.Applies.String()},
		{"unit", m.Unit},
		{"range", m.Range.String()},
		{"null when", m.NullWhen},
		{"source", m.Source},
		{"computed", computed(m)},
		{"alias of", m.Alias},
		{"elsewhere", m.Elsewhere},
	} {
		if line[1] != "" {
			fmt.Fprintf(w, "  %-11s %s\n", line[0], line[1])
		}
	}
}

// computed says up to which size of network an expensive metric is computed.
func computed(m *metrics.Metric) string {
	if m.Largest() == 0 {
		return ""
	}
	return fmt.Sprintf("up to %d firms; on larger networks with `metrics: all`", m.Largest())
}

// nearest is the name that takes the fewest edits to reach.
func nearest(name string, names []string) string {
	best, distance := "", -1
	for _, n := range names {
		if d := levenshtein.ComputeDistance(name, n); distance < 0 || d < distance {
			best, distance = n, d
		}
	}
	return best
}
