package outdir

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"
)

// A disk that fills up while the second results are written keeps the first.
func TestDiskFull(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("firmties", disk, "tmpfs", 0, "size=96k"); err != nil {
		t.Skipf("no small disk can be mounted here: %v", err)
	}
	defer syscall.Unmount(disk, 0)
	path := filepath.Join(disk, "r")
	mustPublish(t, path, "salt", "1")
	if err := publish(path, "salt", "2", false); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got %v", err)
	}
	wantMark(t, path, "1")
	wantEntries(t, disk, "r")
}
