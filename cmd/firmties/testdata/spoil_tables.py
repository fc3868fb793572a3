"""Spoils copies of a results folder, one way each, and sees read_tables.py object.

    python spoil_tables.py RESULTS

A check that cannot fail shows nothing: every row of SPOILED is a fault that a
writer could have, and the words that must be in what read_tables says of it.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from read_tables import Fault, arrow_table, check


def write_arrow(folder, name, table):
    with pa.ipc.new_file(folder / f"{name}.arrow", table.schema) as out:
        out.write_table(table.combine_chunks())


def write_parquet(folder, name, table):
    pq.write_table(table, folder / f"{name}.parquet")


def write_csv(folder, name, table):
    plain = table.cast(pa.schema([pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type) for f in table.schema]))
    pa.csv.write_csv(plain, folder / f"{name}.csv")


ARROW, PARQUET, EVERYWHERE = [write_arrow], [write_parquet], [write_arrow, write_parquet, write_csv]


def with_column(table, column, values):
    """The table with other values in a column, its field as it was."""
    i = table.schema.get_field_index(column)
    field = table.schema.field(i)
    return table.set_column(i, field, pa.array(values, pa.string() if pa.types.is_dictionary(field.type) else field.type).cast(field.type))


def edited(column, edit):
    """A change of a column's list of values."""
    def change(table):
        values = table[column].to_pylist()
        edit(values)
        return with_column(table, column, values)
    return change


def at_first_null(value):
    def edit(values):
        values[values.index(None)] = value
    return edit


def set_first(value):
    def edit(values):
        values[0] = value(values[0])
    return edit


def without_field_metadata(table):
    return table.cast(pa.schema([f.remove_metadata() for f in table.schema], table.schema.metadata))


def decoded(table):
    i = table.schema.get_field_index("layer")
    return table.set_column(i, table.schema.field(i).with_type(pa.string()), table["layer"].cast(pa.string()))


def first_two_swapped(table):
    return pa.concat_tables([table.slice(1, 1), table.slice(0, 1), table.slice(2)])


def first_twice(table):
    return pa.concat_tables([table.slice(0, 1), table])


def without_last(table):
    return table.slice(0, table.num_rows - 1)


def without_description(table):
    return table.filter(pc.invert(pc.and_(pc.equal(table["table"], "ties"), pc.equal(table["column"], "strength"))))


def rewrite(name, change, writers):
    def spoil(folder):
        table = change(arrow_table(folder / f"{name}.arrow"))
        for write in writers:
            write(folder, name, table)
    return spoil


def quote_a_null(folder):
    path = folder / "firms.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",,", ',"",', 1), encoding="utf-8")


def lose_a_file(folder):
    (folder / "ties.csv").unlink()


SPOILED = [
    ("a number off in its last digit", rewrite("firm_metrics", edited("strength", set_first(lambda x: x * (1 + 3e-16))), ARROW), "firm_metrics.arrow in pyarrow: strength, row 0"),
    ("a null written as 0", rewrite("firm_metrics", edited("constraint", at_first_null(0.0)), PARQUET), "firm_metrics.parquet in pyarrow: constraint"),
    ("a null written as NaN", rewrite("firm_metrics", edited("constraint", at_first_null(float("nan"))), ARROW), "is not a number"),
    ("a null written as an empty string", quote_a_null, "firms.csv: column"),
    ("columns without metadata", rewrite("clusters", without_field_metadata, ARROW), "in its metadata"),
    ("a schema without a version", rewrite("clusters", lambda t: t.replace_schema_metadata({}), PARQUET), "no firmties.schema_version"),
    ("a closed list written as text", rewrite("edges", decoded, PARQUET), "edges.parquet: layer is string"),
    ("rows out of order", rewrite("edges", first_two_swapped, EVERYWHERE), "edges: row 1 is out of order"),
    ("a key twice", rewrite("edges", first_twice, EVERYWHERE), "edges: row 1 repeats the key"),
    ("an edge to nobody", rewrite("edges", edited("target", set_first(lambda x: x + "?")), EVERYWHERE), "is not in firms"),
    ("a tie with a report too many", rewrite("ties", edited("n_yes", set_first(lambda x: x + 1)), EVERYWHERE), "yes reports, tie_reports has"),
    ("a tie without its edge", rewrite("ties", without_last, EVERYWHERE), "are not those of ties"),
    ("a null without its reason", rewrite("undefined", without_last, EVERYWHERE), "has 0 reasons"),
    ("a firm without its metrics", rewrite("firm_metrics", without_last, EVERYWHERE), "firm_metrics: 1 rows too many or missing"),
    ("a row less than run.json says", rewrite("affiliations", without_last, EVERYWHERE), "run.json: affiliations"),
    ("a column that `columns` lacks", rewrite("columns", without_description, EVERYWHERE), "ties.csv: its header"),
    ("a table without its CSV twin", lose_a_file, "ties.csv"),
]


def objection(results):
    """What the check says of a folder, or nothing."""
    try:
        for _ in check(results):
            pass
    except Fault as fault:
        return str(fault)


def main():
    for name, spoil, words in SPOILED:
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / "results"
            shutil.copytree(sys.argv[1], copy)
            spoil(copy / "tables")
            said = objection(copy)
        if said is None or words not in said:
            sys.exit(f"{name}: the check says {said!r}, not {words!r}")
        print(f"{name}: {said}")


if __name__ == "__main__":
    main()
