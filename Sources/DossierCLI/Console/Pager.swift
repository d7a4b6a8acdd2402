import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program by which people look at what is longer than their terminal.
struct Pager {
  private let command: String

  /// What `PAGER` says, else `less`, else `more`; nil where it says nothing or the terminal can't
  /// move its cursor.
  init?(_ environment: (String) -> String?) {
    guard Terminal.isUsable(environment("TERM")) else { return nil }
    if let chosen = environment("PAGER")?.trimmed {
      if chosen.isEmpty || chosen == "cat" { return nil }
      command = chosen
    } else {
      // With colours, and the text stays on the terminal.
      command = "if command -v less >/dev/null; then less -RFX; else more; fi"
    }
  }

  /// Whether a text is taller than a terminal.
  static func isFor(_ text: [UInt8], _ size: (rows: Int, columns: Int)) -> Bool {
    var rows = 0
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let width = TextWidth.of(String(decoding: line, as: UTF8.self))
      rows += max(1, (width + size.columns - 1) / size.columns)
      if rows > size.rows { return true }
    }
    return false
  }

  /// Shows a text until the reader leaves; false where there is no such program.
  func show(_ text: [UInt8]) -> Bool {
    guard let status = try? ChildProgram.run(command, input: text) else { return false }
    return status != ChildProgram.notFound
  }
}
