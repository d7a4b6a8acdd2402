/// Finds `min(title)` and `max(title)`: the first or last text by its bytes.
final class ExtremeAccumulator: Accumulator {
  private let codes: Register
  private let texts: Texts
  private let isMax: Bool
  private var dictionary = TextDictionary.empty
  /// For each group the code that was found, or unknown.
  private var found: [Int32] = []
  private(set) var skipped = 0

  init(_ codes: Register, _ texts: Texts, _ aggregate: Aggregate) {
    self.codes = codes
    self.texts = texts
    isMax = aggregate.function == .max
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    found.reach(count, Code.unknown)
    dictionary = batch.dictionary(texts)
    let codes = batch.codes(codes)
    dictionary.withOrder { isBefore in
      batch.forEach(nil, groups, count) { lane, group in
        let (code, first) = (codes[lane], found[group])
        guard code >= 0 else {
          if code == Code.unknown { skipped += 1 }
          return
        }
        if code == first { return }
        let isFurther = first < 0 || (isMax ? isBefore(first, code) : isBefore(code, first))
        if isFurther { found[group] = code }
      }
    }
  }

  func mayRest(on lane: Int, _ batch: BatchRunner, of group: Int) -> Bool {
    batch.codes(codes)[lane] == found[group]
  }

  func column(_ groups: [Int32], _ meter: Meter) -> Column {
    let codes = groups.map { Int($0) < found.count ? found[Int($0)] : Code.unknown }
    return Column(.texts(codes: Buffer(codes), dictionary))
  }
}
