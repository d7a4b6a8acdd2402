"""A large CSV of events, and the same questions to Dossier's program and to DuckDB's reader."""

import statistics
import subprocess
import sys
import time

ROWS = 1_000_000
FIELDS = ("id date date_prec country region actor_a actor_b type low best high latitude longitude "
          "source headline").split()

LOAD = ", ".join(f"m_{field} = max({field})" for field in FIELDS)
QUESTIONS = {
    "count": (
        "| summarize n = count()",
        "SELECT count(*) AS n FROM t"),
    "filter, sum by country": (
        '| where best > 20 and country != "country 1" | summarize total = sum(best) by country',
        "SELECT country, CAST(sum(best) AS BIGINT) AS total FROM t "
        "WHERE best > 20 AND country <> 'country 1' GROUP BY country ORDER BY country"),
    "load all": (
        f"| summarize {LOAD}",
        f"SELECT {', '.join(f'max({field}) AS m_{field}' for field in FIELDS)} FROM t"),
}
# What a user of DuckDB types.
DUCKDB = """
import sys, duckdb
duckdb.sql(sys.argv[1]).write_csv(sys.argv[2])
"""


# Zipf's names: that of rank r comes 1/r as often as the first; amounts have a heavy tail.
GENERATOR = """
CREATE MACRO chance(i, k) AS (hash(i * 16 + k) % 1000000) / 1e6;
CREATE MACRO zipf(i, k, n) AS CAST(floor(pow(n, chance(i, k))) AS INTEGER);
COPY (
  SELECT i AS id, DATE '2015-01-01' + CAST(3650 * chance(i, 1) AS INTEGER) AS date,
    i % 4 AS date_prec, 'country ' || zipf(i, 2, 120) AS country, 'region ' || i % 40 AS region,
    'actor ' || zipf(i, 3, 1000) AS actor_a, 'actor ' || zipf(i, 4, 1000) AS actor_b,
    'type ' || zipf(i, 5, 8) AS type,
    CAST(floor(best * chance(i, 6)) AS INTEGER) AS low, best,
    CAST(ceil(best * (1 + chance(i, 7))) AS INTEGER) AS high,
    round(130 * chance(i, 8) - 60, 4) AS latitude, round(360 * chance(i, 9) - 180, 4) AS longitude,
    'source ' || zipf(i, 10, 5000) || ', p. ' || i % 9 AS source,
    replace(
      CASE WHEN i % 10 = 0 THEN '"Été", ' ELSE '' END || array_to_string(
        [['market', 'shelling', 'façade', 'bridge', 'convoy'][1 + CAST(hash(i * 16 + w) % 5 AS INTEGER)]
        FOR w IN range(9)], ' of the '),
      ' of ', CASE WHEN i % 1000 = 0 THEN chr(10) ELSE ' of ' END) AS headline
  FROM (SELECT i, CAST(floor(pow(1 - chance(i, 0), -1.1)) AS INTEGER) AS best
    FROM range(1, {rows} + 1) AS r(i))
) TO '{path}' (HEADER)
"""


def timed(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - start) * 1e3


def compare(dossier, work, row, rounds=5):
    """Whole processes in turn; of DuckDB's the time of an idle one is subtracted."""
    path = work / "events.csv"
    if not path.exists():
        subprocess.run(
            [sys.executable, "-c", "import duckdb, sys; duckdb.execute(sys.argv[1])",
             GENERATOR.format(rows=ROWS, path=path)], check=True)
    ours, theirs, nothing = (work / f"{name}.csv" for name in ("ours", "theirs", "nothing"))

    def ask_dossier(stages):
        program = f'open("{path}") {stages}'
        return ["sh", "-c", f'exec "$0" --format csv -e "$1" > "{ours}"', dossier, program]

    def ask_duckdb(query, answer):
        return [sys.executable, "-c", DUCKDB, query, answer]

    source = f"WITH t AS (FROM read_csv('{path}')) "
    for name, (stages, query) in QUESTIONS.items():
        times = [(timed(ask_dossier(stages)), timed(ask_duckdb(source + query, theirs)),
                  timed(ask_duckdb("SELECT 1", nothing))) for _ in range(rounds)]
        if ours.read_text() != theirs.read_text():
            sys.exit(f"{name}: DuckDB answers otherwise, see {ours} and {theirs}")
        own, other, idle = map(statistics.median, zip(*times))
        row(f"csv file: {name}", f"{own:.0f} ms", f"DuckDB {other - idle:.0f} ms (and {idle:.0f} to start)",
            own / (other - idle))
