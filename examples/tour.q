# A tour of Dossier over its built-in dossier: one French press report of December 2024.

# 1. Facts come with their sources.
figures | where subject in "North Korea" | select measure, value, claimed_by, stated

# 2. What is uncertain stays uncertain, and the footer accounts for it.
figures | where value > 9_500 people | select subject, measure, value

# 3. What the report does not know can be asked for.
facts | where not known | select title, claimed_by

# 4. Dates keep their precision, and so does what lies between them.
events
  | where date in @2024-08
  | derive before = days_between(date, @2024-12-17)
  | select title, date, before

# 5. Only what can't be the same people is added up.
figures | where subject in "Ukraine" | summarize total = sum(value)

# 6. Units are part of numbers, and money changes by the source's own rate only.
ru_daily_loss.value * 2 weeks
100 mn USD to EUR using us_aid

# 7. A query may have a name, and holes.
let losses(side) = figures | where subject in side and value is known
"Ukraine: \(sum(losses("Ukraine").value)) lost and \(count(losses("North Korea"))) figures of North Korea"

# 8. Charts draw what is certain solid, and what may be lighter.
losses("North Korea") | render bar value by subject, measure

# 9. Files are tables as well.
open("data/shelters.csv", unknown: ["NA"])
  | summarize guests = sum(quantity(low, best, high, "people")) by evening
  | sort guests desc
  | take 3

# 10. Sentences can be held against the facts.
check events | where status == "cancelled" : "the aid was cancelled"
check nk_sent.value >= 9_000 people : "at least 9,000 North Koreans were sent"
