# The built-in dossier: every fact of one French press report of twelve paragraphs on North Korean losses.
#
# How to read it: one fact a block, in the order of the paragraphs (`para`). No `claimed_by`: the report says it in its own voice.
# `on_record: false`: anonymous by the report's own words; left out: merely unnamed, or the report itself. A field left out is not
# reported. `phrase` keeps a hedge of the report. Status of a view or remark: happened (it was voiced); of a lasting state: ongoing.
# Dates: the report prints no date of publication, and one year only (2022). The other dates are inferred, and their `note` says so.

source report "French press report on North Korean losses" { lang: "fr", published: @2024-12-18~ }  # published: inferred

# ── States, armies, people ──
# Added here, not in the report: DPRK, RPDC, USA, US, Washington and English spellings as aliases; the armies' and states' part_of.

actor north_korea "North Korea" { alias: ["Corée du Nord", "Pyongyang", "DPRK", "RPDC", "Nord-Coréens", "North Koreans"], type: "state" }
actor russia "Russia" { alias: ["Russie", "Moscou", "Moscow"], type: "state" }
actor ukraine "Ukraine" { type: "state" }
actor united_states "United States" { alias: ["États-Unis", "USA", "US", "Washington"], type: "state" }

# The army is added to hold the troops that the report speaks of: the men sent are not the army.
actor nk_army "North Korean army" { alias: ["armée nord-coréenne"], type: "armed force", part_of: north_korea }
actor nk_troops "North Korean troops" {
  alias: [
    "North Korean soldiers", "North Korean forces", "Kim's troops", "soldats nord-coréens", "forces nord-coréennes",
    "troupes nord-coréennes", "soldats de Pyongyang", "forces de Pyongyang", "troupes de Kim",
  ],
  type: "armed force", part_of: nk_army,
}
actor russian_army "Russian army" { alias: ["Putin's army", "armée de Poutine", "armée de Vladimir Poutine"], type: "armed force", part_of: russia }
actor russian_units "Russian units" { alias: ["unités russes"], type: "armed force", part_of: russian_army }
actor ukrainian_army "Ukrainian army" { alias: ["Ukrainian soldiers", "soldats ukrainiens", "armée ukrainienne"], type: "armed force", part_of: ukraine }

actor putin "Vladimir Putin" { alias: ["Putin", "Vladimir Poutine", "Poutine"], type: "person", role: "President of Russia", part_of: russia }
actor kim "Kim Jong-un" { alias: ["Kim", "Kim Jong Un"], type: "person", role: "leader of North Korea", part_of: north_korea }
actor zelensky "Volodymyr Zelensky" {
  alias: ["Zelensky", "Zelenskyy", "Volodymyr Zelenskyy"], type: "person", role: "President of Ukraine", part_of: ukraine,
}
# Elected, not yet in office: of the country, not yet part of the state.
actor trump "Donald Trump" { alias: ["Trump"], type: "person", role: "President-elect of the United States", country: united_states }

# ── Those who speak ──
# Two officials: the report doesn't identify one with the other. The first comes back in ¶5, and only there is he called anonymous.
actor us_mil_official "senior US military official" {
  alias: ["haut responsable militaire américain", "responsable américain"], type: "official", role: "senior military official",
  part_of: united_states, note: "not named; anonymous by the report's own words (¶5)",
}
actor us_def_official "senior US defense official" {
  alias: ["haut responsable américain de la défense"], type: "official", role: "senior defense official",
  part_of: united_states, note: "not named; the report says neither that he is anonymous nor in what office he sits",
}
actor white_house "White House" { alias: ["Maison Blanche"], type: "institution", part_of: united_states }
# ¶12 speaks of the department, ¶6 of the Pentagon: one institution.
actor pentagon "Pentagon" {
  alias: ["Pentagone", "US Department of Defense", "Department of Defense", "ministère de la Défense"], type: "institution", part_of: united_states,
}
# part_of of unnamed groups says of which country they are, no more; the Western ones have none.
actor ukrainian_sources "Ukrainian sources" { alias: ["sources ukrainiennes"], type: "group", part_of: ukraine, note: "not named" }
actor western_sources "Western sources" { alias: ["sources occidentales"], type: "group", note: "not named, nor their countries" }
actor us_estimates "US estimates" { alias: ["estimations américaines"], type: "group", part_of: united_states, note: "whose within the US is not said" }
actor experts "experts" { type: "group", note: "not named, nor counted" }

# ── Places ──
place russian_land "Russia" { alias: ["Russie"], type: "country", country: russia }
place kursk "Kursk region" { alias: ["Kursk", "Koursk", "région de Koursk"], type: "region", part_of: russian_land, country: russia }
place ukrainian_land "Ukraine" { type: "country", country: ukraine }

# ── ¶1 ──
event nk_aid "North Korean forces help the Russian army in the Kursk region" {
  type: "military aid", status: "ongoing", place: kursk, actor: nk_troops, beneficiary: russian_army, object: "help in retaking the land", para: [1, 5],
}
event offensive "Ukraine's surprise offensive across the border in the Kursk region" {
  type: "offensive", status: "happened", date: early @2024-08, place: kursk, actor: ukraine, target: russia, para: [1, 5],
  note: "¶1 August, ¶5 early August; year inferred",
}

# ── ¶2 ──
# Neither place nor period of these losses is stated: Kursk is where the troops are stationed (¶5).
figure nk_casualties {
  measure: "killed or wounded", subject: nk_troops, value: several hundred people, phrase: "plusieurs centaines", event: nk_fights,
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: [2, 3], note: "stated on Tuesday; date inferred",
}
event nk_fights "North Korean soldiers fight beside Russia against Ukraine" {
  type: "combat", status: "happened", actor: nk_troops, target: ukraine, beneficiary: russia,
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: 2, note: "stated on Tuesday; date inferred",
}

# ── ¶3 ──
event mil_official_speaks "A senior US military official speaks of North Korean losses" {
  type: "statement", status: "happened", date: @2024-12-17, actor: us_mil_official, object: "North Korean losses and their cause, land retaken by Russia",
  para: [2, 3, 5], note: "Tuesday; date inferred. On condition of anonymity (¶5)",
}
# The dead alone are what he did not give; the bounds of killed or wounded are not theirs.
figure nk_killed {
  measure: "killed", subject: nk_troops, value: unknown people, why_unknown: "declined",
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: 3, note: "he did not say how many had died. Tuesday; date inferred",
}
# "Victimes" is read as casualties, not as dead. The cause that he gives is a claim of its own: the next block.
event nk_toll_high "North Korean casualties are high, since the soldiers lacked combat experience" {
  type: "view", status: "happened", actor: nk_troops, object: "number of casualties, and its cause", phrase: "élevé",
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: 3, note: "no number in it. Tuesday; date inferred",
}
event nk_inexperienced "North Korean soldiers were not hardened by combat" {
  type: "state of the troops", status: "ongoing", actor: nk_troops, phrase: "pas aguerris",
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: 3, note: "Tuesday; date inferred",
}

# ── ¶4 ──
event nk_confirmed "Ukrainian and Western sources confirm that North Korea has sent soldiers" {
  type: "statement", status: "happened", date: @[2024-10-22~..2024-12-03~], actor: [ukrainian_sources, western_sources],
  object: "sending of North Korean soldiers", phrase: "quelques semaines", para: 4, note: "a few weeks before Tuesday; inferred, an editorial reading",
}
event nk_sends "North Korea sends soldiers to help Putin" {
  type: "sending", status: "happened", actor: north_korea, beneficiary: putin, object: "soldiers",
  claimed_by: [ukrainian_sources, western_sources], stated: @[2024-10-22~..2024-12-03~], para: 4, note: "stated a few weeks before Tuesday; inferred",
}
# Sent: not how many fight, or are in the Kursk region.
figure nk_sent {
  measure: "sent", subject: north_korea, value: about 10_000 people, phrase: "environ", event: nk_sends,
  claimed_by: [ukrainian_sources, western_sources], stated: @[2024-10-22~..2024-12-03~], para: 4, note: "stated a few weeks before Tuesday; inferred",
}
# The exchange is the experts' claim, both halves. That the personnel are the soldiers sent is not said; nor is any amount or date.
event oil "Russia sends oil to Kim Jong-un" {
  type: "exchange", status: "ongoing", actor: russia, target: kim, object: "oil", in_return_for: nk_arms, phrase: "en échange", claimed_by: experts, para: 4,
}
event nk_arms "North Korea gives weapons and military personnel to Russia" {
  type: "exchange", status: "ongoing", actor: north_korea, target: russia, object: "weapons and military personnel", phrase: "en échange",
  claimed_by: experts, para: 4, note: "that North Korea is the giver is the sense of the exchange",
}

# ── ¶5 ──
event nk_stationed "North Korean troops are stationed in the Kursk region" {
  type: "presence", status: "ongoing", place: kursk, actor: nk_troops, para: 5, note: "how many is not said",
}
# Where the land lies is not said, only where the offensive was launched: place left out.
event land_seized "Ukraine seizes land in its offensive" {
  type: "seizure", status: "happened", date: early @2024-08, actor: ukraine, target: russia, object: "land", para: 5,
  note: "early August is the offensive's date; year inferred",
}
event retaking "The Russian army tries to retake the land" {
  type: "counter-attack", status: "ongoing", actor: russian_army, target: ukraine, object: "land seized by Ukraine", phrase: "sa tentative", para: 5,
}
# His sentence holds the share and what it is a share of. That this is the land of land_seized is not said.
event land_lost "Russia loses territory in the summer" {
  type: "loss of land", status: "happened", date: @2024-22, actor: russia, object: "territory",
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: 5, note: "this summer; season's year and Tuesday inferred",
}
event land_retaken "Russia retakes part of the territory that it lost in the summer" {
  type: "reconquest", status: "happened", actor: russia, object: "part of the territory lost",
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: 5, note: "Tuesday, the one occasion on which he speaks; inferred",
}
figure ru_reconquered {
  measure: "reconquered", subject: russia, value: about 20%, phrase: "environ", share_of: territory_lost, event: land_retaken,
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: 5, note: "Tuesday, the one occasion on which he speaks; inferred",
}
figure territory_lost "territory that Russia lost in the summer" {
  measure: "territory lost", subject: russia, value: unknown km2, why_unknown: "not given", event: land_lost,
  claimed_by: us_mil_official, on_record: false, stated: @2024-12-17, para: 5, note: "what the 20 % are a share of; its area is not given. Tuesday; date inferred",
}

# ── ¶6 ──
event us_announcement "The White House and the Pentagon speak of North Korean forces in combat" {
  type: "statement", status: "happened", date: @2024-12-16, actor: [white_house, pentagon], object: "how the North Korean forces fight", para: 6,
  note: "Monday; date inferred",
}
# Where they fight, and against whom, this sentence doesn't say.
event nk_infantry "North Korean forces fight largely in infantry positions beside Russian units" {
  type: "combat", status: "ongoing", actor: nk_troops, beneficiary: russian_units, phrase: "en grande partie",
  claimed_by: [white_house, pentagon], on_record: true, stated: @2024-12-16, para: 6, note: "stated on Monday; date inferred",
}

# ── ¶7 ──
# That images were published the report says; what they show, Zelensky.
event images "Zelensky publishes images" {
  type: "publication", status: "happened", date: @[2024-12-01..2024-12-17], actor: zelensky, object: "images, of North Korean troops by his account",
  para: 7, note: "earlier this month; month and year inferred",
}
event images_show "The images show North Korean troops in action" {
  type: "combat", status: "happened", actor: nk_troops, object: "images", phrase: "a dit être",
  claimed_by: zelensky, on_record: true, stated: @[2024-12-01..2024-12-17], para: 7, note: "stated earlier this month; inferred",
}
event no_reason "There is no reason for North Koreans to die in this war" {
  type: "view", status: "happened", actor: zelensky, object: "deaths of North Koreans", phrase: "aucune raison",
  claimed_by: zelensky, on_record: true, stated: @[2024-12-01..2024-12-17], para: 7, note: "added to the images; date inferred",
}

# ── ¶8 ──
event nk_more "North Korea intends to send more troops to Russia" {
  type: "sending", status: "unknown", why_unknown: "not known", place: russian_land, actor: north_korea, object: "more troops", phrase: "on ignore", para: 8,
}
# A rate, not a total; since when is not stated. An estimate, but nobody gave bounds.
figure ru_daily_loss {
  measure: "killed or wounded", subject: russian_army, value: 1_200 people/day, phrase: "estimations", claimed_by: us_estimates, para: 8,
}

# ── ¶9 ──
event ua_losses "Ukraine suffers heavy losses" {
  type: "losses", status: "ongoing", actor: ukraine, phrase: "pertes importantes", para: 9, note: "no number in the report's own voice",
}
event zelensky_admits "Zelensky admits Ukraine's losses" {
  type: "statement", status: "happened", date: @[..2024-12-18~], actor: zelensky, object: "soldiers killed and wounded", phrase: "récemment admis", para: 9,
  note: "recently: before publication, inferred",
}
figure ua_killed {
  measure: "killed", subject: ukrainian_army, value: 43_000 people, period: @2022-02/..,
  claimed_by: zelensky, on_record: true, stated: @[..2024-12-18~], para: 9, note: "since the invasion, to when is not said. Stated recently; inferred",
}
figure ua_wounded {
  measure: "wounded", subject: ukrainian_army, value: 370_000 people, period: @2022-02/..,
  claimed_by: zelensky, on_record: true, stated: @[..2024-12-18~], para: 9, note: "since the invasion, to when is not said. Stated recently; inferred",
}
# It dates his count, and is taken as the report's own background.
event invasion "Russia launches its full-scale invasion" { type: "invasion", status: "happened", date: @2022-02, actor: russia, target: ukraine, para: 9 }

# ── ¶10 ──
event inauguration "Donald Trump enters the White House" {
  type: "inauguration", status: "expected", date: @2025-01-20, actor: trump, object: "second presidential term", para: [10, 12],
  note: "20 January (¶10), January (¶12); year inferred",
}
event trump_election "Donald Trump is elected President of the United States" {
  type: "election", status: "happened", actor: trump, para: 10, note: "when is not said; that the coming term is his second is in inauguration",
}
event war "The war in Ukraine" { type: "war", status: "ongoing", place: ukrainian_land, actor: [russia, ukraine], para: [10, 11] }
event war_outlook "What becomes of the war in Ukraine" {
  type: "outlook", status: "unknown", why_unknown: "not known", place: ukrainian_land, phrase: "l'incertitude plane", para: 10,
}

# ── ¶11 ──
event end_of_war "Trump puts an end to the war" { type: "end of war", status: "promised", actor: trump, phrase: "a promis", para: 11 }
event trump_plan "Trump works out a plan for ending the war" { type: "plan", status: "not happened", actor: trump, phrase: "pas encore", para: 11 }

# ── ¶12 ──
event def_official_speaks "A senior US defense official speaks of the aid to Ukraine" {
  type: "statement", status: "happened", date: @2024-12-17, actor: us_def_official, object: "the promised weapons and equipment", phrase: "laissé entendre",
  para: 12, note: "Tuesday; date inferred",
}
# Two attributions in one sentence: sum and promise are background of the report, the doubt is the official's.
event aid "The United States gives Ukraine weapons and equipment" {
  type: "military aid", status: "promised", actor: united_states, target: ukraine, object: "stocks of weapons and equipment", para: 12,
  note: "who promised it, and when, is not said",
}
figure us_aid {
  measure: "promised", subject: united_states, value: 5.6 bn USD, also: 5.3 bn EUR, event: aid, para: 12, note: "one sum, converted by the report itself",
}
# A doubt about sending it in time, no cancellation; what comes after the inauguration is not said.
event aid_in_time "The Pentagon sends Ukraine the promised aid before the inauguration" {
  type: "military aid", status: "doubted", date: @[..2025-01-20], actor: pentagon, target: ukraine, object: "stocks of weapons and equipment",
  phrase: "peu probable", claimed_by: us_def_official, stated: @2024-12-17, para: 12, note: "by inauguration day, and stated on Tuesday; dates inferred",
}
