# What hedges mean, what is counted and what excludes each other can be said by a script.

assume about = 5%
assume dozens = 24..60
unit boat, boats
family "sunk", "stranded"

source log "An invented log"
actor fishers "The fishers"

figure sunk { subject: fishers, measure: "sunk", value: about 40 boats }
figure stranded { subject: fishers, measure: "stranded", value: dozens of boats }

# The bounds follow the readings; boats are counted, so they are whole.
figures | select measure, value, low = value.low, high = value.high

# No boat is both, says the family: so the two may be added.
figures | summarize total = sum(value)

2 boats/day * 2 weeks
