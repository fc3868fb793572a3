package simulate

import (
	"errors"
	"fmt"
	"math"
)

// Design is what the simulated world is like and how it is asked about. The
// shipped study is made by DefaultDesign.
type Design struct {
	// Sizes is the number of firms of each cluster; one cluster per entry.
	Sizes []int

	// MeetsDegree, TaskDegree and AdviceDegree bound the expected mean number of
	// partners a firm has in `meets` and in `joint_task`, and of firms it asks in
	// `advice`; each cluster draws its own, uniformly.
	MeetsDegree, TaskDegree, AdviceDegree Range

	// Leader, Senior and Owner are the error rates of each role.
	Leader, Senior, Owner ErrorRates

	// LittleKnown is the share of firms that informants know little about.
	LittleKnown float64
	// DontKnow is the chance that a leader or senior answers "don't know" about a
	// pair with a little-known firm.
	DontKnow float64
	// SaysNo is the chance that a pair a leader or senior takes as not tied is
	// denied in a row of its own; otherwise it is passed over in silence.
	SaysNo float64

	// Owners is the share of firms, those of leader and senior apart, whose owner
	// is asked for an interview; Refused is the share of these who refuse.
	Owners, Refused float64
	// OwnLimit is the largest number of partners an owner may name per relation.
	OwnLimit int

	// Writing is how names are written in the sheets.
	Writing Writing
	// Odd is how many rows of the ties sheet are not a report about two firms of
	// the cluster.
	Odd OddRows

	// Index, Products and Rating make the outcomes of a firm.
	Index, Products, Rating Effects
	// RatingCuts are the four thresholds between the ratings 1 to 5, in logits.
	RatingCuts [4]float64
	// Innovation and Sustainability make the outcomes of a cluster.
	Innovation, Sustainability ClusterEffects

	// MissingAttribute and MissingOutcome are the shares of blank cells in the
	// firms' employees and founded columns, and in the outcome columns.
	MissingAttribute, MissingOutcome float64
}

// Range is an interval of numbers.
type Range struct{ Low, High float64 }

// ErrorRates are one role's chances of error about one pair and one relation.
type ErrorRates struct {
	// Omit is the chance that a true tie is not reported.
	Omit float64
	// Invent is the chance that a pair without a tie is reported as tied.
	Invent float64
}

// Writing is the share of each form in which names are written in the sheets of
// ties; what is left of 1 is written as the firm's id.
type Writing struct {
	// English and Chinese are the firm's labels as the roster has them.
	English, Chinese float64
	// Short is a short form listed in aliases.csv.
	Short float64
	// Variant is a label in another case, width or legal form.
	Variant float64
	// Misspelt is a label with a wrong letter or character: it names no firm.
	Misspelt float64
}

// OddRows are rows added to the ties sheet, as a share of its yes rows.
type OddRows struct {
	// Repeat says again what the respondent has said of the pair.
	Repeat float64
	// Self names one firm twice.
	Self float64
	// OtherCluster names a firm of another cluster.
	OtherCluster float64
	// Outside names a firm that is not in the study.
	Outside float64
	// Nobody leaves the target blank.
	Nobody float64
}

// Effects make one outcome of a firm out of its true position. The linear
// predictor is
//
//	Intercept + Degree z + Employees (employees - 10) + Coupling c + Cluster u + Noise e
//
// where z is the firm's degree in the true joint_task network, standardised
// within its cluster (divisor n-1); c is the part of its coupling that z and
// employees do not account for within the cluster, likewise standardised; u is
// the cluster's standardised innovativeness and e is standard normal. Since c
// is orthogonal to z and employees in each cluster, Degree is what a regression
// with cluster fixed effects on z and employees estimates.
type Effects struct {
	Intercept, Degree, Employees, Coupling, Cluster, Noise float64
}

// ClusterEffects make one outcome of a cluster:
//
//	Intercept + Structure x + Noise e
//
// where x is a number of the true joint_task network standardised over the
// clusters (divisor n-1). Each respondent adds a standard normal error times
// Rater and rounds to the scale.
type ClusterEffects struct {
	Intercept, Structure, Noise, Rater float64
}

// DefaultDesign returns the design of the shipped study.
func DefaultDesign() Design {
	return Design{
		Sizes:            []int{26, 13, 34, 22, 40, 16, 29, 10, 31, 24, 37, 19},
		MeetsDegree:      Range{3.5, 5.5},
		TaskDegree:       Range{3, 5},
		AdviceDegree:     Range{1.5, 2.5},
		Leader:           ErrorRates{Omit: 0.25, Invent: 0.010},
		Senior:           ErrorRates{Omit: 0.35, Invent: 0.015},
		Owner:            ErrorRates{Omit: 0.10, Invent: 0.004},
		LittleKnown:      0.04,
		DontKnow:         0.60,
		SaysNo:           0.02,
		Owners:           0.25,
		Refused:          0.15,
		OwnLimit:         5,
		Writing:          Writing{English: 0.20, Chinese: 0.15, Short: 0.05, Variant: 0.06, Misspelt: 0.003},
		Odd:              OddRows{Repeat: 0.008, Self: 0.003, OtherCluster: 0.004, Outside: 0.006, Nobody: 0.002},
		Index:            Effects{Intercept: 50, Degree: 2, Employees: 0.1, Coupling: 1.5, Cluster: 4, Noise: 6},
		Products:         Effects{Intercept: 0.6, Degree: 0.2, Employees: 0.01, Coupling: 0.15, Cluster: 0.3},
		Rating:           Effects{Degree: 0.6, Employees: 0.03, Coupling: 0.4, Cluster: 0.6},
		RatingCuts:       [4]float64{-2.2, -0.8, 0.8, 2.2},
		Innovation:       ClusterEffects{Intercept: 5.5, Structure: 1.2, Noise: 0.9, Rater: 0.7},
		Sustainability:   ClusterEffects{Intercept: 3, Structure: 0.7, Noise: 0.5, Rater: 0.5},
		MissingAttribute: 0.02,
		MissingOutcome:   0.03,
	}
}

// ErrorFree returns the design with informants who report every true tie and no
// other, names that can all be read, and no missing cells. World and outcomes
// are those of the design: only what was said of them changes.
func (d Design) ErrorFree() Design {
	d.Leader, d.Senior, d.Owner = ErrorRates{}, ErrorRates{}, ErrorRates{}
	d.DontKnow = 0
	d.Writing.Misspelt = 0
	d.MissingAttribute, d.MissingOutcome = 0, 0
	return d
}

// Validate returns every fault of the design at once.
func (d Design) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if len(d.Sizes) < 2 || len(d.Sizes) > len(places) {
		fault("%d clusters: 2 to %d can be made", len(d.Sizes), len(places))
	}
	for i, n := range d.Sizes {
		if n < minFirms || n > maxFirms {
			fault("cluster %d has %d firms: %d to %d can be made", i+1, n, minFirms, maxFirms)
		}
	}
	for _, s := range d.shares() {
		if !(s.value >= 0 && s.value <= 1) {
			fault("%s is %v: a share lies between 0 and 1", s.name, s.value)
		}
	}
	if !(d.Writing.named() <= 1) {
		fault("the shares of Writing add up to %v: at most 1", d.Writing.named())
	}
	for _, r := range []Range{d.MeetsDegree, d.TaskDegree, d.AdviceDegree} {
		if !(r.Low > 0 && r.Low <= r.High && r.High < math.Inf(1)) {
			fault("a mean degree from %v to %v: positive, low before high", r.Low, r.High)
		}
	}
	if d.OwnLimit < 1 {
		fault("OwnLimit is %d: at least 1", d.OwnLimit)
	}
	return errors.Join(faults...)
}

// named is the share of names not written as an id.
func (w Writing) named() float64 {
	return w.English + w.Chinese + w.Short + w.Variant + w.Misspelt
}

type share struct {
	name  string
	value float64
}

func (d Design) shares() []share {
	return []share{
		{"Leader.Omit", d.Leader.Omit}, {"Leader.Invent", d.Leader.Invent},
		{"Senior.Omit", d.Senior.Omit}, {"Senior.Invent", d.Senior.Invent},
		{"Owner.Omit", d.Owner.Omit}, {"Owner.Invent", d.Owner.Invent},
		{"LittleKnown", d.LittleKnown}, {"DontKnow", d.DontKnow}, {"SaysNo", d.SaysNo},
		{"Owners", d.Owners}, {"Refused", d.Refused},
		{"Writing.English", d.Writing.English}, {"Writing.Chinese", d.Writing.Chinese},
		{"Writing.Short", d.Writing.Short}, {"Writing.Variant", d.Writing.Variant},
		{"Writing.Misspelt", d.Writing.Misspelt},
		{"Odd.Repeat", d.Odd.Repeat}, {"Odd.Self", d.Odd.Self},
		{"Odd.OtherCluster", d.Odd.OtherCluster}, {"Odd.Outside", d.Odd.Outside},
		{"Odd.Nobody", d.Odd.Nobody},
		{"MissingAttribute", d.MissingAttribute}, {"MissingOutcome", d.MissingOutcome},
	}
}
