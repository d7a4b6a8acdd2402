import Dossier

/// Which Arrow type a field of a result becomes; the table stands in dossier.h.
extension ArrowColumn {
  /// A whole answer: its fields side by side, and which rows are only maybe in it.
  init(_ held: HeldAnswer) {
    let answer = held.answer
    let count = answer.table.count
    var fields = held.columns.map { ArrowColumn($0) }
    if let membership = answer.membership {
      let isMaybe = membership.withElements { elements in
        Presence.packed(count) { elements[$0] == 0 }.bits
      }
      var field = ArrowColumn("b", count, .all, [Memory(Buffer(isMaybe))]).named("maybe")
      field.metadata = [("dossier.membership", "maybe")]
      fields.append(field)
    }
    self.init(fields, count, .all)
    if !answer.notes.isEmpty {
      metadata = [("dossier.notes", answer.notes.joined(separator: "\n"))]
    }
  }

  init(_ column: ResultColumn) {
    let presence = Presence(column)
    switch column.values {
    case .truths(let certain, let possible):
      self = ArrowColumn.truths(certain, possible, presence)
    case .decimals(let low, let best, let high, let scale):
      self = ArrowColumn.quantities(column, presence, isExact: low === high) {
        [
          ArrowColumn.decimals(low, scale, open: .min),
          ArrowColumn.decimals(best, scale, open: .min),
          ArrowColumn.decimals(high, scale, open: .max),
        ]
      } exact: {
        ArrowColumn.decimals(low, scale, presence)
      }
    case .doubles(let low, let best, let high):
      self = ArrowColumn.quantities(column, presence, isExact: low === high) {
        [low, best, high].map { numbers in
          let isThere = numbers.withElements { values in
            Presence(values.count) { values[$0].isFinite }
          }
          return ArrowColumn("g", numbers.count, isThere, [Memory(numbers)])
        }
      } exact: {
        ArrowColumn("g", low.count, presence, [Memory(low)])
      }
    case .texts(let codes, let texts):
      self = ArrowColumn("i", codes, of: ArrowColumn(texts), Presence(codes: codes))
    case .dates(let days):
      self =
        days.earliest === days.latest
        ? ArrowColumn("tdD", days.earliest.count, presence, [Memory(days.earliest)])
        : ArrowColumn(
          ArrowColumn.bounds(days) + [ArrowColumn.words(of: column)], column.count, presence)
    case .periods(let start, let end):
      self = ArrowColumn(
        [
          ArrowColumn(ArrowColumn.bounds(start), column.count, .all).named("start"),
          ArrowColumn(ArrowColumn.bounds(end), column.count, .all).named("end"),
          ArrowColumn.words(of: column),
        ], column.count, presence)
    case .references(let codes, let ids, let names):
      let isThere = Presence(codes: codes)
      self = ArrowColumn(
        [
          ArrowColumn.coded(codes, ids, isThere).named("id"),
          ArrowColumn.coded(codes, names, isThere).named("name"),
        ], codes.count, isThere)
    case .lists(let offsets, let elements):
      self.init("+l", column.count, presence, [Memory(offsets)])
      children = [ArrowColumn(elements).named("item")]
    }
    name = column.name
    metadata = [("dossier.type", column.type)]
    if case .one(let unit?) = column.units { metadata.append(("dossier.unit", unit.name)) }
  }

  // MARK: Numbers

  /// Exact numbers as they are, others as bounds with their unit and words.
  private static func quantities(
    _ column: ResultColumn, _ presence: Presence, isExact: Bool, bounds: () -> [ArrowColumn],
    exact: () -> ArrowColumn
  ) -> ArrowColumn {
    if case .one = column.units, isExact { return exact() }
    let ends = zip(bounds(), ["low", "best", "high"]).map { $0.named($1) }
    return ArrowColumn(ends + [units(of: column), words(of: column)], column.count, presence)
  }

  private static func decimals(
    _ values: Buffer<Int64>, _ scale: Int, open: Int64
  ) -> ArrowColumn {
    let isThere = values.withElements { values in
      Presence(values.count) { values[$0] != open }
    }
    return decimals(values, scale, isThere)
  }

  private static func decimals(
    _ values: Buffer<Int64>, _ scale: Int, _ presence: Presence
  ) -> ArrowColumn {
    if scale == 0 { return ArrowColumn("l", values.count, presence, [Memory(values)]) }
    let wide = values.withElements { Buffer($0.map { Int128($0) }) }
    return ArrowColumn("d:19,\(scale)", wide.count, presence, [Memory(wide)])
  }

  private static func units(of column: ResultColumn) -> ArrowColumn {
    let column =
      switch column.units {
      case .one(let unit):
        coded(zeros(column.count), [unit?.name ?? ""], unit == nil ? .no(column.count) : .all)
      case .each(let codes, let units):
        coded(
          codes, units.map { $0?.name ?? "" },
          codes.withElements { codes in
            Presence(codes.count) { units[Int(codes[$0])] != nil }
          })
      }
    return column.named("unit")
  }

  // MARK: Truths, days and words

  private static func truths(
    _ certain: Buffer<UInt8>, _ possible: Buffer<UInt8>, _ presence: Presence
  ) -> ArrowColumn {
    if certain === possible {
      let bits = certain.withElements { values in
        Presence.packed(values.count) { values[$0] != 0 }.bits
      }
      return ArrowColumn("b", certain.count, presence, [Memory(Buffer(bits))])
    }
    let codes = certain.withElements { certain in
      possible.withElements { possible in
        Buffer(certain.indices.map { Int8(bitPattern: certain[$0] &+ possible[$0]) })
      }
    }
    let words = ArrowColumn(["false", "maybe", "true"])
    return ArrowColumn("c", codes, of: words, presence)
  }

  /// The fields `earliest` and `latest`.
  private static func bounds(_ days: ResultColumn.Days) -> [ArrowColumn] {
    [(days.earliest, "earliest"), (days.latest, "latest")].map { days, name in
      let isThere = days.withElements { values in
        Presence(values.count) { values[$0] != .min && values[$0] != .max }
      }
      return ArrowColumn("tdD", days.count, isThere, [Memory(days)]).named(name)
    }
  }

  /// The words of the source; null where a value was computed.
  private static func words(of column: ResultColumn) -> ArrowColumn {
    guard let words = column.words else {
      return coded(zeros(column.count), [], .no(column.count)).named("words")
    }
    return ArrowColumn("i", words.codes, of: ArrowColumn(words.texts), Presence(codes: words.codes))
      .named("words")
  }

  private static func zeros(_ count: Int) -> Buffer<Int32> {
    Buffer(repeatElement(0, count: count))
  }
}

extension Presence {
  /// Where codes stand for something.
  fileprivate init(codes: Buffer<Int32>) {
    self = codes.withElements { codes in Presence(codes.count) { codes[$0] >= 0 } }
  }

  /// None is there.
  fileprivate static func no(_ count: Int) -> Presence { Presence(count) { _ in false } }
}
