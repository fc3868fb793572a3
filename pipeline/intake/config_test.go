package intake

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// small is the least study; cases append to it.
const small = `study: small
firms: {table: firms.csv, id: firm, cluster: cluster, attributes: [size, sector]}
relations:
  - {name: advice, directed: true, reports: {table: ties.csv, respondent: who, target: to}}
  - {name: meets, reports: {table: ties.csv, respondent: who, target: to}}
outcomes:
  - {name: innov, level: firm, kind: continuous, table: firms.csv, id: firm, column: size}
`

// adopted adds a time to small, and a model of it that is not closed.
const adopted = `  - {name: since, level: firm, kind: time, table: firms.csv, id: firm, column: size}
models:
  - {level: firm, outcome: since, layers: [union], metrics: [degree], `

// smallFiles are the tables of small.
func smallFiles() fstest.MapFS {
	return files(map[string]string{
		"firms.csv": "firm,cluster,size,sector\na,K,1,x\nb,K,2,y\nc,L,3,x\n",
		"ties.csv":  "who,to\na,b\nb,a\n",
	})
}

func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// read reads a study from memory.
func read(t *testing.T, config string, data fstest.MapFS) (*study.Study, diag.List) {
	t.Helper()
	s, _, findings, err := Read(context.Background(), Source{[]byte(config), "study.yaml", data}, vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	if (s == nil) != findings.HasErrors() {
		t.Fatalf("study %v with findings\n%s", s, findings.Render(true))
	}
	return s, findings
}

// mustRead reads a study that has no errors.
func mustRead(t *testing.T, config string, data fstest.MapFS) *study.Study {
	t.Helper()
	s, findings := read(t, config, data)
	if s == nil {
		t.Fatalf("findings\n%s", findings.Render(true))
	}
	return s
}

// has checks that one finding is as wanted: its first line begins with the
// place and contains the texts.
func has(t *testing.T, findings diag.List, code diag.Code, place string, texts ...string) {
	t.Helper()
	for _, f := range findings.Sorted() {
		text := f.String()
		fits := f.Code == code && f.Place.String() == place
		for _, x := range texts {
			fits = fits && strings.Contains(text, x)
		}
		if fits {
			return
		}
	}
	t.Errorf("no %s at %s with %q in\n%s", code, place, texts, findings.Render(true))
}

// Faults of study.yaml alone. Where a case has no config its text is appended
// to small, whose last line is 7.
func TestConfigFaults(t *testing.T) {
	cases := []struct {
		name, config, more string
		code               diag.Code
		place              string
		texts              []string
	}{
		{"empty", " \n", "", diag.YAMLSyntax, "study.yaml:1:1", []string{"empty"}},
		{"only a comment", "# nothing\n", "", diag.YAMLSyntax, "study.yaml:1:1", []string{"empty"}},
		{"tab", "study: x\nfirms:\n\ttable: firms.csv\n", "", diag.YAMLSyntax, "study.yaml:3:1", []string{"tab", "spaces"}},
		{"unclosed quote", "", "title: \"x\n", diag.YAMLSyntax, "study.yaml:8:1", nil},
		{"unclosed bracket", "", "groups: [sector\nweights: none\n", diag.YAMLSyntax, "study.yaml:8:1", nil},
		{"unknown anchor", "", "title: *none\n", diag.YAMLSyntax, "study.yaml:8:1", []string{"none"}},
		{"control character", "", "title: a\x00b\n", diag.YAMLSyntax, "study.yaml:8:1", []string{"control"}},
		{"Latin-1", "", "title: R\xf6ling\n", diag.YAMLSyntax, "study.yaml:8:1", []string{"UTF-8"}},
		{"two documents", "", "---\nstudy: other\n", diag.YAMLSyntax, "study.yaml:8:1", []string{"second document"}},
		{"a list", "- study: x\n", "", diag.TypeWrong, "study.yaml:1:1", nil},
		{"a text", "study\n", "", diag.TypeWrong, "study.yaml:1:1", nil},
		{"too large", strings.Repeat("# comment\n", 200_000), "", diag.YAMLLimit, "study.yaml:1:1", nil},
		{"cycle", "", "tables: &t {x: {file: a.csv, sheet: *t}}\n", diag.YAMLLimit, "study.yaml:8:37", []string{"within itself"}},
		{"alias bomb", "", bomb(), diag.YAMLLimit, "study.yaml:9:3984", []string{"expands"}},

		{"unknown key", "", "wheights: none\n", diag.KeyUnknown, "study.yaml:8:1", []string{`"wheights"`, "nearest is weights"}},
		{"unknown key of a section", "", "clusters: {tabel: c.csv, id: c}\n", diag.KeyUnknown, "study.yaml:8:12", []string{"nearest is table"}},
		{"unknown key of an embedded part", "", "affiliations:\n  - {name: p, table: t, firm: f, event: e, were: {}}\n", diag.KeyUnknown, "study.yaml:9:44", []string{"where"}},
		{"missing study", "firms: {table: f, id: i}\nrelations: []\n", "", diag.KeyMissing, "study.yaml:1:1", []string{`"study"`}},
		{"missing firms", "study: x\nrelations:\n  - {name: a, reports: {table: t, target: b}}\n", "", diag.KeyMissing, "study.yaml:1:1", []string{`"firms"`}},
		{"no relations or affiliations", "study: x\nfirms: {table: f, id: i}\n", "", diag.KeyMissing, "study.yaml:1:1", []string{"affiliations"}},
		{"missing key of a section", "", "clusters: {table: c.csv}\n", diag.KeyMissing, "study.yaml:8:11", []string{`"id"`}},
		{"null is missing", "", "clusters: {table: c.csv, id: }\n", diag.KeyMissing, "study.yaml:8:11", []string{`"id"`}},
		{"repeated key", "", "study: again\n", diag.KeyRepeated, "study.yaml:8:1", []string{"line 1"}},
		{"text for a flag", "", "simulated: perhaps\n", diag.TypeWrong, "study.yaml:8:12", []string{"true or false"}},
		{"text for a number", "", "seed: many\n", diag.TypeWrong, "study.yaml:8:7", []string{"whole number"}},
		{"negative seed", "", "seed: -1\n", diag.TypeWrong, "study.yaml:8:7", nil},
		{"infinity", "", "outcomes2: {}\n", diag.KeyUnknown, "study.yaml:8:1", []string{"outcomes"}},
		{"text for a list", "", "groups: sector\n", diag.TypeWrong, "study.yaml:8:9", []string{"list"}},
		{"map for text", "", "title: {a: b}\n", diag.TypeWrong, "study.yaml:8:8", []string{"a map"}},
		{"text for a section", "", "clusters: clusters.csv\n", diag.TypeWrong, "study.yaml:8:11", []string{"keys"}},
		{"list for a key", "", "? [a, b]\n: c\n", diag.TypeWrong, "study.yaml:8:3", nil},
		{"unknown choice", "", "weights: strenght\n", diag.ChoiceUnknown, "study.yaml:8:10", []string{"nearest is strength"}},
		{"unknown rule", "", "reconcile: most\n", diag.ChoiceUnknown, "study.yaml:8:12", []string{"majority"}},
		{"unknown metric", "", "metrics: {firm: [degree_inn]}\n", diag.ChoiceUnknown, "study.yaml:8:18", []string{"degree_in"}},
		{"metric by no group of the study", "", "metrics: {firm: [ei_index_by_sector]}\n", diag.ReferenceWrong, "study.yaml:8:18", []string{"ei_index_by_sector"}},
		{"metric of no attribute", "", "metrics: {firm: [alter_mean_of_]}\n", diag.ChoiceUnknown, "study.yaml:8:18", nil},
		{"unknown metrics word", "", "metrics: some\n", diag.TypeWrong, "study.yaml:8:10", nil},
		{"study with a space", "study: my study\n" + strings.TrimPrefix(small, "study: small\n"), "", diag.NameInvalid, "study.yaml:1:8", nil},
		{"study as a path", "study: ../x\n" + strings.TrimPrefix(small, "study: small\n"), "", diag.NameInvalid, "study.yaml:1:8", nil},

		{"affiliation without relations", "", "layers:\n  - {name: x, projection: advice}\n", diag.ReferenceWrong, "study.yaml:9:27", []string{"affiliation"}},
		{"unknown relation in a union", "", "layers:\n  - {name: x, union: [advice, meet]}\n", diag.ReferenceWrong, "study.yaml:9:31", []string{"nearest is meets"}},
		{"relation twice in a union", "", "layers:\n  - {name: x, union: [meets, meets]}\n", diag.NameRepeated, "study.yaml:9:30", nil},
		{"layer of nothing", "", "layers:\n  - {name: x}\n", diag.SettingConflict, "study.yaml:9:5", nil},
		{"layer of two things", "", "layers:\n  - {name: x, relation: meets, union: [advice]}\n", diag.SettingConflict, "study.yaml:9:5", nil},
		{"union of nothing", "", "layers:\n  - {name: x, union: []}\n", diag.SettingConflict, "study.yaml:9:22", nil},
		{"projection weight of a union", "", "layers:\n  - {name: x, union: [meets], weight: newman}\n", diag.SettingConflict, "study.yaml:9:39", nil},
		{"weight of a relation", "", "layers:\n  - {name: x, relation: meets, weight: count}\n", diag.SettingConflict, "study.yaml:9:40", nil},
		{"layer twice", "", "layers:\n  - {name: x, relation: meets}\n  - {name: x, relation: advice}\n", diag.NameRepeated, "study.yaml:10:12", []string{"study.yaml:9:12"}},
		{"layer name", "", "layers:\n  - {name: X-1, relation: meets}\n", diag.NameInvalid, "study.yaml:9:12", nil},
		{"unknown group", "", "groups: [sectors]\n", diag.ReferenceWrong, "study.yaml:8:10", []string{"sector"}},
		{"unknown homophily", "", "homophily: [inov]\n", diag.ReferenceWrong, "study.yaml:8:13", []string{"innov"}},
		{"homophily of text", "", "homophily: [sector]\n", diag.TypeWrong, "study.yaml:8:13", []string{"groups"}},

		{"unknown level of a model", "", "models:\n  - {level: triad, outcome: innov, layers: [union], metrics: [degree]}\n", diag.ChoiceUnknown, "study.yaml:9:13", nil},
		{"terms are for pairs", "", "models:\n  - {level: dyad, outcome: union, terms: [advice], layers: [union]}\n", diag.SettingConflict, "study.yaml:9:60", nil},
		{"pairs without terms", "", "models:\n  - {level: dyad, outcome: union}\n", diag.KeyMissing, "study.yaml:9:5", []string{"terms"}},
		{"a term of no such kind", "", "models:\n  - {level: dyad, outcome: union, terms: [sum(size)]}\n", diag.ReferenceWrong, "study.yaml:9:43", []string{"sum()", "absdiff"}},
		{"a term of nothing", "", "models:\n  - {level: dyad, outcome: union, terms: [same(sise)]}\n", diag.ReferenceWrong, "study.yaml:9:43", []string{"size"}},
		{"a term twice", "", "models:\n  - {level: dyad, outcome: union, terms: [same(size), same(size)]}\n", diag.NameRepeated, "study.yaml:9:55", nil},
		{"a difference of text", "", "models:\n  - {level: dyad, outcome: union, terms: [absdiff(sector)]}\n", diag.TypeWrong, "study.yaml:9:43", []string{"same(sector)"}},
		{"a pooling of cluster metrics", "", "models:\n  - {level: cluster, model: meta_correlation, outcome: innov, layers: [union], metrics: [density]}\n", diag.ReferenceWrong, "study.yaml:9:90", nil},
		{"coupling in a layer", "", "models:\n  - {level: cluster, outcome: innov, layers: [union], metrics: [coupling]}\n", diag.SettingConflict, "study.yaml:9:64", []string{"an entry of its own, without layers"}},
		{"coupling beside others", "", "models:\n  - {level: cluster, outcome: innov, metrics: [coupling, density]}\n", diag.SettingConflict, "study.yaml:9:47", nil},
		{"no layers of a metric that has", "", "models:\n  - {level: cluster, outcome: innov, metrics: [effect(transitivity)]}\n", diag.KeyMissing, "study.yaml:9:5", []string{`the model lacks "layers"`}},
		{"the effect of what is not compared", "", "models:\n  - {level: cluster, outcome: innov, layers: [union], metrics: [effect(density)]}\n", diag.ReferenceWrong, "study.yaml:9:65", nil},
		{"one layer of two", "", "models:\n  - {level: firm, model: complementarity, outcome: innov, layers: [union], metrics: [degree]}\n", diag.SettingConflict, "study.yaml:9:67", []string{"takes two layers, not 1"}},
		{"inference that a model does not make", "", "models:\n  - {level: firm, model: clogit, outcome: innov, layers: [union], metrics: [degree], inference: [CR2]}\n", diag.SettingConflict, "study.yaml:9:98", []string{"clogit does not make CR2"}},
		{"inference that the model for the outcome does not make", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], inference: [CR1]}\n", diag.SettingConflict, "study.yaml:9:83", []string{"ols_fe does not make CR1", "known: CR2"}},
		{"inference of a model that makes its own", "", "models:\n  - {level: firm, model: specification_curve, outcome: innov, layers: [union], metrics: [degree], inference: [CR2]}\n", diag.SettingConflict, "study.yaml:9:111", []string{"remove inference"}},
		{"scaling of what is no metric of firms", "", "models:\n  - {level: cluster, outcome: innov, layers: [union], metrics: [density], scaling: raw}\n", diag.SettingConflict, "study.yaml:9:84", []string{"firm level"}},
		{"a family adjusted in two ways", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], adjust: bh}\n  - {level: firm, outcome: innov, layers: [union], metrics: [harmonic]}\n  - {level: firm, outcome: innov, layers: [union], metrics: [betweenness], adjust: holm}\n", diag.SettingConflict, "study.yaml:11:84", []string{"by bh and by holm", "study.yaml:9:79"}},
		{"inference of no kind", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], inference: []}\n", diag.SettingConflict, "study.yaml:9:82", []string{"leave it out"}},
		{"inference twice", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], inference: [CR2, CR2]}\n", diag.NameRepeated, "study.yaml:9:88", nil},
		{"no draws", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], draws: 0}\n", diag.TypeWrong, "study.yaml:9:78", nil},
		{"unknown model", "", "models:\n  - {level: firm, model: lpm_fx, outcome: innov, layers: [union], metrics: [degree]}\n", diag.ChoiceUnknown, "study.yaml:9:26", []string{"ols_fe"}},
		{"model of the other level", "", "models:\n  - {level: firm, model: spearman, outcome: innov, layers: [union], metrics: [degree]}\n", diag.SettingConflict, "study.yaml:9:26", []string{"ols_fe"}},
		{"unknown outcome", "", "models:\n  - {level: firm, outcome: inov, layers: [union], metrics: [degree]}\n", diag.ReferenceWrong, "study.yaml:9:28", []string{"innov"}},
		{"unknown layer", "", "models:\n  - {level: firm, outcome: innov, layers: [onion], metrics: [degree]}\n", diag.ReferenceWrong, "study.yaml:9:44", []string{"union"}},
		{"unknown metric of a model", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [density]}\n", diag.ReferenceWrong, "study.yaml:9:62", nil},
		{"unknown control", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], controls: [sizes]}\n", diag.ReferenceWrong, "study.yaml:9:82", []string{"size"}},
		{"unknown scaling", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], scaling: z}\n", diag.ChoiceUnknown, "study.yaml:9:80", nil},
		{"unknown exposure", "", adopted + "exposure: cohesive}\n", diag.ChoiceUnknown, "study.yaml:10:81", []string{"cohesion"}},
		{"exposure of another model", "", adopted + "model: clogit, exposure: count}\n", diag.SettingConflict, "study.yaml:10:96", []string{"hazard"}},
		{"exposure at another level", "", "models:\n  - {level: cluster, outcome: innov, layers: [union], metrics: [density], exposure: count}\n", diag.SettingConflict, "study.yaml:9:85", []string{"firm level"}},
		{"exposure to no adoption", "", "models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], model: hazard, exposure: count}\n", diag.SettingConflict, "study.yaml:9:96", []string{"continuous", "kind time"}},
		{"model twice", "", "models:\n  - {name: m2, level: firm, outcome: innov, layers: [union], metrics: [degree]}\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree]}\n", diag.NameRepeated, "study.yaml:10:5", nil},

		{"undirected relation with a directed rule", "", "reconcile: source\n", diag.SettingConflict, "study.yaml:5:12", []string{"meets"}},
		{"within_cluster without clusters", "", "ids: within_cluster\n", diag.KeyMissing, "study.yaml:4:45", []string{"cluster"}},
		{"unknown table", "", "tables: {roster: {file: r.csv}}\nclusters: {table: rooster, id: c}\n", diag.ReferenceWrong, "study.yaml:9:19", []string{"nearest is roster"}},
		{"interviewed without status", "", "respondents: {table: p.csv, id: p, firm: f, interviewed: [yes]}\n", diag.KeyMissing, "study.yaml:8:58", []string{"status"}},
		{"respondents without firms", "", "respondents: {table: p.csv, id: p, cluster: c}\n", diag.KeyMissing, "study.yaml:8:14", []string{"firm"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			config := c.config
			if config == "" {
				config = small + c.more
			}
			_, findings := read(t, config, smallFiles())
			has(t, findings, c.code, c.place, c.texts...)
		})
	}
}

// bomb expands to some 10^6 values.
func bomb() string {
	return "layers:\n  - &l {name: x, union: &u [" + strings.Repeat("meets, ", 1000) + "meets]}\n" +
		strings.Repeat("  - {name: x, union: *u}\n", 1000)
}

// Faults of a relation's sections, in place of small's.
func TestSectionFaults(t *testing.T) {
	cases := []struct {
		name, relation string
		code           diag.Code
		place          string
		texts          []string
	}{
		{"no sheet", "{name: advice}", diag.KeyMissing, "study.yaml:4:5", []string{"reports:"}},
		{"unknown key", "{name: advice, report: {}}", diag.KeyUnknown, "study.yaml:4:20", []string{"reports"}},
		{"target missing", "{name: advice, reports: {table: ties.csv}}", diag.KeyMissing, "study.yaml:4:29", []string{"target"}},
		{"strength without weights", "{name: advice, reports: {table: ties.csv, target: to, strength: n}}", diag.KeyMissing, "study.yaml:4:69", []string{"weights: strength"}},
		{"strength of a slot without weights", "{name: advice, nominations: {table: ties.csv, respondent: who, columns: [{target: to, strength: n}]}}", diag.KeyMissing, "study.yaml:4:101", nil},
		{"values of a matrix without weights", "{name: advice, matrix: {table: ties.csv, row: who, columns: rest, values: {often: 3}}}", diag.KeyMissing, "study.yaml:4:79", nil},
		{"values without strength", "{name: advice, reports: {table: ties.csv, target: to, values: {often: 3}}}", diag.SettingConflict, "study.yaml:4:67", nil},
		{"value below 0", "{name: advice, reports: {table: ties.csv, target: to, strength: n, values: {never: 0}}}", diag.StrengthWrong, "study.yaml:4:88", nil},
		{"value as text", "{name: advice, reports: {table: ties.csv, target: to, strength: n, values: {never: no}}}", diag.TypeWrong, "study.yaml:4:88", nil},
		{"value infinite", "{name: advice, reports: {table: ties.csv, target: to, strength: n, values: {ever: .inf}}}", diag.TypeWrong, "study.yaml:4:87", nil},
		{"answers without answer", "{name: advice, reports: {table: ties.csv, target: to, answers: {yes: 1}}}", diag.KeyMissing, "study.yaml:4:68", []string{"answer:"}},
		{"answer without answers", "{name: advice, reports: {table: ties.csv, target: to, answer: n}}", diag.KeyMissing, "study.yaml:4:67", []string{"answers:"}},
		{"answers without yes", "{name: advice, reports: {table: ties.csv, target: to, answer: n, answers: {no: 0}}}", diag.KeyMissing, "study.yaml:4:79", []string{`"yes"`}},
		{"answer with two meanings", "{name: advice, reports: {table: ties.csv, target: to, answer: n, answers: {yes: [1, 2], no: [0, 2]}}}", diag.SettingConflict, "study.yaml:4:101", nil},
		{"roles without role", "{name: advice, reports: {table: ties.csv, respondent: who, target: to, roles: leader}}", diag.KeyMissing, "study.yaml:4:83", []string{"role"}},
		{"roles of a record", "{name: advice, reports: {table: ties.csv, target: to, roles: leader}}", diag.SettingConflict, "study.yaml:4:66", nil},
		{"limit below 0", "{name: advice, reports: {table: ties.csv, target: to, asked: {limit: -1}}}", diag.TypeWrong, "study.yaml:4:74", nil},
		{"unknown kind of question", "{name: advice, reports: {table: ties.csv, target: to, asked: {kind: recal}}}", diag.ChoiceUnknown, "study.yaml:4:73", []string{"recall"}},
		{"matrix without row", "{name: advice, matrix: {table: ties.csv, columns: rest}}", diag.KeyMissing, "study.yaml:4:28", []string{"row"}},
		{"reports of nobody", "{name: advice, reports: {table: ties.csv, target: to}}", diag.KeyMissing, "study.yaml:4:29", []string{"source:"}},
		{"nominations of nobody", "{name: advice, nominations: {table: ties.csv, columns: [to]}}", diag.KeyMissing, "study.yaml:4:33", []string{"respondent:"}},
		{"dimension", "{name: advice, dimension: mutual, reports: {table: ties.csv, target: to}}", diag.ChoiceUnknown, "study.yaml:4:31", []string{"mutual_engagement"}},
		{"relation twice", "{name: meets, reports: {table: ties.csv, target: to}}", diag.NameRepeated, "study.yaml:5:12", nil},
		{"relation as union", "{name: union, reports: {table: ties.csv, target: to}}", diag.NameRepeated, "study.yaml:4:12", nil},
		{"relation name", "{name: Advice, reports: {table: ties.csv, target: to}}", diag.NameInvalid, "study.yaml:4:12", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			lines := strings.SplitAfter(small, "\n")
			lines[3] = "  - " + c.relation + "\n"
			_, findings := read(t, strings.Join(lines, ""), smallFiles())
			has(t, findings, c.code, c.place, c.texts...)
		})
	}
}

// Faults of an outcome, in place of small's.
func TestOutcomeFaults(t *testing.T) {
	cases := []struct {
		name, outcome string
		code          diag.Code
		place         string
	}{
		{"kind", "{name: x, level: firm, kind: number, table: firms.csv, id: firm, column: size}", diag.ChoiceUnknown, "study.yaml:7:34"},
		{"yes of a count", "{name: x, level: firm, kind: count, yes: 1, table: firms.csv, id: firm, column: size}", diag.SettingConflict, "study.yaml:7:46"},
		{"censored count", "{name: x, level: firm, kind: count, censored_at: 9, table: firms.csv, id: firm, column: size}", diag.SettingConflict, "study.yaml:7:54"},
		{"levels of a time", "{name: x, level: firm, kind: time, levels: [a, b], table: firms.csv, id: firm, column: size}", diag.SettingConflict, "study.yaml:7:48"},
		{"level twice", "{name: x, level: firm, kind: ordinal, levels: [a, a], table: firms.csv, id: firm, column: size}", diag.NameRepeated, "study.yaml:7:55"},
		{"of nothing", "{name: x, level: firm, kind: count, of: 0, table: firms.csv, id: firm, column: size}", diag.TypeWrong, "study.yaml:7:45"},
		{"components of a relation", "{name: x, level: firm, kind: count, components_of: advice, table: firms.csv, id: firm, column: size}", diag.ReferenceWrong, "study.yaml:7:56"},
		{"combine without respondent", "{name: x, level: firm, kind: count, combine: mean, table: firms.csv, id: firm, column: size}", diag.KeyMissing, "study.yaml:7:50"},
		{"combine", "{name: x, level: firm, kind: count, combine: max, table: firms.csv, id: firm, column: size}", diag.ChoiceUnknown, "study.yaml:7:50"},
		{"name of an attribute", "{name: size, level: firm, kind: count, table: firms.csv, id: firm, column: size}", diag.NameRepeated, "study.yaml:7:12"},
		{"name of a fixed column", "{name: label, level: firm, kind: count, table: firms.csv, id: firm, column: size}", diag.NameRepeated, "study.yaml:7:12"},
		{"name of another's column", "{name: size, level: cluster, kind: continuous, table: firms.csv, id: cluster, respondent: firm, column: size}\n  - {name: size_raters, level: cluster, kind: count, table: firms.csv, id: cluster, respondent: firm, column: size}", diag.NameRepeated, "study.yaml:8:12"},
		{"name of a time's column", "{name: x, level: firm, kind: time, entry: size, table: firms.csv, id: firm, column: size}\n  - {name: x_censored, level: firm, kind: count, table: firms.csv, id: firm, column: size}", diag.NameRepeated, "study.yaml:8:12"},
		{"name of an entry's column", "{name: x, level: firm, kind: time, entry: size, table: firms.csv, id: firm, column: size}\n  - {name: x_entry, level: firm, kind: count, table: firms.csv, id: firm, column: size}", diag.NameRepeated, "study.yaml:8:12"},
		{"censored at infinity", "{name: x, level: firm, kind: time, censored_at: inf, table: firms.csv, id: firm, column: size}", diag.TypeWrong, "study.yaml:7:53"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			lines := strings.SplitAfter(small, "\n")
			lines[6] = "  - " + c.outcome + "\n"
			_, findings := read(t, strings.Join(lines, ""), smallFiles())
			has(t, findings, c.code, c.place)
		})
	}
}

// Every fault of the file is told at once.
func TestAllFaultsAtOnce(t *testing.T) {
	_, findings := read(t, small+"wheights: none\nreconcile: most\nseed: x\ngroups: [q]\n", smallFiles())
	for _, code := range []diag.Code{diag.KeyUnknown, diag.ChoiceUnknown, diag.TypeWrong, diag.ReferenceWrong} {
		if findings.Count(code) != 1 {
			t.Errorf("%d findings %s in\n%s", findings.Count(code), code, findings.Render(true))
		}
	}
}

// The names of attributes can be given by a map where a header is no name.
func TestAttributeNames(t *testing.T) {
	config := strings.Replace(small, "[size, sector]", "[Größe]", 1)
	_, findings := read(t, config, smallFiles())
	has(t, findings, diag.NameInvalid, "study.yaml:2:68", "{name: column}")
	config = strings.Replace(small, "[size, sector]", "{größe: size}", 1)
	_, findings = read(t, config, smallFiles())
	has(t, findings, diag.NameInvalid, "study.yaml:2:68")
	config = strings.Replace(small, "[size, sector]", "[size, size]", 1)
	_, findings = read(t, config, smallFiles())
	has(t, findings, diag.NameRepeated, "study.yaml:2:74")
}
