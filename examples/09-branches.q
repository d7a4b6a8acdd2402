# A condition may be undecided, so `if` has three branches: then, maybe, else.

figures
  | where unit(value) == "people"
  | select measure, value, size = if value > 9_500 people then "large" maybe "perhaps large"
    else "small"

# Of amounts the middle branch may be left out: then it is the range of both others.
if nk_sent.value > 9_500 people then 3 days else 1 day

# `??` fills in what is not reported. What doesn't apply stays empty.
figures | where unit(value) == "people" | select measure, value, at_most = value ?? 0..1_000 people
events | where type == "statement" | select title, date = date ?? stated
