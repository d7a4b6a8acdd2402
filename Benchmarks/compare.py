"""Measures Dossier and its peers in turn, checks their answers, prints the table of ratios."""

import csv
import json
import os
import pty
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

import files

try:
    import duckdb
except ImportError:
    duckdb = None

ROOT, WORK = map(Path, sys.argv[1:])
MEASURE = WORK / "release/Measure"
DOSSIER = ROOT / ".build/release/dossier"
ROUNDS = 7

# What the peers are asked; {t} is the table, {key} its column of codes.
QUERIES = {
    "sum-where-amount": "SELECT sum(amount) FROM {t} WHERE amount > 750000",
    "sum-where-code": "SELECT sum(amount) FROM {t} WHERE {key} = {value}",
    "sum-by-code": "SELECT {key}, sum(amount) FROM {t} GROUP BY {key}",
    "range-sum-where": "SELECT sum(low), sum(best), sum(high) FROM {t} WHERE low > 750000",
    "range-sum-by-code": "SELECT {key}, sum(low), sum(best), sum(high) FROM {t} GROUP BY {key}",
}
# How many rows a three-valued `where` leaves undetermined; what it costs is not charged to the peers.
UNDETERMINED = "SELECT count(*) FROM t WHERE low <= 750000 AND high > 750000"
TITLES = {
    "sum-where-amount": "where amount > x, sum",
    "sum-where-code": "where code == x, sum",
    "sum-by-code": "sum by code",
    "range-sum-where": "where range > x, sum",
    "range-sum-by-code": "sum of ranges by code",
}
# What only we answer, beside the same question about certain rows.
OWN = {
    "maybe-count-sum": ("count and sum of maybe rows", "count-sum"),
    "maybe-sum-by-code": ("the same by code", "count-sum-by-code"),
}
PLAIN = {"range-sum-where": "sum-where-amount", "range-sum-by-code": "sum-by-code"}

lines = []


def row(work, ours, other, ratio, target=None):
    """One line; without a target it is told, not judged."""
    verdict = "" if target is None else "ok" if ratio <= target else "over"
    goal = "" if target is None else f"≤ {target:g}"
    lines.append((work, ours, other, f"{ratio:.2f}", goal, verdict))


def skip(work, why):
    lines.append((work, "", "", "", "", f"skipped: {why}"))


def measure(*arguments):
    """The lines `name value unit` that our program prints."""
    output = subprocess.run([MEASURE, *arguments], check=True, capture_output=True, text=True).stdout
    return {name: float(value) for name, value, _ in map(str.split, output.splitlines())}


def least(into, results):
    for name, value in results.items():
        into[name] = min(value, into.get(name, value))


# The process


def compare_processes():
    work = "process: count(figures)"
    for program in (DOSSIER, "hyperfine", "sqlite3"):
        if not shutil.which(program):
            return skip(work, f"no {Path(program).name}")
    result = WORK / "hyperfine.json"
    commands = [f"{DOSSIER} -e 'count(figures)'", "sqlite3 :memory: 'select 1+1'"]
    subprocess.run(
        ["hyperfine", "-N", "--warmup", "50", "--runs", "500", "--export-json", result, *commands],
        check=True, capture_output=True)
    ours, theirs = (run["median"] * 1e3 for run in json.loads(result.read_text())["results"])
    row(work, f"{ours:.2f} ms", f"sqlite3 {theirs:.2f} ms", ours / theirs, 1.5)


def first_prompt(program, prompt):
    """Milliseconds from the start to the prompt, on a terminal that answers no question."""
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execve(program[0], program, {"HOME": str(WORK), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
    seen = b""
    while prompt not in seen:
        seen += os.read(terminal, 65536)
    taken = time.perf_counter() - start
    os.close(terminal)
    os.waitpid(process, 0)
    return taken * 1e3


def compare_first_prompt():
    work = "first prompt on a terminal"
    if not DOSSIER.exists():
        return skip(work, "no dossier")
    ours = statistics.median(first_prompt([str(DOSSIER)], b"dossier> ") for _ in range(20))
    row(work, f"{ours:.1f} ms", "50 ms", ours / 50, 1)


# Inside a process


def compare_library():
    rates = {}
    for _ in range(3):
        for name, value in measure("script").items():
            rates[name] = max(value, rates.get(name, 0))
    rate = rates["parse"]
    found = {}
    for _ in range(ROUNDS * 2):
        least(found, measure("dossier", ROOT / "Sources/Dossier/Dossiers/kursk.q"))
    row("loading the dossier", f"{found['load/first']:.2f} ms", "0.3 ms", found["load/first"] / 0.3, 1)
    row("reading its text", f"{found['load/again']:.2f} ms", "0.3 ms", found["load/again"] / 0.3)
    row("parsing", f"{rate:.0f} MB/s", "100 MB/s", 100 / rate, 1)
    for work in ("parse", "check", "print"):
        own = rates[f"{work}/1MB"]
        row(f"a script of 1 MB: {work}", f"{own:.1f} MB/s", "100 MB/s", 100 / own)
    for name, value in found.items():
        if name.startswith("ask/"):
            _, query, cites = name.split("/")
            row(f"asking it: {query}, {cites}", f"{value:.1f} µs", "20 µs", value / 20, 1)


# A loaded table


class Peer:
    """A database with the rows loaded; the best of its ways to ask a query counts."""

    def __init__(self, name, ways, execute):
        self.name, self.ways, self.execute = name, ways, execute
        self.times = {}

    def measure(self, runs):
        for name, ways in self.ways.items():
            for prepare, query in ways:
                prepare()
                for _ in range(runs):
                    start = time.perf_counter()
                    self.execute(query)
                    least(self.times, {name: (time.perf_counter() - start) * 1e3})

    def answers(self, name):
        for prepare, query in self.ways[name]:
            prepare()
            yield sorted(self.execute(query).fetchall())


def forms(name, tables):
    """The query over each table that has another kind of code; one is enough where no code is named."""
    query = QUERIES[name]
    tables = tables if "{key}" in query else tables[:1]
    return [query.format(t=t, key=key, value=value) for t, key, value in tables]


def load_duckdb():
    connection = duckdb.connect()
    rows = str(WORK / "rows.csv")
    connection.execute(f"CREATE TABLE t AS FROM read_csv('{rows}')")
    connection.execute("CREATE TYPE code AS ENUM (SELECT DISTINCT code FROM t ORDER BY code)")
    connection.execute("CREATE TABLE e AS SELECT * REPLACE (code::code AS code) FROM t")
    connection.execute("CREATE TABLE n AS SELECT * REPLACE (code[2:]::INTEGER AS code) FROM t")
    threads = connection.execute("SELECT current_setting('threads')").fetchone()[0]
    tables = [("t", "code", "'c007'"), ("e", "code", "'c007'"), ("n", "code", "7")]

    def use(count):
        return lambda: connection.execute(f"SET threads = {count}")

    ways = {
        name: [(use(count), query) for count in sorted({1, threads}) for query in forms(name, tables)]
        for name in QUERIES
    }
    return Peer("DuckDB", ways, connection.execute)


def load_sqlite():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (code TEXT, amount INT, low INT, best INT, high INT)")
    connection.execute("CREATE TABLE n (code INT, amount INT, low INT, best INT, high INT)")
    with open(WORK / "rows.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("INSERT INTO n SELECT substr(code, 2) + 0, amount, low, best, high FROM t")
    tables = [("t", "code", "'c007'"), ("n", "code", "7")]
    ways = {name: [(lambda: None, query) for query in forms(name, tables)] for name in QUERIES}
    # SQLite computes rows when they are fetched.
    return Peer("SQLite", ways, lambda query: Fetched(connection.execute(query).fetchall()))


class Fetched(list):
    def fetchall(self):
        return self


def our_answer(name):
    """Our rows as the peers give them: codes as they are, sums as whole numbers."""
    with open(WORK / f"{name}.csv", newline="") as file:
        header, *rows = csv.reader(file)
    # A range has its text and its unit beside its three bounds.
    kept = [i for i, title in enumerate(header) if title.split(".")[-1] not in ("unit",)]
    if "total.low" in header:
        kept.remove(header.index("total"))
    return sorted(tuple(r[i] if header[i] == "code" else int(r[i]) for i in kept) for r in rows)


def check(name, peer):
    ours = our_answer(name)
    numbered = sorted((int(r[0][1:]), *r[1:]) for r in ours) if "by-code" in name else ours
    for theirs in peer.answers(name):
        if theirs not in (ours, numbered):
            sys.exit(f"{name}: {peer.name} answers otherwise")


def check_undetermined(peer):
    note = (WORK / "range-sum-where.notes").read_text()
    count = peer.execute(UNDETERMINED).fetchall()[0][0]
    if not note.startswith(f"{count} undetermined"):
        sys.exit(f"range-sum-where: {peer.name} finds {count} rows undetermined, we: {note}")


def compare_tables():
    subprocess.run([MEASURE, "rows", WORK], check=True)
    peers = [load_duckdb()] if duckdb else []
    peers.append(load_sqlite())
    for peer in peers:
        for name in QUERIES:
            check(name, peer)
        check_undetermined(peer)
    ours = {}
    for _ in range(ROUNDS):
        least(ours, measure("table"))
        for peer in peers:
            peer.measure(runs=3)
    for name, title in TITLES.items():
        for peer in peers:
            theirs = peer.times[name]
            # The peers' filters know two truth values, so their times over ranges are only told.
            target = None if name in PLAIN else 1
            row(title, f"{ours[name]:.2f} ms", f"{peer.name} {theirs:.2f} ms", ours[name] / theirs, target)
        if not duckdb:
            skip(title, "no DuckDB")
        if plain := PLAIN.get(name):
            row(title, f"{ours[name]:.2f} ms", f"exact {ours[plain]:.2f} ms", ours[name] / ours[plain], 3)
    for name, (title, plain) in OWN.items():
        row(title, f"{ours[name]:.2f} ms", f"exact {ours[plain]:.2f} ms", ours[name] / ours[plain], 3)


def instructions(kind, times):
    """What a run costs, in instructions of our own."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", MEASURE]
    run = subprocess.run([*command, "numbers", kind, str(times)], capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    return int(found[1]) if found else 0


def compare_fact_numbers():
    work = "fact numbers that nobody asks for"
    if not shutil.which("valgrind"):
        return skip(work, "no valgrind")
    ours, other = (instructions(kind, 41) - instructions(kind, 1) for kind in ("facts", "host"))
    if not other:
        return skip(work, "valgrind counts nothing")
    row(work, f"{ours / 40e3:.0f}k instructions", f"without {other / 40e3:.0f}k", ours / other, 1.1)


def compare_files():
    if duckdb:
        files.compare(DOSSIER, WORK, row)
    else:
        skip("csv file", "no DuckDB")


def print_table():
    header = ("work", "Dossier", "beside", "ratio", "target", "")
    widths = [max(len(line[i]) for line in [header, *lines]) for i in range(5)]
    for line in [header, *lines]:
        cells = [cell.ljust(width) for cell, width in zip(line, widths)]
        print("  ".join([*cells, line[5]]).rstrip())


compare_processes()
compare_first_prompt()
compare_library()
compare_tables()
compare_fact_numbers()
compare_files()
print_table()
