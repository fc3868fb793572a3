//go:build unix

package intake

import (
	"path/filepath"
	"syscall"
	"testing"
)

// To open a pipe waits for ever: nothing may, whatever names it.
func TestPipe(t *testing.T) {
	data, dir := folder(t, map[string]string{"sub/x.csv": "a\n1\n"})
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.csv"), 0o644); err != nil {
		t.Skip("no pipes here:", err)
	}
	for file, want := range map[string]string{
		"pipe.csv": "study.yaml:7:10 file-kind", "*.csv": "study.yaml:7:10 file-kind", "pipe.csv/x.csv": "study.yaml:7:10 file-missing",
	} {
		rows, findings := opened(t, data, TableOptions{File: file})
		expect(t, file, rows, nil)
		expect(t, file, findings, []string{want})
	}
	rows, findings := opened(t, data, TableOptions{File: "*/?.csv"})
	expect(t, "rows", rows, []string{"2:1"})
	expect(t, "findings", findings, nil)
}
