# A function names a query with holes in it. If its first parameter is a table it is a stage.

let losses(side: text = "Russia", least: quantity = 0 people) = figures
  | where subject in side and value is known and value >= least

losses("Ukraine") | select subject, measure, value
losses(side: "North Korea", least: 100 people) | select subject, measure, value

let brief(rows: table) = rows | select measure, value, claimed_by
let largest(rows: table, n: integer = 1) = rows | sort value desc | take n

losses("Ukraine") | largest() | brief()
figures | where unit(value) == "people" | largest(n: 3) | brief()

# Of single values, too.
let share_of(part, whole) = round(part / whole to %, 1)
share_of(ua_killed.value, ua_killed.value + ua_wounded.value)
