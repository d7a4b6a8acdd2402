# What isn't certain is counted, too: as a range, from the rows that are certain to those that may be.

let many = figures | where possibly value > 9_500 people | select subject, measure, value

# A question mark stands before each row that is only maybe there.
many

# So two to four figures are that large. The greatest is 370,000 people at least; one isn't reported.
many | summarize n = count(), greatest = max(value)

# A group of such rows alone is itself only maybe there.
many | summarize n = count() by measure

# "about 10,000" reaches down to 9,000; with `assume about = 5%` it would reach to 9,500 and be among these.
many | where value is known | where value.low > 9_400 people

# An event whose month isn't certain is possible in each month that it may lie in.
events | where date in @2024 | summarize n = count() by m = month(date)

# Nobody can say which row is the first of those that may not be there, so `skip`, `rank` and `lag` want
# certain rows: decide first, with `where`.
check many | where value >= 43_000 people : "somebody counted 43,000 people or more"
