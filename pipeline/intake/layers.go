package intake

import (
	"cmp"
	"slices"

	"firmties/pipeline/study"
)

// unionName is the layer that joins all relations where none is declared.
const unionName = "union"

// layers are those declared, or the default: one per relation, the union of
// all relations where there are several, one count projection per affiliation
// that bears its name.
func (c *Config) layers() []Layer {
	if len(c.Layers) > 0 {
		return c.Layers
	}
	var out []Layer
	for _, name := range c.relationNames() {
		out = append(out, Layer{Name: name, Relation: name})
	}
	if len(c.Relations) > 1 {
		out = append(out, Layer{Name: unionName, Union: c.relationNames()})
	}
	for _, name := range c.affiliationNames() {
		out = append(out, Layer{Name: name, Projection: name})
	}
	return out
}

func (c *Config) layerNames() []string {
	var names []string
	for _, l := range c.layers() {
		names = append(names, l.Name)
	}
	return names
}

// layersOf makes the study's layers. The Config has been checked.
func layersOf(c *Config, s *study.Study) []study.Layer {
	var out []study.Layer
	for _, l := range c.layers() {
		switch {
		case l.Relation != "":
			out = append(out, relationLayer(l, c.relationIndex(l.Relation), s))
		case l.Projection != "":
			out = append(out, projectionLayer(l, slices.Index(c.affiliationNames(), l.Projection), s))
		default:
			out = append(out, unionLayer(l, c, s))
		}
	}
	return out
}

func (c *Config) relationIndex(name string) int { return slices.Index(c.relationNames(), name) }

func relationLayer(l Layer, relation int, s *study.Study) study.Layer {
	r := &s.Relations[relation]
	weight := "none"
	if s.Weights != study.NoWeight && slices.ContainsFunc(r.Sections, func(x study.Section) bool { return x.HasStrength }) {
		weight = "strength"
	}
	return study.Layer{Name: l.Name, Kind: study.OfRelation, Members: []int{relation},
		Directed: r.Directed, Dimension: r.Dimension, Weight: weight}
}

func projectionLayer(l Layer, affiliation int, s *study.Study) study.Layer {
	out := study.Layer{Name: l.Name, Kind: study.OfProjection, Members: []int{affiliation},
		Dimension: s.Affiliations[affiliation].Dimension, Weight: cmp.Or(l.Weight, "count"), Backbone: study.Backbone(l.Backbone)}
	if out.Backbone != "" {
		out.Alpha, out.Adjust = 0.05, cmp.Or(l.Adjust, "none")
		if l.Alpha != nil {
			out.Alpha = *l.Alpha
		}
	}
	return out
}

// unionLayer is directed if all its members are. Its dimension is theirs
// where they agree.
func unionLayer(l Layer, c *Config, s *study.Study) study.Layer {
	out := study.Layer{Name: l.Name, Kind: study.OfUnion, Directed: true, Weight: cmp.Or(l.Weight, "relations")}
	for i, name := range l.Union {
		m := c.relationIndex(name)
		r := &s.Relations[m]
		out.Members = append(out.Members, m)
		out.Directed = out.Directed && r.Directed
		if i == 0 {
			out.Dimension = r.Dimension
		} else if out.Dimension != r.Dimension {
			out.Dimension = study.Other
		}
	}
	return out
}
