// Package metrics holds the measures of a network and of the firms in it.
//
// It owns [Catalogue], the one list of metrics, each a value that says what it
// means, where it comes from, when it is undefined and how it is computed; the
// closed list of [Reason] for a metric without a value; and [Runner], which
// computes a list of metrics over one network after another, sharing what they
// have in common and reusing its memory.
//
// A metric is added by one function in the file of its family and one row in
// the catalogue; another convention is another metric with another name.
//
// It refuses to know firms by name, files, and how a tie was established. Its
// results are never NaN or infinite: whether a value is defined is decided by
// the row's reasons before the function runs.
package metrics
