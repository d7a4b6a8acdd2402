# A table may be written out, and joined with one of the dossier.

let codes = [
  {country: "North Korea", code: "KP", since: @1948-09-09},
  {country: "Russia", code: "RU", since: @1991-12-26},
  {country: "Ukraine", code: "UA", since: @1991-08-24},
]

codes | where since < @1991-12 | sort code

# `same` compares records. What finds no partner stays in a `join left`, with empty fields.
actors
  | where type == "state"
  | join left codes as c on name same c.country
  | select name, c.code, c.since

# The values of a query stand behind `in`.
figures
  | where subject.country.name in (codes | where code != "RU" | select country)
  | select subject, measure, value
