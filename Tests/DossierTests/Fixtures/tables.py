"""Writes tables as Python's csv and json modules do, with what they hold; or reads such tables.

usage: tables.py COUNT SEED FILE
       tables.py check FILE

FILE has one table after the other: a line of JSON that describes it, with the length of the bytes
that follow. The description's rows are what Python reads back from them; null is nothing.
`check` tells the tables whose bytes Python reads otherwise than their description has them.
"""

import csv
import io
import json
import random
import sys
import unicodedata
from decimal import Decimal

LETTERS = "abcxyzé ñжあ😀'\";,|\t:.-0123456789#\\=\u0301"


def text(pick, letters):
    if pick.random() < 0.1:
        return ""
    length = pick.choice([1, 2, 5, 12, 70])
    return "".join(pick.choice(letters) for _ in range(pick.randint(1, length)))


def number(pick):
    return pick.choice([str(pick.randint(-10**6, 10**6)), str(pick.randint(-10**17, 10**17)), "0"])


def decimal(pick):
    return f"{pick.randint(-10**7, 10**7)}.{pick.randint(0, 10**pick.randint(1, 6)):d}"


def day(pick):
    return f"{pick.randint(1000, 2999):04d}-{pick.randint(1, 12):02d}-{pick.randint(1, 28):02d}"


def truth(pick):
    return pick.choice(["true", "false"])


def plain(kind, value):
    """The value as it is compared."""
    if value == "":
        return None
    if kind == "decimal":
        value = format(Decimal(value).normalize(), "f")
        return "0" if value == "-0" else value
    return value


KINDS = {"number": number, "decimal": decimal, "date": day, "truth": truth}


def delimited(pick):
    quoting = pick.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC, csv.QUOTE_NONE])
    separator = pick.choice(",;\t|:")
    quote = pick.choice("\"\"'")
    end = pick.choice(["\r\n", "\n", "\r"])
    width = pick.randint(1, 6)
    letters = LETTERS
    if quoting == csv.QUOTE_NONE:
        letters = "".join(c for c in letters if c not in separator + quote)
    elif quoting == csv.QUOTE_ALL or end == "\r\n":
        letters += "\r\n\n"
    elif end == "\n":
        letters += "\n\n"
    typed = pick.random() < 0.5
    kinds = [pick.choice(list(KINDS)) if typed and pick.random() < 0.7 else "text"
             for _ in range(width)]
    names = [f"{pick.choice(['n', 'Event Date', 'é', 'where'])} {i}" for i in range(width)]
    rows = []
    for _ in range(pick.choice([0, 1, 3, 10, 40])):
        row = [text(pick, letters) if kind == "text" else
               "" if pick.random() < 0.1 else KINDS[kind](pick) for kind in kinds]
        # Python itself refuses to write a single empty field without quotes.
        if quoting == csv.QUOTE_NONE and width == 1 and row[0] == "":
            row[0] = "0"
        rows.append(row)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, quotechar=quote, quoting=quoting,
                        lineterminator=end)
    writer.writerow(names)
    writer.writerows(rows)
    written = file.getvalue()
    if pick.random() < 0.2:
        written = written[:-len(end)]
    back = list(csv.reader(io.StringIO(written, newline=""), delimiter=separator, quotechar=quote,
                           quoting=csv.QUOTE_NONE if quoting == csv.QUOTE_NONE else csv.QUOTE_MINIMAL))
    assert back[0] == names, (back[0], names)
    rows = [row for row in back[1:] if row]
    mark = "\ufeff" if pick.random() < 0.2 else ""
    return {
        "path": "t.csv", "separator": separator,
        "quote": "" if quoting == csv.QUOTE_NONE else quote, "names": names,
        "texts": [name for name, kind in zip(names, kinds) if kind == "text"],
        "rows": [[plain(kind, unicodedata.normalize("NFC", value))
                  for kind, value in zip(kinds, row)] for row in rows],
    }, (mark + written).encode()


def json_value(pick, kind):
    if kind == "integer":
        return pick.randint(-10**17, 10**17)
    if kind == "float":
        return pick.choice([pick.uniform(-1, 1), pick.uniform(-1e30, 1e30), 0.5, 1e-9, -0.0, 2.0])
    if kind == "truth":
        return pick.random() < 0.5
    if kind == "date":
        return day(pick)
    if kind == "list":
        return [pick.randint(0, 9) for _ in range(pick.randint(0, 3))]
    return "t" + text(pick, LETTERS + "\r\n\u0000\u007f\u2028/")


def json_plain(kind, value, separators):
    if value is None:
        return None
    if kind == "truth":
        return "true" if value else "false"
    if kind == "float":
        return "~" + repr(value)
    if kind == "list":
        return json.dumps(value, separators=separators)
    return unicodedata.normalize("NFC", str(value))


def objects(pick):
    kinds = [pick.choice(["integer", "float", "truth", "date", "text", "list"])
             for _ in range(pick.randint(1, 5))]
    names = [pick.choice(["k", "é", "a b", "\"q\"", "\\"]) + str(i) for i in range(len(kinds))]
    separators = pick.choice([None, (",", ":")])
    layout = pick.choice(["list", "member", "lines"])
    indent = None if layout == "lines" else pick.choice([None, None, 2])
    if indent is not None:
        kinds = ["text" if kind == "list" else kind for kind in kinds]
    options = {"ensure_ascii": pick.random() < 0.5, "indent": indent, "separators": separators}
    records = [{name: json_value(pick, kind) for name, kind in zip(names, kinds)}]
    for _ in range(pick.choice([0, 1, 3, 20])):
        record = {}
        for name, kind in zip(names, kinds):
            chance = pick.random()
            if chance > 0.2:
                record[name] = json_value(pick, kind)
            elif chance > 0.1:
                record[name] = None
        records.append(record)
    if layout == "lines":
        end = pick.choice(["\n", "\r\n"])
        written = end.join(json.dumps(record, **options) for record in records) + end
        path = "t.jsonl"
    else:
        whole = records if layout == "list" else {"count": len(records), "rows": records}
        written = json.dumps(whole, **options)
        path = pick.choice(["t.json", "-"])
    list_separators = separators or ((",", ": ") if indent is not None else (", ", ": "))
    return {
        "path": path, "separator": "", "quote": "", "names": names, "texts": [],
        "rows": [[json_plain(kind, record.get(name), list_separators)
                  for name, kind in zip(names, kinds)] for record in records],
    }, written.encode()


def check(path):
    data = open(path, "rb").read()
    wrong = 0
    while data:
        head, rest = data.split(b"\n", 1)
        table = json.loads(head)
        written, data = rest[:table["length"]].decode(), rest[table["length"]:]
        if table["path"] in ("csv", "tsv"):
            dialect = "excel" if table["path"] == "csv" else "excel-tab"
            back = list(csv.reader(io.StringIO(written, newline=""), dialect, strict=True))
            same = back == [table["names"]] + [[v or "" for v in row] for row in table["rows"]]
        else:
            lines = written.split("\n")[:-1]
            back = [json.loads(line) for line in lines] if table["path"] == "jsonl" else json.loads(written)
            same = back == [dict(zip(table["names"], row)) for row in table["rows"]]
        if not same:
            wrong += 1
            print(table["path"], table["rows"], repr(written))
    return wrong


def main():
    if sys.argv[1] == "check":
        sys.exit(1 if check(sys.argv[2]) else 0)
    count, seed, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    pick = random.Random(seed)
    with open(path, "wb") as file:
        for index in range(count):
            description, written = delimited(pick) if index % 2 else objects(pick)
            description["length"] = len(written)
            file.write(json.dumps(description).encode() + b"\n" + written)


main()
