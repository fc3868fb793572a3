"""Values of metrics of firms by NetworkX and igraph, on small random networks.

usage: python3 firms.py     writes firms_networks.csv and firms_values.csv beside it

firms_networks.csv: network, directed (1 or 0), firms, from, to, strength; a row for each tie
firms_values.csv:   network, metric, source, firm, value; no row where the package's convention is another than ours

Run with Python 3, NetworkX 3.6.1, python-igraph 1.0.0, NumPy 2.
"""
import csv, math, os, random
import igraph
import networkx as nx

HERE = os.path.dirname(os.path.abspath(__file__))
NX, IG = "networkx " + nx.__version__, "igraph " + igraph.__version__


def networks():
    rng = random.Random(20)
    for k, (n, ties) in enumerate([(8, 1.0), (12, 2.0), (20, 1.2), (20, 3.0), (30, 2.0), (75, 2.5)]):
        for directed in (True, False):
            g = nx.DiGraph() if directed else nx.Graph()
            g.add_nodes_from(range(n))
            for u in range(n):
                for v in range(n):
                    if u != v and (directed or u < v) and rng.random() < ties / n:
                        g.add_edge(u, v, weight=rng.randint(1, 4))
            yield f"{'directed' if directed else 'undirected'}{k}", g


def undirected(g):
    u = nx.Graph()
    u.add_nodes_from(g)
    for a, b, d in g.edges(data=True):
        w = d["weight"] + (u[a][b]["weight"] if u.has_edge(a, b) else 0)
        u.add_edge(a, b, weight=w, length=1 / w)
    return u


def residual(g, v):
    """The sum of 2^-distance."""
    return sum(2.0**-d for w, d in nx.single_source_shortest_path_length(g, v).items() if w != v)


def of_partners(u):
    for v in u:
        ego = nx.ego_graph(u, v)
        partners = u.subgraph(list(u[v]))
        yield v, ego, partners


def in_strong_component(g):
    parts = [g.subgraph(c) for c in nx.strongly_connected_components(g) if len(c) > 1]
    values = sorted(((max(abs(nx.adjacency_spectrum(p, weight=None))), i) for i, p in enumerate(parts)), reverse=True)
    if not values or len(values) > 1 and values[0][0] - values[1][0] < 1e-6:
        return {}
    x = nx.eigenvector_centrality(parts[values[0][1]], max_iter=100000, tol=1e-14)
    return {v: x.get(v, 0.0) for v in g}


def measures(g):
    n, u = g.number_of_nodes(), undirected(g)
    iu = igraph.Graph(n=n, edges=list(u.edges()), directed=False)
    lengths = [u[a][b]["length"] for a, b in u.edges()]
    strengths = [u[a][b]["weight"] for a, b in u.edges()]
    yield "closeness_residual", NX, {v: residual(u, v) for v in u}
    yield "harmonic_weighted", NX, {v: x / (n - 1) for v, x in nx.harmonic_centrality(u, distance="length").items()}
    yield "closeness_component_weighted", IG, dict(enumerate(iu.closeness(weights=lengths, normalized=True)))
    yield "betweenness_weighted", IG, {v: x * 2 / ((n - 1) * (n - 2)) for v, x in enumerate(iu.betweenness(weights=lengths))}
    yield "reach_3", IG, {v: (x - 1) / (n - 1) for v, x in enumerate(iu.neighborhood_size(order=3))}
    yield "ego_betweenness", NX, {v: nx.betweenness_centrality(ego, normalized=False)[v] for v, ego, p in of_partners(u) if len(p) > 0}
    yield "local_efficiency", NX, {v: nx.global_efficiency(p) for v, ego, p in of_partners(u) if len(p) > 1}
    yield "constraint_weighted", IG, dict(enumerate(iu.constraint(weights=strengths)))
    yield "clustering_barrat", IG, dict(enumerate(iu.transitivity_local_undirected(mode="nan", weights=strengths)))
    yield "embeddedness", NX, {v: len(u[v]) - x for v, x in nx.effective_size(u).items() if len(u[v]) > 0}
    radius = max(nx.adjacency_spectrum(u, weight=None).real)
    yield "katz", NX, nx.katz_centrality_numpy(u, alpha=0.5 / radius, normalized=False)
    yield "subgraph", NX, nx.subgraph_centrality(u)
    if not g.is_directed():
        return
    yield "proximity_prestige", NX, nx.closeness_centrality(g)
    yield "katz_in", NX, nx.katz_centrality_numpy(g, alpha=0.5 / radius, normalized=False)
    yield "eigenvector_in", NX, in_strong_component(g)
    yield "clustering_directed", NX, {v: x for v, x in nx.clustering(g).items() if len(u[v]) > 1}


def main():
    networks_file, values_file = os.path.join(HERE, "firms_networks.csv"), os.path.join(HERE, "firms_values.csv")
    with open(networks_file, "w", newline="") as f, open(values_file, "w", newline="") as o:
        ties, values = csv.writer(f, lineterminator="\n"), csv.writer(o, lineterminator="\n")
        ties.writerow(["network", "directed", "firms", "from", "to", "strength"])
        values.writerow(["network", "metric", "source", "firm", "value"])
        for name, g in networks():
            for a, b, d in g.edges(data=True):
                ties.writerow([name, int(g.is_directed()), g.number_of_nodes(), a, b, d["weight"]])
            for metric, source, x in measures(g):
                for v in sorted(x):
                    if math.isfinite(x[v]):
                        values.writerow([name, metric, source, v, "%.17g" % x[v]])


main()
