# Three sources count the missing boats and the evacuated people of one flood. Who is right?
# The dossier is invented.

use "dossiers/flood.q"

let boats = figures | where measure == "missing"

# ── Rivals are not added ──

# boats | summarize total = sum(value)
#
# error[E0430]: these can't be added: they may count the same things twice, or are different things
#   = dozens of boats missing · about 20 boats missing · 14 boats missing
#   = help: boats | reconcile range | summarize total = sum(value)

boats | reconcile range | summarize total = sum(value)

# ── Which of them can't all be true ──

figures | conflicts

# ── One number, in five ways ──

# The range is right if at least one of the claims is.
boats | reconcile range

# The overlap is right if all of them are. Here nothing fits all: a conflict, and no number.
boats | reconcile overlap
figures | where measure == "evacuated" | reconcile overlap by subject, measure

# What at least two origins share is right if two are. Mayor and harbour office speak for one town, so they
# are one origin; so does the fire brigade.
figures | where measure in ["missing", "evacuated"] | reconcile agree 2

# Without a number more than half of the origins must agree.
figures | where measure == "evacuated" | reconcile agree

# The first of a list who says something, himself or by one who is part of him.
figures | where value is known | reconcile prefer ["Harbour office", "Fire brigade", "Inès Aubry"]

# The latest claim, by when it was stated, else by when its source was published.
figures | where value is known | reconcile latest by measure

# ── Verdicts ──

check figures | conflicts : "the sources contradict each other"
check boats | conflicts : "they contradict each other about the boats"
check figures | where measure == "damage" | conflicts : "they contradict each other about the damage"

let missing = boats | reconcile range
check sum(missing.value) >= 10 boats : "ten boats or more are missing"
check sum(missing.value) < 50 boats : "fewer than fifty boats are missing"
check sum(missing.value) > 100 boats : "more than a hundred boats are missing"
