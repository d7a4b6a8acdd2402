# open() reads CSV, TSV, JSON and JSON Lines; types come from the data.
# The file is invented: how many slept in the shelters of a flooded town.

let shelters = open("data/shelters.csv", unknown: ["NA"])

shelters | describe

# Three columns make one quantity. One row has its bounds the wrong way round: the footer says so.
let nights = shelters | derive guests = quantity(low, best, high, "people")

nights | where evening == @2031-03-13 | select shelter, quarter, guests

# What nobody counted is left out of a sum over a file, and the footer counts it.
nights | summarize guests = sum(guests) by evening

# A second file gives the residents of each quarter.
nights
  | where evening == @2031-03-12
  | join open("data/quarters.tsv") as q on quarter same q.quarter
  | select quarter, guests, residents = q.residents,
    part = round(guests / quantity(q.residents, q.residents, q.residents, "people") to %, 1)
