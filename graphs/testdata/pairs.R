# Values of pairs of nodes, and of pairs of graphs, by igraph and sna.
#
# usage: Rscript pairs.R     writes pairs_arcs.csv, pairs_values.csv and pairs_of_graphs.csv beside it
#
# pairs_arcs.csv:      graph, directed (1 or 0), nodes, from, to; a row for each tie, nodes from 0
# pairs_values.csv:    graph, measure, from, to, value: edge_betweenness (igraph::edge_betweenness),
#                      distance (igraph::distances, -1 where there is no path) and sedist
#                      (sna::sedist, method "euclidean", which leaves out all four cells of the two nodes)
# pairs_of_graphs.csv: a, b, measure, value: gcor (sna::gcor) and degree_correlation (stats::cor of the
#                      degrees) of graphs with the same nodes and direction
#
# Run with R 4.2.2, igraph 1.3.5, sna 2.7-1.
suppressMessages({library(sna); library(igraph)})
set.seed(1987)
graphs <- list()
for (n in c(6, 12, 30, 80)) for (directed in c(TRUE, FALSE)) for (k in 1:2) {
  a <- matrix(runif(n * n) < (1 + k) / n, n) * 1
  if (k == 2) a <- pmax(a, graphs[[length(graphs)]]$a * (runif(n * n) < .4))
  diag(a) <- 0
  if (!directed) { a[lower.tri(a)] <- 0; a <- a + t(a) }
  name <- sprintf("%s%d_%d", if (directed) "directed" else "undirected", n, k)
  graphs[[name]] <- list(name = name, a = a, directed = directed, n = n)
}
out <- function(x, file) write.csv(x, file, row.names = FALSE, quote = FALSE)
arcs <- values <- NULL
for (g in graphs) {
  m <- if (g$directed) g$a else { u <- g$a; u[lower.tri(u)] <- 0; u }
  at <- which(m > 0, arr.ind = TRUE)
  arcs <- rbind(arcs, data.frame(graph = g$name, directed = g$directed * 1, nodes = g$n, from = at[, 1] - 1, to = at[, 2] - 1))
  ig <- graph_from_adjacency_matrix(g$a, if (g$directed) "directed" else "undirected")
  ends <- ends(ig, E(ig))
  values <- rbind(values, data.frame(graph = g$name, measure = "edge_betweenness", from = ends[, 1] - 1, to = ends[, 2] - 1,
                                     value = igraph::edge_betweenness(ig)))
  if (g$n > 30) next
  pairs <- which(row(g$a) != col(g$a), arr.ind = TRUE)
  d <- distances(ig, mode = "out")
  d[is.infinite(d)] <- -1
  s <- sna::sedist(g$a, method = "euclidean", mode = "digraph")
  values <- rbind(values,
    data.frame(graph = g$name, measure = "distance", from = pairs[, 1] - 1, to = pairs[, 2] - 1, value = d[pairs]),
    data.frame(graph = g$name, measure = "sedist", from = pairs[, 1] - 1, to = pairs[, 2] - 1, value = s[pairs]))
}
values$value <- sprintf("%.17g", values$value)
out(arcs, "pairs_arcs.csv"); out(values, "pairs_values.csv")
of <- NULL
for (i in seq(1, length(graphs), 2)) {
  a <- graphs[[i]]; b <- graphs[[i + 1]]
  partners <- function(m) rowSums(m + t(m) > 0)
  of <- rbind(of, data.frame(a = a$name, b = b$name, measure = c("gcor", "degree_correlation"), value = sprintf("%.17g",
    c(gcor(a$a, b$a, mode = if (a$directed) "digraph" else "graph"), cor(partners(a$a), partners(b$a))))))
}
out(of, "pairs_of_graphs.csv")
