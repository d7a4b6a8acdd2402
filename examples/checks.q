# A check holds a sentence against the facts and names the sources that decide.

param most: quantity = 500_000 people

let ukraine = figures | where subject in "Ukraine"
let lost = sum(ukraine.value)

check lost <= most : "Ukraine admits fewer killed and wounded than the bound"
check events | where status == "happened" and actor == "Ukraine" : "Ukraine did something"

# Silence is no contradiction.
check events | where status == "cancelled" : "the aid was cancelled"
