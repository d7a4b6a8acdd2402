# JSON and JSON Lines are tables too: members are fields. What is `null` or left out is not reported.

unit cm

let boats = open("data/boats.jsonl")

boats | where state in ["sunk", "missing"] | sort found, name | select id, name, state, found

boats | summarize n = count(), longest = max(length), last = max(found) by state

# What stands in an object inside of an object has a field of both names.
open("data/gauges.json")
  | where water.level >= 350
  | sort water.level desc
  | select station, day, level = quantity(water.level, water.level, water.level, "cm")
