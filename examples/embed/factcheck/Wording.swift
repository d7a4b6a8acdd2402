/// How English writes what the language has words for.
enum Wording {
  /// Words before a number, the longest first, and the hedge that they are.
  static let hedges: [(words: [String], hedge: String)] = [
    (["not", "more", "than"], "at most"), (["no", "more", "than"], "at most"),
    (["no", "fewer", "than"], "at least"), (["no", "less", "than"], "at least"),
    (["close", "to"], "nearly"), (["just", "under"], "nearly"), (["more", "than"], "over"),
    (["fewer", "than"], "under"), (["less", "than"], "under"), (["at", "least"], "at least"),
    (["at", "most"], "at most"), (["up", "to"], "up to"), (["over"], "over"), (["above"], "over"),
    (["under"], "under"), (["below"], "under"), (["nearly"], "nearly"), (["almost"], "nearly"),
    (["about"], "about"), (["around"], "about"), (["roughly"], "about"), (["some"], "about"),
    (["approximately"], "about"), (["circa"], "about"), (["estimated"], "about"),
  ]

  /// Words that stand for an amount without a number.
  static let bulks: [(words: [String], bulk: String)] = [
    (["tens", "of", "thousands"], "tens of thousands of"),
    (["several", "hundred"], "several hundred"), (["a", "few", "hundred"], "several hundred"),
    (["several", "thousand"], "several thousand"), (["a", "few", "thousand"], "several thousand"),
    (["hundreds"], "hundreds of"), (["thousands"], "thousands of"), (["dozens"], "dozens of"),
  ]

  static let numbers: [String: String] = [
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20",
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80",
    "ninety": "90", "hundred": "100", "thousand": "1_000",
  ]

  static let magnitudes: [String: String] = [
    "thousand": "k", "k": "k", "million": "mn", "mn": "mn", "m": "mn", "billion": "bn",
    "bn": "bn", "trillion": "tn", "tn": "tn",
  ]

  /// Nouns that are counted as people, and words of other units.
  static let units: [String: String] = Dictionary(
    uniqueKeysWithValues: [
      "casualties", "civilians", "dead", "deaths", "fighters", "inhabitants", "injured", "killed",
      "lives", "men", "people", "persons", "prisoners", "recruits", "residents", "servicemen",
      "soldiers", "troops", "victims", "women", "wounded",
    ].map { ($0, "people") } + [
      ("%", "%"), ("percent", "%"), ("per cent", "%"), ("dollars", "USD"), ("euros", "EUR"),
      ("pounds", "GBP"), ("km", "km"), ("kilometres", "km"), ("kilometers", "km"),
      ("km2", "km2"), ("km ²", "km2"), ("square km", "km2"), ("square kilometres", "km2"),
      ("square kilometers", "km2"), ("tonnes", "tonnes"), ("barrels", "barrels"),
    ])

  /// Signs of money, which stand before the number.
  static let currencies: [String: String] = ["$": "USD", "€": "EUR", "£": "GBP"]

  /// `a day`, `per day`, `daily` behind an amount make a rate.
  static let times: [String: String] = [
    "day": "day", "daily": "day", "week": "week", "weekly": "week", "month": "month",
    "monthly": "month", "year": "year", "annually": "year",
  ]

  /// Other words for what dossiers call a measure.
  static let measures: [String: [String]] = [
    "killed": ["dead", "died", "deaths", "fatalities", "slain"],
    "wounded": ["injured", "hurt"],
    "killed or wounded": ["casualties", "losses"],
    "sent": ["send", "sends", "deployed", "dispatched"],
    "promised": ["pledged", "pledges"],
    "reconquered": ["retaken", "retook", "recaptured", "regained", "reclaimed"],
  ]

  static let speech: Set<String> = [
    "said", "says", "told", "tells", "admitted", "admits", "claimed", "claims", "reported",
    "reports", "estimated", "estimates", "put", "puts", "announced", "announces", "acknowledged",
    "speak", "speaks", "spoke", "counts", "counted",
  ]

  static let months: [String: String] = {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    return Dictionary(
      uniqueKeysWithValues: names.enumerated().map { index, name in
        (name, index < 9 ? "0\(index + 1)" : "\(index + 1)")
      })
  }()

  static let seasons: [String: String] = [
    "spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24",
  ]

  /// Words behind which no noun belongs to the amount any more.
  static let boundaries: Set<String> = [
    "and", "are", "as", "at", "been", "but", "by", "for", "from", "had", "has", "have", "in", "is",
    "on", "or", "that", "to", "was", "were", "which", "who", "with",
  ]

  /// Words that say nothing of what a sentence is about.
  static let fillers: Set<String> = [
    "with", "from", "that", "this", "their", "them", "they", "have", "been", "were", "will",
    "into", "across", "over", "after", "before", "about", "which", "year", "month", "week",
  ]
}

extension String {
  /// A word without the ending that English verbs and nouns change.
  var stem: String {
    for ending in ["ing", "ed", "es", "s", "d", "e"]
    where hasSuffix(ending) && count > ending.count + 2 {
      return String(dropLast(ending.count))
    }
    return self
  }
}
