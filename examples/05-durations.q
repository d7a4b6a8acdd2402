# Dates move by lengths of time, and what lies between two dates is a length of time.

@2024-12-17 - 3 days
@2024-01-31 + 1 month
days_between(@2024-08-06, @2024-12-17)

# A month as a date is one of its days: so the answer is a range.
days_between(@2024-08-06, @2024-12)

# How long after the offensive began were these things said?
events
  | where place in "Kursk region" or title has "statement" or type == "statement"
  | where date is known
  | derive later = days_between(offensive.date, date)
  | sort date
  | select title, date, later

# A week and seven days are the same, a month and thirty days may be.
1 week == 7 days
1 month == 30 days
