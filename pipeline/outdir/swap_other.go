//go:build !linux

package outdir

import "errors"

// exchange makes two folders change places in one step, which only Linux can.
func exchange(a, b string) error { return errors.ErrUnsupported }

// isMount reports whether a folder is known to be a mount point.
func isMount(path string) bool { return false }
