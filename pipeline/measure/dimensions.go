package measure

import (
	"slices"

	"firmties/graphs"
	"firmties/pipeline/networks"
	"firmties/pipeline/study"
)

// couples tells whether a study has layers of practices and of tasks.
func couples(s *study.Study) bool {
	practices := slices.ContainsFunc(s.Layers, func(l study.Layer) bool {
		return l.Dimension == study.SharedRepertoire && l.Kind == study.OfProjection
	})
	return practices && slices.ContainsFunc(s.Layers, func(l study.Layer) bool { return l.Dimension == study.JointEnterprise })
}

// partnersIn is the network of the firms of a cluster that are partners in any
// layer of a dimension; nil where the study has no such layer.
func (p *Plan) partnersIn(d study.Dimension, nets []networks.Network) *graphs.Graph {
	var list []*graphs.Graph
	for i := range nets {
		if p.study.Layers[nets[i].Layer].Dimension == d {
			list = append(list, nets[i].Graph)
		}
	}
	switch {
	case len(list) == 0:
		return nil
	case len(list) == 1 && !list[0].IsDirected():
		return list[0]
	}
	return graphs.Merged(list[0].N(), list...)
}
