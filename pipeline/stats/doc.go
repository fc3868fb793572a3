// Package stats holds the estimators: least squares with cluster fixed effects
// and its standard errors, permutation within clusters, rank correlation over
// clusters, and the numbers that gates are decided on.
//
// The models of firms, by the names that tables give them:
//
//	ols_fe, lpm_fe     FitFixedEffects        poisson_fe        FitPoisson
//	ols                FitPooled              quasibinomial_fe  FitBinomial
//	logit_fe           FitLogit               ordinal_fe        FitOrdinal
//	firth_fe           FitFirth               cox_strata        FitCox
//	clogit             FitConditionalLogit    hazard            FitHazard
//	mixed              FitMixed               logit_mixed       FitLogitMixed
//	lag                FitLag                 poisson_mixed     FitPoissonMixed
//	error              FitError               lag_2sls          FitLag2SLS
//
// Moran, Geary and TestLeastSquares say whether neighbours are alike.
//
// Cluster-robust standard errors come from one sandwich, CR0 to CR3, with
// Satterthwaite degrees of freedom where a fit has them; what has no residual a
// row has CR1 on G - 1 degrees of freedom; and LeaveClustersOut is the
// jackknife of anything.
//
// It owns arithmetic on slices of numbers. It refuses to know a firm, the name
// of a cluster, a table, or why a value is missing: rows come complete, and the
// rows of a cluster stand together (see Clusters). It makes no random stream;
// what needs chance takes a func(draw int) *rand.Rand and asks it for one
// stream a draw, so a result depends on the streams and never on the order or
// the number of workers.
//
// A number that does not exist is never NaN or an infinity. It is an error
// (ErrPerfectFit, *AliasedError, ...) or a false beside the zero value.
// Unequal lengths and bad indices are the caller's mistakes and panic.
package stats
