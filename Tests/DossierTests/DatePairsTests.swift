import Dossier
import Testing

/// Pairs of dates that were compared by hand: `Fixtures/dates.txt`.
@Suite struct DatePairsTests {
  /// A part of the file: where the two dates of its pairs stand.
  struct Part: CustomStringConvertible {
    let heading: String
    var pairs: [(expression: String, result: String)] = []

    var description: String { heading }

    /// What compares a pair; the first row only says what the columns hold.
    func program(_ a: Substring, _ sign: Substring, _ b: Substring) -> String {
      switch heading.prefix(while: { $0 != ":" }) {
      case "both of rows":
        "[{a: @2024, b: @2024}, {a: \(a), b: \(b)}] | skip 1 | select a \(sign) b"
      case "of a row and of the script": "[{a: @2024}, {a: \(a)}] | skip 1 | select a \(sign) \(b)"
      default: "[{a: 1}] | select \(a) \(sign) \(b)"
      }
    }
  }

  static let parts: [Part] = {
    let text = (try? Folders.text(Folders.fixtures.appendingPathComponent("dates.txt"))) ?? ""
    var parts: [Part] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") {
        parts.append(Part(heading: String(line.dropFirst(3))))
      } else if !line.hasPrefix("#"), let part = parts.indices.last {
        let halves = line.split(separator: " = ").map(String.init)
        parts[part].pairs.append((halves[0], halves.count > 1 ? halves[1] : ""))
      }
    }
    return parts
  }()

  @Test("there are more than 200 pairs, of every sign and every result")
  func enough() {
    let pairs = DatePairsTests.parts.flatMap(\.pairs)
    #expect(DatePairsTests.parts.count == 3 && pairs.count > 200)
    for sign in ["<", "<=", "==", "!=", ">", ">=", "in"] {
      for result in ["true", "false", "maybe"] {
        #expect(pairs.contains { $0.expression.contains(" \(sign) ") && $0.result == result })
      }
    }
  }

  @Test("dates of mixed precision compare as they do by hand", arguments: parts)
  func compares(_ part: Part) throws {
    for (expression, result) in part.pairs {
      let words = expression.split(separator: " ")
      let sign = try #require(
        words.firstIndex { ["<", "<=", "==", "!=", ">", ">=", "in"].contains($0) })
      let (a, b) = (
        words[..<sign].joined(separator: " "), words[(sign + 1)...].joined(separator: " ")
      )
      let seen = transcript(part.program(a[...], words[sign], b[...]), as: .csv)
      #expect(seen.linesWithoutReadings.last == result, "\(expression)")
    }
  }
}
