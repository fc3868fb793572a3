// Package reconcile owns the step from reports to ties: who could have been
// asked about a pair of firms, what they said or left unsaid, and what that
// amounts to under a named rule. It refuses to know names as they were written
// and graphs.
//
// # Silence
//
// A respondent who could have named a pair and did not says no, unless the
// section's `unnamed` is unknown. That is never written down pair by pair: who
// could have been asked is kept as counts per firm (see counts), and only the
// pairs with a report are looked at, so that a cluster costs its reports and
// its firms, not its pairs.
//
// Reports that resolve has dropped, for whatever reason, say nothing: their
// respondents are silent about the pair.
//
// # One respondent, one voice
//
// A respondent counts once per pair, over all sections of the relation. What
// was said beats what was left unsaid, yes beats no (with a warning), and no
// beats don't know.
package reconcile
