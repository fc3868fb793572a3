// Command firmties builds firm-to-firm collaboration graphs per cluster from
// interviews, measures them, relates the measures to reported innovation and
// writes tables for notebooks. Its commands are thin: what they do is in
// packages pipeline and datasets.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
