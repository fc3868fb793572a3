// Package graphtest makes graphs for tests: shapes whose metrics are known in
// closed form, and random ones from a given stream; and it checks laws that
// every function of a graph must keep, whatever it computes.
//
// It refuses to know any metric: a law takes the function to be checked.
package graphtest
