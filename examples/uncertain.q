# "About 10,000" is a range, and a range can straddle a bound: then nobody knows.
# `where` keeps what is certain and says what it left undecided and why.

figures | where value > 9_500 people | select subject, measure, value

# `possibly` keeps the undecided rows too, marked with a question mark.
figures | where possibly value > 9_500 people | select subject, measure, value

# The bounds of "several hundred" come from a published table of hedges.
figures
  | where value is approximate
  | select measure, value, low = value.low, best = value.best, high = value.high
