import Dossier

/// Candidates as lines under the prompt: names down the columns, each with its detail, fitted to
/// the width.
struct CandidateLayout {
  private static let gap = 2

  let width: Int
  let mostLines: Int

  func lines(_ candidates: [Completions.Candidate]) -> [String] {
    let cells = self.cells(candidates)
    let cellWidth = cells.map { TextWidth.of($0) }.max() ?? 0
    let columns = max(1, (width + Self.gap) / (cellWidth + Self.gap))
    var height = (cells.count + columns - 1) / columns
    var shown = cells.count
    if height > mostLines {
      height = max(1, mostLines - 1)
      shown = height * columns
    }
    var lines = (0..<height).map { row in
      let line = stride(from: row, to: shown, by: height).map { padded(cells[$0], to: cellWidth) }
      return trimmedEnd(line.joined(separator: String(repeating: " ", count: Self.gap)))
    }
    if shown < cells.count { lines.append("… \(cells.count - shown) more") }
    return lines
  }

  /// The names, padded where a detail follows; names may come from data, so nothing in them may
  /// reach the terminal as a command.
  private func cells(_ candidates: [Completions.Candidate]) -> [String] {
    let names = candidates.map { TextWidth.printable($0.text) }
    let nameWidth = names.map { TextWidth.of($0) }.max() ?? 0
    return zip(names, candidates).map { name, candidate in
      let detail = TextWidth.printable(candidate.detail)
      if detail.isEmpty { return TextWidth.cut(name, to: width) }
      let gap = String(repeating: " ", count: Self.gap)
      return TextWidth.cut(padded(name, to: nameWidth) + gap + detail, to: width)
    }
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TextWidth.of(text)))
  }

  private func trimmedEnd(_ line: String) -> String {
    line.lastIndex { $0 != " " }.map { String(line[...$0]) } ?? ""
  }
}
