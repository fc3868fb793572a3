package intake

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"firmties/pipeline/diag"
)

// folder is a data folder on disk that no path or link leaves.
func folder(t *testing.T, files map[string]string) (fs.FS, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root.FS(), dir
}

func TestPaths(t *testing.T) {
	data, dir := folder(t, map[string]string{
		"firms.csv": "a\n1\n", "sub/x.csv": "a\n2\n", "sub/y.csv": "a\n3\n", "sub/~$x.csv": "lock", "sub/.z.csv": "hidden",
		"odd[1].csv": "a\n4\n", "../secret.csv": "a\nsecret\n",
	})
	link := func(to, from string) {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	link("firms.csv", "inside.csv")
	link("../secret.csv", "outside.csv")
	link(filepath.Join(dir, "..", "secret.csv"), "absolute.csv")
	link("..", "up")
	link("circle.csv", "circle.csv")
	link("nowhere.csv", "dangling.csv")
	const at = "study.yaml:7:10 "
	for _, c := range []struct {
		file           string
		rows, findings []string
		hint           string
	}{
		{"firms.csv", []string{"2:1"}, nil, ""},
		{"./sub/../firms.csv", []string{"2:1"}, nil, ""},
		{"inside.csv", []string{"2:1"}, nil, ""},
		{"sub/*.csv", []string{"2:2", "2:3"}, nil, ""},
		{"*/?.csv", []string{"2:2", "2:3"}, nil, ""},
		{"odd[1].csv", []string{"2:4"}, nil, ""},
		{"firm.csv", nil, []string{at + "file-missing"}, "firms.csv"},
		{"Sub/x.csv", nil, []string{at + "file-missing"}, "no folder Sub"},
		{"sub/z.csv", nil, []string{at + "file-missing"}, "sub/x.csv"},
		{"firms.csv/x", nil, []string{at + "file-missing"}, ""},
		{"sub/*.tsv", nil, []string{at + "file-missing"}, "sub/x.csv"},
		{"[", nil, []string{at + "file-missing"}, ""},
		{"a\x00b.csv", nil, []string{at + "file-missing"}, ""},
		{strings.Repeat("n", 5000), nil, []string{at + "file-missing"}, ""},
		{"dangling.csv", nil, []string{at + "file-missing"}, ""},
		{"circle.csv", nil, []string{at + "file-missing"}, ""},
		{"sub", nil, []string{at + "file-kind"}, "sub/*.csv"},
		{".", nil, []string{at + "file-kind"}, ""},
		{"../secret.csv", nil, []string{at + "file-outside"}, "--data"},
		{"sub/../../secret.csv", nil, []string{at + "file-outside"}, ""},
		{"../*.csv", nil, []string{at + "file-outside"}, ""},
		{filepath.Join(dir, "firms.csv"), nil, []string{at + "file-outside"}, ""},
		{"outside.csv", nil, []string{at + "file-outside"}, ""},
		{"absolute.csv", nil, []string{at + "file-outside"}, ""},
		{"up/secret.csv", nil, []string{at + "file-outside"}, ""},
	} {
		rows, findings := opened(t, data, TableOptions{File: c.file})
		expect(t, c.file, rows, c.rows)
		expect(t, c.file, findings, c.findings)
		if hint := hints(data, TableOptions{File: c.file}); !strings.Contains(hint, c.hint) {
			t.Errorf("%s: hint %q lacks %q", c.file, hint, c.hint)
		}
	}
}

func TestClusterOfFile(t *testing.T) {
	var list diag.List
	data := fstest.MapFS{"c/North.csv": {Data: []byte("a\n1\n")}, "c/鹽村.csv": {Data: []byte("a\n1\n")}}
	r := newReader(context.Background(), data, nil, &list)
	parts := r.parts(TableOptions{File: "c/*.csv", Cluster: "file"}, somewhere)
	if len(parts) != 2 || parts[0].cluster != "North" || parts[1].cluster != "鹽村" {
		t.Error(parts, list.Render(true))
	}
}

func TestKinds(t *testing.T) {
	zip := "PK\x03\x04\x14\x00\x00\x00"
	for _, c := range []struct{ name, content, kind string }{
		{"a.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"},
		{"a.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"},
		{"a.ods", zip + "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ".ods"},
		{"a.csv", zip + "[Content_Types].xml", ".xlsx"},
		{"a.zip", zip + "whatever", "zip"},
		{"a.pdf", "%PDF-1.7", "PDF"},
		{"a.csv", "%PDF-1.7", "PDF"},
		{"a.parquet", "PAR1", "Parquet"},
		{"a.arrow", "ARROW1\x00\x00", "Arrow"},
		{"a.csv.gz", "\x1f\x8b\x08", "gzip"},
		{"a.sav", "$FL2@(#)", "SPSS"},
		{"a.xls", " \n<HTML><table>", "web page"},
		{"a.json", `{"a": 1}`, ".json"},
		{"a.xlsx", "a,b\n1,2\n", "is none"},
		{"a.csv", "\x01\x02\x00\x03\xff", "zero byte"},
	} {
		var list diag.List
		r := newReader(context.Background(), oneFile(c.name, c.content), nil, &list)
		parts := r.parts(TableOptions{File: c.name}, somewhere)
		if all := list.Render(true); len(parts) > 0 || list.Count(diag.FileKind) != 1 || !strings.Contains(all, c.kind) {
			t.Errorf("%s %q: %s", c.name, c.content, all)
		}
	}
}

// denied is a folder whose files may not be read.
type denied struct{ fs.FS }

func (d denied) Open(name string) (fs.File, error) {
	if name == "." {
		return d.FS.Open(name)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// An unreadable file is the environment's fault, not the study's.
func TestUnreadable(t *testing.T) {
	var list diag.List
	r := newReader(context.Background(), denied{oneFile("a.csv", "a\n1\n")}, nil, &list)
	parts := r.parts(TableOptions{File: "a.csv"}, somewhere)
	if !errors.Is(r.failure(), fs.ErrPermission) || !strings.Contains(r.failure().Error(), "read a.csv") || parts != nil || list.Len() > 0 {
		t.Errorf("failure %v, findings %s", r.failure(), list.Render(true))
	}
}

func TestChangedBetweenPasses(t *testing.T) {
	var list diag.List
	data := oneFile("a.csv", "a\n1\n")
	r := newReader(context.Background(), data, nil, &list)
	parts := r.parts(TableOptions{File: "a.csv"}, somewhere)
	data["a.csv"] = &fstest.MapFile{Data: []byte("a\n1\n2\n")}
	rows := readAll(parts)
	if r.failure() == nil || len(rows) > 0 {
		t.Errorf("rows %q of a file that changed", rows)
	}
}

// huge is a folder that says its files are larger than they are.
type huge struct{ fs.FS }

func (h huge) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(h.FS, name)
	return hugeInfo{info}, err
}

type hugeInfo struct{ fs.FileInfo }

func (hugeInfo) Size() int64 { return 5 << 30 }

func TestFileTooLarge(t *testing.T) {
	for _, name := range []string{"a.csv", "a.xlsx"} {
		rows, findings := opened(t, huge{oneFile(name, "a\n1\n")}, TableOptions{File: name})
		expect(t, "rows", rows, nil)
		expect(t, "findings", findings, []string{name + " file-too-large"})
	}
}
