# `use … as` reads another script's facts and keeps them apart behind a name.
# Both dossiers are invented; each begins by saying so.

use "dossiers/flood.q" as flood
use "dossiers/relief.q" as relief

# Three sources, three counts of the same boats.
flood.figures | where measure == "missing" | sort stated | select stated, value, claimed_by

# A single fact has an id.
flood.boats_log.value < flood.boats_gazette.value

# Two dossiers become one table, and every row still says whose it is.
flood.events | union relief.events | where date is known | sort date | select date, title, status

relief.figures | where measure == "given" | summarize given = sum(value)
