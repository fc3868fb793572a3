"""Distances between small graphs as netrd, scipy and numpy compute them.

Writes signatures_ties.csv, the graphs, and signatures_values.csv beside this file. The graphs are random, from a stated
seed. netrd computes NetSimile of all and the portrait divergence of connected graphs; of the others the portrait
divergence is computed here from its definition. The degree divergence is scipy's (netrd does not make the counts of graphs
of different sizes into shares). The spectral distance is an integral over a fine grid.
"""

import csv
import os
import random
import warnings

import networkx as nx
import numpy as np
from netrd.distance import NetSimile
from netrd.distance.portrait_divergence import portrait_divergence
from scipy.spatial.distance import jensenshannon

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def graphs():
    rng = random.Random(20240613)
    for k in range(14):
        n = rng.randint(5, 30)
        p = rng.uniform(0.05, 0.4)
        g = nx.Graph()
        g.add_nodes_from(range(n))
        g.add_edges_from((u, v) for u in range(n) for v in range(u) if rng.random() < p)
        yield k, g


def portrait(g):
    """The share of each (distance, count)."""
    n = len(g)
    shells = {}
    for v in g:
        of = {}
        for d in nx.single_source_shortest_path_length(g, v).values():
            of[d] = of.get(d, 0) + 1
        for d, size in of.items():
            shells.setdefault(d, []).append(size)
    pairs = sum(sum(x) for x in shells.values())
    out = {}
    for d, sizes in shells.items():
        for size in sizes + [0] * (n - len(sizes)):
            out[d, size] = out.get((d, size), 0) + sum(sizes) / pairs / n
    return out


def divergence(a, b):
    keys = sorted(set(a) | set(b))
    return jensenshannon([a.get(k, 0) for k in keys], [b.get(k, 0) for k in keys], base=2) ** 2


def degrees(g):
    out = {}
    for _, d in g.degree():
        out[d] = out.get(d, 0) + 1 / len(g)
    return out


def density(g, x, width=0.05):
    values = np.linalg.eigvalsh(nx.normalized_laplacian_matrix(g).toarray())
    z = (x[:, None] - values[None, :]) / width
    return np.exp(-z * z / 2).mean(1) / (width * np.sqrt(2 * np.pi))


def main():
    list_ = list(graphs())
    with open(os.path.join(HERE, "signatures_ties.csv"), "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["graph", "nodes", "source", "target"])
        w.writerows([k, len(g), u, v] for k, g in list_ for u, v in g.edges())
    x = np.linspace(-1, 3, 40001)
    spectra = {k: density(g, x) for k, g in list_}
    with open(os.path.join(HERE, "signatures_values.csv"), "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["a", "b", "distance", "package", "value"])
        for a, g in list_:
            for b, h in list_[:a]:
                w.writerow([a, b, "netsimile", "netrd", repr(float(NetSimile().dist(g, h)))])
                w.writerow([a, b, "degree_divergence", "scipy", repr(float(divergence(degrees(g), degrees(h))))])
                if nx.is_connected(g) and nx.is_connected(h):
                    w.writerow([a, b, "portrait_divergence", "netrd", repr(float(portrait_divergence(g, h)))])
                w.writerow([a, b, "portrait_divergence", "scipy", repr(float(divergence(portrait(g), portrait(h))))])
                d = spectra[a] - spectra[b]
                w.writerow([a, b, "spectral_distance", "numpy", repr(float(np.sqrt(np.trapezoid(d * d, x))))])


if __name__ == "__main__":
    main()
