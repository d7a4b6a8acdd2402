# An invented dossier: no such mill, no such flood.
source diary "The miller's diary" { published: @2024-05-04 }

actor mill "The old mill" { type: "group" }

figure mill_helpers {
  measure: "helped", subject: mill, value: dozens of people, claimed_by: mill, on_record: true
}

let wet(least: number = 1) = open("../data/rain.csv") | where best >= least
