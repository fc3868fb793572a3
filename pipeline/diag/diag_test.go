package diag

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// TestEveryCodeIsDocumentedAndPrinted reads the codes from the source, so that
// none can be added without a row of Infos.
func TestEveryCodeIsDocumentedAndPrinted(t *testing.T) {
	documented := map[Code]bool{}
	for _, in := range Infos() {
		if documented[in.Code] || in.Doc == "" {
			t.Errorf("%s has two rows, or one without words", in.Code)
		}
		documented[in.Code] = true
		f := Finding{Code: in.Code, Severity: in.Code.Severity(), Place: Place{File: "ties.csv", Line: 3, Column: 7}, Message: in.Doc}
		if text := f.String(); !strings.HasPrefix(text, "ties.csv:3:7: ") || !strings.HasSuffix(text, "["+string(in.Code)+"]\n") {
			t.Errorf("%s prints as %q", in.Code, text)
		}
	}
	for _, code := range declaredCodes(t) {
		if !documented[code] {
			t.Errorf("%s has no row", code)
		}
	}
}

func declaredCodes(t *testing.T) []Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value); err == nil {
			codes = append(codes, Code(text))
		}
		return true
	})
	if len(codes) < 20 {
		t.Fatalf("only %d codes found", len(codes))
	}
	return codes
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		place Place
		want  string
	}{
		{Place{}, ""},
		{Place{File: "a.csv"}, "a.csv"},
		{Place{File: "a.csv", Line: 2}, "a.csv:2"},
		{Place{File: "a.csv", Line: 2, Column: 3}, "a.csv:2:3"},
		{Place{File: "s.xlsx", Sheet: "Ties"}, "s.xlsx:Ties"},
		{Place{File: "s.xlsx", Sheet: "Ties", Line: 14, Column: 3}, "s.xlsx:Ties!C14"},
		{Place{File: "s.xlsx", Sheet: "Ties", Line: 1, Column: 26}, "s.xlsx:Ties!Z1"},
		{Place{File: "s.xlsx", Sheet: "Ties", Line: 1, Column: 27}, "s.xlsx:Ties!AA1"},
		{Place{File: "s.xlsx", Sheet: "Ties", Line: 1, Column: 703}, "s.xlsx:Ties!AAA1"},
	} {
		if got := c.place.String(); got != c.want {
			t.Errorf("%+v is %q, want %q", c.place, got, c.want)
		}
	}
}

// ExampleList_Render is the form of design section 8.
func ExampleList_Render() {
	var l List
	l.Add(NameUnresolved, Place{File: "farms.csv", Line: 214, Column: 9}, "1O7",
		`net12: "1O7" is not a firm of cluster 11`,
		"nominated by farm 1103; the nearest id is \"1107\"\nfix the cell, or add a line to aliases.csv")
	fmt.Print(l.Render(false))
	// Output:
	// farms.csv:214:9: warning: net12: "1O7" is not a firm of cluster 11 [name-unresolved]
	//     nominated by farm 1103; the nearest id is "1107"
	//     fix the cell, or add a line to aliases.csv
}

// At most 20 errors of a code in a file are shown, and a warning that repeats
// is one line; nothing is lost of the count.
func TestRenderIsShortAndCounts(t *testing.T) {
	var l List
	for i := range 50 {
		l.Add(IDRepeated, Place{File: "firms.csv", Line: 50 - i}, "", "repeated", "")
		l.Add(SelfReport, Place{File: "ties.csv", Line: 50 - i}, "", "itself", "")
	}
	short := l.Render(false)
	if got := strings.Count(short, "repeated ["); got != 20 {
		t.Errorf("%d errors are shown", got)
	}
	for _, want := range []string{"firms.csv:1: repeated", "firms.csv: 30 more [id-repeated]", "ties.csv:1: warning: itself (and 49 more like it in ties.csv)"} {
		if !strings.Contains(short, want) {
			t.Errorf("no %q in\n%s", want, short)
		}
	}
	if all := l.Render(true); strings.Count(all, "\n") != 100 {
		t.Errorf("all of them are %d lines", strings.Count(all, "\n"))
	}
	if l.Len() != 100 || l.Count(SelfReport) != 50 || !l.HasErrors() {
		t.Errorf("%d findings, %d of self-reports, errors %t", l.Len(), l.Count(SelfReport), l.HasErrors())
	}
}

// A file with more findings than are kept does not fill the memory, and an
// error among them is not lost.
func TestKeptFindingsAreBounded(t *testing.T) {
	var part List
	for i := range keep + 5 {
		part.Add(NameUnresolved, Place{File: "ties.csv", Line: i + 1}, "", "unknown", "")
	}
	part.AddAs(Error, NameUnresolved, Place{File: "ties.csv", Line: 1}, "", "refused", "")
	var l List
	l.Merge(part)
	if got := len(l.Sorted()); got != keep+1 {
		t.Errorf("%d findings are kept", got)
	}
	if l.Len() != keep+6 || !l.HasErrors() {
		t.Errorf("%d findings counted, errors %t", l.Len(), l.HasErrors())
	}
	errors := l.Of(Error)
	if errors.Len() != 1 {
		t.Errorf("%d errors", errors.Len())
	}
	if text := l.Render(true); !strings.Contains(text, "(and 5 more like it in ties.csv)") {
		t.Error("what is counted only is not told")
	}
}

// A cell cannot steer the terminal.
func TestControlCharactersAreShown(t *testing.T) {
	f := Finding{Code: NameUnresolved, Message: "a\x1b[2Jb\nc", Hint: "d\re"}
	if got := f.String(); strings.ContainsAny(got, "\x1b\r") || strings.Count(got, "\n") != 2 {
		t.Errorf("printed as %q", got)
	}
}
