/// Rows of a column or a table, by their places.
final class Selection: Sendable {
  let rows: [Int32]

  init(_ rows: [Int32]) { self.rows = rows }

  /// Some rows of these.
  func picked(_ rows: [Int32]) -> Selection { Selection(rows.map { self.rows[Int($0)] }) }
}

/// A column seen through a selection: a filter keeps the rows' places, and only a column that is
/// read later is copied.
struct ColumnView: Sendable {
  let base: Column
  /// Nil for all rows.
  let selection: Selection?

  init(_ base: Column, _ selection: Selection? = nil) {
    self.base = base
    self.selection = selection
  }

  /// The values side by side.
  var column: Column { selection.map { base.gathered($0.rows) } ?? base }

  /// The bytes that a copy side by side takes; nothing where they lie so already.
  var copySize: Int {
    guard let selection else { return 0 }
    switch base.storage {
    case .lists(let lists):
      return selection.rows.reduce(0) { $0 + (lists.range(Int($1)).count + 1) * 8 }
    case .quantities(let values): return selection.rows.count * (values.isExact ? 8 : 24)
    case .truths, .texts, .dates, .periods, .references: return selection.rows.count * 8
    }
  }
}

extension [ColumnView] {
  /// Some rows of each; columns that share a selection go on sharing one.
  func picked(_ selection: Selection) -> [ColumnView] {
    var before: Selection?
    var composed = selection
    return map { view in
      guard let old = view.selection else { return ColumnView(view.base, selection) }
      if old !== before {
        before = old
        composed = old.picked(selection.rows)
      }
      return ColumnView(view.base, composed)
    }
  }
}
