# A rate times a time is an amount; what the units are is known before anything runs.

1_200 people/day * 30 days
1_200 people/day * 1 month
36_000 people / 30 days

# `to` asks for another unit of the same thing.
8_400 people/week to people/day
36 hours to days

# Money is converted by the source's own words only: the report gives its figure in both.
us_aid.value to EUR

# `using` takes the rate that a figure implies. Both its amounts were rounded, so it is a range.
100 mn USD to EUR using us_aid

# The losses of a day, in a week and in a year.
ru_daily_loss.value * 1 week
ru_daily_loss.value to people/year
