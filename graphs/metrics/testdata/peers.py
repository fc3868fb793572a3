"""Cluster metrics of small networks as NetworkX, igraph, numpy and scipy compute them.

Writes peers_arcs.csv, the networks, and peers_values.csv beside this file; run again with the versions named in the
latter, it writes the same bytes. The networks are random, from a stated seed; strengths are whole numbers.
"""

import csv
import os
import random

import igraph
import networkx as nx
import numpy as np
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))


def networks():
    rng = random.Random(20240611)
    for k in range(22):
        n = rng.randint(6, 24) if k < 16 else rng.randint(40, 90)
        p = rng.uniform(0.06, 0.3) if k < 16 else rng.uniform(1.2, 4) / n
        yield k, n, [(u, v, rng.randint(1, 4)) for u in range(n) for v in range(n) if u != v and rng.random() < p]


def slope(x, y):
    return float(np.polyfit(x, y, 1)[0])


def least(g, measure):
    """The smallest value over the largest components."""
    parts = [g.subgraph(c) for c in nx.connected_components(g)]
    size = max(len(p) for p in parts)
    return float(min(measure(p) for p in parts if len(p) == size))


def gini(x):
    x = np.asarray(x, dtype=float)
    return float(np.abs(x[:, None] - x[None, :]).sum() / (2 * len(x) * x.sum()))


def fragmentation(g):
    n = len(g)
    return 1 - sum(len(c) * (len(c) - 1) for c in nx.connected_components(g)) / (n * (n - 1))


def measures(n, arcs):
    d = nx.DiGraph()
    d.add_nodes_from(range(n))
    d.add_weighted_edges_from(arcs)
    u = nx.Graph(d.to_undirected())
    ig = igraph.Graph(n, list(u.edges()))
    w = nx.to_numpy_array(d, nodelist=range(n))
    degree = np.array([u.degree(v) for v in range(n)])
    tied = [v for v in range(n) if degree[v] > 0]
    strength = w.sum(0) + w.sum(1)
    falling = sorted((x for x in degree if x > 0), reverse=True)
    around = nx.average_neighbor_degree(u)
    yield "degree_entropy", "scipy", stats.entropy(np.unique(degree, return_counts=True)[1])
    yield "degree_skewness", "scipy", stats.skew(degree)
    yield "degree_in_skewness", "scipy", stats.skew([d.in_degree(v) for v in range(n)])
    yield "radius", "networkx", least(u, nx.radius)
    yield "wiener_index", "networkx", least(u, nx.wiener_index)
    yield "algebraic_connectivity", "numpy", least(
        u, lambda p: np.linalg.eigvalsh(nx.laplacian_matrix(p, weight=None).toarray().astype(float))[1])
    yield "vertex_connectivity", "networkx", least(u, nx.node_connectivity)
    yield "spectral_radius", "numpy", np.linalg.eigvalsh(nx.to_numpy_array(u, weight=None)).max()
    yield "degree_hierarchy", "numpy", -slope(np.log(np.arange(1, len(falling) + 1)), np.log(falling))
    yield "assortativity_slope", "numpy", slope(degree[tied], [around[v] for v in tied])
    yield "reach_weighted_mean", "networkx", np.mean(list(nx.harmonic_centrality(u).values()))
    yield "constraint_mean", "igraph", np.nanmean(ig.constraint())
    yield "effective_size_mean", "networkx", np.mean([nx.effective_size(u)[v] for v in tied])
    yield "strength_mean", "numpy", strength.mean()
    yield "density_weighted", "numpy", w.sum() / (n * (n - 1))
    yield "strength_gini", "numpy", gini(strength)
    yield "reciprocity_weighted", "numpy", np.minimum(w, w.T).sum() / w.sum()
    yield "fragmentation_max_rise", "networkx", max(
        fragmentation(u.subgraph(set(u) - {v})) for v in u) - fragmentation(u)
    yield "k_components_max", "igraph", max(ig.cohesive_blocks().cohesions())
    yield "bridges", "networkx", len(list(nx.bridges(u)))
    yield "clique_number", "igraph", ig.clique_number()
    yield "cliques", "igraph", len(ig.maximal_cliques(min=3))
    yield "flow_hierarchy", "networkx", nx.flow_hierarchy(d)
    yield "local_efficiency", "networkx", nx.local_efficiency(u)
    yield "modularity", "igraph", max(ig.community_multilevel().modularity for _ in range(100))
    yield "components_mutual", "igraph", len(igraph.Graph(n, [a[:2] for a in arcs], directed=True)
                                             .as_undirected(mode="mutual").connected_components())


def write(name, rows):
    with open(os.path.join(HERE, name), "w", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


def main():
    random.seed(20240612)  # igraph draws from here
    version = {"networkx": nx.__version__, "igraph": igraph.__version__, "numpy": np.__version__}
    version["scipy"] = __import__("scipy").__version__
    arcs, values = [["network", "firms", "source", "target", "strength"]], [["network", "metric", "package", "value"]]
    for k, n, ties in networks():
        arcs += [[k, n, *tie] for tie in ties]
        values += [[k, name, f"{package} {version[package]}", repr(float(x))] for name, package, x in measures(n, ties)]
    write("peers_arcs.csv", arcs)
    write("peers_values.csv", values)


main()
