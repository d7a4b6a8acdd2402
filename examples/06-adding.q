# Killed and wounded exclude each other, so they may be added.

figures | where subject in "Ukraine" | summarize total = sum(value)

# Grouped by what they are, the figures of everybody stand side by side.
figures
  | where unit(value) == "people" and value is known
  | summarize people = sum(value) by subject, measure

# Without `by` this would be an error: soldiers sent may be among those killed, and nothing is added twice.
