package intake

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"firmties/pipeline/diag"
)

// everything has every section, and most keys, in every shape they can have.
const everything = `
study: salt-villages
title: Craft clusters of the salt coast
citation: none
licence: none
simulated: false
missing: ["", NA, "."]
seed: 1966
ids: study
tables:
  ties:   {file: survey.xlsx, sheet: Ties, header_row: 2}
  roster: {file: "roster/*.xlsx", sheet: "*", cluster: sheet}
  notes:  {file: interviews.csv, encoding: big5, delimiter: ";", decimal: ","}
clusters:    {table: clusters.csv, id: cluster, label: name, attributes: [county, founded]}
firms:       {table: firms.csv, id: firm, cluster: cluster, labels: [name_zh, name_en], attributes: {employees: 員工數, founded: founded, sector: sector}}
aliases:     {table: aliases.csv, name: written, firm: firm, cluster: cluster}
respondents: {table: people.csv, id: person, cluster: cluster, firm: firm, role: role, referred_by: source, wave: wave, status: status, interviewed: [complete]}
relations:
  - name: joint_task
    dimension: joint_enterprise
    directed: false
    combine: mean
    reports:
      - {table: ties, where: {question: task}, respondent: who, source: from, target: to, answer: said, strength: times, confidence: sure, wave: wave, evidence: passage,
         asked: {kind: recall, about: any, unnamed: no}, roles: [leader, senior], answers: {yes: [1, "yes"], no: [0, "no"], dont_know: [8]}, values: {often: 3, seldom: 1}}
      - {table: own.csv, respondent: who, target: partner, asked: {kind: recall, limit: 5, about: own}}
  - name: advice
    dimension: mutual_engagement
    directed: true
    nominations: {table: firms.csv, respondent: firm, columns: [net11, net12, {target: net13, strength: freq13}], asked: {kind: recall, limit: 3, about: own}}
  - name: meets
    dimension: mutual_engagement
    directed: false
    matrix: {table: roster, row: firm, columns: rest, respondent: asked_person, asked: {kind: roster, about: own}}
    unmatched: drop
affiliations:
  - {name: practices, dimension: shared_repertoire, table: practices.csv, where: {current: 2}, firm: farm, event: practice, split: "、"}
reconcile: any
layers:
  - {name: advice, relation: advice}
  - {name: union, union: [advice, joint_task, meets], weight: relations}
  - {name: shared_practices, projection: practices, weight: newman}
weights: strength
groups: [sector]
homophily: [employees]
metrics: {firm: [degree_in, betweenness, ei_index_by_sector, alter_mean_of_employees], cluster: [density, assortativity_by_sector]}
outcomes:
  - {name: innovativeness, level: firm, kind: continuous, table: outcomes.csv, id: firm, column: innov}
  - {name: year_adopted, level: firm, kind: time, table: outcomes.csv, id: firm, column: toa, censored_at: 20, entry: founded}
  - {name: practice_a, level: firm, kind: binary, table: practices_all.csv, where: {practice: A}, id: firm, column: ever, yes: [2]}
  - {name: practices_used, level: firm, kind: count, of: 12, components_of: practices, table: outcomes.csv, id: farm, column: total}
  - {name: sustainability, level: cluster, kind: ordinal, table: people.csv, id: cluster, respondent: person, column: rating, levels: [low, mid, high], combine: median}
models:
  - {level: firm, outcome: innovativeness, layers: [union], metrics: [degree_in, betweenness, ei_index_by_sector], controls: [employees], scaling: z_within}
  - {level: cluster, outcome: innovativeness, layers: [union], metrics: [density]}
`

// A study with every section has no fault.
func TestEverySection(t *testing.T) {
	var findings diag.List
	c, d := parseConfig([]byte(everything), "study.yaml", vocabulary(), &findings)
	(&checker{d, c, vocabulary()}).check()
	if findings.Len() > 0 {
		t.Fatal(findings.Render(true))
	}
	r := c.Relations[0].Reports[0]
	if r.Where[0].Column != "question" || r.Where[0].Values[0] != "task" || r.Answers.Yes[1] != "yes" || r.Asked.Unnamed != "no" || r.Values[0] != (Value{"often", 3}) {
		t.Errorf("%+v", r)
	}
	if s := c.Relations[1].Nominations[0].Columns; s[0].Target != "net11" || s[2] != (Slot{"net13", "freq13"}) {
		t.Errorf("slots %+v", s)
	}
	if m := c.Relations[2].Matrix[0]; !m.Columns.Rest || c.Firms.Attributes[0] != (AttributeColumn{"employees", "員工數"}) {
		t.Errorf("matrix %+v, attributes %+v", m, c.Firms.Attributes)
	}
	if want := []string{"1966", "true", "no", "~", "1.0"}; true {
		var texts []string
		(&decoder{findings: &findings, places: map[any]diag.Place{}, told: map[told]bool{}}).value(&texts, parsed(t, "[1966, true, no, ~, 1.0]"), "x")
		if !slices.Equal(texts, want) {
			t.Errorf("texts %v, want them as written: %v", texts, want)
		}
	}
}

func parsed(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Content[0]
}

// The schema takes what the decoder takes: every section above and every
// study at hand; and it refuses what is misspelt.
func TestSchema(t *testing.T) {
	text, err := Schema(vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	studies := map[string]string{"everything": everything}
	root := moduleRoot(t)
	for _, path := range []string{"datasets/twelve-clusters", "../shared/data/brfarmers", "../shared/data/medInnovations", "../shared/data/florentine"} {
		if config, err := os.ReadFile(filepath.Join(root, path, "study.yaml")); err == nil {
			studies[path] = string(config)
		}
	}
	for name, config := range studies {
		var v any
		if err := yaml.Unmarshal([]byte(config), &v); err != nil {
			t.Fatal(err)
		}
		if faults := violations(schema, v, name); len(faults) > 0 {
			t.Errorf("%s:\n%s", name, strings.Join(faults, "\n"))
		}
	}
	for _, bad := range []string{"studdy: x", "layers: [{name: a, weight: heavy}]", "relations: [{name: a, reports: {tabel: x, target: y}}]",
		"seed: x", "firms: [a]", "metrics: some", "metrics: {firm: [ei_index_by_]}", "metrics: {cluster: [degree]}", "tables: {a: {file: x, encoding: gb18030}}", "models: [{level: dyad}]"} {
		var v map[string]any
		if err := yaml.Unmarshal([]byte(everything), &v); err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal([]byte(bad), &v); err != nil {
			t.Fatal(err)
		}
		if len(violations(schema, v, "")) == 0 {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

// violations checks a value against the keywords that the schema uses.
func violations(schema map[string]any, v any, at string) []string {
	if forms, ok := schema["anyOf"].([]any); ok {
		var all []string
		for _, s := range forms {
			faults := violations(s.(map[string]any), v, at)
			if len(faults) == 0 {
				return nil
			}
			all = append(all, faults...)
		}
		return all
	}
	if want, ok := schema["const"]; ok && want != v {
		return []string{at + ": not the word"}
	}
	if list, ok := schema["enum"].([]any); ok && !slices.Contains(list, v) {
		return []string{at + ": not in the list"}
	}
	if pattern, ok := schema["pattern"].(string); ok {
		if text, _ := v.(string); !regexp.MustCompile(pattern).MatchString(text) {
			return []string{at + ": not of the pattern"}
		}
	}
	if kind, ok := schema["type"].(string); ok && !isKind(kind, v) {
		return []string{at + ": no " + kind}
	}
	var out []string
	switch v := v.(type) {
	case []any:
		items, _ := schema["items"].(map[string]any)
		for _, x := range v {
			out = append(out, violations(items, x, at)...)
		}
	case map[string]any:
		out = keyViolations(schema, v, at)
	}
	return out
}

func keyViolations(schema, v map[string]any, at string) []string {
	var out []string
	properties, _ := schema["properties"].(map[string]any)
	for key, x := range v {
		s, ok := properties[key].(map[string]any)
		if !ok {
			s, ok = schema["additionalProperties"].(map[string]any)
		}
		if !ok {
			out = append(out, at+": unknown key "+key)
			continue
		}
		out = append(out, violations(s, x, at+"/"+key)...)
	}
	required, _ := schema["required"].([]any)
	for _, key := range required {
		if _, ok := v[key.(string)]; !ok {
			out = append(out, at+": lacks "+key.(string))
		}
	}
	return out
}

func isKind(kind string, v any) bool {
	switch v.(type) {
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case int:
		return kind == "integer" || kind == "number"
	case float64:
		return kind == "number"
	case []any:
		return kind == "array"
	case map[string]any:
		return kind == "object"
	}
	return false
}

// Every key of study.yaml is explained.
func TestEveryKeyIsExplained(t *testing.T) {
	text, err := Schema(vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	explained(t, schema, "")
}

func explained(t *testing.T, schema map[string]any, at string) {
	properties, _ := schema["properties"].(map[string]any)
	for key, s := range properties {
		s := s.(map[string]any)
		if s["description"] == nil {
			t.Errorf("%s/%s has no description", at, key)
		}
		explained(t, s, at+"/"+key)
	}
	if items, ok := schema["items"].(map[string]any); ok {
		explained(t, items, at)
	}
	forms, _ := schema["anyOf"].([]any)
	for _, s := range forms {
		explained(t, s.(map[string]any), at)
	}
}
