import Dossier

/// What a terminal shows: the cells that the bytes of a program have made, and its cursor.
///
/// As much of a terminal as libedit and the program use; what it doesn't know it notes, so that a
/// test can't pass by what was overlooked.
struct Screen {
  /// A character with what combines with it; empty in the second half of a wide one.
  struct Cell: Equatable {
    var text = " "
    /// The colour as it was asked for, such as `35`; empty for the plain one.
    var style = ""
  }

  private(set) var rows: Int
  private(set) var columns: Int
  private(set) var cells: [[Cell]]
  private(set) var cursor = (row: 0, column: 0)
  private(set) var isCursorShown = true
  /// Sequences that aren't known here.
  private(set) var strange: [String] = []
  /// Rows that go on in the next one, since a character didn't fit any more.
  private var isWrapped: [Bool]
  private var style = ""
  private var saved = (row: 0, column: 0, style: "")
  private var inserts = false
  /// Whether the last column is written: the next character goes to the next row.
  private var isFull = false
  /// A sequence that isn't whole yet.
  private var sequence: [Unicode.Scalar] = []

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    cells = [[Cell]](repeating: [Cell](repeating: Cell(), count: columns), count: rows)
    isWrapped = [Bool](repeating: false, count: rows)
  }

  /// The rows without the blanks at their ends, nor empty rows at the end of all.
  var lines: [String] {
    var lines = cells.map { row in
      let text = row.map(\.text).joined()
      return text.lastIndex { $0 != " " }.map { String(text[...$0]) } ?? ""
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The row of the cursor.
  var line: String { cursor.row < lines.count ? lines[cursor.row] : "" }

  /// The text that stands in a colour, row by row.
  func text(inStyle style: String) -> String {
    cells.map { $0.filter { $0.style == style }.map(\.text).joined() }.joined()
  }

  // MARK: What comes

  /// Shows what came, and gives the letters and line ends in it.
  @discardableResult
  mutating func write(_ text: String) -> String {
    var letters = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if sequence.isEmpty, scalar == "\n" || scalar.value >= 0x20 { letters.append(scalar) }
      take(scalar)
    }
    return String(letters)
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    if !sequence.isEmpty { return takeOfSequence(scalar) }
    switch scalar {
    case "\u{1B}": sequence = [scalar]
    case "\r": move(cursor.row, 0)
    case "\n": lineFeed()
    case "\u{8}": move(cursor.row, cursor.column - 1)
    case "\t": move(cursor.row, (cursor.column / 8 + 1) * 8)
    case "\u{7}", "\0": break
    case ..<" ", "\u{7F}", "\u{80}"..<"\u{A0}": strange.append("\(scalar.value)")
    default: put(scalar)
    }
  }

  private mutating func takeOfSequence(_ scalar: Unicode.Scalar) {
    sequence.append(scalar)
    switch sequence[1] {
    case "[":
      guard sequence.count > 2, ("@"..."~").contains(scalar) else { return }
      let parameters = sequence[2..<(sequence.count - 1)]
      obey(String(String.UnicodeScalarView(parameters)), scalar)
    case "(", ")":
      guard sequence.count > 2 else { return }
    case "7": saved = (cursor.row, cursor.column, style)
    case "8":
      move(saved.row, saved.column)
      style = saved.style
    case "=", ">": break
    default: noteStrange()
    }
    sequence = []
  }

  private mutating func obey(_ parameters: String, _ final: Unicode.Scalar) {
    let number = Int(parameters)
    let count = max(1, number ?? 1)
    switch final {
    case "A": move(cursor.row - count, cursor.column)
    case "B": move(cursor.row + count, cursor.column)
    case "C": move(cursor.row, cursor.column + count)
    case "D": move(cursor.row, cursor.column - count)
    case "G": move(cursor.row, count - 1)
    case "H" where parameters.isEmpty: move(0, 0)
    case "J" where number == 2: erase(rows: 0..<rows)
    case "J" where number ?? 0 == 0:
      erase(from: cursor.column)
      erase(rows: (cursor.row + 1)..<rows)
    case "K" where number ?? 0 == 0: erase(from: cursor.column)
    case "P":
      let end = min(columns, cursor.column + count)
      cells[cursor.row].removeSubrange(cursor.column..<end)
      cells[cursor.row] += [Cell](repeating: Cell(), count: end - cursor.column)
    case "@": makeRoom(count)
    case "m": style = parameters.isEmpty || parameters == "0" ? "" : parameters
    case "h" where number == 4: inserts = true
    case "l" where number == 4: inserts = false
    case "h" where parameters == "?25": isCursorShown = true
    case "l" where parameters == "?25": isCursorShown = false
    case "h" where parameters == "?2004", "l" where parameters == "?2004": break
    default: noteStrange()
    }
  }

  private mutating func noteStrange() {
    strange.append(String(String.UnicodeScalarView(sequence)))
  }

  // MARK: What it does to the cells

  private mutating func move(_ row: Int, _ column: Int) {
    cursor = (min(max(0, row), rows - 1), min(max(0, column), columns - 1))
    isFull = false
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let text = String(scalar)
    let width = TextWidth.of(text)
    if width == 0 { return combine(text) }
    if isFull || cursor.column + width > columns {
      isWrapped[cursor.row] = true
      lineFeed()
      move(cursor.row, 0)
    }
    if inserts { makeRoom(width) }
    cells[cursor.row][cursor.column] = Cell(text: text, style: style)
    if width == 2 { cells[cursor.row][cursor.column + 1] = Cell(text: "", style: style) }
    let next = cursor.column + width
    isFull = next == columns
    cursor.column = min(next, columns - 1)
  }

  private mutating func combine(_ text: String) {
    var column = isFull ? cursor.column : cursor.column - 1
    if column > 0, cells[cursor.row][column].text.isEmpty { column -= 1 }
    if column >= 0 { cells[cursor.row][column].text += text }
  }

  private mutating func makeRoom(_ count: Int) {
    let blanks = [Cell](repeating: Cell(), count: min(count, columns - cursor.column))
    cells[cursor.row].insert(contentsOf: blanks, at: cursor.column)
    cells[cursor.row].removeLast(blanks.count)
  }

  private mutating func erase(from column: Int) {
    for place in column..<columns { cells[cursor.row][place] = Cell() }
    isWrapped[cursor.row] = false
    isFull = false
  }

  private mutating func erase(rows: Range<Int>) {
    for row in rows {
      cells[row] = [Cell](repeating: Cell(), count: columns)
      isWrapped[row] = false
    }
  }

  private mutating func lineFeed() {
    isFull = false
    if cursor.row + 1 < rows {
      cursor.row += 1
    } else {
      cells.removeFirst()
      cells.append([Cell](repeating: Cell(), count: columns))
      isWrapped.removeFirst()
      isWrapped.append(false)
    }
  }

  // MARK: Another size

  /// Cuts rows at the right, or fills them up, as xterm itself does; what is above the top is lost.
  mutating func cut(rows: Int, columns: Int) {
    let kept = cells.dropFirst(max(0, cursor.row + 1 - rows)).prefix(rows)
    let lost = cells.count - cells.dropFirst(max(0, cursor.row + 1 - rows)).count
    var cut = Screen(rows: rows, columns: columns)
    for (row, line) in kept.enumerated() {
      for (column, cell) in line.prefix(columns).enumerated() { cut.cells[row][column] = cell }
    }
    cut.style = style
    cut.strange = strange
    cut.isCursorShown = isCursorShown
    cut.sequence = sequence
    cut.move(cursor.row - lost, cursor.column)
    self = cut
  }

  /// Folds wrapped rows anew, as today's terminals do; what is above the top is lost.
  mutating func resize(rows: Int, columns: Int) {
    var folded = Screen(rows: rows, columns: columns)
    var place = (row: 0, column: 0)
    let last = max(cursor.row, lines.count - 1)
    for row in 0...last {
      let line = cells[row]
      let end = isWrapped[row] ? self.columns : (line.lastIndex { $0.text != " " } ?? -1) + 1
      for column in 0..<max(end, row == cursor.row ? cursor.column : 0) {
        if row == cursor.row, column == cursor.column { place = folded.cursor }
        for scalar in line[column].text.unicodeScalars {
          folded.style = line[column].style
          folded.put(scalar)
        }
      }
      if row == cursor.row, cursor.column >= end { place = folded.cursor }
      if row < last, !isWrapped[row] {
        folded.lineFeed()
        folded.move(folded.cursor.row, 0)
      }
    }
    folded.style = style
    folded.strange = strange
    folded.isCursorShown = isCursorShown
    folded.sequence = sequence
    folded.move(place.row, place.column)
    self = folded
  }
}
