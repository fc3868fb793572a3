# One peer, one metric: Rscript peers.R PEER METRIC FOLDER RUNS prints the least of RUNS in seconds, after a warm-up.
args <- commandArgs(TRUE)
raw <- as.matrix(read.table(file.path(args[3], "graph.txt")))
n <- raw[1, 1]
ties <- raw[-1, , drop = FALSE] + 1
compute <- if (args[1] == "igraph") {
  suppressMessages(library(igraph))
  g <- make_graph(t(ties), n = n, directed = FALSE)
  switch(args[2],
    betweenness = function() betweenness(g, directed = FALSE),
    constraint = function() { x <- constraint(g); x[is.nan(x)] <- 0; x })
} else {
  suppressMessages(library(sna))
  if (n > 5000) stop("sna holds the whole matrix")
  m <- matrix(0, n, n)
  m[ties] <- 1
  m[ties[, 2:1]] <- 1
  switch(args[2], betweenness = function() betweenness(m, gmode = "graph"))
}
seconds <- function(t) t[["user.self"]] + t[["sys.self"]]
spent <- seconds(system.time(values <- as.numeric(compute())))
if (spent < 3) spent <- replicate(as.integer(args[4]), seconds(system.time(compute())))
writeBin(values, file.path(args[3], "values.bin"), endian = "little")
cat(min(spent), "\n")
