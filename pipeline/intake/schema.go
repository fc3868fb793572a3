package intake

import (
	"bytes"
	"encoding/json"

	"github.com/invopop/jsonschema"
)

// Schema returns the JSON Schema of study.yaml, for editors: it completes
// keys, knows the closed lists and shows what each key means.
func Schema(v Vocabulary) ([]byte, error) {
	s := reflected(Config{})
	s.Title = "study.yaml of firmties"
	s.Description = "How the analyst's own tables map to clusters, firms, respondents, ties and outcomes."
	closeLists(s, closedLists(v))
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// reflected derives a schema from a type and its tags.
func reflected(v any) *jsonschema.Schema {
	r := jsonschema.Reflector{FieldNameTag: "yaml", RequiredFromJSONSchemaTags: true, DoNotReference: true, Anonymous: true, ExpandedStruct: true}
	return r.Reflect(v)
}

// closeLists turns the tags that name a closed list, anywhere in a schema,
// into the list. Where text is free, numbers and true and false are taken too,
// as the decoder takes them: as they are written.
func closeLists(s *jsonschema.Schema, lists map[string][]string) {
	if s == nil {
		return
	}
	if name, ok := s.Extras["list"].(string); ok {
		s.Extras = nil
		of := s
		if s.Items != nil {
			of = s.Items
		}
		closeList(of, lists[name])
	}
	if s.Type == "string" && s.Enum == nil && s.AnyOf == nil {
		s.Type, s.AnyOf = "", scalarSchema().AnyOf
		return
	}
	if s.Properties != nil {
		for p := s.Properties.Oldest(); p != nil; p = p.Next() {
			closeLists(p.Value, lists)
		}
	}
	closeLists(s.Items, lists)
	closeLists(s.AdditionalProperties, lists)
	for _, x := range s.AnyOf {
		closeLists(x, lists)
	}
}

// closeList makes a text one of a list. An open entry becomes a pattern.
func closeList(s *jsonschema.Schema, list []string) {
	var entries []any
	var open []*jsonschema.Schema
	for _, entry := range list {
		if text, ok := stem(entry); ok {
			open = append(open, &jsonschema.Schema{Pattern: "^" + text + "[a-z][a-z0-9_]*$"})
		} else {
			entries = append(entries, entry)
		}
	}
	if open == nil {
		s.Enum = entries
		return
	}
	s.AnyOf = append([]*jsonschema.Schema{{Enum: entries}}, open...)
}
