package metrics

// Family is the kind of question that a metric answers.
type Family string

// The families, in the order in which they are shown.
const (
	Degree   Family = "degree"   // how many ties, and how they are spread
	Distance Family = "distance" // how far the others are
	Between  Family = "between"  // how much passes the firm
	Spectral Family = "spectral" // standing that comes from partners' standing
	Holes    Family = "holes"    // structural holes
	Cohesion Family = "cohesion" // how the network holds together
	Roles    Family = "roles"    // positions among groups
	Census   Family = "census"   // counts of small patterns
	Layers   Family = "layers"   // several layers compared
	TwoMode  Family = "two-mode" // firms and events
)

// Families lists the families.
func Families() []Family {
	return []Family{Degree, Distance, Between, Spectral, Holes, Cohesion, Roles, Census, Layers, TwoMode}
}
