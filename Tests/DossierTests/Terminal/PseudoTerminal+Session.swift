import Testing

/// What people do in a session, and how it should end.
extension PseudoTerminal {
  static let prompt = "dossier> "

  /// Keys as terminals send them.
  enum Key {
    static let up = "\u{1B}[A", down = "\u{1B}[B", right = "\u{1B}[C", left = "\u{1B}[D"
    static let altEnter = "\u{1B}\r"
    static let end = "\u{4}", drop = "\u{3}", suspend = "\u{1A}", search = "\u{12}"
    static let rowStart = "\u{1}", rowEnd = "\u{5}"
  }

  /// The program, once it waits for an entry.
  static func session(
    _ arguments: String..., home: TemporaryFolder, environment: [String: String] = [:],
    rows: Int = 24, columns: Int = 80
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      arguments, home: home, environment: environment, rows: rows, columns: columns)
    terminal.expect(prompt)
    return terminal
  }

  /// Enters a line and waits for its answer and the next prompt.
  func ask(_ line: String, for answer: String, sourceLocation: SourceLocation = #_sourceLocation) {
    type(line + "\r")
    expect(answer, sourceLocation: sourceLocation)
    expect(Self.prompt, sourceLocation: sourceLocation)
  }

  /// Types a block row by row; all at once it would be a paste, which isn't indented.
  func type(rows: String...) {
    for (index, row) in rows.enumerated() {
      if index > 0 {
        type("\r")
        see("an indented row") { $0.line.isEmpty && $0.cursor.column > 0 }
      }
      type(row)
      see("a row") { $0.line.hasSuffix(row) }
    }
  }

  /// A text between the marks of a paste.
  func paste(_ text: String) {
    type("\u{1B}[200~" + text + "\u{1B}[201~")
  }

  /// Ctrl-D on an empty line ends the session with 0, and the terminal is as it was.
  func leave(sourceLocation: SourceLocation = #_sourceLocation) {
    type(Key.end)
    #expect(end() == 0, sourceLocation: sourceLocation)
    #expect(settings == firstSettings, sourceLocation: sourceLocation)
    #expect(screen.strange == [], sourceLocation: sourceLocation)
    #expect(screen.isCursorShown, sourceLocation: sourceLocation)
  }
}
