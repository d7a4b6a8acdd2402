"""Asks DuckDB and SQLite what the tests ask Dossier.

usage: peers.py QUESTIONS ANSWERS

A line of QUESTIONS has some tables and the queries over them. A line of ANSWERS has, for each peer
that is there, the rows of each query or the text of its error; null where a peer isn't asked.
"""

import csv
import io
import json
import math
import sys
from decimal import Decimal

TYPES = {
    "integer": ("BIGINT", "INTEGER", int),
    "number": ("DOUBLE", "REAL", float),
    "text": ("VARCHAR", "TEXT", str),
    "date": ("DATE", "TEXT", str),
    "truth": ("BOOLEAN", "INTEGER", lambda cell: cell == "true"),
}


def connections():
    try:
        import duckdb
        peer = duckdb.connect(config={"threads": 1})
        peer.execute("CREATE MACRO julianday(day) AS julian(CAST(day AS DATE))")
        yield "duckdb", peer
    except ImportError:
        pass
    try:
        import sqlite3
        yield "sqlite", sqlite3.connect(":memory:")
    except ImportError:
        pass


def rows(table):
    """The cells of the CSV; what is empty is unknown. The place of a row comes last, as `o_`."""
    reads = [TYPES[kind][2] for _, kind in table["fields"]]
    cells = list(csv.reader(io.StringIO(table["csv"])))[1:]
    return [[None if cell == "" else read(cell) for read, cell in zip(reads, row)] + [place]
            for place, row in enumerate(cells)]


def load(name, peer, table):
    types = [f"{field} {TYPES[kind][name == 'sqlite']}" for field, kind in table["fields"]]
    peer.execute(f"DROP TABLE IF EXISTS {table['name']}")
    peer.execute(f"CREATE TABLE {table['name']} ({', '.join(types)}, o_ INTEGER)")
    marks = ", ".join("?" for _ in range(len(types) + 1))
    if cells := rows(table):
        peer.executemany(f"INSERT INTO {table['name']} VALUES ({marks})", cells)


def answer(name, peer, query):
    if name not in query["peers"]:
        return None
    try:
        rows = peer.execute(query["sql"]).fetchall()
        # JSON has no infinity.
        return [[str(cell) if cell == math.inf else cell for cell in row] for row in rows]
    except Exception as error:
        return str(error)


def main():
    peers = list(connections())
    with open(sys.argv[1]) as questions, open(sys.argv[2], "w") as answers:
        for line in questions:
            part = json.loads(line)
            result = {}
            for name, peer in peers:
                for table in part["tables"]:
                    load(name, peer, table)
                result[name] = [answer(name, peer, query) for query in part["queries"]]
            plain = lambda value: float(value) if isinstance(value, Decimal) else str(value)
            answers.write(json.dumps(result, default=plain, ensure_ascii=False) + "\n")


main()
