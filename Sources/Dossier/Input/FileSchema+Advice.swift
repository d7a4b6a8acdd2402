/// What would make numbers or dates of columns of texts.
extension FileSchema {
  /// For each column of texts that could be something else what to say; by the file's columns.
  func advice(_ options: FileOptions, _ path: String, isSeparatedByComma: Bool) -> [FieldAdvice?] {
    let styles = commonStyles(options)
    return columns.map { column in
      guard column.given == nil, column.type == .text, !column.sighting.others.areNone else {
        return nil
      }
      let others = column.sighting.others
      let kinds = column.sighting.kinds.subtracting(.text)
      if kinds.isSubset(of: .numbers) {
        let fitting = FileSchema.allowed(others.numbers, options)
        let shared = fitting.intersection(styles)
        if let advice = numbers(
          others, shared.isEmpty ? fitting : shared, kinds, options, path, isSeparatedByComma)
        {
          return advice
        }
      }
      return kinds.isSubset(of: .dates) ? dates(others, kinds, options, path) : nil
    }
  }

  /// The styles that suit all columns that are numbers in some style.
  private func commonStyles(_ options: FileOptions) -> NumberStyles {
    columns.reduce(NumberStyles.all) { common, column in
      let others = column.sighting.others
      let isNumeric = column.sighting.kinds.isSubset(of: [.numbers, .text]) && !others.areNone
      let fitting = FileSchema.allowed(others.numbers, options)
      return isNumeric && !fitting.isEmpty ? common.intersection(fitting) : common
    }
  }

  /// What options that the script gives leave.
  static func allowed(_ styles: NumberStyles, _ options: FileOptions) -> NumberStyles {
    NumberStyles.known.enumerated().reduce(into: styles) { left, style in
      if !options.allow(style.element) { left.remove(NumberStyles(rawValue: 1 << style.offset)) }
    }
  }

  private func numbers(
    _ others: OtherReadings, _ fitting: NumberStyles, _ kinds: Sighting.Kinds,
    _ options: FileOptions, _ path: String, _ isSeparatedByComma: Bool
  ) -> FieldAdvice? {
    var changed = options
    changed.unknown += others.words
    guard let example = others.example else {
      // Words alone say nothing of numbers.
      guard !kinds.isEmpty, !others.words.isEmpty else { return nil }
      return advice(.numbers, but: others.words, options, changed, path)
    }
    guard let choice = fitting.choice(prefersGroups: isSeparatedByComma) else { return nil }
    let first = changed.with(choice.first)
    var advice = advice(.numbers, example, options, first, path)
    advice.other = choice.other.map { changed.with($0).words(besides: options) }
    return advice
  }

  private func dates(
    _ others: OtherReadings, _ kinds: Sighting.Kinds, _ options: FileOptions, _ path: String
  ) -> FieldAdvice? {
    var changed = options
    changed.unknown += others.words
    guard let example = others.example else {
      guard kinds.contains(.day), !others.words.isEmpty else { return nil }
      return advice(.dates, but: others.words, options, changed, path)
    }
    guard options.date == nil, let choice = others.dates.choice else { return nil }
    var advice = advice(.dates, example, options, changed.with(choice.first), path)
    advice.other = choice.other.map { changed.with($0).words(besides: options) }
    return advice
  }

  private func advice(
    _ result: FieldAdvice.Result, _ example: OtherReadings.Example, _ options: FileOptions,
    _ changed: FileOptions, _ path: String
  ) -> FieldAdvice {
    let option = changed.words(besides: options)
    return FieldAdvice(
      result: result, reason: "'\(example.text)' is \(result.phrase) with \(option)",
      option: option, call: changed.call(path))
  }

  private func advice(
    _ result: FieldAdvice.Result, but words: [String], _ options: FileOptions,
    _ changed: FileOptions, _ path: String
  ) -> FieldAdvice {
    let list = words.map { "'\($0)'" }.joined(separator: ", ")
    return FieldAdvice(
      result: result, reason: "\(result.rawValue) but for \(list)",
      option: changed.words(besides: options), call: changed.call(path))
  }
}
