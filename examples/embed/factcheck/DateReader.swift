/// Finds the dates of a sentence that say a year, and writes them as the language does.
struct DateReader {
  let words: [Word]

  /// A date as it goes behind `--set`: `early 2024-08`, `2024-12-17`.
  struct Date {
    let literal: String
    let words: Range<Int>
  }

  func dates() -> [Date] {
    var found: [Date] = []
    var index = 0
    while index < words.count {
      if let date = numeric(index) ?? worded(index) ?? year(index) {
        found.append(date)
        index = date.words.upperBound
      } else {
        index += 1
      }
    }
    return found
  }

  /// A day in digits: `2024-12-17`.
  private func numeric(_ start: Int) -> Date? {
    let parts = (start..<start + 5).compactMap { words.indices.contains($0) ? words[$0] : nil }
    guard parts.count == 5, isYear(start), parts[1].text == "-", parts[3].text == "-",
      let month = parts[2].digits, let day = parts[4].digits, month.count == 2, day.count == 2
    else { return nil }
    return Date(literal: "\(parts[0].text)-\(month)-\(day)", words: start..<start + 5)
  }

  /// A day, month or season in words: `17 December 2024`, `early August 2024`, `summer of 2024`.
  private func worded(_ start: Int) -> Date? {
    var index = start
    let part = key(index).flatMap { ["early", "mid", "late"].contains($0) ? $0 : nil }
    if part != nil { index += 1 }
    var day = dayNumber(index)
    if day != nil { index += key(index + 1).map(isOrdinal) == true ? 2 : 1 }
    guard let word = key(index), words[index].isCapitalized || Wording.seasons[word] != nil,
      let month = Wording.months[word] ?? Wording.seasons[word]
    else { return nil }
    index += 1
    if day == nil, let number = dayNumber(index), !isYear(index) {
      day = number
      index += key(index + 1).map(isOrdinal) == true ? 2 : 1
    }
    if key(index) == "," || key(index) == "of" { index += 1 }
    guard isYear(index), let year = words[index].digits else { return nil }
    let literal =
      [part.map { $0 + " " } ?? "", "\(year)-\(month)", day.map { "-" + $0 } ?? ""].joined()
    return Date(literal: literal, words: start..<index + 1)
  }

  /// A year behind a word for time: `in 2022`.
  private func year(_ start: Int) -> Date? {
    guard isYear(start), let before = start > 0 ? key(start - 1) : nil,
      ["in", "since", "during", "of", "year", "by", "until"].contains(before)
    else { return nil }
    return Date(literal: words[start].text, words: start..<start + 1)
  }

  private func dayNumber(_ index: Int) -> String? {
    guard words.indices.contains(index), let digits = words[index].digits, digits.count <= 2,
      let number = Int(digits), (1...31).contains(number)
    else { return nil }
    return number < 10 ? "0\(number)" : "\(number)"
  }

  private func isOrdinal(_ word: String) -> Bool { ["st", "nd", "rd", "th"].contains(word) }

  private func isYear(_ index: Int) -> Bool {
    guard words.indices.contains(index), let digits = words[index].digits, digits.count == 4,
      let number = Int(digits)
    else { return false }
    return (1900...2100).contains(number)
  }

  private func key(_ index: Int) -> String? {
    words.indices.contains(index) ? words[index].key : nil
  }
}
