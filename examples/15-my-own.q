# Facts of one's own, invented for this example: a script that declares a source stands alone.
# Three sources tell of the same storm.

source diary "Harbour diary" { lang: "en", published: @2031-05-04 }
source radio "Coast radio" { lang: "en", published: @2031-05-06 }
source paper "The Bay Courier" { lang: "en", published: @2031-05-07 }

place bay "Grey Bay" { type: "bay" }
place pier "North Pier" { part_of: bay }

actor harbour "Harbour office" { type: "institution" }
actor divers "Divers' club" { type: "group" }

event storm "The storm of May" {
  type: "storm", status: "happened", date: early @2031-05, place: bay, source: diary, para: 1,
}
figure cargo_diary "cargo lost, by the diary" {
  subject: harbour, measure: "lost", value: dozens of tonnes, claimed_by: harbour, source: diary,
  para: 2,
}
figure cargo_radio "cargo lost, by the radio" {
  subject: harbour, measure: "lost", value: at least 90 tonnes, claimed_by: divers, source: radio,
  para: 1,
}
figure cargo_paper "cargo lost, by the paper" {
  subject: harbour, measure: "lost", value: unknown tonnes, why_unknown: "declined",
  claimed_by: harbour, on_record: false, place: pier, source: paper, para: 4,
}

figures | where value >= 50 tonnes | select title, value
figures | where place in "Grey Bay" | select title, value, claimed_by
events | where place in bay | select title, date

# From the least that one of them allows to the most.
figures
  | where value is known
  | summarize claims = count(), from = min(value), around = hull(value),
    independent = origins() by measure
