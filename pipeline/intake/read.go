package intake

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// Source is a study to read.
type Source struct {
	Config     []byte // the bytes of study.yaml
	ConfigName string // its name in messages
	Data       fs.FS  // the data folder; on disk os.Root.FS(), which no path or link leaves
}

// Read reads a study. What is wrong or doubtful in it comes as findings, all
// at once. The Study is nil where a finding is an error. The error is about the
// environment: a file that cannot be read, or a context that is done.
func Read(ctx context.Context, src Source, v Vocabulary) (*study.Study, []Input, diag.List, error) {
	var findings diag.List
	c, d := parseConfig(src.Config, src.ConfigName, v, &findings)
	if findings.Count(diag.YAMLSyntax)+findings.Count(diag.YAMLLimit) > 0 {
		return nil, nil, findings, ctx.Err()
	}
	k := &checker{d, c, v}
	k.check()
	a := &assembly{checker: k, s: &study.Study{}, r: newReader(ctx, src.Data, missingTexts(c), &findings)}
	a.faulty = findings.HasErrors()
	if c.Firms != nil {
		a.assemble()
	}
	if err := a.r.failure(); err != nil {
		return nil, nil, findings, err
	}
	if findings.HasErrors() {
		return nil, a.r.inputs(), findings, ctx.Err()
	}
	return a.s, a.r.inputs(), findings, nil
}

func missingTexts(c *Config) []string {
	var out []string
	for _, m := range c.Missing {
		if m = trim(m); m != "" && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// trim is how ids, headers, cells and the texts of study.yaml that are
// compared with them lose the space around them.
func trim(s string) string { return strings.TrimSpace(s) }

// assembly makes a Study of the tables that a checked Config names.
type assembly struct {
	*checker
	r *reader
	s *study.Study

	clusters    map[string]int32
	firms       map[key]int32
	respondents map[key]int32
	sheets      map[study.Sheet]uint16
	reports     reportList
	lacks       map[any]bool // fields whose column a part lacks
	faulty      bool         // study.yaml has errors
	headersOnly bool         // tables are opened and not read
}

// key finds firms and respondents by id: within a cluster where the study
// says that ids are unique there only, otherwise with cluster -1.
type key struct {
	cluster int32
	id      study.Text
}

func (a *assembly) key(cluster int32, id study.Text) key {
	if a.s.IDsWithinCluster {
		return key{cluster, id}
	}
	return key{-1, id}
}

// firm finds a firm by its exact id; -1 where there is none.
func (a *assembly) firm(cluster int32, id string) int32 {
	if f, ok := a.firms[a.key(cluster, a.s.Texts.Intern(id))]; ok {
		return f
	}
	return -1
}

// assemble fills the Study, each part from the tables it needs. With faults in
// study.yaml, or without a whole list of firms, tables are opened for what is
// wrong with their files and columns, but not read: what is found in their
// rows might only follow from the other faults.
func (a *assembly) assemble() {
	a.lacks = map[any]bool{}
	a.sheets = map[study.Sheet]uint16{}
	a.headersOnly = a.faulty
	a.settings()
	a.readClusters()
	a.readFirms()
	a.headersOnly = a.headersOnly || len(a.s.Firms) == 0 || a.firmsMissing()
	a.readRespondents()
	a.readAliases()
	a.readRelations()
	a.readAffiliations()
	a.readOutcomes()
	if !a.faulty {
		a.s.Layers = layersOf(a.c, a.s)
		a.models()
	}
}

// firmsMissing reports whether the lists that have been read lost a row that
// could not be used. A firm that stands twice is in the study all the same.
func (a *assembly) firmsMissing() bool {
	errors := a.findings.Of(diag.Error)
	return errors.Len() > a.findings.Count(diag.IDRepeated)
}

func (a *assembly) settings() {
	c, s := a.c, a.s
	s.Name, s.Title, s.Citation, s.Licence, s.Simulated = c.Study, c.Title, c.Citation, c.Licence, c.Simulated
	s.Seed = 1
	if c.Seed != nil {
		s.Seed = *c.Seed
	}
	s.IDsWithinCluster = c.IDs == "within_cluster"
	s.Weights = study.Weights(c.Weights)
	if s.Weights == "" {
		s.Weights = study.NoWeight
	}
	s.Groups, s.Homophily = c.Groups, c.Homophily
	s.AllPairs = c.Pairs == allPairs
	if x := c.Comparisons; x != nil {
		s.Comparisons = study.Comparisons{Declared: true, Metrics: x.Metrics, References: x.References, Layers: x.Layers, Draws: a.v.ComparisonDraws}
		if x.Draws != nil {
			s.Comparisons.Draws = *x.Draws
		}
	}
	if x := c.Distances; x != nil {
		s.Distances = study.Distances{Declared: true, Layers: x.Layers, Draws: a.v.DistanceDraws}
		if x.Draws != nil {
			s.Distances.Draws = *x.Draws
		}
	}
	if x := c.Coupling; x != nil {
		s.Coupling = study.Draws{Declared: true, Draws: a.v.CouplingDraws}
		if x.Draws != nil {
			s.Coupling.Draws = *x.Draws
		}
	}
	if c.Metrics != nil {
		s.Metrics = study.MetricChoice{All: c.Metrics.All, Firm: c.Metrics.Firm, Cluster: c.Metrics.Cluster}
	}
}

// models copies the entries; they have been checked.
func (a *assembly) models() {
	a.s.ModelsDeclared = a.c.Models != nil
	for i := range a.c.Models {
		m := &a.c.Models[i]
		out := study.Model{Name: m.name(i), Level: m.Level, Kind: m.Model, OfMetrics: a.v.ofMetrics(m), Outcome: study.ParseTerm(m.Outcome),
			Layers: m.Layers, Metrics: m.Metrics, Controls: m.Controls, Moderator: m.Moderator, Scaling: m.Scaling,
			Exposure: m.Exposure, Inference: m.Inference, Family: m.Family, Adjust: m.Adjust, At: a.at(m)}
		for _, t := range m.Terms {
			out.Terms = append(out.Terms, study.ParseTerm(t))
		}
		if m.Draws != nil {
			out.Draws = *m.Draws
		}
		a.s.Models = append(a.s.Models, out)
	}
	a.checkControls()
	a.checkHomophily()
	a.checkNumericTerms()
}
