package measure

import (
	"math"
	"slices"

	"firmties/graphs/metrics"
)

// The kinds of effect.
const (
	ofMaximum = "of_maximum"
	logRatio  = "log_ratio"
)

func (r *Compared) clear() {
	nan := math.NaN()
	r.Value, r.Expected, r.SD, r.Z, r.Effect, r.Percentile, r.P = nan, nan, nan, nan, nan, nan, nan
	r.EffectLow, r.EffectHigh, r.Rank, r.RankLow, r.RankHigh, r.RhoWithN = nan, nan, nan, nan, nan, nan
}

// judge fills in what the drawn values say of the observed one.
func (r *Compared) judge(drawn []float64, m *metrics.Metric) {
	r.against(drawn)
	if len(drawn) == 0 {
		r.Reason = "undefined_in_draws"
		return
	}
	r.EffectKind = effectKind(m)
	r.Effect = effect(m, r.Value, r.Expected)
	if math.IsNaN(r.Effect) {
		r.Reason = "no_effect_scale"
	}
}

// against fills in the drawn values' mean and spread, and the observed one's
// place among them.
func (r *Compared) against(drawn []float64) {
	r.Draws = len(drawn)
	if len(drawn) == 0 {
		return
	}
	sum := 0.0
	for _, x := range drawn {
		sum += x
	}
	r.Expected = sum / float64(len(drawn))
	squares, above, below := 0.0, 0, 0
	for _, x := range drawn {
		squares += (x - r.Expected) * (x - r.Expected)
		same := math.Abs(x-r.Value) <= tolerance*max(math.Abs(x), math.Abs(r.Value))
		if same || x > r.Value {
			above++
		}
		if same || x < r.Value {
			below++
		}
	}
	draws := float64(len(drawn))
	r.Percentile = (draws - float64(above) + float64(below)) / (2 * draws)
	r.P = min(1, 2*float64(1+min(above, below))/(1+draws))
	if len(drawn) > 1 {
		r.SD = math.Sqrt(squares / (draws - 1))
	}
	if r.SD > tolerance*math.Abs(r.Expected) {
		r.Z = (r.Value - r.Expected) / r.SD
	}
}

func effectKind(m *metrics.Metric) string {
	if math.IsInf(m.Range.Max, 1) {
		return logRatio
	}
	return ofMaximum
}

// effect is how far a value is from what is expected, on a scale that does not
// grow with the number of firms: of the way to the metric's maximum, or where it
// has none the logarithm of the ratio. NaN where nothing is left to the maximum,
// or there is no ratio.
func effect(m *metrics.Metric, value, expected float64) float64 {
	if effectKind(m) == ofMaximum {
		if left := m.Range.Max - expected; left > tolerance {
			return (value - expected) / left
		}
		return math.NaN()
	}
	if value > 0 && expected > 0 {
		return math.Log(value / expected)
	}
	return math.NaN()
}

// interval fills in the effect in networks of firms drawn from this one's, and
// its 95 % interval, where the metric has a value in nine of ten of them.
func (r *Compared) interval(resampled []float64, m *metrics.Metric) {
	if math.IsNaN(r.Effect) {
		return
	}
	r.Resampled = make([]float64, len(resampled))
	var known []float64
	for i, x := range resampled {
		r.Resampled[i] = effect(m, x, r.Expected)
		if !math.IsNaN(r.Resampled[i]) {
			known = append(known, r.Resampled[i])
		}
	}
	if 10*len(known) < 9*len(resampled) {
		r.Resampled = nil
		return
	}
	slices.Sort(known)
	r.EffectLow, r.EffectHigh = Quantile(known, 0.025), Quantile(known, 0.975)
}

// Quantile is the value below which a share p of ascending values lies, by
// linear interpolation (R's type 7).
func Quantile(ascending []float64, p float64) float64 {
	at := p * float64(len(ascending)-1)
	i := int(at)
	if i+1 == len(ascending) {
		return ascending[i]
	}
	return ascending[i] + (at-float64(i))*(ascending[i+1]-ascending[i])
}
