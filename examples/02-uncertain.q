# `where` keeps what is certain. "About 10,000" may be more than 9,500 or less: nobody knows,
# so the footer says what was left undecided and why.

figures | where value > 9_500 people | select subject, measure, value

# `possibly` keeps the undecided rows too, marked with a question mark.
figures | where possibly value > 9_500 people | select subject, measure, value

# `is` asks for the undecided ones alone.
figures
  | where unit(value) == "people" and (value > 9_500 people) is maybe
  | select subject, measure, value

# The bounds of "several hundred" come from a published table of hedges.
figures
  | where value is approximate
  | select measure, value, low = value.low, best = value.best, high = value.high
