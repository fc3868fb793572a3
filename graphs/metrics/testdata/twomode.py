"""Two-mode metrics of small incidences as NetworkX computes them.

Writes twomode_members.csv, the incidences, and twomode_networkx.csv beside this file; twomode.R reads the former. The
incidences are random, from a stated seed, and every event has a firm.
"""

import csv
import os
import random

import networkx as nx
from networkx.algorithms import bipartite

HERE = os.path.dirname(os.path.abspath(__file__))


def incidences():
    rng = random.Random(20240612)
    for k in range(24):
        n, m = rng.randint(2, 20), rng.randint(1, 12)
        p = rng.uniform(0.1, 0.7)
        members = {(v, e) for v in range(n) for e in range(m) if rng.random() < p}
        members |= {(rng.randrange(n), e) for e in range(m)}
        yield k, n, m, sorted(members)


def main():
    with open(os.path.join(HERE, "twomode_members.csv"), "w", newline="") as f, \
            open(os.path.join(HERE, "twomode_networkx.csv"), "w", newline="") as g:
        members, values = csv.writer(f, lineterminator="\n"), csv.writer(g, lineterminator="\n")
        members.writerow(["incidence", "firms", "events", "firm", "event"])
        values.writerow(["incidence", "density", "reinforcement"])
        for k, n, m, pairs in incidences():
            members.writerows([k, n, m, v, e] for v, e in pairs)
            b = nx.Graph()
            b.add_nodes_from(("f", v) for v in range(n))
            b.add_nodes_from(("e", e) for e in range(m))
            b.add_edges_from((("f", v), ("e", e)) for v, e in pairs)
            density = bipartite.density(b, [("f", v) for v in range(n)])
            values.writerow([k, repr(density), repr(float(bipartite.robins_alexander_clustering(b)))])


if __name__ == "__main__":
    main()
