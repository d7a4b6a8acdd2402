# Dates keep their precision: a month, a season, "early", a set of days.

events | where date is known | sort date | select date, title

# Certainly in August 2024; the footer tells what may be.
events | where date in @2024-08 | select date, title

# Before the year began, for certain.
events | where date < @2024 | select date, title
