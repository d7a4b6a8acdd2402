/// Where libedit puts the characters of a block on the screen, counted from the row of the prompt.
///
/// The terminal is never asked where its cursor is, so this must be what libedit does: a wide
/// character that doesn't fit begins the next row, a row that is just full is followed by an empty
/// one, and what can't be shown takes the cells of `^A` or `\U+0085`.
struct EditLayout {
  struct Place: Equatable {
    var row: Int
    var column: Int
  }

  private static let tabStop = 8

  /// One for each character, and one behind the last.
  private(set) var places: [Place] = []
  /// The rows that the block takes with its prompt.
  var rows: Int { end.row + 1 }
  /// Behind the last character.
  var end: Place { places[places.count - 1] }

  private let columns: Int

  init(_ scalars: some Collection<Unicode.Scalar>, columns: Int, promptWidth: Int) {
    self.columns = max(1, columns)
    places.reserveCapacity(scalars.count + 1)
    var next = Place(row: promptWidth / self.columns, column: promptWidth % self.columns)
    for scalar in scalars {
      let width = Terminal.editedWidth(of: scalar)
      if width == 2, !scalar.isASCII, next.column + 2 > self.columns {
        next = Place(row: next.row + 1, column: 0)
      }
      places.append(next)
      next = behind(scalar, width, at: next)
    }
    places.append(next)
  }

  private func behind(_ scalar: Unicode.Scalar, _ width: Int, at place: Place) -> Place {
    switch scalar {
    case "\n": Place(row: place.row + 1, column: 0)
    case "\t": moved(place, by: Self.tabStop - place.column % Self.tabStop, wraps: false)
    default: moved(place, by: width, wraps: true)
    }
  }

  /// A place some cells further; a tab ends at the margin, wherever that is.
  private func moved(_ place: Place, by cells: Int, wraps: Bool) -> Place {
    let column = place.column + cells
    if column < columns { return Place(row: place.row, column: column) }
    let rest = wraps ? column - columns : 0
    return Place(row: place.row + 1 + rest / columns, column: rest % columns)
  }
}
