package pipeline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// policy is the package table of the design: what each package may import
// besides the standard library, golang.org/x and testing tools. A package may
// import only rows above it; that the rows are in such an order is tested too.
var policy = []struct {
	pkg   string
	may   []string // packages of this module; "..." takes all below
	other []string // modules from outside
}{
	{"datasets", nil, nil},
	{"datasets/simulate", nil, nil},
	{"graphs", nil, []string{"gonum.org/v1/gonum"}},
	{"graphs/graphtest", []string{"graphs"}, nil},
	{"graphs/metrics", []string{"graphs"}, []string{"gonum.org/v1/gonum"}},
	{"graphs/null", []string{"graphs"}, nil},
	{"graphs/peerbench", []string{"graphs", "graphs/metrics", "graphs/null"}, nil},
	{"pipeline/diag", nil, nil},
	{"pipeline/seed", nil, nil},
	{"pipeline/table", nil, nil},
	{"pipeline/stats", nil, []string{"gonum.org/v1/gonum"}},
	{"pipeline/study", []string{"pipeline/diag", "pipeline/table"}, nil},
	{"pipeline/intake", []string{"pipeline/diag", "pipeline/study"},
		[]string{"go.yaml.in/yaml/v3", "github.com/xuri/excelize/v2", "github.com/invopop/jsonschema", "github.com/agnivade/levenshtein"}},
	{"pipeline/resolve", []string{"pipeline/diag", "pipeline/table", "pipeline/study"}, []string{"github.com/agnivade/levenshtein"}},
	{"pipeline/reconcile", []string{"pipeline/diag", "pipeline/table", "pipeline/study"}, nil},
	{"pipeline/networks", []string{"pipeline/diag", "pipeline/seed", "pipeline/table", "graphs", "graphs/null", "pipeline/study"}, nil},
	{"pipeline/measure", []string{"graphs", "graphs/metrics", "graphs/null", "pipeline/seed", "pipeline/table", "pipeline/study", "pipeline/networks"}, nil},
	{"pipeline/associate", []string{"pipeline/diag", "pipeline/seed", "pipeline/table", "pipeline/stats"}, nil},
	{"pipeline/arrowio", []string{"pipeline/table"}, []string{"github.com/apache/arrow/go/v15"}},
	{"pipeline/report", []string{"pipeline/diag", "pipeline/table"}, nil},
	{"pipeline/outdir", nil, []string{"github.com/gofrs/flock"}},
	{"pipeline", []string{"graphs", "graphs/metrics", "graphs/null", "pipeline/..."}, nil},
	{"pipeline/stats/calibration", []string{"pipeline", "pipeline/intake", "pipeline/seed", "pipeline/stats", "pipeline/study", "pipeline/table"},
		[]string{"gonum.org/v1/gonum"}},
	{"cmd/firmties", []string{"pipeline/...", "datasets/...", "graphs/metrics"},
		[]string{"github.com/spf13/cobra", "github.com/agnivade/levenshtein"}},
}

// Only arrowio may import Arrow in the program itself; tests may read back
// what they wrote with anything.
const module = "firmties"

func TestPackageTable(t *testing.T) {
	rows := map[string]int{}
	for i, p := range policy {
		rows[p.pkg] = i
	}
	for pkg, imports := range moduleImports(t) {
		row, ok := rows[pkg]
		if !ok {
			t.Errorf("package %s has no row in the package table", pkg)
			continue
		}
		p := policy[row]
		for _, imp := range imports {
			inner, ours := strings.CutPrefix(imp, module+"/")
			switch {
			case ours && !allowed(p.may, inner):
				t.Errorf("%s may not import %s", pkg, inner)
			case ours && inner != "pipeline" && rows[inner] >= row:
				t.Errorf("%s imports %s, which does not stand above it", pkg, inner)
			case !ours && !fromOutside(p.other, imp):
				t.Errorf("%s may not import %s", pkg, imp)
			}
		}
	}
}

func allowed(may []string, pkg string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		tree, all := strings.CutSuffix(m, "/...")
		return m == pkg || all && (pkg == tree || strings.HasPrefix(pkg, tree+"/"))
	})
}

func fromOutside(modules []string, imp string) bool {
	first, _, _ := strings.Cut(imp, "/")
	if !strings.Contains(first, ".") || strings.HasPrefix(imp, "golang.org/x/") {
		return true // the standard library and its annex
	}
	return slices.ContainsFunc(modules, func(m string) bool { return imp == m || strings.HasPrefix(imp, m+"/") })
}

// moduleImports reads the imports of every package of the module, its tests
// left out, by the package's path within it.
func moduleImports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || path != ".." && strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if strings.Contains(string(src), "//go:build ignore") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", filepath.Dir(path))
		pkg := filepath.ToSlash(rel)
		found[pkg] = append(found[pkg], importsOf(file.Imports)...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func importsOf(specs []*ast.ImportSpec) []string {
	var imports []string
	for _, s := range specs {
		path, _ := strconv.Unquote(s.Path.Value)
		imports = append(imports, path)
	}
	return imports
}
