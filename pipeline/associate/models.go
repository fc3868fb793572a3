package associate

// Model is a way to relate a metric to an outcome.
type Model struct {
	Name  string
	Level string
	Doc   string
	Kinds []string // kinds of outcome that it serves
	run   func(*frame, *fit) result
}

// Models is the table of models; the first of a level is its default.
func Models() []Model {
	return []Model{
		{"ols_fe", firmLevel,
			"least squares of the outcome on the metric and controls, with an effect of every cluster; CR2 standard errors with Satterthwaite degrees of freedom, and Freedman-Lane permutation within clusters studentised by HC3",
			[]string{"continuous", "count", "ordinal"}, fixedEffects},
		{"spearman", clusterLevel,
			"rank correlation of a cluster metric with a cluster outcome, or with the cluster mean of a firm outcome; the p-value counts all pairings of up to 14 clusters, and draws them for more",
			[]string{"continuous", "count", "ordinal", "binary"}, rankCorrelation},
	}
}

func modelNames() []string {
	var names []string
	for _, m := range Models() {
		names = append(names, m.Name)
	}
	return names
}

// result is what one model says of one fit.
type result struct {
	fitted fitted
	rows   []association
}

// refused is the result of a fit that a gate stopped.
func refused(f fitted, gate string) result {
	f.gate = gate
	return result{fitted: f}
}
