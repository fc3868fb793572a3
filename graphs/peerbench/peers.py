"""One peer, one metric: peers.py PEER METRIC FOLDER RUNS prints the least of RUNS in seconds of a core, after a
warm-up; of what takes more than three seconds, of one run.

FOLDER/graph.txt holds the graph, FOLDER/values.bin gets the values. `clusters` as METRIC measures FOLDER/clusters.txt.
"""

import os
import sys
import time

import numpy as np

peer, metric, folder, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])


def read():
    raw = np.loadtxt(os.path.join(folder, "graph.txt"), dtype=int, ndmin=2)
    return raw[0, 0], raw[1:]


def with_igraph(n, ties):
    import igraph

    g = igraph.Graph(n, ties.tolist())
    return {
        "betweenness": lambda: g.betweenness(),
        "harmonic": lambda: np.array(g.harmonic_centrality()) * (n - 1),
        "pagerank": lambda: g.pagerank(),
        "eigenvector": lambda: unit(g.eigenvector_centrality()),
        "core": lambda: g.coreness(),
        "clustering": lambda: g.transitivity_local_undirected(mode="zero"),
        "constraint": lambda: np.nan_to_num(g.constraint()),
    }[metric]


def unit(x):
    return np.array(x) / np.linalg.norm(x)


def with_networkx(n, ties):
    import networkx as nx

    g = nx.Graph()
    g.add_nodes_from(range(n))
    g.add_edges_from(ties.tolist())
    of = lambda d: [d[v] for v in range(n)]
    return {
        "betweenness": lambda: of(nx.betweenness_centrality(g, normalized=False)),
        "harmonic": lambda: of(nx.harmonic_centrality(g)),
        "core": lambda: of(nx.core_number(g)),
        "clustering": lambda: of(nx.clustering(g)),
        "constraint": lambda: np.nan_to_num(of(nx.constraint(g))),
    }[metric]


def with_networkit(n, ties):
    import networkit as nk

    nk.setNumberOfThreads(1)
    g = nk.Graph(n)
    for u, v in ties.tolist():
        g.addEdge(u, v)
    g.indexEdges()
    return {
        "betweenness": lambda: np.array(nk.centrality.Betweenness(g, normalized=False).run().scores()) / 2,
        "harmonic": lambda: nk.centrality.HarmonicCloseness(g, normalized=False).run().scores(),
        "core": lambda: nk.centrality.CoreDecomposition(g).run().scores(),
        "clustering": lambda: nk.centrality.LocalClusteringCoefficient(g).run().scores(),
    }[metric]


def clusters():
    """14 usual metrics of many small networks, construction included, as an analyst of python-igraph writes it."""
    import igraph

    networks, ties = [], None
    for line in open(os.path.join(folder, "clusters.txt")):
        a, b = map(int, line.split())
        if b < 0:
            ties = []
            networks.append((a, ties))
        else:
            ties.append((a, b))

    def measure():
        out = []
        for n, ties in networks:
            g = igraph.Graph(n, ties)
            values = g.betweenness()
            out.extend(values)
            g.degree(), g.harmonic_centrality(), g.closeness(), g.constraint(), g.coreness(), g.pagerank()
            g.eigenvector_centrality(), g.transitivity_local_undirected(), g.transitivity_undirected(), g.density()
            g.connected_components().sizes(), g.average_path_length(), g.assortativity_degree()
        return out

    return measure


if __name__ == "__main__":
    compute = clusters() if metric == "clusters" else {"igraph": with_igraph, "networkx": with_networkx, "networkit": with_networkit}[peer](*read())
    before = time.process_time()
    values = np.asarray(compute(), dtype="<f8")
    best = time.process_time() - before  # what takes seconds has no need to warm up
    for _ in range(runs if best < 3 else 0):
        before = time.process_time()
        compute()
        best = min(best, time.process_time() - before)
    values.tofile(os.path.join(folder, "values.bin"))
    print(best)
