# A tour of Dossier over its built-in dossier: one French press report of December 2024.

# 1. Facts come with their sources.
figures | where subject in "North Korea" | select measure, value, claimed_by, stated

# 2. What is uncertain stays uncertain, and the footer accounts for it.
figures | where value > 9_500 people | select subject, measure, value

# 3. What the report does not know can be asked for.
facts | where not known | select title, claimed_by

# 4. Dates keep their precision.
events | where date in @2024-08 | select title, date

# 5. Only what can't be the same people is added up.
figures | where subject in "Ukraine" | summarize total = sum(value)

# 6. Sentences can be held against the facts.
check events | where status == "cancelled" : "the aid was cancelled"
check nk_sent.value >= 9_000 people : "at least 9,000 North Koreans were sent"
