import Dossier

/// What a line source may ask while an entry is typed: is it whole, what could stand here, what was
/// entered before.
struct EntryContext {
  let session: Session
  /// The earlier entries, oldest first.
  let history: [String]
  let settings: EditSettings

  init(session: Session, history: [String], settings: EditSettings = EditSettings()) {
    self.session = session
    self.history = history
    self.settings = settings
  }

  /// Whether an entry can run; a dot command is one line, but for a query behind it.
  func completeness(of entry: String) -> Completeness {
    guard DotCommand.isCommand(entry) else { return session.completeness(of: entry) }
    let (name, argument) = DotCommand.split(entry)
    guard let command = try? DotCommand.named(name), case .query = command.argument,
      !argument.isEmpty
    else { return .complete }
    return session.completeness(of: argument)
  }

  /// What to colour in an entry.
  func highlights(of entry: String) -> [Highlight] {
    guard DotCommand.isCommand(entry) else { return session.highlights(of: entry) }
    let name = DotCommand.split(entry).name
    let command = try? DotCommand.named(name)
    let end = 1 + name.utf8.count
    let word = Highlight(range: 0..<end, kind: command == nil ? .mistake : .keyword)
    guard case .query = command?.argument else { return [word] }
    let query = String(decoding: entry.utf8.dropFirst(end), as: UTF8.self)
    return [word]
      + session.highlights(of: query).map {
        Highlight(range: $0.range.lowerBound + end..<$0.range.upperBound + end, kind: $0.kind)
      }
  }

  /// What the latest entry that begins like this one has more; empty unless the cursor stands at
  /// the end.
  func hint(behind block: EditBlock, where isAllowed: (EditBlock) -> Bool) -> String {
    let typed = block.text.utf8
    guard block.isAtEnd, !block.text.trimmed.isEmpty else { return "" }
    let found = history.last {
      $0.utf8.count > typed.count && $0.utf8.starts(with: typed) && isAllowed(EditBlock($0))
    }
    return found.map { String(decoding: $0.utf8.dropFirst(typed.count), as: UTF8.self) } ?? ""
  }

  /// What could stand at an offset in UTF-8 bytes.
  func completions(in entry: String, at offset: Int) -> Completions {
    guard DotCommand.isCommand(entry) || entry == "." else {
      return completions(ofQuery: entry, at: offset)
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

  /// The session knows the language; which files there are is known here.
  private func completions(ofQuery query: String, at offset: Int) -> Completions {
    let found = session.completions(in: query, at: offset)
    guard found.namesFile else { return found }
    let typed = String(decoding: Array(query.utf8)[found.replacing], as: UTF8.self)
    let paths = TypedPath.completions(of: String(typed.drop { $0 == "\"" })).filter { path in
      // What is written otherwise in a text, or means a home to shells alone.
      !path.hasPrefix("~") && TextWidth.printable(path) == path
        && !path.contains { $0 == "\"" || $0 == "\\" }
    }
    // Behind a folder the path goes on.
    let quoted = paths.map { $0.hasSuffix("/") ? "\"\($0)" : "\"\($0)\"" }
    return Completions(
      replacing: found.replacing,
      candidates: found.candidates + quoted.map { .init(text: $0, detail: "") })
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
      let inner = completions(ofQuery: query, at: offset - start)
      let replacing = inner.replacing.lowerBound + start..<inner.replacing.upperBound + start
      return Completions(replacing: replacing, candidates: inner.candidates)
    case .choice(let choice, _):
      return choices(choice.words(in: session), in: entry, from: start, at: offset)
    case .extent:
      return choices(Extent.words, in: entry, from: start, at: offset)
    case .text(.assignment, _):
      let names = session.parameters.keys.sorted().map { $0 + "=" }
      let switches = EditSettings.Name.allCases.flatMap { name in
        ["on", "off"].map { "\(name.rawValue) \($0)" }
      }
      return choices(names + switches, in: entry, from: start, at: offset)
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
