import Foundation

/// A Markdown text as far as the tests look at it: headings, fenced blocks, tables, lines.
struct Document {
  struct Block {
    /// What stands behind the opening fence, such as `dossier json`.
    let info: [String]
    let text: String
    /// The line of the opening fence, from 1.
    let line: Int
  }

  struct Table {
    let heading: String
    /// The last line of text before it.
    let caption: String
    let header: [String]
    let rows: [[String]]
  }

  /// A program and what the document says that it prints.
  struct Example: CustomStringConvertible, Sendable {
    let program: String
    let fails: Bool
    let format: String
    let printed: String?
    let line: Int

    var description: String { "line \(line)" }
  }

  private(set) var blocks: [Block] = []
  private(set) var tables: [Table] = []
  /// The lines that are neither in blocks nor in tables.
  private(set) var lines: [String] = []

  init(_ text: String) {
    var heading = ""
    var rest = text.components(separatedBy: "\n")[...]
    let count = rest.count
    while let line = rest.popFirst() {
      if line.hasPrefix("```") {
        let start = count - rest.count
        let body = rest.prefix { !$0.hasPrefix("```") }
        rest = rest.dropFirst(body.count + 1)
        let info = line.dropFirst(3).split(separator: " ").map(String.init)
        blocks.append(Block(info: info, text: body.map { $0 + "\n" }.joined(), line: start))
      } else if line.hasPrefix("|") {
        let body = [line] + rest.prefix { $0.hasPrefix("|") }
        rest = rest.dropFirst(body.count - 1)
        let cells = body.map(Document.cells)
        tables.append(
          Table(
            heading: heading, caption: lines.last { !$0.isEmpty } ?? "", header: cells[0],
            rows: Array(cells.dropFirst(2))))
      } else {
        if line.hasPrefix("#") { heading = line.drop { $0 == "#" || $0 == " " }.description }
        lines.append(line)
      }
    }
  }

  /// The cells of a line of a table, without the blanks around them.
  private static func cells(_ line: String) -> [String] {
    let parts = line.replacingOccurrences(of: "\\|", with: "\u{0}").split(
      separator: "|", omittingEmptySubsequences: false)
    return parts.dropFirst().dropLast().map {
      $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "\u{0}", with: "|")
    }
  }

  /// The programs, each with the block behind it if that is a plain one.
  var examples: [Example] {
    blocks.indices.compactMap { index in
      guard let kind = blocks[index].info.first, kind.hasPrefix("dossier") else { return nil }
      let next = index + 1 < blocks.count ? blocks[index + 1] : nil
      return Example(
        program: blocks[index].text, fails: kind == "dossier-error",
        format: blocks[index].info.count > 1 ? blocks[index].info[1] : "table",
        printed: next?.info.isEmpty == true ? next?.text : nil, line: blocks[index].line)
    }
  }

  func tables(under heading: String) -> [Table] { tables.filter { $0.heading == heading } }
}

extension String {
  /// The texts between backticks.
  var quoted: [String] {
    components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
  }

  /// A cell without bold letters and backticks.
  var plain: String { filter { $0 != "*" && $0 != "`" } }
}
