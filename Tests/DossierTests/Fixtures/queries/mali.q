# Invented for the tests: a village, its numbers and who says them.

source letter "An invented letter" { lang: "en", published: @2024-03 }
actor army "The army" { type: "armed force" }
actor villagers "The villagers" { type: "group" }
place mopti "Mopti" { type: "town" }

event raid "A raid" { type: "raid", status: "happened", date: @2024-03-01, place: mopti, claimed_by: villagers, para: 1 }
figure raid_army { subject: villagers, measure: "killed", value: about 12 people, claimed_by: army, event: raid, para: 2 }
figure raid_villagers { subject: villagers, measure: "killed", value: 30 people, claimed_by: villagers, event: raid, para: 2 }
