package study

import (
	"slices"
	"strings"

	"firmties/pipeline/diag"
)

// Dimension is the Communities-of-Practice dimension of a relation or an
// affiliation (Wenger 1998).
type Dimension string

const (
	MutualEngagement Dimension = "mutual_engagement"
	JointEnterprise  Dimension = "joint_enterprise"
	SharedRepertoire Dimension = "shared_repertoire"
	Other            Dimension = "other"
)

// Dimensions lists the dimensions.
func Dimensions() []string {
	return []string{string(MutualEngagement), string(JointEnterprise), string(SharedRepertoire), string(Other)}
}

// Combine is how the strengths of a tie's yes reports become one.
type Combine string

const (
	Mean Combine = "mean"
	Max  Combine = "max"
	Min  Combine = "min"
	Sum  Combine = "sum"
)

// Combines lists the ways to combine strengths.
func Combines() []string { return []string{string(Mean), string(Max), string(Min), string(Sum)} }

// Covers says which pairs of its cluster a respondent could have been asked
// about, each level including the ones before it.
type Covers uint8

const (
	NoPairs  Covers = iota
	Outgoing        // pairs whose source is the respondent's firm
	OwnPairs        // pairs that have the respondent's firm at either end
	AllPairs        // every pair of the cluster
)

// Covers returns the pairs that a respondent could have named in a section of
// the relation: none where they were not interviewed, have another role, or
// were asked about their own ties and speak for no firm.
func (r *Relation) Covers(x *Section, p *Respondent) Covers {
	switch {
	case x.Record || !p.Interviewed || !x.Includes(p.Role):
		return NoPairs
	case x.Asked.AboutAny():
		return AllPairs
	case p.Firm < 0:
		return NoPairs
	case r.Directed && !x.HasSource:
		return Outgoing
	default:
		return OwnPairs
	}
}

// Pair reports whether a pair is covered where the respondent speaks for the
// firm own, or for none (-1).
func (c Covers) Pair(own, source, target int32) bool {
	switch c {
	case AllPairs:
		return true
	case OwnPairs:
		return own >= 0 && (source == own || target == own)
	case Outgoing:
		return own >= 0 && source == own
	default:
		return false
	}
}

// Unmatched is what becomes of a reported name that is no firm.
type Unmatched string

const (
	Drop   Unmatched = "drop"  // a warning; counted as boundary loss
	Refuse Unmatched = "error" // an error
	Keep   Unmatched = "keep"  // listed in `firms` as outside, in no network
)

// Unmatcheds lists what may become of unmatched names.
func Unmatcheds() []string { return []string{string(Drop), string(Refuse), string(Keep)} }

// Weights is what a reported strength means.
type Weights string

const (
	Strength Weights = "strength" // more is closer
	Distance Weights = "distance" // more is farther: the tie's strength is its inverse
	NoWeight Weights = "none"     // strengths are not used
)

// WeightMeanings lists what a strength can mean.
func WeightMeanings() []string { return []string{string(Strength), string(Distance), string(NoWeight)} }

// Relation is a kind of tie asked about.
type Relation struct {
	Name      string
	Dimension Dimension
	Directed  bool
	Combine   Combine
	Rule      string // a name of reconcile's table of rules
	Unmatched Unmatched
	Sections  []Section
}

// Section is one sheet of a relation's reports with the question asked.
type Section struct {
	Asked Asked
	Roles []string // empty: respondents of every role
	// Record: the sheet has no respondent; its ties stand as they are and
	// every pair is observed.
	Record bool
	// HasSource: the sheet names both ends, so a respondent could speak
	// about pairs that have their firm at either end.
	HasSource bool
	// HasStrength: a strength was asked for.
	HasStrength bool

	Rows     int64 // rows of the sheet (cells, for nominations and matrices)
	Excluded int64 // of those, rows that `where` leaves to other sections
}

// Includes reports whether the section counts respondents of a role.
func (x *Section) Includes(role string) bool {
	return len(x.Roles) == 0 || slices.Contains(x.Roles, role)
}

// Asked is the question of a section: it says which pairs a respondent could
// have named, and what their silence means.
type Asked struct {
	Kind    string `yaml:"kind" jsonschema:"enum=recall,enum=roster" jsonschema_description:"recall: names from memory; roster: names from a list. It changes no tie."`
	Limit   int    `yaml:"limit" jsonschema_description:"the most names that a respondent was asked for; 0 or omitted: no limit. It changes no tie; many respondents at the limit give the caveat limit_reached."`
	About   string `yaml:"about" jsonschema:"enum=own,enum=any" jsonschema_description:"own: the respondent's own ties (default); any: every pair of firms of the respondent's cluster"`
	Unnamed string `yaml:"unnamed" jsonschema:"enum=no,enum=unknown" jsonschema_description:"what silence about a pair means: no (default) or unknown"`
}

// AboutAny reports whether respondents could speak about any pair.
func (a Asked) AboutAny() bool { return a.About == "any" }

// SilenceIsNo reports whether a pair that a respondent could have named, and
// did not, counts as a no.
func (a Asked) SilenceIsNo() bool { return a.Unnamed != "unknown" }

// Answer is what a report says about its pair.
type Answer uint8

const (
	NoAnswer Answer = iota // names nobody, or an answer that was not understood
	Yes
	No
	DontKnow
)

// AnswerNames lists the answers by their number.
func AnswerNames() []string { return []string{"no_answer", "yes", "no", "dont_know"} }

// Fate is what became of a report.
type Fate uint8

const (
	Kept         Fate = iota // counted
	Repeated                 // the same respondent had said it of the same pair
	Self                     // names the firm itself
	Outside                  // names no firm of the study, or is said by no respondent of it
	CrossCluster             // names a firm of another cluster
	Ambiguous                // fits several firms
	Unanswered               // names nobody, or has no answer that was understood
	Filtered                 // said by a respondent who was not asked (role or status)
)

// fates is the closed list, by number, with what each means.
var fates = [...]struct{ name, doc string }{
	Kept:         {"kept", "counted"},
	Repeated:     {"repeated", "the same respondent had said it of the same pair"},
	Self:         {"self", "names the firm itself"},
	Outside:      {"outside", "names no firm of the study, or is said by no respondent of it"},
	CrossCluster: {"cross_cluster", "names a firm of another cluster"},
	Ambiguous:    {"ambiguous", "fits several firms"},
	Unanswered:   {"no_answer", "names nobody, or has no answer that was understood"},
	Filtered:     {"filtered", "said by a respondent who was not asked, or of a pair that they were not asked about"},
}

// String is the fate's name in tables.
func (f Fate) String() string { return fates[f].name }

// FateNames lists the fates by their number.
func FateNames() []string {
	var names []string
	for _, f := range fates {
		names = append(names, f.name)
	}
	return names
}

// FatesExplained is every fate with its meaning, for the definition of a
// column.
func FatesExplained() string {
	var parts []string
	for _, f := range fates {
		parts = append(parts, f.name+": "+f.doc)
	}
	return strings.Join(parts, "; ")
}

// Report is one row of an interview sheet: one respondent's answer about one
// pair of firms. It is 64 bytes, so that a million of them are 64 MB. NaN in
// Strength and Confidence is a blank cell.
type Report struct {
	Strength   float64
	Confidence float64

	RespondentName Text // as written
	SourceName     Text // as written; 0 where the sheet has no source column
	TargetName     Text
	Wave           Text
	Evidence       Text

	Cluster    int32 // -1: not known
	Respondent int32 // -1: a record, or nobody of the study
	Source     int32 // index of a firm, by resolve; -1: none
	Target     int32

	Line     int32
	Column   uint16 // of the target's cell
	Relation uint8
	Section  uint8 // of the relation
	Sheet    uint16
	Answer   Answer
	Fate     Fate
}

// Text is an interned text; 0 is the empty one.
type Text uint32

// Texts holds interned texts. The zero value is ready.
type Texts struct {
	list  []string
	index map[string]Text
	// recent are texts met lately, by their last bytes: sheets have the firms
	// of a cluster together, whose ids end differently.
	recent [256]Text
}

// Intern returns the number of a text.
func (t *Texts) Intern(s string) Text {
	if s == "" {
		return 0
	}
	end := s[len(s)-1]
	if len(s) > 1 {
		end += 31 * s[len(s)-2]
	}
	if n := t.recent[end]; n != 0 && t.list[n] == s {
		return n
	}
	if n, ok := t.index[s]; ok {
		t.recent[end] = n
		return n
	}
	if t.index == nil {
		t.index = map[string]Text{}
		t.list = []string{""}
	}
	s = string([]byte(s)) // do not hold on to a whole row of a file
	n := Text(len(t.list))
	t.list = append(t.list, s)
	t.index[s], t.recent[end] = n, n
	return n
}

// String returns the text of a number.
func (t *Texts) String(n Text) string {
	if n == 0 {
		return ""
	}
	return t.list[n]
}

// Len is the number of texts, that of the empty one included.
func (t *Texts) Len() int { return max(1, len(t.list)) }

// Ranks returns the place of every text in bytewise order, so that texts can be
// sorted as numbers.
func (t *Texts) Ranks() []uint32 {
	order := make([]Text, len(t.list))
	for i := range order {
		order[i] = Text(i)
	}
	slices.SortFunc(order, func(a, b Text) int { return strings.Compare(t.list[a], t.list[b]) })
	ranks := make([]uint32, max(1, len(order)))
	for rank, n := range order {
		ranks[n] = uint32(rank)
	}
	return ranks
}

// Affiliation is two-mode data: which firm takes part in which event.
type Affiliation struct {
	Name      string
	Dimension Dimension
	Rows      int64
	Excluded  int64 // rows that `where` leaves out
	Members   []Membership
}

// Membership is one firm's part in one event.
type Membership struct {
	Cluster  int32 // -1: not known
	Firm     int32 // by resolve; -1: none
	FirmName Text  // as written
	Event    Text
	Sheet    uint16
	Line     int32
	Column   uint16
	Fate     Fate
}

// MemberPlace is where a membership stands in the analyst's files.
func (s *Study) MemberPlace(m *Membership) diag.Place {
	sheet := s.Sheets[m.Sheet]
	return diag.Place{File: sheet.File, Sheet: sheet.Name, Line: int(m.Line), Column: int(m.Column)}
}
