"""What an analyst writes with python-igraph and pandas: analyst.py FOLDER reads firms.csv and ties.csv and writes metrics."""

import sys

import igraph
import pandas as pd

folder = sys.argv[1]
firms = pd.read_csv(f"{folder}/firms.csv")
ties = pd.read_csv(f"{folder}/ties.csv")
ties = ties.merge(firms.rename(columns={"firm": "from"}), on="from")
of_firms, of_clusters = [], []
by_cluster = dict(list(ties.groupby("cluster")))
for cluster, members in firms.groupby("cluster"):
    own = by_cluster.get(cluster, ties.iloc[:0])
    g = igraph.Graph.DataFrame(own[["from", "to"]], directed=False, vertices=members[["firm"]], use_vids=False)
    of_firms.append(pd.DataFrame({
        "cluster": cluster, "firm": g.vs["name"], "degree": g.degree(), "betweenness": g.betweenness(),
        "harmonic": g.harmonic_centrality(), "closeness": g.closeness(), "constraint": g.constraint(), "core": g.coreness(),
        "pagerank": g.pagerank(), "eigenvector": g.eigenvector_centrality(), "clustering": g.transitivity_local_undirected(),
    }))
    of_clusters.append({
        "cluster": cluster, "transitivity": g.transitivity_undirected(), "density": g.density(),
        "components": len(g.connected_components()), "mean_distance": g.average_path_length(),
        "assortativity": g.assortativity_degree(directed=False),
    })
pd.concat(of_firms).to_feather(f"{folder}/firm_metrics.arrow")
pd.DataFrame(of_clusters).to_feather(f"{folder}/cluster_metrics.arrow")
