package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"firmties/pipeline/diag"
)

// LargestConfig bounds study.yaml, in bytes; the largest real ones have some
// kilobytes. A caller need not read more than one byte beyond it.
const LargestConfig = 1 << 20

// parseConfig reads study.yaml. What is wrong with it becomes findings, all of
// them at once; only a file that is no YAML at all stops at its first fault.
func parseConfig(data []byte, name string, v Vocabulary, findings *diag.List) (*Config, *decoder) {
	d := &decoder{file: name, lists: closedLists(v), findings: findings,
		places: map[any]diag.Place{}, told: map[told]bool{}, within: map[*yaml.Node]bool{}}
	c := &Config{}
	if root := d.parse(data); root != nil {
		d.value(c, root, name)
	}
	return c, d
}

// parse returns the root of the only document, or nil.
func (d *decoder) parse(data []byte) *yaml.Node {
	if len(data) > LargestConfig {
		d.findings.Add(diag.YAMLLimit, d.at(nil), "", fmt.Sprintf("%s has more than %d bytes", d.file, LargestConfig), "is it the right file?")
		return nil
	}
	if line := badUTF8(data); line > 0 {
		d.syntax(line, "this is not UTF-8", "save the file as UTF-8")
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	err := decode(decoder, &doc)
	if errors.Is(err, io.EOF) || err == nil && empty(&doc) {
		d.syntax(1, "the file is empty", "the least it needs is study:, firms: and relations:")
		return nil
	}
	if err != nil {
		d.syntaxError(err, data)
		return nil
	}
	if err := decode(decoder, &second); !errors.Is(err, io.EOF) {
		d.syntax(max(second.Line, 1), "a second document starts here (---)", "a study is one document; remove the line of dashes")
		return nil
	}
	return doc.Content[0]
}

// decode keeps a panic of the YAML library from reaching the user.
func decode(decoder *yaml.Decoder, n *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	return decoder.Decode(n)
}

func empty(doc *yaml.Node) bool {
	return len(doc.Content) == 0 || doc.Content[0].Kind == yaml.ScalarNode && doc.Content[0].Value == ""
}

func (d *decoder) syntax(line int, message, hint string) {
	d.findings.Add(diag.YAMLSyntax, diag.Place{File: d.file, Line: line, Column: 1}, "", message, hint)
}

var (
	yamlLine   = regexp.MustCompile(`^yaml: line (\d+): (.*)$`)
	yamlAnchor = regexp.MustCompile(`unknown anchor '(.*)' referenced`)
)

// syntaxError tells an error of the YAML library with the best place there
// is: the library names no line for the first one, for anchors and for
// control characters.
func (d *decoder) syntaxError(err error, data []byte) {
	line, message := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
		if fromZero(message) {
			line++
		}
	} else if m := yamlAnchor.FindStringSubmatch(message); m != nil {
		line = lineOf(data, max(bytes.Index(data, []byte("*"+m[1])), 0))
	} else if i := bytes.IndexFunc(data, isControl); i >= 0 && strings.Contains(message, "control characters") {
		line = lineOf(data, i)
	}
	hint := "a value with a colon, a quote or one of @ ` % in front needs quotes; brackets and quotes must close"
	if tab := tabLine(data); tab > 0 && strings.Contains(message, "tab") || tab == line {
		line, hint = tab, "indent with spaces: YAML does not take tabs"
	}
	d.syntax(max(line, 1), message, hint)
}

// fromZero reports whether the line of an error counts from 0: the library's
// parser counts so in its messages, its scanner from 1.
func fromZero(message string) bool {
	for _, m := range []string{"',' or", "key", "'-' indicator", "node content", "<document start>"} {
		if strings.HasPrefix(message, "did not find expected "+m) {
			return true
		}
	}
	return false
}

func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f
}

// tabLine is the first line that is indented with a tab, or 0.
func tabLine(data []byte) int {
	line := 0
	for text := range bytes.Lines(data) {
		line++
		indent := text[:len(text)-len(bytes.TrimLeft(text, " \t"))]
		if bytes.ContainsRune(indent, '\t') {
			return line
		}
	}
	return 0
}

// badUTF8 is the first line that is not UTF-8, or 0. UTF-16 with a byte order
// mark, which YAML allows, is not taken either.
func badUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return lineOf(data, i)
		}
		i += size
	}
	return 0
}

func lineOf(data []byte, offset int) int { return 1 + bytes.Count(data[:offset], []byte("\n")) }
