# Nestedness of the incidences of twomode_members.csv as vegan computes it: Rscript twomode.R
library(vegan)
d <- read.csv("twomode_members.csv")
cat("incidence,nodf\n", file = "twomode_vegan.csv")
for (k in unique(d$incidence)) {
  x <- d[d$incidence == k, ]
  m <- matrix(0, x$firms[1], x$events[1])
  m[cbind(x$firm + 1, x$event + 1)] <- 1
  if (nrow(m) < 2 || ncol(m) < 2) next # vegan has no pairs to go over
  nodf <- nestednodf(m)$statistic["NODF"]
  cat(sprintf("%d,%.17g\n", k, nodf), file = "twomode_vegan.csv", append = TRUE)
}
