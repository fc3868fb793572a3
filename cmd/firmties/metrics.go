package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"

	"firmties/graphs/metrics"
	"firmties/pipeline/arrowio"
	"firmties/pipeline/measure"
)

func newMetricsCmd() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "metrics [NAME]",
		Short: "List the metrics, or say everything about one",
		Long: `List the metrics by family with their definitions, or say of one its
definition, convention, range, when it is null, who defined it and what igraph,
sna, NetworkX and UCINET call it or do otherwise. With --format the whole
catalogue is written to standard output as a table.

GROUP at the end of a name stands for an entry of groups: in study.yaml,
ATTRIBUTE for one of homophily:. A metric with a star is computed where
study.yaml lists it under metrics:, or says 'metrics: all'.`,
		Example: `  firmties metrics
  firmties metrics constraint
  firmties metrics --format csv`,
		Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			w := cmd.OutOrStdout()
			switch {
			case format != "" && len(args) > 0:
				return usagef("--format writes the whole catalogue; leave out %q", args[0])
			case format != "":
				return writeCatalogue(w, format)
			case len(args) == 0:
				return listMetrics(w)
			}
			return describeMetric(w, args[0])
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return metricNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "write the catalogue as a table: "+strings.Join(arrowio.Formats(), ", "))
	return cmd
}

// writeCatalogue writes the table of all metrics.
func writeCatalogue(w io.Writer, format string) error {
	if !slices.Contains(arrowio.Formats(), format) {
		return usagef("--format %q is not one of %s", format, strings.Join(arrowio.Formats(), ", "))
	}
	t := measure.Catalogue()
	writer, err := arrowio.NewWriter(w, t.Schema, arrowio.Format(format))
	if err != nil {
		return err
	}
	if err := writer.Write(t); err != nil {
		return err
	}
	return writer.Close()
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

// listMetrics lists the metrics by family.
func listMetrics(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "LEVEL\tMETRIC\tDEFINITION")
	for _, family := range metrics.Families() {
		fmt.Fprintf(t, "\n%s: %s\n", strings.ToUpper(string(family)), family.Doc())
		for _, m := range metrics.Catalogue {
			if m.Family == family {
				fmt.Fprintf(t, "%s\t%s\t%s\n", m.Level, starred(&m), m.Definition)
			}
		}
	}
	return t.Flush()
}

// starred is the name, with a star where the metric has to be asked for.
func starred(m *metrics.Metric) string {
	if m.OnRequest {
		return m.Name + "*"
	}
	return m.Name
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
		{"family", string(m.Family)},
		{"definition", m.Definition},
		{"convention", m.Convention},
		{"layers", m.On()},
		{"unit", m.Unit},
		{"range", m.Range.String()},
		{"null when", m.NullWhen},
		{"source", m.Source},
		{"computed", computed(m)},
		{"alias of", m.Alias},
		{"elsewhere", m.Elsewhere},
	} {
		writeLine(w, line[0], line[1])
	}
}

// computed says where a metric is not computed unless it is asked for.
func computed(m *metrics.Metric) string {
	var parts []string
	if m.OnRequest {
		parts = append(parts, "where `metrics:` lists it or is `all`")
	}
	if m.Largest() > 0 {
		parts = append(parts, fmt.Sprintf("up to %d firms; on larger networks with `metrics: all`", m.Largest()))
	}
	return strings.Join(parts, ", ")
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
