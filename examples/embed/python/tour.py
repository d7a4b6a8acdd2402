"""Dossier in a notebook: run it cell by cell, or as a script.

What a newsroom printed is held against the report that it rests on.
"""

# %% The facts, as the report gives them

import collections

import dossier
from dossier import Truth, quantity

people = dossier.query('figures | where unit(value) == "people" | select subject, measure, value')
print(people)

# %% Rows are Python values: bounds stay bounds, and each row knows its sources

for row in people:
    value = row["value"]
    if value is None:
        print(f"{row['subject']}, {row['measure']}: not reported")
    else:
        bounds = f"{value.low:,} to {value.high:,}"
        print(f"{row['subject']}, {row['measure']}: {bounds}, said as '{value}'")
print(people.citations(people[0])[0])

# %% A question asked often is prepared once; its parameters have types

losses = dossier.Dossier().prepare(
    "figures | where subject in side and value >= least | select measure, value",
    {"side": "text", "least": "quantity"})
for side in ("Ukraine", "North Korea"):
    answer = losses.run(side=side, least=quantity("about 40_000 people"))
    print(side, [str(row["value"]) for row in answer])
    for note in answer.notes:
        print("  note:", note)

# %% A table of one's own beside the dossier: what was printed, where

printed = {
    "page": ["front page", "page 4", "website", "newsletter", "podcast"],
    "who": [
        "North Korean troops", "North Korea", "Ukrainian army", "North Korea", "Ukrainian army"],
    "what": ["killed or wounded", "sent", "killed", "sent", "wounded"],
    "number": dossier.numbers([500, 15_000, 43_000, None, 350_000], unit="people"),
}
newsroom = dossier.Dossier(tables={"printed": printed})
held = newsroom.query("""
    printed | join figures as f on who same f.subject.name and what same f.measure
      | select page, number, f.value, agrees = number == f.value, possible = number in f.value
""")
print(held)

# %% 'maybe' is neither true nor false, also in Python

verdicts = collections.Counter()
for row in held:
    agrees = row["agrees"]
    if row["number"] is None:
        verdicts["nothing printed"] += 1
    elif agrees is Truth.MAYBE:
        verdicts["more exact than the source"] += 1
    else:
        verdicts["right" if agrees else "wrong"] += 1
for verdict, count in sorted(verdicts.items()):
    print(f"{count} {verdict}")

# %% What would be wrong to do is refused, with what to do instead

try:
    newsroom.query('figures | where unit(value) == "people" | summarize total = sum(value)')
except dossier.DossierError as error:
    print(error.code, error.message)
    print("instead:", error.help)

# %% Names stay in a session; scripts of others get limits

session = newsroom.session()
session.run('let ukraine = figures | where subject in "Ukraine"')
total, check = session.run(
    'sum(ukraine.value); check sum(ukraine.value) > 400_000 people : "more than 400,000"',
    limits=dossier.Limits.untrusted())
print(total.value, check.finding)
