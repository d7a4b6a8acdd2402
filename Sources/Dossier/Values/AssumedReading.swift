/// How words are read that leave their width to a published table: `about`, `several hundred`, `~`,
/// `early`.
///
/// `over`, `at least` and ranges say where they begin or end; these don't, so the footer of what
/// rests on them says how they were read.
struct AssumedReading: Sendable, Hashable {
  /// As they are written: `about`.
  let words: String
  /// What they stand for: `±10 %`.
  let meaning: String
  /// What `assume` calls them; nil where it has no say.
  var name: String?

  /// `'about' read as ±10 % in 2 values (`assume about = …` changes it)`; words of the script itself
  /// aren't counted.
  static func text(of readings: [(AssumedReading, Int)]) -> String {
    let parts = readings.map { reading, values in
      let count = values == 0 ? "" : " in \(values.grouped) \(values == 1 ? "value" : "values")"
      return "'\(reading.words)' read as \(reading.meaning)\(count)"
    }
    let names = readings.compactMap(\.0.name)
    let change =
      names.count > 1
      ? " (`assume` changes them)" : names.map { " (`assume \($0) = …` changes it)" }.first
    return parts.joined(separator: " · ") + (change ?? "")
  }
}

extension Readings {
  /// All that may be assumed of quantities, or of dates.
  func assumed(ofDates: Bool) -> [AssumedReading] {
    let written =
      ofDates
      ? ["1~", "1?", "1%"] + MonthPart.allCases.map(\.rawValue) + (21...24).map { "2000-\($0)" }
      : Hedge.allCases.map(\.words)
    return written.flatMap { assumed(in: $0) }
  }

  /// What is assumed in a text.
  func assumed(in written: String) -> [AssumedReading] {
    var written = written
    return written.withUTF8 { assumed(in: $0) }
  }

  /// What is assumed in a quantity or a date as results print it.
  func assumed(in written: UnsafeBufferPointer<UInt8>) -> [AssumedReading] {
    var found: [AssumedReading] = []
    for end in WrittenEnds(rest: written[...]) {
      for reading in [words(before: end), sign(behind: end), season(end)].compactMap({ $0 })
      where !found.contains(reading) {
        found.append(reading)
      }
    }
    return found
  }

  /// That of `about 10` and of `early 2024-08`.
  private func words(before end: WrittenEnds.Element) -> AssumedReading? {
    guard let first = end.first, first >= 0x61, first <= 0x7A else { return nil }
    for hedge in Hedge.allCases where hedge.isAssumed && end.begins(with: hedge.words) {
      if let (low, high) = range(of: hedge) {
        let bounds = "\(Number(low).grouped)..\(Number(high).grouped)"
        return AssumedReading(words: hedge.words, meaning: bounds, name: hedge.phrase)
      }
      let percent = share(of: hedge).times(Number(100))?.trimmed.grouped ?? ""
      return AssumedReading(
        words: hedge.words,
        meaning: hedge == .about ? "±\(percent) %" : "up to \(percent) % less", name: hedge.phrase)
    }
    let part = MonthPart.allCases.first { end.begins(with: $0.rawValue) }
    return part.map { AssumedReading(words: $0.rawValue, meaning: $0.days) }
  }

  /// `2024-12~`, but not `5 %`.
  private func sign(behind end: WrittenEnds.Element) -> AssumedReading? {
    guard let last = end.last, "~?%".utf8.contains(last), end.dropLast().last != 0x20 else {
      return nil
    }
    return AssumedReading(
      words: String(decoding: [last], as: UTF8.self), meaning: "one unit wider")
  }

  /// That of `2024-22`.
  private func season(_ end: WrittenEnds.Element) -> AssumedReading? {
    let number = end.dropFirst(5).prefix(2)
    let months = [
      "March to May", "June to August", "September to November", "December to February",
    ]
    guard end.dropFirst(4).first == UInt8(ascii: "-"), number.first == UInt8(ascii: "2"),
      let last = number.last, (0x31...0x34).contains(last),
      end.count == 7 || end.count == 8 && "~?%".utf8.contains(end.last ?? 0)
    else { return nil }
    return AssumedReading(
      words: "season \(String(decoding: number, as: UTF8.self))",
      meaning: months[Int(last) - 0x31])
  }
}

/// The ends of a written range, interval or period: each has words of its own.
private struct WrittenEnds: Sequence, IteratorProtocol {
  typealias Element = Slice<UnsafeBufferPointer<UInt8>>

  var rest: Element

  mutating func next() -> Element? {
    while let first = rest.first, ".[]/".utf8.contains(first) { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    let start = rest.startIndex
    while let first = rest.first, !parts(first, rest.dropFirst().first) { rest = rest.dropFirst() }
    return rest.base[start..<rest.startIndex]
  }

  /// One point is in a number, two stand between ends.
  private func parts(_ byte: UInt8, _ next: UInt8?) -> Bool {
    let point = UInt8(ascii: ".")
    return byte == point && next == point || "[]/".utf8.contains(byte)
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// Whether some words stand at its beginning.
  fileprivate func begins(with words: String) -> Bool {
    let behind = dropFirst(words.utf8.count).first
    return starts(with: words.utf8) && (behind == nil || behind == 0x20)
  }
}
