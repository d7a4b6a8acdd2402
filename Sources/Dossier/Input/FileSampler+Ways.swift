/// A script that says how numbers or dates are written is told where they aren't.
///
/// Otherwise a column that doesn't go by it would be a text, and nobody would know.
extension FileSampler {
  func checkWays(_ columns: [FileSchema.SourceColumn]) throws(ReadError) {
    let texts = columns.filter { $0.given == nil && $0.type == .text }
    if options.numberOption != nil {
      for column in texts { try checkNumbers(column) }
    }
    guard let pattern = options.date else { return }
    for column in texts { try checkDates(column, pattern) }
    let isPatterned = columns.contains { $0.sighting.isPatterned || $0.given == .date }
    let isEmpty = columns.contains { $0.sighting.kinds.isEmpty }
    if !isPatterned, !isEmpty { throw noDates(texts, pattern) }
  }

  /// Among numbers of the style nothing is written like a number in another.
  private func checkNumbers(_ column: FileSchema.SourceColumn) throws(ReadError) {
    guard column.sighting.kinds.isSubset(of: [.numbers, .text]), column.sighting.kinds != .text,
      let example = column.sighting.others.firstFigure
    else { return }
    var mended = options
    mended.types[column.name] = .text
    let field = FileField(
      name: column.name, column: 0, type: .decimal(scale: 0), mayBeUnknown: false)
    throw failure(.value(example.text, field: field, nil), at: example, mended)
  }

  /// The dates of a column are all written in one way.
  private func checkDates(
    _ column: FileSchema.SourceColumn, _ pattern: DatePattern
  ) throws(ReadError) {
    let others = column.sighting.others
    guard column.sighting.isPatterned, let example = others.firstText else { return }
    var mended = options
    if let choice = others.dates.choice, others.example != nil {
      mended.date = choice.first
    } else if others.example == nil, !others.areNone {
      mended.unknown += others.words
    } else {
      mended.types[column.name] = .text
    }
    throw failure(
      .dateOtherwise(example.text, column: column.name, pattern), at: example, mended)
  }

  /// What is said if no column goes by the pattern.
  private func noDates(
    _ columns: [FileSchema.SourceColumn], _ pattern: DatePattern
  ) -> ReadError {
    for column in columns {
      let others = column.sighting.others
      guard let example = others.example, let choice = others.dates.choice else { continue }
      return failure(
        .noDates(pattern), at: example, options.with(choice.first),
        note: "'\(example.text)' in '\(column.name)'")
    }
    var mended = options
    mended.date = nil
    return .file(
      FileError(cause: .noDates(pattern), name: content.name, help: mended.call(path)))
  }

  private func failure(
    _ cause: FileError.Cause, at example: OtherReadings.Example, _ mended: FileOptions,
    note: String? = nil
  ) -> ReadError {
    .file(
      FileError(
        cause: cause, name: content.name, line: example.line, note: note, help: mended.call(path)))
  }
}
