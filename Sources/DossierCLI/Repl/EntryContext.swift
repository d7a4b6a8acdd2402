import Dossier

/// What a line source may ask while an entry is typed: is it whole, what could stand here, what was
/// entered before.
struct EntryContext {
  let session: Session
  /// The earlier entries, oldest first.
  let history: [String]

  /// Whether an entry can run; a dot command is one line, but for a query behind it.
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
    case .nothing, .text(.number, _):
      return Completions(replacing: offset..<offset, candidates: [])
    case .query:
      let query = String(decoding: entry.utf8.dropFirst(start), as: UTF8.self)
      let inner = session.completions(in: query, at: offset - start)
      let replacing = inner.replacing.lowerBound + start..<inner.replacing.upperBound + start
      return Completions(replacing: replacing, candidates: inner.candidates)
    case .choice(let choice, _):
      return choices(choice.words(in: session), in: entry, from: start, at: offset)
    case .extent:
      return choices(Extent.words, in: entry, from: start, at: offset)
    case .text(.assignment, _):
      let names = session.parameters.keys.sorted().map { $0 + "=" }
      return choices(names, in: entry, from: start, at: offset)
    case .text(.actor, _):
      let typed = typed(in: entry, from: start, at: offset).lowercased()
      let names = session.actorNames.filter { $0.lowercased().hasPrefix(typed) }
      return candidates(names, replacing: start..<offset)
    case .text(.file, _):
      let typed = typed(in: entry, from: start, at: offset)
      return candidates(TypedPath.completions(of: typed), replacing: start..<offset)
    }
  }

  private func choices(
    _ words: [String], in entry: String, from start: Int, at offset: Int
  ) -> Completions {
    let typed = typed(in: entry, from: start, at: offset)
    return candidates(words.filter { $0.hasPrefix(typed) }, replacing: start..<offset)
  }

  private func typed(in entry: String, from start: Int, at offset: Int) -> String {
    String(decoding: entry.utf8.prefix(offset).dropFirst(start), as: UTF8.self)
  }

  private func candidates(_ words: [String], replacing range: Range<Int>) -> Completions {
    Completions(replacing: range, candidates: words.map { .init(text: $0, detail: "") })
  }
}
