// Package study holds the words of the domain as types. It refuses to read
// files, to draw conclusions and to know what a graph is.
//
// # Glossary
//
//	study        a folder with study.yaml and the analyst's own tables
//	cluster      a bounded group of firms (an industrial cluster, a village of farms, a town)
//	firm         a node; belongs to exactly one cluster; identified by a string, end to end
//	respondent   a person interviewed; may speak for a firm, or for none; has a role
//	relation     a kind of tie asked about; directed or not; has a Communities-of-Practice dimension
//	section      one sheet of a relation's reports, with its own question (who was asked about what)
//	tie report   one respondent's answer about one pair of firms and one relation
//	observed pair  a pair that at least one respondent could have named and did not answer "don't know" to
//	affiliation  firm x event (a shared practice, a collaborative task): two-mode data
//	tie          what the reports on one (cluster, relation, source, target) amount to under a named rule
//	layer        a named way of making a graph: a relation, a union of relations, a projection of an affiliation
//	network      one layer in one cluster
//	metric       one number with one definition and one convention, about a firm or a cluster's network
//	outcome      reported innovation or sustainability of a firm or cluster
//	association  an estimated relation between metric and outcome, with its uncertainty
//	finding      something wrong or doubtful in the analyst's data, with its place
//
// # Indices
//
// Within the program clusters, firms and respondents are indices into the
// sorted slices of [Study]; the firms of a cluster are contiguous, and a
// firm's node in a graph is its index less the cluster's FirstFirm. Outside
// the program they are their ids, end to end.
package study
