// Package networks owns the step from ties to graphs: one graph per layer of a
// cluster, be it a relation, a union of relations or the projection of an
// affiliation, with how much of it is observed. It is the only place where a
// firm becomes a node: the node is the firm's index less its cluster's
// FirstFirm. It refuses to know metrics and how a tie came about.
package networks
