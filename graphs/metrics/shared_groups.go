package metrics

import "math"

// groupShared holds the intermediate results that metrics of groups and
// attributes draw on.
type groupShared struct {
	none       []int32   // missing groups, for as many firms as any network had
	blank      []float64 // missing values
	sizes      []int64
	ends       []int64
	brokerages []brokerage // by group
	named      []bool
}

func (f *groupShared) reset() {
	for i := range f.brokerages {
		f.brokerages[i].done = false
	}
}

// groups are the firms' groups by the present row's attribute, missing below 0.
func (s *Shared) groups() []int32 {
	if s.param < len(s.in.Groups) {
		return s.in.Groups[s.param]
	}
	f := &s.ofGroups
	for len(f.none) < s.n {
		f.none = append(f.none, -1)
	}
	return f.none[:s.n]
}

// values are the firms' values of the present row's attribute, missing where
// NaN.
func (s *Shared) values() []float64 {
	if s.param < len(s.in.Attributes) {
		return s.in.Attributes[s.param]
	}
	f := &s.ofGroups
	for len(f.blank) < s.n {
		f.blank = append(f.blank, math.NaN())
	}
	return f.blank[:s.n]
}

// groupCount is one more than the largest number of a group.
func groupCount(groups []int32) int {
	most := int32(-1)
	for _, k := range groups {
		most = max(most, k)
	}
	return int(most + 1)
}

// The conditions under which metrics of groups and attributes are undefined.
var (
	noGroup        = Check{Reason: AttributeMissing, Firm: func(s *Shared, v int) bool { return s.groups()[v] < 0 }}
	noPartnerGroup = Check{Reason: AttributeMissing, Firm: func(s *Shared, v int) bool { return s.degrees()[v] > 0 && !s.partnerIn(v) }}
	noPartnerValue = Check{Reason: AttributeMissing, Firm: func(s *Shared, v int) bool { return s.degrees()[v] > 0 && !s.partnerWith(v) }}
	noTieGrouped   = Check{Reason: AttributeMissing, Network: func(s *Shared) bool {
		return nothingKnown(s, func(v int) bool { return s.groups()[v] >= 0 })
	}}
	noTieValued = Check{Reason: AttributeMissing, Network: func(s *Shared) bool {
		return nothingKnown(s, func(v int) bool { return !math.IsNaN(s.values()[v]) })
	}}
	sameGroup = Check{Reason: NoVariation, Network: func(s *Shared) bool { x := s.mixing(); return x.oneGroup() }}
	sameValue = Check{Reason: NoVariation, Network: sameValueAtTies}
)

// partnerIn tells whether the group of one of the firm's partners is known.
func (s *Shared) partnerIn(v int) bool {
	groups := s.groups()
	for _, w := range s.undirected().Out(v) {
		if groups[w] >= 0 {
			return true
		}
	}
	return false
}

// partnerWith tells whether the value of one of the firm's partners is known.
func (s *Shared) partnerWith(v int) bool {
	values := s.values()
	for _, w := range s.undirected().Out(v) {
		if !math.IsNaN(values[w]) {
			return true
		}
	}
	return false
}

// nothingKnown tells whether the attribute is missing for every firm or, where
// there are ties, at one end of each.
func nothingKnown(s *Shared, known func(v int) bool) bool {
	firms := 0
	for v := range s.n {
		if !known(v) {
			continue
		}
		firms++
		for _, w := range s.undirected().Out(v) {
			if known(int(w)) {
				return false
			}
		}
	}
	return s.n > 0 && (firms == 0 || s.graph.Ties() > 0)
}
