"""Reads a results folder as analysts do, and says whether it holds together.

    python read_tables.py RESULTS

RESULTS has all three formats. Every table is read by pyarrow, pandas, polars
and DuckDB from Arrow IPC and from Parquet, and must have the values of its CSV
twin: the same numbers to the last bit, null where a cell is bare, nothing that
is not a number. Then types, metadata, keys and the links between the tables
are checked. Exit 1 and one line that names the place where something is wrong.
"""

import json
import sys
from collections import Counter, defaultdict
from itertools import repeat
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

TABLES = [
    "affiliations", "associations", "cluster_distances", "cluster_metrics", "clusters", "clusterwise", "columns",
    "comparisons", "coupling", "distance_size", "edges", "findings", "firm_metrics", "firms", "fits",
    "influence", "layer_pairs", "layers", "pair_metrics", "power", "resolutions", "respondents", "specifications", "tie_reports",
    "ties", "undefined",
]

KEYS = {
    "affiliations": ["cluster", "affiliation", "firm", "event"],
    "associations": ["fit", "term", "estimand", "se_type", "p_type"],
    "cluster_distances": ["layer", "distance", "cluster_a", "cluster_b"],
    "cluster_metrics": ["cluster", "layer"],
    "clusters": ["cluster"],
    "clusterwise": ["fit", "term", "cluster"],
    "columns": ["table", "column"],
    "comparisons": ["cluster", "layer", "metric", "reference"],
    "coupling": ["cluster", "measure", "null_model"],
    "distance_size": ["layer", "distance"],
    "edges": ["cluster", "layer", "source", "target"],
    "findings": [],
    "firm_metrics": ["cluster", "layer", "firm"],
    "firms": ["cluster", "firm"],
    "fits": ["fit"],
    "influence": ["fit", "term", "cluster"],
    "layer_pairs": ["cluster", "layer_a", "layer_b"],
    "layers": ["layer"],
    "pair_metrics": ["cluster", "layer", "source", "target"],
    "power": ["level", "n", "model", "effect"],
    "resolutions": ["cluster", "name"],
    "respondents": ["cluster", "respondent"],
    "specifications": ["fit", "layer", "metric", "scaling", "controls", "left_out"],
    "tie_reports": [],
    "ties": ["cluster", "relation", "source", "target"],
    "undefined": ["level", "cluster", "layer", "firm", "metric"],
}

# Plain text in every table, whatever the study; the closed lists besides.
PLAIN = {"firm", "respondent", "source", "target", "label", "source_name", "target_name", "name"}
CLOSED = {"cluster", "layer", "relation", "metric", "model", "reason", "fate", "answer", "estimand", "se_type", "p_type", "level", "dimension", "kind"}

ARROW_TYPES = {
    "text": pa.string(),
    "category": pa.dictionary(pa.int32(), pa.string()),
    "number": pa.float64(),
    "count": pa.int64(),
    "flag": pa.bool_(),
}

FROM_CSV = {"text": str, "category": str, "number": float, "count": int, "flag": {"true": True, "false": False}.__getitem__}


class Fault(Exception):
    """Something in the results folder that is not as it should be."""


def expect(holds, message):
    if not holds:
        raise Fault(message)


# Reading

def csv_cells(path):
    """The cells of a CSV file as text: None for a bare empty one, "" for a quoted one."""
    text = pa.csv.ConvertOptions(strings_can_be_null=True, null_values=[""], quoted_strings_can_be_null=False)
    parse = pa.csv.ParseOptions(newlines_in_values=True)
    names = pa.csv.read_csv(path, parse_options=parse).column_names
    text.column_types = {name: pa.string() for name in names}
    return pa.csv.read_csv(path, parse_options=parse, convert_options=text).to_pydict()


def csv_values(path, types):
    """The columns of a CSV file as Python values, converted by Python itself."""
    cells = csv_cells(path)
    expect(set(cells) == set(types), f"{path.name}: its header is not what `columns` lists: {sorted(set(cells) ^ set(types))}")
    values = {}
    for name, column in cells.items():
        convert = FROM_CSV[types[name]]
        expect("" not in column, f"{path.name}: column {name} has an empty string, which other readers take for a null")
        values[name] = [None if cell is None else convert(cell) for cell in column]
    return values


def arrow_table(path):
    if path.suffix == ".parquet":
        return pq.read_table(path)
    with pa.ipc.open_file(path) as file:
        return file.read_all()


def with_pyarrow(path):
    return arrow_table(path).to_pydict()


def with_pandas(path):
    frame = arrow_table(path).to_pandas(types_mapper=pd.ArrowDtype)
    return {name: [None if value is pd.NA else value for value in frame[name]] for name in frame.columns}


def with_polars(path):
    read = pl.read_parquet if path.suffix == ".parquet" else pl.read_ipc
    return read(path).to_dict(as_series=False)


def with_duckdb(path):
    with duckdb.connect() as db:  # DuckDB queries an Arrow table, but opens no .arrow file
        source = db.read_parquet(str(path)) if path.suffix == ".parquet" else db.from_arrow(arrow_table(path))
        rows = source.fetchall()
        return {name: [row[i] for row in rows] for i, name in enumerate(source.columns)}


READERS = {"pyarrow": with_pyarrow, "pandas": with_pandas, "polars": with_polars, "DuckDB": with_duckdb}


# One table

def same_values(where, got, want):
    """The columns read are those of the CSV twin, cell for cell."""
    expect(list(got) == list(want), f"{where}: its columns are {list(got)}, in the CSV twin {list(want)}")
    for name in want:
        expect(len(got[name]) == len(want[name]), f"{where}: {len(got[name])} rows, in the CSV twin {len(want[name])}")
        for row, (a, b) in enumerate(zip(got[name], want[name])):
            expect(a == a, f"{where}: {name}, row {row} is not a number, which is not how a null is written")
            expect(a == b, f"{where}: {name}, row {row} is {a!r}, in the CSV twin {b!r}")


def check_schema(path, name, rows):
    """Types, nullability and metadata of a file against the table `columns`."""
    schema = arrow_table(path).schema
    meta = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    expect(meta.get("firmties.schema_version") == "1", f"{path.name}: no firmties.schema_version in the schema's metadata")
    expect(meta.get("firmties.key") == ";".join(KEYS[name]), f"{path.name}: its key is {meta.get('firmties.key')!r}")
    for field in schema:
        row = rows[field.name]
        expect(field.type == ARROW_TYPES[row["type"]], f"{path.name}: {field.name} is {field.type}, `columns` says {row['type']}")
        expect(field.nullable == (row["null_when"] != "never"), f"{path.name}: {field.name} is nullable {field.nullable}, null when {row['null_when']}")
        own = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
        for key, value in row.items():
            expect(own.get(key) == value, f"{path.name}: {field.name}: {key} is {own.get(key)!r} in its metadata, {value!r} in `columns`")


def check_types(name, types):
    for column, kind in types.items():
        expect(column not in PLAIN or kind == "text", f"{name}: {column} is {kind}, a name is text")
        expect(column not in CLOSED or kind == "category" or name == "columns", f"{name}: {column} is {kind}, a closed list is a category")


def check_nulls(name, values, rows):
    for column, cells in values.items():
        expect(rows[column]["null_when"] != "never" or None not in cells, f"{name}: {column} is never null, but is")


def check_key(name, values, layers):
    """The key's values are distinct and in order: null first, then bytewise, layers as the study lists them."""
    rank = {layer: i for i, layer in enumerate(layers)}

    def place(column, value):
        if value is None:
            return (False,)
        if column in ("layer", "layer_a", "layer_b"):
            return (True, rank[value])
        return (True, value.encode() if isinstance(value, str) else value)

    keys = [tuple(map(place, KEYS[name], row)) for row in zip(*(values[column] for column in KEYS[name]))]
    for row, (a, b) in enumerate(zip(keys, keys[1:]), start=1):
        expect(a != b, f"{name}: row {row} repeats the key of the row before it")
        expect(a < b, f"{name}: row {row} is out of order")


def check_table(folder, name, rows, layers):
    """Checks one table in all formats and readers, and is its values."""
    types = {column: row["type"] for column, row in rows.items()}
    check_types(name, types)
    values = csv_values(folder / f"{name}.csv", types)
    for suffix in (".arrow", ".parquet"):
        path = folder / f"{name}{suffix}"
        check_schema(path, name, rows)
        for reader, read in READERS.items():
            same_values(f"{path.name} in {reader}", read(path), values)
    check_nulls(name, values, rows)
    check_key(name, values, layers)
    return values


# The links between tables

def tuples(table, *columns):
    return list(zip(*(table[column] for column in columns)))


def refer(t, name, columns, to, target, where=None):
    """Every row of a table that names something names something there is."""
    known = set(tuples(t[to], *target))
    chosen = [cell in where[1] for cell in t[name][where[0]]] if where else repeat(True)
    for row, holds in zip(tuples(t[name], *columns), chosen):
        expect(not holds or None in row or row in known, f"{name}: {', '.join(map(str, row))} is not in {to}")


def check_references(t):
    refer(t, "firms", ["cluster"], "clusters", ["cluster"])
    refer(t, "respondents", ["cluster", "firm"], "firms", ["cluster", "firm"])
    refer(t, "affiliations", ["cluster", "firm"], "firms", ["cluster", "firm"])
    refer(t, "resolutions", ["firm"], "firms", ["firm"])
    refer(t, "associations", ["fit", "level", "outcome", "layer", "metric"], "fits", ["fit", "level", "outcome", "layer", "metric"])
    refer(t, "specifications", ["fit", "outcome"], "fits", ["fit", "outcome"])
    refer(t, "specifications", ["left_out"], "clusters", ["cluster"])
    for name in ("clusterwise", "influence"):
        refer(t, name, ["fit", "model", "outcome", "layer", "metric"], "fits", ["fit", "model", "outcome", "layer", "metric"])
        refer(t, name, ["cluster"], "clusters", ["cluster"])
    counted = ("fate", ("kept", "repeated"))
    for end in ("source", "target"):
        refer(t, "ties", ["cluster", end], "firms", ["cluster", "firm"])
        refer(t, "edges", ["cluster", end], "firms", ["cluster", "firm"])
        refer(t, "pair_metrics", ["cluster", end], "firms", ["cluster", "firm"])
        refer(t, "tie_reports", ["cluster", end], "firms", ["cluster", "firm"], counted)
        refer(t, "tie_reports", [end], "firms", ["firm"])
    refer(t, "tie_reports", ["cluster", "respondent"], "respondents", ["cluster", "respondent"], counted)
    refer(t, "pair_metrics", ["cluster", "layer", "source", "target"], "edges", ["cluster", "layer", "source", "target"])
    for end in ("a", "b"):
        refer(t, "layer_pairs", [f"layer_{end}"], "layers", ["layer"])
        refer(t, "cluster_distances", [f"cluster_{end}"], "clusters", ["cluster"])
    for name in ("edges", "firm_metrics", "cluster_metrics", "undefined", "fits", "pair_metrics", "comparisons", "cluster_distances", "distance_size"):
        refer(t, name, ["layer"], "layers", ["layer"])


def check_grid(t):
    """Every firm has a row in every layer of its cluster, and every cluster in every layer."""
    inside = [(c, f) for c, f, outside in tuples(t["firms"], "cluster", "firm", "outside") if not outside]
    layers = t["layers"]["layer"]
    want = {(c, layer, f) for c, f in inside for layer in layers}
    got = set(tuples(t["firm_metrics"], "cluster", "layer", "firm"))
    expect(got == want, f"firm_metrics: {len(got ^ want)} rows too many or missing")
    want = {(c, layer) for c in t["clusters"]["cluster"] for layer in layers}
    got = set(tuples(t["cluster_metrics"], "cluster", "layer"))
    expect(got == want, f"cluster_metrics: {len(got ^ want)} rows too many or missing")
    count = Counter(c for c, _ in inside)
    for c, n in tuples(t["clusters"], "cluster", "firms"):
        expect(count[c] == n, f"clusters: {c} has {n} firms, table firms {count[c]}")


def check_undefined(t):
    """Every null metric has one reason, and every reason a null."""
    firms = defaultdict(list)
    for c, f, outside in tuples(t["firms"], "cluster", "firm", "outside"):
        if not outside:
            firms[c].append(f)
    stated = Counter()
    for level, c, layer, firm, metric in tuples(t["undefined"], "level", "cluster", "layer", "firm", "metric"):
        everyone = level == "firm" and firm is None
        for f in firms[c] if everyone else [firm]:
            stated[level, c, layer, f, metric] += 1
    null = Counter()
    for level, name, key in (("firm", "firm_metrics", ("cluster", "layer", "firm")), ("cluster", "cluster_metrics", ("cluster", "layer"))):
        for metric in t[name].keys() - {*key, "observed"}:
            for row, value in zip(tuples(t[name], *key), t[name][metric]):
                if value is None:
                    null[level, *row[:2], row[2] if level == "firm" else None, metric] += 1
    for cell in stated.keys() | null.keys():
        expect(stated[cell] == null[cell], f"undefined: {cell} has {stated[cell]} reasons and is null {null[cell]} times")
    return len(null)


def of_single_relations(t):
    """The relations that are layers by themselves: layer to relation, and whether each is directed."""
    rows = [row for row in tuples(t["layers"], "layer", "members", "directed", "kind") if row[3] == "relation"]
    return {layer: relation for layer, relation, _, _ in rows}, {relation: directed for _, relation, directed, _ in rows}


def check_ties(t):
    """Every tie has the reports it is said to rest on; those on an undirected one name its ends in either order."""
    _, directed = of_single_relations(t)
    said = Counter()
    for c, relation, a, b, answer, fate in tuples(t["tie_reports"], "cluster", "relation", "source", "target", "answer", "fate"):
        if fate == "kept":
            ends = (a, b) if directed[relation] else tuple(sorted((a, b)))
            said[c, relation, answer, *ends] += 1
    for c, relation, a, b, *counts in tuples(t["ties"], "cluster", "relation", "source", "target", "n_yes", "n_dont_know"):
        for answer, n in zip(("yes", "dont_know"), counts):
            found = said[c, relation, answer, a, b]
            expect(found == n, f"ties: {c}, {relation}, {a}, {b} counts {n} {answer} reports, tie_reports has {found}")


def check_edges(t):
    """A layer of one relation has that relation's ties."""
    single, _ = of_single_relations(t)
    edges = {(c, single[layer], a, b) for c, layer, a, b in tuples(t["edges"], "cluster", "layer", "source", "target") if layer in single}
    ties = {tie for tie in tuples(t["ties"], "cluster", "relation", "source", "target") if tie[1] in single.values()}
    expect(edges == ties, f"edges: {len(edges ^ ties)} rows of single relations are not those of ties")


# The whole folder

def check_files(folder, manifest):
    want = {f"{name}.{suffix}" for name in TABLES for suffix in ("arrow", "parquet", "csv")}
    got = {path.name for path in folder.iterdir()}
    expect(got == want, f"tables: too many or missing: {', '.join(sorted(got ^ want))}")
    listed = sorted(table["table"] for table in manifest["tables"])
    expect(listed == TABLES, f"run.json lists the tables {listed}")


def described(folder):
    """The rows of the table `columns`, by table and column."""
    rows = defaultdict(dict)
    for row in arrow_table(folder / "columns.arrow").to_pylist():
        table, column = row.pop("table"), row.pop("column")
        rows[table][column] = row
    return rows


def check(results):
    """Checks a results folder; raises Fault, or is what was checked, in lines."""
    folder = Path(results) / "tables"
    manifest = json.loads((Path(results) / "run.json").read_text(encoding="utf-8"))
    expect(manifest["schema_version"] == "1", f"run.json: schema_version is {manifest['schema_version']!r}")
    check_files(folder, manifest)
    rows = described(folder)
    expect(sorted(rows) == TABLES, f"columns: describes the tables {sorted(rows)}")
    layers = arrow_table(folder / "layers.arrow")["layer"].to_pylist()

    tables = {}
    for name in TABLES:
        tables[name] = check_table(folder, name, rows[name], layers)
    check_references(tables)
    check_grid(tables)
    check_ties(tables)
    check_edges(tables)
    nulls = check_undefined(tables)
    for table in manifest["tables"]:
        n = len(next(iter(tables[table["table"]].values())))
        expect(table["rows"] == n, f"run.json: {table['table']} has {table['rows']} rows, the table {n}")
    yield f"{len(TABLES)} tables, Arrow and Parquet, {', '.join(READERS)}: the values of the CSV twin"
    for name, values in tables.items():
        n = len(next(iter(values.values())))
        yield f"  {name:16} {n:6} rows {len(values):3} columns {sum(column.count(None) for column in values.values()):6} nulls"
    yield f"types, metadata, keys, references and counts agree; {nulls} null metrics each have a reason"


def main():
    try:
        for line in check(sys.argv[1]):
            print(line)
    except Fault as fault:
        sys.exit(f"{sys.argv[1]}: {fault}")


if __name__ == "__main__":
    main()
