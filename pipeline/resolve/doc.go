// Package resolve owns the question which firm a reported name means. It
// compares a name with the ids, labels and aliases of the firms of one
// cluster, in that order and only then without regard to case, spaces,
// punctuation and legal forms; where no step gives exactly one firm it says
// so, with the nearest names as a hint, and never guesses. Every decision is a
// row of the table `resolutions`.
//
// It also says of every report what became of it ([study.Fate]), but for
// repeated reports, which reconcile finds. It refuses to know what a rule of
// reconciliation or a graph is.
package resolve
