package metrics

// Family is the kind of question that a metric answers.
type Family string

// The families.
const (
	Degree   Family = "degree"
	Distance Family = "distance"
	Between  Family = "between"
	Spectral Family = "spectral"
	Holes    Family = "holes"
	Cohesion Family = "cohesion"
	Roles    Family = "roles"
	Census   Family = "census"
	Layers   Family = "layers"
	TwoMode  Family = "two-mode"
)

// families is the list in the order in which it is shown.
var families = []struct {
	family Family
	doc    string
}{
	{Degree, "how many ties a firm has, and how they are spread"},
	{Distance, "how far the other firms are"},
	{Between, "how much passes through a firm"},
	{Spectral, "standing that comes from the partners' standing"},
	{Holes, "structural holes: partners who do not know each other"},
	{Cohesion, "how the network holds together"},
	{Roles, "core and periphery, and positions among groups of firms"},
	{Census, "counts of pairs and triads"},
	{Layers, "several layers of one cluster side by side"},
	{TwoMode, "firms and the events that they take part in"},
}

// Families lists the families.
func Families() []Family {
	var list []Family
	for _, f := range families {
		list = append(list, f.family)
	}
	return list
}

// Doc says what the family's metrics are about.
func (f Family) Doc() string {
	for _, row := range families {
		if row.family == f {
			return row.doc
		}
	}
	return ""
}
