package stats

// HCKind names a variance that allows every row its own error variance.
type HCKind int

// The kinds, by the weight of a squared residual; HC3 is a method of its own.
const (
	HC0 HCKind = iota // 1
	HC1               // n/(n-K), K counting the effects
	HC2               // 1/(1-h): unbiased under equal variances
)

// HC returns the standard error of coefficient j by kind, and false where it
// does not exist: see HC3, which is the one to print with few rows or leverage.
//
// R: sandwich::vcovHC(lm(y ~ x + factor(cluster)), "HC1").
func (f *FixedEffects) HC(kind HCKind, j int) (se float64, ok bool) {
	scale := 1.0
	if kind == HC1 {
		scale = float64(f.clusters.Rows()) / float64(f.DF)
	}
	var v float64
	for i, p := range f.partial(j) {
		u := f.residuals[i]
		term := p * p * u * u * scale
		if kind == HC2 {
			if 1-f.Leverage[i] <= exactRow {
				if p*p > vanishing*f.VIF[j] {
					return 0, false
				}
				continue
			}
			term /= 1 - f.Leverage[i]
		}
		v += term
	}
	return f.robust(j, v)
}
