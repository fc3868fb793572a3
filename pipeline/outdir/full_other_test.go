//go:build !unix

package outdir

// limitEnv is unused where there are no limits on the size of a file.
const limitEnv = "OUTDIR_TEST_LIMIT"

func publishLimited(string) {}
