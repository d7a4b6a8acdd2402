# A query begins with a table and goes on with stages.
# The table prints its sources under it, by itself.

figures | where subject in "North Korea"
