/// Counts the words among values that were read by the published table, where a stage looks at their
/// bounds.
struct ReadWords {
  private let readings: Readings
  private var counts: [(reading: AssumedReading, values: Int)] = []

  init(_ readings: Readings) { self.readings = readings }

  /// Adds some rows of a column.
  mutating func add(_ rows: some Sequence<Int32>, of column: Column) {
    guard column.hasWords else { return }
    for row in rows { add(column.text(Int(row), names: nil)) }
  }

  /// Adds a quantity or a date as it is written.
  mutating func add(_ text: String) {
    for reading in readings.assumed(in: text) {
      if let index = counts.firstIndex(where: { $0.reading == reading }) {
        counts[index].values += 1
      } else {
        counts.append((reading, 1))
      }
    }
  }

  var notes: [Note] {
    counts.isEmpty ? [] : [.readings(counts.map { ($0.reading, $0.values) })]
  }
}

extension Column {
  /// Whether values may have been written in words.
  fileprivate var hasWords: Bool {
    switch storage {
    case .quantities(let values): values.written != nil
    case .dates(let dates): dates.written != nil
    default: false
    }
  }
}
