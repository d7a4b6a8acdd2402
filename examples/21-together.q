# All of it together, on an invented flood: facts of three sources, a function, a file, a chart, a check.

use "dossiers/flood.q" as flood

# Who counts how many? Rival counts stand side by side, each with its source.
let rivals(what: text) = flood.figures
  | where measure == what
  | sort stated
  | select title, value, claimed_by, stated

rivals("missing")
rivals(what: "evacuated")

# How far can they be apart, and how many independent voices are there?
flood.figures
  | where value is known
  | summarize claims = count(), around = hull(value), voices = origins() by measure

# Shelters are in quarters, and so are the evacuated: a file and the dossier meet in the name of a place.
let night = @2031-03-12
let sheltered = open("data/shelters.csv", unknown: ["NA"])
  | where evening == night
  | derive guests = quantity(low, best, high, "people")
  | select quarter, guests

flood.figures
  | where measure == "evacuated"
  | join sheltered as s on place.name same s.quarter
  | derive in_shelters = round(s.guests / (value to people) to %, 1)
  | select claimed_by, value, s.guests, in_shelters

flood.figures | where measure == "missing" | render bar value by source

check flood.evacuated_log.value in flood.evacuated_gazette.value : "the log bears the gazette out"
check flood.boats_radio.value > 30 boats : "the radio spoke of more than thirty boats"
