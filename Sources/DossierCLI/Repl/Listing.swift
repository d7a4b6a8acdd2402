import Dossier

/// What the commands of the session list, as text.
enum Listing {
  /// `.tables`: the names, and the rows on the right where they are known.
  static func tables(_ tables: [TableSummary]) -> String {
    let nameWidth = width(of: tables.map(\.name))
    let rowWidth = width(of: tables.compactMap { $0.rows.map(String.init) })
    return tables.map { table in
      let name = padded(table.name, to: nameWidth)
      guard let rows = table.rows else { return "\(name)  let\n" }
      let count = blanks(rowWidth - "\(rows)".count) + "\(rows)"
      return "\(name)  \(count) \(rows == 1 ? "row" : "rows")\n"
    }.joined()
  }

  /// `.schema`: the fields with their types, of one table or of all.
  static func schema(_ tables: [TableSummary], of name: String) -> String {
    tables.filter { name.isEmpty || $0.name == name }.map { table in
      let nameWidth = width(of: table.fields.map(\.name))
      let fields = table.fields.map { "  \(padded($0.name, to: nameWidth))  \($0.type)\n" }
      return table.name + "\n" + fields.joined()
    }.joined(separator: "\n")
  }

  /// `.history`: numbered, the further lines of an entry under its first.
  static func history(_ entries: [String]) -> String {
    let width = "\(entries.count)".count
    return entries.enumerated().map { index, entry in
      let number = "\(index + 1)"
      let lines = entry.split(separator: "\n", omittingEmptySubsequences: false)
        .map { TextWidth.printable(String($0)) }.joined(separator: "\n" + blanks(width + 2))
      return "\(blanks(width - number.count))\(number)  \(lines)\n"
    }.joined()
  }

  /// A text in lines of at most 80 columns, each behind two blanks.
  static func paragraph(_ text: String) -> String {
    var lines = [" "]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count >= 80 { lines.append(" ") }
      lines[lines.count - 1] += " " + word
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Two columns, the left one as wide as its longest.
  static func columns(_ rows: [(String, String)]) -> String {
    let left = width(of: rows.map(\.0))
    return rows.map { "  \(padded($0.0, to: left))  \($0.1)\n" }.joined()
  }

  private static func width(of texts: [String]) -> Int {
    texts.map { TextWidth.of($0) }.max() ?? 0
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + blanks(width - TextWidth.of(text))
  }

  private static func blanks(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }
}
