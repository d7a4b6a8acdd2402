# An invented dossier: what neighbours promised and gave to the flooded town of flood.q.

source bulletin "Relief bulletin" { lang: "en", published: @2031-04 }

actor upriver "Upriver" { type: "institution" }
actor islands "The Islands" { type: "institution" }

event tents "Upriver sends tents" {
  type: "relief", status: "happened", date: @2031-03-13, actor: upriver, object: "40 tents", para: 1,
}
event timber "The Islands send timber" {
  type: "relief", status: "promised", date: late @2031-04, actor: islands, object: "timber", para: 2,
}

figure hosted {
  subject: upriver, measure: "hosted", value: 200..250 people, stated: @2031-03-15, para: 1,
}
figure given_upriver {
  subject: upriver, measure: "given", value: 90_000 EUR, stated: @2031-04-02, para: 3,
}
figure given_islands {
  subject: islands, measure: "given", value: about 60_000 EUR, stated: @2031-04-02, para: 3,
}
