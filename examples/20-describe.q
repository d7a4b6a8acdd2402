# `describe` tells what there is: fields, types, units, how much isn't reported.

figures | describe

# It is a table like any other: which fields of events are the emptiest?
events | describe | where unreported > 10 | sort unreported desc | select field, type, unreported

# Of a file it shows what types were found.
open("data/boats.jsonl") | describe
