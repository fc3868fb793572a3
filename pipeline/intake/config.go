package intake

import "firmties/pipeline/study"

// Config is study.yaml. The struct tags are its documentation: `list` names a
// closed list, `jsonschema` says what is required.
type Config struct {
	Study     string   `yaml:"study" jsonschema:"required" jsonschema_description:"name of the study: letters, digits, hyphens; it names the results folder"`
	Title     string   `yaml:"title" jsonschema_description:"title for people"`
	Citation  string   `yaml:"citation" jsonschema_description:"what to cite"`
	Licence   string   `yaml:"licence" jsonschema_description:"licence of the data"`
	Simulated bool     `yaml:"simulated" jsonschema_description:"true: the data are simulated, which every output says"`
	Missing   []string `yaml:"missing" jsonschema_description:"cells that are read as missing, in every table; blank cells always are"`
	Seed      *uint64  `yaml:"seed" jsonschema_description:"seed of everything random; 1 where omitted"`
	IDs       string   `yaml:"ids" jsonschema_extras:"list=ids" jsonschema_description:"study: firm ids are unique in the study (default); within_cluster: the key is (cluster, firm), and every section names its cluster column"`

	Tables      NamedTables  `yaml:"tables" jsonschema_description:"names for sheets, or for files that need options; a section's table: takes such a name or a file"`
	Clusters    *Clusters    `yaml:"clusters" jsonschema_description:"the list of clusters; omitted: the clusters that firms name"`
	Firms       *Firms       `yaml:"firms" jsonschema:"required" jsonschema_description:"the list of firms"`
	Aliases     *Aliases     `yaml:"aliases" jsonschema_description:"other written forms of firms' names"`
	Respondents *Respondents `yaml:"respondents" jsonschema_description:"the people interviewed; omitted: every firm was interviewed and speaks for itself"`

	Relations    []Relation    `yaml:"relations" jsonschema_description:"the kinds of tie asked about"`
	Affiliations []Affiliation `yaml:"affiliations" jsonschema_description:"two-mode data: which firm takes part in which event"`
	Reconcile    string        `yaml:"reconcile" jsonschema_extras:"list=rules" jsonschema_description:"rule that makes one tie of several reports; any where omitted"`

	Layers    []Layer       `yaml:"layers" jsonschema_description:"the graphs made in every cluster; omitted: one per relation, union of all relations, one count projection per affiliation"`
	Weights   string        `yaml:"weights" jsonschema_extras:"list=weights" jsonschema_description:"what a strength means: more is closer, more is farther, or nothing; required where a strength is mapped"`
	Groups    []string      `yaml:"groups" jsonschema_description:"categorical firm attributes: metrics named ..._by_<attribute>"`
	Homophily []string      `yaml:"homophily" jsonschema_description:"numeric firm attributes or firm outcomes: metrics named ..._of_<name>"`
	Metrics   *MetricChoice `yaml:"metrics" jsonschema_description:"all, or lists of metrics; omitted: the catalogue but what is marked expensive"`
	Pairs     string        `yaml:"pairs" jsonschema_extras:"list=pairs" jsonschema_description:"the pairs of firms in pair_metrics: tied (default), or all, in networks of up to 500 firms"`

	Comparisons *Comparisons `yaml:"comparisons" jsonschema_description:"cluster metrics against random networks; omitted: a short list in studies of up to 200 clusters"`
	Distances   *Distances   `yaml:"distances" jsonschema_description:"how different the networks of every two clusters are; omitted: in all layers, in studies of up to 50 clusters"`
	Coupling    *Coupling    `yaml:"coupling" jsonschema_description:"how practices and tasks go together; omitted: against 999 random networks, in studies of up to 200 clusters"`

	Outcomes []Outcome `yaml:"outcomes" jsonschema_description:"reported innovation or sustainability of firms or clusters"`
	Models   []Model   `yaml:"models" jsonschema_description:"models of outcomes on metrics; omitted: the default grid"`
}

// Comparisons says what is compared with random networks.
type Comparisons struct {
	Metrics    []string `yaml:"metrics" jsonschema_extras:"list=comparable" jsonschema_description:"cluster metrics; omitted: a short list of cohesion metrics"`
	References []string `yaml:"references" jsonschema_extras:"list=references" jsonschema_description:"what random networks share with the cluster's; omitted: size_density and degree_sequence, out_degree where a question has a limit, two_mode for projections"`
	Layers     []string `yaml:"layers" jsonschema_description:"layers; omitted: all"`
	Draws      *int     `yaml:"draws" jsonschema_description:"random networks drawn for each; 1000 where omitted, 0: none"`
}

// Distances says which networks are held against each other.
type Distances struct {
	Layers []string `yaml:"layers" jsonschema_description:"layers; omitted: all"`
	Draws  *int     `yaml:"draws" jsonschema_description:"random pairs drawn to match each pair of clusters; 50 where omitted, 0: no distances"`
}

// Coupling says what coupling is held against.
type Coupling struct {
	Draws *int `yaml:"draws" jsonschema_description:"random networks of tasks drawn for each null; 999 where omitted, 0: none"`
}

// Rows says which rows of which table a section reads.
type Rows struct {
	Table string `yaml:"table" jsonschema:"required" jsonschema_description:"a file of the data folder, or a name of tables:"`
	Where Where  `yaml:"where" jsonschema_description:"column to one value or a list: only rows with one of the values belong to the section"`
}

// Clusters maps the list of clusters.
type Clusters struct {
	Rows
	ID         string     `yaml:"id" jsonschema:"required" jsonschema_description:"column of the cluster's id"`
	Label      string     `yaml:"label" jsonschema_description:"column of its name for people"`
	Attributes Attributes `yaml:"attributes" jsonschema_description:"columns to carry along: a list, or a map from name to column"`
}

// Firms maps the list of firms.
type Firms struct {
	Rows
	ID         string            `yaml:"id" jsonschema:"required" jsonschema_description:"column of the firm's id"`
	Cluster    string            `yaml:"cluster" jsonschema_description:"column of its cluster; omitted: one cluster, named after the study"`
	Labels     OneOrMore[string] `yaml:"labels" jsonschema_description:"columns of its names as people write them"`
	Attributes Attributes        `yaml:"attributes" jsonschema_description:"columns to carry along: a list, or a map from name to column"`
}

// Aliases maps other written forms of firms' names.
type Aliases struct {
	Rows
	Name    string `yaml:"name" jsonschema:"required" jsonschema_description:"column of the written form"`
	Firm    string `yaml:"firm" jsonschema:"required" jsonschema_description:"column of the firm's id"`
	Cluster string `yaml:"cluster" jsonschema_description:"column of the firm's cluster"`
}

// Respondents maps the people interviewed.
type Respondents struct {
	Rows
	ID          string            `yaml:"id" jsonschema:"required" jsonschema_description:"column of the person's id"`
	Cluster     string            `yaml:"cluster" jsonschema_description:"column of the person's cluster; omitted: that of their firm"`
	Firm        string            `yaml:"firm" jsonschema_description:"column of the firm they speak for; a blank cell: for none"`
	Role        string            `yaml:"role" jsonschema_description:"column of their role"`
	ReferredBy  string            `yaml:"referred_by" jsonschema_description:"column of who referred to them"`
	Wave        string            `yaml:"wave" jsonschema_description:"column of the wave they were interviewed in"`
	Status      string            `yaml:"status" jsonschema_description:"column of the interview's status"`
	Interviewed OneOrMore[string] `yaml:"interviewed" jsonschema_description:"the statuses that mean interviewed; omitted: all were"`
}

// Relation is a kind of tie, with the sheets that report it.
type Relation struct {
	Name        string                 `yaml:"name" jsonschema:"required" jsonschema_description:"name of the relation: a to z, 0 to 9, _"`
	Dimension   string                 `yaml:"dimension" jsonschema_extras:"list=dimensions" jsonschema_description:"Communities-of-Practice dimension; other where omitted"`
	Directed    bool                   `yaml:"directed" jsonschema_description:"whether a tie has a direction; false where omitted"`
	Combine     string                 `yaml:"combine" jsonschema_extras:"list=combines" jsonschema_description:"how the strengths of a tie's yes reports become one; mean where omitted"`
	Reconcile   string                 `yaml:"reconcile" jsonschema_extras:"list=rules" jsonschema_description:"rule of this relation; the study's where omitted"`
	Unmatched   string                 `yaml:"unmatched" jsonschema_extras:"list=unmatched" jsonschema_description:"what becomes of names that are no firm: dropped with a warning (default), an error, or kept in the list of firms as outside"`
	Reports     OneOrMore[Reports]     `yaml:"reports" jsonschema_description:"sheets with one report a row"`
	Nominations OneOrMore[Nominations] `yaml:"nominations" jsonschema_description:"sheets with one row a respondent and one column a name"`
	Matrix      OneOrMore[Matrix]      `yaml:"matrix" jsonschema_description:"sheets with one column a firm"`
}

// Told says who speaks in a section, and what they were asked.
type Told struct {
	Respondent string            `yaml:"respondent" jsonschema_description:"column of who says it; omitted: a record, whose ties stand as they are"`
	Cluster    string            `yaml:"cluster" jsonschema_description:"column of the cluster; omitted: that of the respondent"`
	Confidence string            `yaml:"confidence" jsonschema_description:"column of how sure the respondent was, a number"`
	Wave       string            `yaml:"wave" jsonschema_description:"column of the wave"`
	Evidence   string            `yaml:"evidence" jsonschema_description:"column of the passage or file that the report rests on"`
	Asked      study.Asked       `yaml:"asked" jsonschema_description:"the question; omitted: own ties, from memory, without limit"`
	Roles      OneOrMore[string] `yaml:"roles" jsonschema_description:"only respondents of these roles were asked"`
	Values     Values            `yaml:"values" jsonschema_description:"texts of the strength column as numbers"`
}

// Reports maps a sheet with one report a row.
type Reports struct {
	Rows
	Told
	Source   string   `yaml:"source" jsonschema_description:"column of the firm the tie starts from; omitted: the respondent's firm"`
	Target   string   `yaml:"target" jsonschema:"required" jsonschema_description:"column of the firm named"`
	Answer   string   `yaml:"answer" jsonschema_description:"column of the answer"`
	Answers  *Answers `yaml:"answers" jsonschema_description:"what the answers mean; omitted: every row is a yes"`
	Strength string   `yaml:"strength" jsonschema_description:"column of the strength"`
}

// Nominations maps a sheet with one row a respondent and one column a name.
type Nominations struct {
	Rows
	Told
	Columns OneOrMore[Slot] `yaml:"columns" jsonschema:"required" jsonschema_description:"the columns of names, each alone or with the column of its strength"`
}

// Matrix maps a sheet with one column a firm.
type Matrix struct {
	Rows
	Told
	Row     string        `yaml:"row" jsonschema_description:"column of the firm the row is about; omitted: the respondent's firm"`
	Columns MatrixColumns `yaml:"columns" jsonschema:"required" jsonschema_description:"rest (every column that no section maps otherwise), or a list of columns"`
	Answers *Answers      `yaml:"answers" jsonschema_description:"what the cells mean; omitted: 0 is a no, anything else but blank a yes"`
}

// Answers says which cells mean yes, no and don't know.
type Answers struct {
	Yes      OneOrMore[string] `yaml:"yes" jsonschema_description:"answers that mean yes"`
	No       OneOrMore[string] `yaml:"no" jsonschema_description:"answers that mean no"`
	DontKnow OneOrMore[string] `yaml:"dont_know" jsonschema_description:"answers that mean don't know"`
}

// Affiliation maps a sheet of firm and event.
type Affiliation struct {
	Name      string `yaml:"name" jsonschema:"required" jsonschema_description:"name of the affiliation: a to z, 0 to 9, _"`
	Dimension string `yaml:"dimension" jsonschema_extras:"list=dimensions" jsonschema_description:"Communities-of-Practice dimension; other where omitted"`
	Rows
	Cluster string `yaml:"cluster" jsonschema_description:"column of the firm's cluster"`
	Firm    string `yaml:"firm" jsonschema:"required" jsonschema_description:"column of the firm"`
	Event   string `yaml:"event" jsonschema:"required" jsonschema_description:"column of the event"`
	Split   string `yaml:"split" jsonschema_description:"text between several events in one cell"`
}

// Layer is a graph made in every cluster. Exactly one of Relation, Union and
// Projection is given.
type Layer struct {
	Name       string   `yaml:"name" jsonschema:"required" jsonschema_description:"name of the layer: a to z, 0 to 9, _"`
	Relation   string   `yaml:"relation" jsonschema_description:"the relation it shows"`
	Union      []string `yaml:"union" jsonschema_description:"the relations it joins"`
	Projection string   `yaml:"projection" jsonschema_description:"the affiliation it projects on firms"`
	Weight     string   `yaml:"weight" jsonschema_extras:"list=layer_weights" jsonschema_description:"of a union: relations (how many carry the tie; default) or strength (their sum); of a projection: count (default), newman, jaccard or bonacich"`
	Backbone   string   `yaml:"backbone" jsonschema_extras:"list=backbones" jsonschema_description:"keep of a projection only the ties of firms that share more events than chance gives: sdsm (Neal 2014) or fdsm (Zweig & Kaufmann 2011); omitted: keep all"`
	Alpha      *float64 `yaml:"alpha" jsonschema_description:"of a backbone: the level; 0.05 where omitted"`
	Adjust     string   `yaml:"adjust" jsonschema_extras:"list=adjustments" jsonschema_description:"of a backbone: adjustment of the p-values of all pairs of firms of a cluster; none where omitted"`
}

// Outcome maps reported innovation or sustainability.
type Outcome struct {
	Name  string `yaml:"name" jsonschema:"required" jsonschema_description:"name of the outcome: a to z, 0 to 9, _"`
	Level string `yaml:"level" jsonschema:"required" jsonschema_extras:"list=levels" jsonschema_description:"what it is an outcome of: firm or cluster"`
	Kind  string `yaml:"kind" jsonschema:"required" jsonschema_extras:"list=kinds" jsonschema_description:"its scale"`
	Rows
	ID           string            `yaml:"id" jsonschema:"required" jsonschema_description:"column of the firm's or cluster's id"`
	Cluster      string            `yaml:"cluster" jsonschema_description:"column of the firm's cluster"`
	Column       string            `yaml:"column" jsonschema:"required" jsonschema_description:"column of the value"`
	Yes          OneOrMore[string] `yaml:"yes" jsonschema_description:"of a binary outcome: the values that mean yes; 1 where omitted"`
	Of           int               `yaml:"of" jsonschema_description:"of a count: out of how many"`
	ComponentsOf string            `yaml:"components_of" jsonschema_description:"the affiliation whose events it is made of, so that it is not explained by their projection"`
	CensoredAt   *float64          `yaml:"censored_at" jsonschema_description:"of a time: at or above it, not adopted"`
	Entry        string            `yaml:"entry" jsonschema_description:"of a time: column, or numeric firm attribute, of when observation began"`
	Levels       []string          `yaml:"levels" jsonschema_description:"of an ordinal outcome: its levels from the lowest; omitted: whole numbers"`
	Respondent   string            `yaml:"respondent" jsonschema_description:"column of who rated; an id may then have several ratings"`
	Combine      string            `yaml:"combine" jsonschema_extras:"list=rating_combines" jsonschema_description:"how several ratings become one; mean where omitted"`
}

// Model is one entry of models:.
type Model struct {
	Name      string   `yaml:"name" jsonschema_description:"name of the entry; m1, m2, ... where omitted"`
	Level     string   `yaml:"level" jsonschema:"required" jsonschema_extras:"list=model_levels" jsonschema_description:"what its rows are: firms, pairs of firms (dyad) or clusters"`
	Model     string   `yaml:"model" jsonschema_extras:"list=models" jsonschema_description:"kind of model; the one for the kind of outcome where omitted"`
	Outcome   string   `yaml:"outcome" jsonschema:"required" jsonschema_description:"a name of outcomes:; at dyad level a layer, or absdiff() of a numeric attribute or outcome"`
	Layers    []string `yaml:"layers" jsonschema_description:"layers whose metrics enter, one model each"`
	Metrics   []string `yaml:"metrics" jsonschema_description:"metrics that enter, one model each"`
	Terms     []string `yaml:"terms" jsonschema_description:"at dyad level: layers, and diff(), absdiff(), same(), sender(), receiver() of an attribute or outcome of firms, both() of an affiliation"`
	Controls  []string `yaml:"controls" jsonschema_description:"attributes that are held constant; at cluster level also firms, their number"`
	Moderator string   `yaml:"moderator" jsonschema_description:"of meta_correlation and meta_slope: a cluster metric of the same layer, or firms, the number of them"`
	Scaling   string   `yaml:"scaling" jsonschema_extras:"list=scalings" jsonschema_description:"scale of the metric in a firm model; z_within where omitted"`
	Exposure  string   `yaml:"exposure" jsonschema_extras:"list=exposures" jsonschema_description:"of a hazard: adoptions of others in earlier periods as terms exposure and no_alters: the share or number (count) of alters, by the ties of the layer, or the share of firms in a like place (structural_equivalence)"`
	Inference []string `yaml:"inference" jsonschema_extras:"list=inferences" jsonschema_description:"kinds of inference, a row each; those of the model where omitted"`
	Draws     *int     `yaml:"draws" jsonschema_description:"draws of resampling; 9999 where omitted"`
	Family    string   `yaml:"family" jsonschema_description:"models of one family have their p-values adjusted together; those of one level and outcome where omitted"`
	Adjust    string   `yaml:"adjust" jsonschema_extras:"list=family_adjustments" jsonschema_description:"how the family is adjusted; the best that its models offer where omitted"`
}
