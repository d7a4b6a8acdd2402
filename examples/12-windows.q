# In `derive` an aggregate looks at the other rows, and the row stays.

let nights = [
  {town: "Grey Harbour", night: @2031-03-10, guests: 40 people},
  {town: "Grey Harbour", night: @2031-03-11, guests: about 50 people},
  {town: "Grey Harbour", night: @2031-03-12, guests: 30..36 people},
  {town: "Saint-Éloi", night: @2031-03-10, guests: 12 people},
  {town: "Saint-Éloi", night: @2031-03-11, guests: 20 people},
]

# So far, and how much more than the night before; `by` parts the towns.
nights
  | sort town, night
  | derive so_far = running(sum(guests)), more = guests - lag(guests) by town

# The part that each night has of its town, and its place.
nights
  | where guests is exact
  | sort guests desc
  | derive part = round(share(guests), 1), place = rank() by town
  | select town, night, guests, part, place
