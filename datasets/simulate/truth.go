package simulate

import (
	"cmp"
	"slices"
	"strconv"
	"testing/fstest"
)

// Truth is what made a study, and what is known of its sheets by construction.
// Each slice is a sheet under truth/.
type Truth struct {
	Ties         []Tie
	Positions    []Position
	Clusters     []ClusterTruth
	Coefficients []Coefficient
	ErrorRates   []ErrorRate
	Names        []Name
	Rows         []Row
}

// Tie is a true tie; in an undirected relation each pair stands once, source
// before target.
type Tie struct {
	Cluster, Relation, Source, Target string
	// Strength is as the sheets code it: times a year, or a word in advice.
	Strength string
}

// Position is what a firm's outcomes depend on.
type Position struct {
	Cluster, Firm string
	// Degree is the number of partners in joint_task; DegreeZ the same
	// standardised within the cluster (divisor n-1).
	Degree  int
	DegreeZ float64
	// Coupling is the share of the firms it shares a task with that it also
	// shares a practice with, 0 without any; CouplingZ is the part of it that
	// DegreeZ and employees do not account for, standardised within the cluster.
	Coupling, CouplingZ float64
	// Employees is the true number, also where the roster has a blank.
	Employees int
	// LittleKnown tells a firm of which informants often say "don't know".
	LittleKnown bool
}

// ClusterTruth is what a cluster's outcomes depend on, and their true values on
// the respondents' scales. DegreeMean and Transitivity are of joint_task.
type ClusterTruth struct {
	Cluster                    string
	DegreeMean, Transitivity   float64
	Innovation, Sustainability float64
	// Innovative is Innovation standardised by its design: the cluster effect in
	// the firms' outcomes.
	Innovative float64
}

// Coefficient is one number of the model that made an outcome.
type Coefficient struct {
	Outcome, Term string
	Value         float64
	Meaning       string
}

// ErrorRate is one chance of error, per pair and relation unless Meaning says
// otherwise.
type ErrorRate struct {
	Role, Error string
	Rate        float64
	Meaning     string
}

// Name is a written name that is neither an id nor a label nor a listed alias.
type Name struct {
	Cluster, Name string
	// How is variant (normalisation finds it), misspelt, other_cluster or
	// outside (none of which is a firm of the cluster).
	How string
	// Firm is the firm meant, blank where no roster lists it.
	Firm string
	// Uses counts the cells of ties.csv and own.csv that hold the name.
	Uses int
}

// Row is a row of a sheet of ties that is not kept as a report.
type Row struct {
	File string
	// Line is the line in the file, the header being line 1.
	Line int
	// Fate is repeated, self, outside, cross_cluster or no_answer; Why tells a
	// misspelt name from a firm of no roster.
	Fate, Why string
}

// Coefficient returns the coefficient of the term in the model that made the
// outcome, as the table Coefficients has it; false if there is none.
func (t Truth) Coefficient(outcome, term string) (float64, bool) {
	for _, c := range t.Coefficients {
		if c.Outcome == outcome && c.Term == term {
			return c.Value, true
		}
	}
	return 0, false
}

func (w *world) truth(ties, own []line) Truth {
	t := Truth{Coefficients: w.design.coefficients(), ErrorRates: w.design.errorRates()}
	for _, c := range w.clusters {
		t.Clusters = append(t.Clusters, ClusterTruth{c.id, c.structure.degreeMean, c.structure.transitivity,
			c.innovation, c.sustaining, c.innovative})
		for i := range c.firms {
			f := &c.firms[i]
			t.Positions = append(t.Positions, Position{c.id, f.id, c.networks[jointTask].degree(i), c.degreeZ[i],
				c.coupling[i], c.couplingZ[i], f.employees, f.littleKnown})
		}
		for r := range relations {
			t.Ties = append(t.Ties, c.trueTies(r)...)
		}
	}
	t.Names = namesIn(ties, own)
	t.Rows = append(lostRows(tiesFile, ties), lostRows(ownFile, own)...)
	return t
}

func (c *cluster) trueTies(r int) []Tie {
	var ties []Tie
	for _, p := range pairsOf(len(c.firms), relations[r].directed) {
		if level := c.networks[r][p[0]][p[1]]; level > 0 {
			ties = append(ties, Tie{c.id, relations[r].name, c.firms[p[0]].id, c.firms[p[1]].id, relations[r].often[level-1]})
		}
	}
	return ties
}

// lostRows lists the rows that are not kept; a sheet's first row is line 2.
func lostRows(file string, lines []line) []Row {
	var rows []Row
	for i, l := range lines {
		if l.fate != fateKept {
			rows = append(rows, Row{file, i + 2, l.fate, l.why})
		}
	}
	return rows
}

func namesIn(sheets ...[]line) []Name {
	uses := map[Name]int{}
	for _, l := range slices.Concat(sheets...) {
		for _, n := range []written{l.sourceName, l.targetName} {
			if n.how != howID && n.how != howLabel && n.how != howShort && n.how != howBlank {
				uses[Name{l.cluster, n.text, n.how, n.firm, 0}]++
			}
		}
	}
	var names []Name
	for n, k := range uses {
		n.Uses = k
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b Name) int {
		return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Firm, b.Firm))
	})
	return names
}

func (d Design) errorRates() []ErrorRate {
	return []ErrorRate{
		{"leader", "omit", d.Leader.Omit, "a true tie is not reported"},
		{"leader", "invent", d.Leader.Invent, "a pair without a tie is reported as tied"},
		{"senior", "omit", d.Senior.Omit, "a true tie is not reported"},
		{"senior", "invent", d.Senior.Invent, "a pair without a tie is reported as tied"},
		{"owner", "omit", d.Owner.Omit, "a true tie of the own firm is not reported, before the limit on names"},
		{"owner", "invent", d.Owner.Invent, "a firm without a tie to the own firm is named, before the limit on names"},
		{"leader and senior", "dont_know", d.DontKnow, "a pair with a little-known firm is answered by don't know, whatever is true"},
		{"leader and senior", "says_no", d.SaysNo, "a pair not reported as tied is denied in a row of its own and not by silence"},
		{"all", "misspelt", d.Writing.Misspelt, "per written name: it is that of no firm, and the row is lost"},
	}
}

func (d Design) coefficients() []Coefficient {
	var all []Coefficient
	firm := func(outcome, scale string, e Effects) {
		all = append(all,
			Coefficient{outcome, "intercept", e.Intercept, scale + ", at degree and coupling of the cluster's mean and 10 employees"},
			Coefficient{outcome, "degree", e.Degree, scale + " per within-cluster standard deviation of degree in the true joint_task network"},
			Coefficient{outcome, "employees", e.Employees, scale + " per employee"},
			Coefficient{outcome, "coupling", e.Coupling, scale + " per within-cluster standard deviation of coupling net of degree and employees"},
			Coefficient{outcome, "cluster", e.Cluster, scale + " per standard deviation of the cluster's true innovation"},
			Coefficient{outcome, "noise", e.Noise, scale + ": standard deviation of the normal error"})
	}
	firm("innovation_index", "points", d.Index)
	firm("new_products", "log of the Poisson mean", d.Products)
	firm("rating", "logits of a higher rating", d.Rating)
	for k, cut := range d.RatingCuts {
		all = append(all, Coefficient{"rating", "cut_" + strconv.Itoa(k+1), cut, "logits: threshold above the rating"})
	}
	cluster := func(outcome, structure string, e ClusterEffects) {
		all = append(all,
			Coefficient{outcome, "intercept", e.Intercept, "points, of an average cluster"},
			Coefficient{outcome, structure, e.Structure, "points per standard deviation, between clusters, of it in the true joint_task network"},
			Coefficient{outcome, "noise", e.Noise, "points: standard deviation of the normal error"},
			Coefficient{outcome, "rater", e.Rater, "points: standard deviation of each respondent's error, before rounding to the scale"})
	}
	cluster("innovation", "degree_mean", d.Innovation)
	cluster("sustainability", "transitivity", d.Sustainability)
	return all
}

func (t Truth) write(files fstest.MapFS) {
	s := newSheet(",", "cluster", "relation", "source", "target", "strength")
	for _, x := range t.Ties {
		s.row(x.Cluster, x.Relation, x.Source, x.Target, x.Strength)
	}
	s.save(files, "truth/ties.csv")
	s = newSheet(",", "cluster", "firm", "degree", "degree_z", "coupling", "coupling_z", "employees", "little_known")
	for _, x := range t.Positions {
		s.row(x.Cluster, x.Firm, strconv.Itoa(x.Degree), decimals(x.DegreeZ), decimals(x.Coupling), decimals(x.CouplingZ),
			strconv.Itoa(x.Employees), strconv.FormatBool(x.LittleKnown))
	}
	s.save(files, "truth/positions.csv")
	s = newSheet(",", "cluster", "degree_mean", "transitivity", "innovation", "sustainability", "innovative")
	for _, x := range t.Clusters {
		s.row(x.Cluster, decimals(x.DegreeMean), decimals(x.Transitivity), decimals(x.Innovation),
			decimals(x.Sustainability), decimals(x.Innovative))
	}
	s.save(files, "truth/clusters.csv")
	s = newSheet(",", "outcome", "term", "coefficient", "meaning")
	for _, x := range t.Coefficients {
		s.row(x.Outcome, x.Term, number(x.Value), x.Meaning)
	}
	s.save(files, "truth/coefficients.csv")
	s = newSheet(",", "role", "error", "rate", "meaning")
	for _, x := range t.ErrorRates {
		s.row(x.Role, x.Error, number(x.Rate), x.Meaning)
	}
	s.save(files, "truth/error_rates.csv")
	s = newSheet(",", "cluster", "name", "how", "firm", "uses")
	for _, x := range t.Names {
		s.row(x.Cluster, x.Name, x.How, x.Firm, strconv.Itoa(x.Uses))
	}
	s.save(files, "truth/names.csv")
	s = newSheet(",", "file", "line", "fate", "why")
	for _, x := range t.Rows {
		s.row(x.File, strconv.Itoa(x.Line), x.Fate, x.Why)
	}
	s.save(files, "truth/rows.csv")
}
