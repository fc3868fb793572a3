package intake

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"firmties/pipeline/diag"
)

// mostNodes bounds what study.yaml can expand to through its aliases; the
// largest real ones have some thousand.
const mostNodes = 100_000

// decoder fills a Config from YAML and remembers where everything stood.
type decoder struct {
	file     string
	lists    map[string][]string // the closed lists by name
	findings *diag.List
	places   map[any]diag.Place // by pointer to the field, item or struct
	told     map[told]bool
	nodes    int
	within   map[*yaml.Node]bool // anchors being expanded
}

// at is where a field or item of the Config stands, given its address; where
// it was omitted the place is the file's.
func (d *decoder) at(field any) diag.Place {
	if p, ok := d.places[field]; ok {
		return p
	}
	return diag.Place{File: d.file, Line: 1, Column: 1}
}

func (d *decoder) note(field any, n *yaml.Node)       { d.places[field] = d.place(n) }
func (d *decoder) noteAt(field any, place diag.Place) { d.places[field] = place }

func (d *decoder) place(n *yaml.Node) diag.Place {
	return diag.Place{File: d.file, Line: max(n.Line, 1), Column: max(n.Column, 1)}
}

// told is a finding about study.yaml. What stands once there, and is used many
// times through an alias or for many sheets, is told once.
type told struct {
	code    diag.Code
	at      diag.Place
	message string
}

func (d *decoder) tell(code diag.Code, at diag.Place, value, message, hint string) {
	if x := (told{code, at, message}); !d.told[x] {
		d.told[x] = true
		d.findings.Add(code, at, value, message, hint)
	}
}

func (d *decoder) add(code diag.Code, n *yaml.Node, value, message, hint string) {
	d.tell(code, d.place(n), value, message, hint)
}

// value decodes a node into what target points to. The name is that of the
// key, for messages.
func (d *decoder) value(target any, n *yaml.Node, name string) {
	d.note(target, n)
	n, leave := d.expand(n)
	if n == nil {
		return
	}
	defer leave()
	if s, ok := target.(shape); ok {
		s.decode(d, n, name)
		return
	}
	v := reflect.ValueOf(target).Elem()
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Interface(), n, name)
	case reflect.Struct:
		d.section(v, n, name)
	case reflect.Slice:
		d.list(v, n, name)
	default:
		d.scalar(v, n, name)
	}
}

// expand follows an alias, and stops what would not end: a node within
// itself, or more nodes than any study has.
func (d *decoder) expand(n *yaml.Node) (*yaml.Node, func()) {
	if d.nodes++; d.nodes > mostNodes {
		if d.nodes == mostNodes+1 {
			d.add(diag.YAMLLimit, n, "", fmt.Sprintf("%s expands to more than %d values", d.file, mostNodes),
				"aliases (*name) repeat what they stand for; write the sections out")
		}
		return nil, nil
	}
	if n.Kind != yaml.AliasNode {
		if n.Anchor == "" {
			return n, func() {}
		}
		d.within[n] = true
		return n, func() { delete(d.within, n) }
	}
	of := n.Alias
	if d.within[of] {
		d.add(diag.YAMLLimit, n, "*"+n.Value, fmt.Sprintf("*%s stands within itself", n.Value), "write the value out")
		return nil, nil
	}
	d.within[of] = true
	return of, func() { delete(d.within, of) }
}

// pair is one key of a mapping with its value.
type pair struct{ key, value *yaml.Node }

// pairs returns the keys of a mapping in their order, without those that
// repeat; none where the node is something else.
func (d *decoder) pairs(n *yaml.Node, name string) []pair {
	if n.Kind != yaml.MappingNode {
		d.add(diag.TypeWrong, n, n.Value, fmt.Sprintf("%s is %s, where keys with values are expected", name, what(n)),
			"write it as {key: value}")
		return nil
	}
	first := map[string]*yaml.Node{}
	var out []pair
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Kind != yaml.ScalarNode:
			d.add(diag.TypeWrong, key, "", fmt.Sprintf("a key of %s is %s, where text is expected", name, what(key)),
				"a key is a word with a colon after it")
		case first[key.Value] != nil:
			d.add(diag.KeyRepeated, key, key.Value, fmt.Sprintf("%q stands twice in %s", key.Value, name),
				fmt.Sprintf("it is already in line %d; keep one of them", first[key.Value].Line))
		default:
			first[key.Value] = key
			out = append(out, pair{key, value})
		}
	}
	return out
}

// section decodes a mapping with known keys.
func (d *decoder) section(v reflect.Value, n *yaml.Node, name string) {
	if n.Kind != yaml.MappingNode {
		d.pairs(n, name) // says so
		return
	}
	fields := fieldsOf(v)
	given := map[string]bool{}
	for _, p := range d.pairs(n, name) {
		i := slices.IndexFunc(fields, func(f field) bool { return f.key == p.key.Value })
		if i < 0 {
			d.unknownKey(p.key, name, fields)
			continue
		}
		if without(p.value, fields[i].required) {
			continue
		}
		given[fields[i].key] = true
		d.value(fields[i].value.Addr().Interface(), p.value, fields[i].key)
		d.choice(fields[i])
	}
	for _, f := range fields {
		if f.required && !given[f.key] {
			d.add(diag.KeyMissing, n, f.key, fmt.Sprintf("%s lacks %q", name, f.key), f.doc)
		}
	}
}

// without reports whether a key has no value, which is as good as omitting it.
// A required text is not given by quotes with nothing between them either.
func without(n *yaml.Node, required bool) bool {
	if n.Kind != yaml.ScalarNode {
		return false
	}
	return n.Tag == "!!null" || required && strings.TrimSpace(n.Value) == ""
}

func (d *decoder) unknownKey(key *yaml.Node, name string, fields []field) {
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.key
	}
	d.add(diag.KeyUnknown, key, key.Value, fmt.Sprintf("unknown key %q in %s", key.Value, name), choiceHint(key.Value, known))
}

// choice checks a field against its closed list.
func (d *decoder) choice(f field) {
	list := f.enum
	if list == nil {
		list = d.lists[f.list]
	}
	if list == nil {
		return
	}
	switch x := f.value.Addr().Interface().(type) {
	case *string:
		d.choose(x, f.key, list)
	case *[]string:
		for i := range *x {
			d.choose(&(*x)[i], f.key, list)
		}
	}
}

func (d *decoder) choose(x *string, key string, list []string) {
	if *x == "" && d.wrongType(x) || onList(*x, list) {
		return
	}
	d.tell(diag.ChoiceUnknown, d.at(x), *x, fmt.Sprintf("%s: unknown value %q", key, *x), choiceHint(*x, list))
}

// list decodes a sequence.
func (d *decoder) list(v reflect.Value, n *yaml.Node, name string) {
	if n.Kind != yaml.SequenceNode {
		d.add(diag.TypeWrong, n, n.Value, fmt.Sprintf("%s is %s, where a list is expected", name, what(n)), "write it as [first, second]")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		d.value(v.Index(i).Addr().Interface(), item, name)
	}
}

// scalar decodes a single value. Text is taken as it is written, so that
// 1, "1" and yes compare with cells.
func (d *decoder) scalar(v reflect.Value, n *yaml.Node, name string) {
	if n.Kind != yaml.ScalarNode {
		d.wrong(v, n, name, "text", "write one text, in quotes if it holds a colon, a bracket or a brace")
		return
	}
	text := strings.TrimSpace(n.Value)
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
	case reflect.Bool:
		b, ok := truth(text)
		if !ok {
			d.wrong(v, n, name, "true or false", writeAs(name, "true"))
		}
		v.SetBool(b)
	case reflect.Int:
		x, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			d.wrong(v, n, name, "a whole number", writeAs(name, "5"))
		}
		v.SetInt(x)
	case reflect.Uint64:
		x, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			d.wrong(v, n, name, "a whole number from 0", writeAs(name, "1966"))
		}
		v.SetUint(x)
	case reflect.Float64:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			d.wrong(v, n, name, "a number", writeAs(name, "1.5"))
		}
		v.SetFloat(x)
	}
}

// writeAs is the hint at how a value is written.
func writeAs(name, example string) string { return fmt.Sprintf("write it as `%s: %s`", name, example) }

func (d *decoder) wrong(v reflect.Value, n *yaml.Node, name, expected, hint string) {
	d.add(diag.TypeWrong, n, n.Value, fmt.Sprintf("%s is %s, where %s is expected", name, what(n), expected), hint)
	delete(d.places, v.Addr().Interface())
}

// wrongType reports whether a field was refused by wrong.
func (d *decoder) wrongType(field any) bool {
	_, ok := d.places[field]
	return !ok
}

func truth(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes":
		return true, true
	case "false", "no":
		return false, true
	}
	return false, false
}

// what describes a node in messages.
func what(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a map"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	if n.Value == "" {
		return "empty"
	}
	return strconv.Quote(n.Value)
}

// field is one key that a section may have.
type field struct {
	key      string
	value    reflect.Value
	required bool
	enum     []string // the closed list written at the field
	list     string   // the name of its closed list
	doc      string
}

// fieldsOf lists the keys of a section, those of embedded structs included.
func fieldsOf(v reflect.Value) []field {
	var out []field
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			out = append(out, fieldsOf(v.Field(i))...)
			continue
		}
		x := field{key: f.Tag.Get("yaml"), value: v.Field(i), doc: f.Tag.Get("jsonschema_description")}
		for _, tag := range strings.Split(f.Tag.Get("jsonschema"), ",") {
			if tag == "required" {
				x.required = true
			} else if choice, ok := strings.CutPrefix(tag, "enum="); ok {
				x.enum = append(x.enum, choice)
			}
		}
		x.list, _ = strings.CutPrefix(f.Tag.Get("jsonschema_extras"), "list=")
		out = append(out, x)
	}
	return out
}
