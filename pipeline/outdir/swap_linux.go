package outdir

import "golang.org/x/sys/unix"

// exchange makes two folders change places in one step.
func exchange(a, b string) error {
	return unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
}

// isMount reports whether a folder is a mount point, which cannot be renamed.
func isMount(path string) bool {
	var info unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, path, 0, 0, &info)
	return err == nil && info.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0
}
