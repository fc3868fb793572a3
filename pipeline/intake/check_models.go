package intake

import (
	"fmt"
	"slices"
	"strings"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

func (c *Config) relationNames() []string {
	names := make([]string, len(c.Relations))
	for i := range c.Relations {
		names[i] = c.Relations[i].Name
	}
	return names
}

func (c *Config) affiliationNames() []string {
	names := make([]string, len(c.Affiliations))
	for i := range c.Affiliations {
		names[i] = c.Affiliations[i].Name
	}
	return names
}

func (a Attributes) names() []string {
	names := make([]string, len(a))
	for i := range a {
		names[i] = a[i].Name
	}
	return names
}

func (c *Config) outcomeNames(level study.Level) []string {
	var names []string
	for i := range c.Outcomes {
		if c.Outcomes[i].Level == string(level) {
			names = append(names, c.Outcomes[i].Name)
		}
	}
	return names
}

func (c *Config) attributeNames(level study.Level) []string {
	switch {
	case level == study.AtFirm && c.Firms != nil:
		return c.Firms.Attributes.names()
	case level == study.AtCluster && c.Clusters != nil:
		return c.Clusters.Attributes.names()
	}
	return nil
}

func (k *checker) checkLayers() {
	if len(k.c.Layers) == 0 {
		k.checkDefaultLayers()
		return
	}
	layers := k.c.Layers
	k.checkNames("layer", len(layers), func(i int) *string { return &layers[i].Name }, columnName)
	for i := range layers {
		l := &layers[i]
		k.refer(&l.Relation, "relation", k.c.relationNames())
		k.refer(&l.Projection, "affiliation", k.c.affiliationNames())
		k.referAll(l.Union, "relation", k.c.relationNames())
		k.checkLayerKind(l)
	}
}

func (k *checker) checkLayerKind(l *Layer) {
	kinds := 0
	for _, given := range []bool{l.Relation != "", k.given(&l.Union), l.Projection != ""} {
		if given {
			kinds++
		}
	}
	k.checkBackbone(l)
	switch {
	case kinds != 1:
		k.conflict(l, fmt.Sprintf("layer %q is made of %d things", l.Name, kinds), "give exactly one of relation:, union: and projection:")
	case k.given(&l.Union) && len(l.Union) == 0:
		k.conflict(&l.Union, fmt.Sprintf("the union %q joins nothing", l.Name), "name its relations: `union: [first, second]`")
	case l.Weight == "":
	case l.Relation != "":
		k.conflict(&l.Weight, fmt.Sprintf("layer %q is a relation, whose weight is its strength", l.Name), "remove weight:")
	case len(l.Union) > 0 && slices.Contains(projectionWeights(), l.Weight):
		k.conflict(&l.Weight, fmt.Sprintf("layer %q is a union, and %q is a weight of projections", l.Name, l.Weight), choiceHint(l.Weight, unionWeights()))
	case l.Projection != "" && slices.Contains(unionWeights(), l.Weight):
		k.conflict(&l.Weight, fmt.Sprintf("layer %q is a projection, and %q is a weight of unions", l.Name, l.Weight), choiceHint(l.Weight, projectionWeights()))
	}
}

// checkBackbone: a backbone is of a projection, and its level below 1.
func (k *checker) checkBackbone(l *Layer) {
	switch {
	case l.Backbone != "" && l.Projection == "":
		k.conflict(&l.Backbone, fmt.Sprintf("layer %q is no projection, and a backbone is of one", l.Name), "remove backbone:")
	case l.Backbone == "" && (l.Alpha != nil || l.Adjust != ""):
		k.conflict(l, fmt.Sprintf("layer %q has alpha: or adjust: and no backbone:", l.Name), "they belong to `backbone: sdsm` or `backbone: fdsm`")
	case l.Alpha != nil && !(*l.Alpha > 0 && *l.Alpha < 1):
		k.fault(diag.TypeWrong, l.Alpha, fmt.Sprint(*l.Alpha), fmt.Sprintf("alpha: %v is not between 0 and 1", *l.Alpha), "0.05 is the default")
	}
}

// checkDefaultLayers: relations and affiliations share the names of layers
// where no layers are declared.
func (k *checker) checkDefaultLayers() {
	seen := map[string]diag.Place{}
	for i := range k.c.Relations {
		seen[k.c.Relations[i].Name] = k.at(&k.c.Relations[i].Name)
	}
	if first, ok := seen[unionName]; ok && len(k.c.Relations) > 1 {
		k.findings.Add(diag.NameRepeated, first, unionName, "a relation has the name of the layer that joins all relations", "rename it, or declare layers:")
	}
	for i := range k.c.Affiliations {
		name := &k.c.Affiliations[i].Name
		first, taken := seen[*name]
		if *name != "" && (taken || *name == unionName && len(k.c.Relations) > 1) {
			k.fault(diag.NameRepeated, name, *name, fmt.Sprintf("affiliation %q has the name of another layer", *name), "rename it, or declare layers:\n"+first.String())
		}
	}
}

// referAll checks a list of references, each once.
func (k *checker) referAll(list []string, kind string, known []string) {
	for i := range list {
		if k.refer(&list[i], kind, known) && slices.Contains(list[:i], list[i]) {
			k.fault(diag.NameRepeated, &list[i], list[i], fmt.Sprintf("%s %q stands twice", kind, list[i]), "keep one of them")
		}
	}
}

func (k *checker) checkOutcomes() {
	for i := range k.c.Outcomes {
		o := &k.c.Outcomes[i]
		k.refer(&o.ComponentsOf, "affiliation", k.c.affiliationNames())
		k.checkOutcomeKeys(o)
		if k.given(&o.Of) && o.Of < 1 {
			k.fault(diag.TypeWrong, &o.Of, fmt.Sprint(o.Of), "of: is below 1", "a count is out of at least one")
		}
		if o.Combine != "" && o.Respondent == "" {
			k.fault(diag.KeyMissing, &o.Combine, "respondent", "combine: without respondent:", "several ratings of one id are told apart by who gave them: `respondent: column`")
		}
		k.checkLevels(o.Levels)
	}
}

func (k *checker) checkLevels(levels []string) {
	seen := map[string]bool{}
	for i := range levels {
		if text := trim(levels[i]); seen[text] {
			k.fault(diag.NameRepeated, &levels[i], text, fmt.Sprintf("level %q stands twice", text), "keep one of them")
		} else {
			seen[text] = true
		}
	}
}

// checkOutcomeKeys: a key of one kind of outcome does not stand at another.
func (k *checker) checkOutcomeKeys(o *Outcome) {
	for _, x := range []struct {
		key   string
		field any
		kind  study.OutcomeKind
	}{
		{"yes", &o.Yes, study.Binary},
		{"of", &o.Of, study.Count},
		{"censored_at", &o.CensoredAt, study.Time},
		{"entry", &o.Entry, study.Time},
		{"levels", &o.Levels, study.Ordinal},
	} {
		if k.given(x.field) && o.Kind != "" && o.Kind != string(x.kind) {
			k.conflict(x.field, fmt.Sprintf("%s: belongs to %s outcomes, and %q is %s", x.key, x.kind, o.Name, o.Kind), "remove it, or correct kind:")
		}
	}
}

func (k *checker) checkGroups() {
	attributes := k.c.attributeNames(study.AtFirm)
	k.referAll(k.c.Groups, "firm attribute", attributes)
	k.referAll(k.c.Homophily, "firm attribute or firm outcome", append(slices.Clone(attributes), k.c.outcomeNames(study.AtFirm)...))
	if k.c.Metrics != nil {
		k.checkMetrics(k.c.Metrics.Firm, k.v.FirmMetrics, study.AtFirm)
		k.checkMetrics(k.c.Metrics.Cluster, k.v.ClusterMetrics, study.AtCluster)
	}
}

// checkComparisons: the layers are there, and the draws some.
func (k *checker) checkComparisons() {
	if x := k.c.Comparisons; x != nil {
		k.referAll(x.Layers, "layer", k.c.layerNames())
		k.checkDraws(x.Draws)
	}
	if x := k.c.Coupling; x != nil {
		k.checkDraws(x.Draws)
	}
	if x := k.c.Distances; x != nil {
		k.referAll(x.Layers, "layer", k.c.layerNames())
		k.checkDraws(x.Draws)
	}
}

func (k *checker) checkDraws(draws *int) {
	if draws != nil && (*draws < 0 || *draws > mostDraws) {
		k.fault(diag.TypeWrong, draws, fmt.Sprint(*draws), fmt.Sprintf("draws: %d is not between 0 and %d", *draws, mostDraws), "leave it out for the default; 0 draws none")
	}
}

// mostDraws bounds what is drawn for one network.
const mostDraws = 1_000_000

// checkMetrics: a metric by a group, or of an attribute, is by one that the
// study names. That the others are metrics has been seen to.
func (k *checker) checkMetrics(list, known []string, level study.Level) {
	names := k.metricNames(known)
	for i := range list {
		if onList(list[i], known) {
			k.refer(&list[i], string(level)+" metric", names)
		}
	}
}

// metricNames are the metrics that this study has.
func (k *checker) metricNames(known []string) []string {
	return named(known, k.c.Groups, k.c.Homophily)
}

func (k *checker) checkModels() {
	seen, adjusted := map[string]diag.Place{}, map[string]*Model{}
	for i := range k.c.Models {
		m := &k.c.Models[i]
		k.checkAdjust(m, adjusted)
		if m.Name != "" || !k.given(&m.Name) {
			k.checkName("model", m.name(i), k.nameOrEntry(m), seen, columnName)
		}
		if slices.Contains(study.ModelLevels(), m.Level) {
			k.checkModel(m)
		}
	}
}

func (k *checker) nameOrEntry(m *Model) any {
	if m.Name != "" {
		return &m.Name
	}
	return m
}

// name is the entry's name, by its place in the list where it has none.
func (m *Model) name(i int) string {
	if m.Name != "" {
		return m.Name
	}
	return fmt.Sprintf("m%d", i+1)
}

func (k *checker) checkModel(m *Model) {
	at := k.v.modelNames(func(n ModelName) bool { return n.Level == m.Level })
	known := k.v.modelNames(func(n ModelName) bool { return n.Name == m.Model })
	if !slices.Contains(at, m.Model) && len(known) > 0 {
		k.conflict(&m.Model, fmt.Sprintf("%q is not a model of the %s level", m.Model, m.Level), choiceHint(m.Model, at))
	}
	if m.Draws != nil && *m.Draws == 0 {
		k.fault(diag.TypeWrong, m.Draws, "0", "draws: 0 leaves nothing to judge by", "leave it out for the default")
	} else {
		k.checkDraws(m.Draws)
	}
	k.checkInference(m)
	k.checkExposure(m)
	if m.Scaling != "" && m.Level != string(study.AtFirm) {
		k.conflict(&m.Scaling, fmt.Sprintf("`scaling` belongs to models of the firm level, and this is one of the %s level", m.Level), "remove it")
	}
	if m.Level == study.AtDyad {
		k.checkDyads(m)
		return
	}
	k.checkTerms(m, k.v.ofMetrics(m))
}

// checkTerms checks a model of firms or clusters, whose terms are metrics of
// a level, mostly its own.
func (k *checker) checkTerms(m *Model, metricLevel study.Level) {
	outcomes, metrics := k.c.outcomeNames(study.AtFirm), k.v.FirmMetrics
	if m.Level == string(study.AtCluster) && metricLevel == study.AtCluster {
		outcomes = append(k.c.outcomeNames(study.AtCluster), outcomes...)
	}
	if metricLevel == study.AtCluster {
		metrics = slices.Concat(k.v.ClusterMetrics, k.v.Derived)
	}
	layerless := k.checkModelLayers(m)
	for _, list := range []struct {
		name   string
		values []string
	}{{"layers", m.Layers}, {"metrics", m.Metrics}} {
		if len(list.values) == 0 && !(list.name == "layers" && layerless) {
			k.fault(diag.KeyMissing, m, list.name, fmt.Sprintf("the model lacks %q", list.name), fmt.Sprintf("a model at the %s level names layers and metrics, one model for each pair", m.Level))
		}
	}
	if len(m.Terms) > 0 {
		k.conflict(&m.Terms, "`terms` belongs to models of the dyad level", "name layers, metrics and controls instead")
	}
	k.refer(&m.Outcome, "outcome at the "+m.Level+" level", outcomes)
	k.referAll(m.Layers, "layer", k.c.layerNames())
	k.referAll(m.Metrics, string(metricLevel)+" metric", k.metricNames(metrics))
	k.referAll(m.Controls, string(k.controlLevel(m, metricLevel))+" attribute", k.controlNames(m, metricLevel))
	k.checkModerator(m, metricLevel)
}

// checkModelLayers: as many as the model and its metrics take. It tells whether
// these are of no layer.
func (k *checker) checkModelLayers(m *Model) (layerless bool) {
	without := 0
	for _, name := range m.Metrics {
		if slices.Contains(k.v.Layerless, name) {
			without++
		}
	}
	if without > 0 && (without < len(m.Metrics) || len(m.Layers) > 0) {
		k.conflict(&m.Metrics, fmt.Sprintf("%s is of the cluster and of no layer", strings.Join(k.v.Layerless, ", ")), "give it an entry of its own, without layers")
	}
	i := slices.IndexFunc(k.v.Models, func(n ModelName) bool { return n.Name == m.Model })
	if i >= 0 && k.v.Models[i].TwoLayers && len(m.Layers) > 0 && len(m.Layers) != 2 {
		k.conflict(&m.Layers, fmt.Sprintf("%s takes two layers, not %d", m.Model, len(m.Layers)), "name the layer of tasks and that of practices")
	}
	return without > 0
}

// controlLevel: what is held constant varies among the firms of a cluster where
// these are looked at, else among clusters.
func (k *checker) controlLevel(m *Model, metricLevel study.Level) study.Level {
	if m.Level == string(study.AtCluster) && metricLevel == study.AtFirm {
		return study.AtFirm
	}
	return study.Level(m.Level)
}

func (k *checker) controlNames(m *Model, metricLevel study.Level) []string {
	level := k.controlLevel(m, metricLevel)
	names := k.c.attributeNames(level)
	if level == study.AtCluster {
		names = append(slices.Clone(names), numberOfFirms)
	}
	return names
}

// numberOfFirms is the control and moderator that every study has of clusters.
const numberOfFirms = "firms"

// checkModerator: it belongs to a pooling, and is a metric of clusters.
func (k *checker) checkModerator(m *Model, metricLevel study.Level) {
	if m.Moderator == "" {
		return
	}
	if m.Level != string(study.AtCluster) || metricLevel != study.AtFirm {
		k.conflict(&m.Moderator, "`moderator` belongs to meta_correlation and meta_slope", "remove it")
		return
	}
	k.refer(&m.Moderator, "cluster metric", append(k.metricNames(slices.Concat(k.v.ClusterMetrics, k.v.Derived)), numberOfFirms))
}
