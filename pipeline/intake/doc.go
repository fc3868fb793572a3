// Package intake owns the study folder: study.yaml and the formats of the
// analyst's tables. It is the only package that reads. It opens, decodes and
// checks, and hands over a study.Study together with everything that is wrong
// or doubtful in it, with its place.
//
// It refuses to interpret: a name that a respondent reported stays as it is
// written (package resolve finds its firm), and several reports of one tie
// stay several (package reconcile).
//
// [Config] is the one source of what study.yaml may say: the decoder, its
// messages and the JSON Schema for editors are derived from the type.
package intake
