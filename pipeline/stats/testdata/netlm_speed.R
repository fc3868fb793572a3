# Seconds that sna::netlm takes for a permutation of all five terms, over the
# villages one by one: Rscript netlm_speed.R ATTRIBUTES ARCS REPETITIONS
suppressPackageStartupMessages(library(sna))
args <- commandArgs(trailingOnly = TRUE)
firms <- read.csv(args[1]); arcs <- read.csv(args[2]); reps <- as.integer(args[3])
networks <- lapply(split(firms, firms$cluster), function(d) {
  n <- nrow(d)
  ties <- function(relation) {
    a <- arcs[arcs$relation == relation & arcs$ego %in% d$uid & arcs$alter %in% d$uid, ]
    m <- matrix(0, n, n); m[cbind(match(a$ego, d$uid), match(a$alter, d$uid))] <- 1; m
  }
  x <- array(0, c(5, n, n))
  x[1, , ] <- ties("friend"); x[2, , ] <- ties("coop")
  x[3, , ] <- abs(outer(d$age, d$age, "-")); x[4, , ] <- outer(d$coop01, d$coop01, "==") + 0; x[5, , ] <- abs(outer(d$income, d$income, "-"))
  list(y = ties("advice"), x = x)
})
spent <- system.time(for (m in networks) netlm(m$y, m$x, nullhyp = "qapspp", reps = reps))[["elapsed"]]
cat(spent / reps, "\n")
