package measure

import (
	"fmt"
	"slices"

	"firmties/graphs"
	"firmties/graphs/null"
	"firmties/pipeline/networks"
	"firmties/pipeline/seed"
	"firmties/pipeline/study"
)

// Networks are held against each other, where the study does not ask for it, in
// studies of up to distantClusters clusters; of larger networks than
// comparedFirms firms nothing is said.
const (
	DefaultDistanceDraws = 50
	distantClusters      = 50
)

// Signatures is what cluster distances need of one network: its signature, and
// those of random networks that match it.
type Signatures struct {
	Cluster, Layer int32
	Firms          int
	Observed       graphs.Signature
	Drawn          []graphs.Signature // none: the network is too large, or has no firm
}

// distant is which networks are held against each other.
type distant struct {
	draws  int
	layers []bool
}

func newDistant(s *study.Study) distant {
	d := distant{draws: DefaultDistanceDraws, layers: make([]bool, len(s.Layers))}
	switch {
	case s.Distances.Declared:
		d.draws = s.Distances.Draws
	case len(s.Clusters) > distantClusters:
		d.draws = 0
	}
	for i := range s.Layers {
		d.layers[i] = s.Distances.Layers == nil || slices.Contains(s.Distances.Layers, s.Layers[i].Name)
	}
	return d
}

// DistanceChoice says in words which networks are held against each other.
func DistanceChoice(s *study.Study) string {
	d := newDistant(s)
	switch {
	case d.draws == 0 && !s.Distances.Declared:
		return fmt.Sprintf("none: more than %d clusters (`distances:` asks for them)", distantClusters)
	case d.draws == 0:
		return "none"
	}
	return fmt.Sprintf("every two clusters, and %d random pairs that match them", d.draws)
}

// signer signs one network after another; one goroutine may use it.
type signer struct {
	plan     *Plan
	signer   graphs.Signer
	ensemble null.Ensemble
	list     []Signatures
}

// network signs a network of cluster c. The random networks have as many firms
// and tied pairs; of a projection, every firm as many events and every event as
// many firms.
func (k *signer) network(c int32, net *networks.Network) {
	d := &k.plan.distant
	if d.draws == 0 || !d.layers[net.Layer] || k.plan.study.Layers[net.Layer].Backbone != "" {
		return
	}
	n := net.Graph.N()
	out := Signatures{Cluster: c, Layer: int32(net.Layer), Firms: n}
	if n > 0 && n <= comparedFirms {
		und := graphs.Merged(n, net.Graph)
		out.Observed = k.signer.Of(und)
		if net.Events != nil {
			k.ensemble.OfEvents(net.Events)
		} else {
			k.ensemble.Of(und, null.SizeDensity)
		}
		s := k.plan.study
		streams := seed.Draws(s.Seed, "cluster_distances", s.Clusters[c].ID, s.Layers[net.Layer].Name)
		for draw := range d.draws {
			out.Drawn = append(out.Drawn, k.signer.Of(k.ensemble.Draw(streams(draw))))
		}
	}
	k.list = append(k.list, out)
}

func (k *signer) take() []Signatures {
	list := k.list
	k.list = nil
	return list
}
