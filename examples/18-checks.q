# Checks hold sentences against the facts: supported, contradicted, or undetermined.
# A file of them is a test suite; `dossier` ends with status 1 if one is contradicted.

param most: quantity = 500_000 people

let ukraine = figures | where subject in "Ukraine"
let lost = sum(ukraine.value)

check lost <= most : "Ukraine admits fewer killed and wounded than the bound"
check events | where status == "happened" and actor == "Ukraine" : "Ukraine did something"

# The facts themselves can be tested.
check count(figures | where claimed_by is none) <= 1 : "hardly any figure without a claimant"
check count(figures | where value is unknown) <= 2 : "hardly any figure is missing"

# A range decides some sentences and leaves others open.
check nk_sent.value >= 9_000 people : "at least 9,000 North Koreans were sent"
check nk_sent.value >= 10_000 people : "at least 10,000 North Koreans were sent"

# Silence is no contradiction.
check events | where status == "cancelled" : "the aid was cancelled"
