# Reference values at convergence, for rows of the oracle whose software stopped
# short of it: glm keeps the weights of its last step but one, bobyqa stops at
# its trust region, and lnam takes turns. Run as: Rscript converged.R ORACLE > converged.csv
# R 4.2.2, lme4 1.1-31, clubSandwich 0.5.8, numDeriv 2016.8-1.1.
options(digits = 17)
suppressMessages({library(lme4); library(clubSandwich); library(numDeriv)})
oracle <- commandArgs(TRUE)[1]
add <- function(model, term, stat, value) cat(sprintf("%s,%s,%s,%.17g\n", model, term, stat, value))
cat("model,term,stat,value\n")
wald <- function(model, b, se, names) for (i in seq_along(b)) {
  add(model, names[i], "est", b[i]); add(model, names[i], "se", se[i])
  add(model, names[i], "z", b[i] / se[i]); add(model, names[i], "p", 2 * pnorm(-abs(b[i] / se[i]))) }
again <- function(formula, family, data) { # one step more than enough
  m <- glm(formula, family, data, control = glm.control(epsilon = 1e-14, maxit = 100))
  suppressWarnings(glm(formula, family, data, start = coef(m), control = glm.control(epsilon = 1e-300, maxit = 20))) }
robust <- function(model, m, cluster) for (type in c("CR0", "CR1", "CR2")) {
  ct <- coef_test(m, vcovCR(m, cluster = cluster, type = type), test = "Satterthwaite")
  for (i in seq_len(nrow(ct))) { add(model, names(coef(m))[i], paste0("se_", type), ct$SE[i])
    add(model, names(coef(m))[i], paste0("df_Satt_", type), ct$df_Satt[i]); add(model, names(coef(m))[i], paste0("p_Satt_", type), ct$p_Satt[i]) } }

D <- read.csv(file.path(oracle, "brfarmers_firm.csv")); D$v <- factor(D$cluster)
m <- again(practA ~ in_union + age + school + coop01 + income + v, binomial, D)
s <- summary(m)$coefficients; wald("logit_fe", s[, 1], s[, 2], rownames(s)); robust("logit_fe", m, D$v)

P <- read.csv(file.path(oracle, "med_person_period.csv")); M <- read.csv(file.path(oracle, "med_firm.csv"))
P <- cbind(P, M[match(P$uid, M$uid), c("cluster", "in_union", "proage", "attend")]); P$v <- factor(P$cluster)
m <- again(y ~ expo + noalters + in_union + proage + attend + v + t + I(t^2), binomial("cloglog"), P)
s <- summary(m)$coefficients; wald("dth_cloglog_quadratic", s[, 1], s[, 2], rownames(s))

# lme4's own deviance, climbed by Newton's method on numerical derivatives.
tight <- function(model, formula, family) {
  m <- glmer(formula, D, family, control = glmerControl(optimizer = "bobyqa", tolPwrss = 1e-13), nAGQ = 25)
  f <- update(m, devFunOnly = TRUE)
  x <- c(getME(m, "theta"), fixef(m)); scale <- c(0.1, sqrt(diag(as.matrix(vcov(m)))))
  g <- function(z) f(z * scale); z <- x / scale
  H <- hessian(g, z, method.args = list(eps = 0.02, r = 6))
  for (step in 1:6) z <- z - solve(H, grad(g, z, method.args = list(eps = 0.01, r = 6)))
  H <- hessian(g, z, method.args = list(eps = 0.02, r = 6))
  b <- (z * scale)[-1]; se <- (sqrt(diag(solve(H / 2))) * scale)[-1]
  wald(model, b, se, names(fixef(m))); add(model, "v", "var", (z[1] * scale[1])^2) }
tight("poisson_glmer_agq25", total ~ in_union + age + school + coop01 + income + (1 | v), poisson)
tight("logit_glmer_agq25", practA ~ in_union + age + school + coop01 + income + (1 | v), binomial)

# sna::netlogit calls glm.fit over the ordered pairs of one cluster.
matrices <- function(d, arcs, cluster, relation) {
  m <- matrix(0, nrow(d), nrow(d)); a <- arcs[arcs$cluster == cluster & arcs$relation == relation, ]
  i <- match(a$ego, d$uid); j <- match(a$alter, d$uid); here <- !is.na(i) & !is.na(j); m[cbind(i[here], j[here])] <- 1; m }
apart <- function(x) abs(outer(x, x, "-")); alike <- function(x) outer(x, x, "==") + 0
ties <- function(model, y, x) {
  off <- row(y) != col(y); d <- data.frame(y = y[off], lapply(x, function(m) m[off]))
  s <- summary(again(y ~ ., binomial, d))$coefficients
  for (i in rownames(s)[-1]) { add(model, i, "se", s[i, 2]); add(model, i, "z", s[i, 1] / s[i, 2]) } }
A <- read.csv(file.path(oracle, "brfarmers_arcs.csv"))
for (cl in sort(unique(D$cluster))) { d <- D[D$cluster == cl, ]
  ties(paste("netlogit_advice", cl), matrices(d, A, cl, "advice"), list(friend = matrices(d, A, cl, "friend"), coop = matrices(d, A, cl, "coop"),
    d_age = apart(d$age), same_coop01 = alike(d$coop01), d_income = apart(d$income))) }
A <- read.csv(file.path(oracle, "med_arcs.csv"))
for (cl in 1:4) { d <- M[M$cluster == cl & !is.na(M$proage), ]
  ties(paste("netlogit_discussion", cl), matrices(d, A, cl, "discussion"), list(advice = matrices(d, A, cl, "advice"), friend = matrices(d, A, cl, "friend"),
    d_proage = apart(d$proage), same_special = alike(d$special))) }

# metafor's Paule-Mandel stops at a tolerance of 1e-4.
suppressMessages(library(metafor)) # 3.8-1
E <- read.csv(file.path(oracle, "meta_inputs.csv"))
pooled <- function(name, y, v) for (test in c("z", "knha", "adhoc")) {
  m <- rma(y, v, method = "PM", test = test, control = list(tol = 1e-15, tau2.max = 100, maxiter = 10000)); q <- predict(m); model <- paste("meta", name, "PM", test)
  for (s in list(c("est", m$b[1]), c("se", m$se), c("stat", m$zval), c("p", m$pval), c("ci_lo", m$ci.lb), c("ci_hi", m$ci.ub), c("tau2", m$tau2),
    c("I2", m$I2), c("H2", m$H2), c("pi_lo", q$pi.lb), c("pi_hi", q$pi.ub)))
    if (model != "meta slope PM z" || s[1] != "p") cat(sprintf("%s,,%s,%.17g\n", model, s[1], as.numeric(s[2]))) }
pooled("zcor_pearson", atanh(E$r), 1 / (E$n - 3)); pooled("zcor_spearman_v1.06", atanh(E$rho), 1.06 / (E$n - 3))
pooled("zcor_spearman_bonettwright", atanh(E$rho), (1 + E$rho^2 / 2) / (E$n - 3)); pooled("slope", E$b, E$se^2)
pooled("zpcor", atanh(E$pr), 1 / (E$n - 6))

# sna::lnam takes turns with the coefficients and rho, and stops when neither
# moves the likelihood. Its likelihood, where the derivative is 0.
lagged <- function(model, y, x, ties) { n <- length(y); W <- ties / ifelse(rowSums(ties) > 0, rowSums(ties), 1)
  e0 <- qr.resid(qr(x), y); e1 <- qr.resid(qr(x), W %*% y); k <- ncol(x)
  l <- function(rho) log(abs(det(diag(n) - rho * W))) - n / 2 * log(sum((e0 - rho * e1)^2))
  rho <- uniroot(function(r) grad(function(z) l(z - 1), r + 1, method.args = list(r = 6)), c(-0.9, 0.9), tol = 1e-15)$root # steps are a share of z
  b <- qr.coef(qr(x), y - rho * W %*% y); s2 <- sum((e0 - rho * e1)^2) / n
  minus <- function(p) n / 2 * log(p[k + 2]) + sum((y - (p[k + 1] - 1) * W %*% y - x %*% p[1:k])^2) / (2 * p[k + 2]) - log(abs(det(diag(n) - (p[k + 1] - 1) * W)))
  se <- sqrt(diag(solve(hessian(minus, c(b, rho + 1, s2), method.args = list(r = 6)))))
  for (i in 1:k) { add(model, colnames(x)[i], "est", b[i]); add(model, colnames(x)[i], "se", se[i]) }
  add(model, "rho1", "est", rho); add(model, "rho1", "se", se[k + 1]) }
A <- read.csv(file.path(oracle, "brfarmers_arcs.csv"))
for (cl in c(10, 23, 30, 82)) { d <- D[D$cluster == cl, ]
  lagged(paste0("lnam_lag_v", cl), d$innov, cbind("(Intercept)" = 1, as.matrix(d[, c("age", "school", "coop01", "income")])), matrices(d, A, cl, "union")) }
A <- read.csv(file.path(oracle, "med_arcs.csv"))
for (cl in 1:4) { d <- M[M$cluster == cl & !is.na(M$proage), ]
  lagged(paste("lnam_lag", cl), d$toa, cbind(int = 1, as.matrix(d[, c("proage", "attend")])), matrices(d, A, cl, "discussion")) }
