import Dossier

/// `.open`: the statements that bring a file into the session.
struct OpenedFile {
  let path: String

  /// Whether it holds facts in the language itself.
  var isScript: Bool { path.lowercased().hasSuffix(".q") }

  /// What is run, in order.
  func statements(in session: Session) -> [String] {
    if isScript { return ["use \(TypedPath.literal(path))"] }
    // A table of the dossier isn't covered by a file that is called like it.
    let names = [name, name + "_file"].filter { name in
      var session = session
      let isTaken = session.tables.contains { $0.name == name }
      let text = SourceText(name: "", text: definition(of: name))
      return !isTaken && (try? session.check(text)) != nil
    }
    let name = names.first ?? name
    return [definition(of: name), "\(name) | take 5"]
  }

  private func definition(of name: String) -> String {
    "let \(name) = open(\(TypedPath.literal(path)))"
  }

  /// `Losses 2024.csv` is `losses_2024`.
  private var name: String {
    let file = path.split(separator: "/").last ?? ""
    let stem = file.split(separator: ".").first ?? ""
    let name = String(
      stem.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return name.first?.isLetter == true ? name : "file_" + name
  }
}
