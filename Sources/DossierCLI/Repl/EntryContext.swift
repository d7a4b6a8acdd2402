import Dossier

/// What a line source may ask while an entry is typed: is it whole, what could stand here, what was
/// entered before.
struct EntryContext {
  let session: Session
  /// The earlier entries, oldest first.
  let history: [String]

  /// Whether an entry can run; a dot command is one line, but for the query of `.explain`.
  func completeness(of entry: String) -> Completeness {
    guard DotCommand.isCommand(entry) else { return session.completeness(of: entry) }
    let (name, argument) = DotCommand.split(entry)
    guard let command = try? DotCommand.named(name), case .query = command.argument,
      !argument.isEmpty
    else { return .complete }
    return session.completeness(of: argument)
  }

  /// What could stand at an offset in UTF-8 bytes.
  func completions(in entry: String, at offset: Int) -> Completions {
    guard DotCommand.isCommand(entry) || entry == "." else {
      return session.completions(in: entry, at: offset)
    }
    let typed = String(decoding: entry.utf8.prefix(offset), as: UTF8.self)
    guard let blank = typed.firstIndex(where: \.isWhitespace) else {
      return names(beginning: typed)
    }
    guard let command = try? DotCommand.named(DotCommand.split(typed).name) else {
      return Completions(replacing: offset..<offset, candidates: [])
    }
    let start = typed[blank...].firstIndex { !$0.isWhitespace } ?? typed.endIndex
    let before = typed[..<start].utf8.count
    return arguments(of: command, in: entry, from: before, at: offset)
  }

  private func names(beginning typed: String) -> Completions {
    let commands = DotCommand.all.filter { ("." + $0.name.rawValue).hasPrefix(typed) }
    return Completions(
      replacing: 0..<typed.utf8.count,
      candidates: commands.map { .init(text: "." + $0.name.rawValue, detail: $0.summary) })
  }

  private func arguments(
    of command: DotCommand, in entry: String, from start: Int, at offset: Int
  ) -> Completions {
    switch command.argument {
    case .nothing:
      return Completions(replacing: offset..<offset, candidates: [])
    case .query:
      let query = String(decoding: entry.utf8.dropFirst(start), as: UTF8.self)
      let inner = session.completions(in: query, at: offset - start)
      let replacing = inner.replacing.lowerBound + start..<inner.replacing.upperBound + start
      return Completions(replacing: replacing, candidates: inner.candidates)
    case .choice(let choice, _):
      let typed = String(decoding: entry.utf8.prefix(offset).dropFirst(start), as: UTF8.self)
      let words = choice.words(in: session).filter { $0.hasPrefix(typed) }
      return Completions(
        replacing: start..<offset, candidates: words.map { .init(text: $0, detail: "") })
    }
  }
}
