# Charts in the terminal: what is uncertain is drawn lighter, what stands open as an arrow.

# What is there to draw?
figures | select measure, value, stated | describe

# Bars: solid as far as the value goes for certain. Each unit has an axis of its own.
figures | where unit(value) in ["people", "%"] | render bar value by measure

# Days and spans of days: a light span is one day somewhere in it.
events | where date in @2024 | sort date | render timeline date by type

# A sign for each row; upper and lower bounds where values are ranges.
figures | where subject in "North Korea" | render spark value by measure
