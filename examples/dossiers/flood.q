# An invented dossier: town, people, sources and numbers are made up for the examples.
# Three sources count the missing boats and the evacuated people of one flood, each in its own way.

source gazette "Grey Harbour Gazette" {
  lang: "en", published: @2031-03-14, publisher: "Gazette Press",
}
source radio "Radio Saint-Éloi" { lang: "fr", published: @2031-03-12 }
source log "Log of the harbour office" { lang: "en", published: @2031-03-20~ }

# ── Who ──

actor coast "Grey Coast" { alias: ["Côte grise"], type: "state" }
actor town "Grey Harbour" { alias: ["Port-Gris"], type: "institution", part_of: coast }
actor harbour "Harbour office" { alias: ["the office"], type: "institution", part_of: town }
actor mayor "Inès Aubry" { type: "person", role: "mayor", part_of: town }
actor fishers "Fishers' union" { alias: ["the fishers"], type: "group" }
actor brigade "Fire brigade" { alias: ["pompiers"], type: "institution", part_of: town }
actor residents "Residents" { type: "group", part_of: town }

# ── Where ──

place port "Grey Harbour" { alias: ["Port-Gris"], type: "town" }
place old_harbour "Old Harbour" { type: "quarter", part_of: port }
place flats "The Flats" { type: "quarter", part_of: port }

# ── What happened ──

event storm "A storm surge reaches the town" {
  type: "storm", status: "happened", date: @2031-03-10, place: port, claimed_by: harbour,
  on_record: true, source: log, para: 1,
}
event mole "The mole breaks" {
  type: "damage", status: "happened", date: @[2031-03-10..2031-03-11], place: old_harbour,
  source: gazette, para: 2,
}
event evacuation "The Flats are evacuated" {
  type: "evacuation", status: "happened", date: @2031-03-11, place: flats, actor: brigade,
  claimed_by: mayor, on_record: true, source: gazette, para: 3,
}
event search "The search for the boats" {
  type: "search", status: "ongoing", date: @2031-03-12, actor: harbour, claimed_by: harbour,
  on_record: true, source: radio, para: 2,
}
event repair "The mole is repaired" {
  type: "repair", status: "promised", date: @2031-22, place: old_harbour, actor: town,
  claimed_by: mayor, on_record: true, source: gazette, para: 6,
}

# ── How many ──

unit boat, boats

figure boats_radio "missing boats, by the radio" {
  subject: fishers, measure: "missing", value: dozens of boats, phrase: "des dizaines",
  claimed_by: fishers, on_record: false, stated: @2031-03-11, source: radio, para: 1,
}
figure boats_gazette "missing boats, by the gazette" {
  subject: fishers, measure: "missing", value: about 20 boats, claimed_by: mayor, on_record: true,
  stated: @2031-03-13, source: gazette, para: 4,
}
figure boats_log "missing boats, by the log" {
  subject: fishers, measure: "missing", value: 14 boats, claimed_by: harbour, on_record: true,
  stated: @2031-03-19, source: log, para: 8,
}
figure evacuated_radio "evacuated people, by the radio" {
  subject: residents, measure: "evacuated", value: several thousand people,
  phrase: "plusieurs milliers", stated: @2031-03-12, place: flats, source: radio, para: 3,
}
figure evacuated_gazette "evacuated people, by the gazette" {
  subject: residents, measure: "evacuated", value: over 1_500 people, claimed_by: [mayor, brigade],
  on_record: true, stated: @2031-03-12, place: flats, source: gazette, para: 3,
}
figure evacuated_log "evacuated people, by the log" {
  subject: residents, measure: "evacuated", value: 1_874 people, claimed_by: brigade,
  on_record: true, stated: @2031-03-19, place: flats, source: log, para: 7,
}
figure injured_gazette "injured people, by the gazette" {
  subject: residents, measure: "injured", value: unknown people, why_unknown: "not given",
  claimed_by: brigade, stated: @2031-03-13, source: gazette, para: 5,
}
figure damage_gazette "damage, by the gazette" {
  subject: town, measure: "damage", value: nearly 12 mn EUR, also: about 13 mn USD,
  claimed_by: mayor, on_record: true, stated: @2031-03-13, source: gazette, para: 6,
}
