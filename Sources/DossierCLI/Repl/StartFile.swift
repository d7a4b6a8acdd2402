import Dossier

/// The file with which sessions on a terminal begin: commands and statements, as if they were typed.
///
/// Scripts never read it, so that they give the same bytes to everybody.
struct StartFile {
  /// What is run at once: a command, or the lines up to the next one.
  struct Part: Equatable {
    /// Where it begins, from 1.
    let line: Int
    let text: String
  }

  let path: String

  /// `dossier/rc` in the folder of configurations; nil where there is no home.
  init?(environment: (String) -> String?) {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      path = folder + "/dossier/rc"
    } else if let home = environment("HOME"), !home.isEmpty {
      path = home + "/.config/dossier/rc"
    } else {
      return nil
    }
  }

  /// What it holds; nothing where there is no such file.
  func parts(in session: Session) throws -> [Part] {
    let source: SourceText
    do {
      source = try Input.file(path).read()
    } catch let error as InputError where error.isAbsence {
      return []
    }
    let text = String(decoding: source.bytes, as: UTF8.self)
    return Self.parts(of: text, in: session)
  }

  /// Parts a text at the lines that are commands; in open brackets no line is one.
  static func parts(of text: String, in session: Session) -> [Part] {
    var parts: [Part] = []
    var open: [Substring] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    func close(before line: Int) {
      let text = open.joined(separator: "\n")
      if !text.trimmed.isEmpty { parts.append(Part(line: line - open.count, text: text)) }
      open = []
    }
    func isWhole() -> Bool {
      session.completeness(of: open.joined(separator: "\n")) == .complete
    }
    for (line, text) in zip(1..., lines) {
      if DotCommand.isCommand(text), isWhole() {
        close(before: line)
        parts.append(Part(line: line, text: text.trimmed))
      } else {
        open.append(text)
      }
    }
    close(before: lines.count + 1)
    return parts
  }

  /// A part as a text whose places are those in the file.
  func source(_ part: Part) -> SourceText {
    SourceText(name: path, text: String(repeating: "\n", count: part.line - 1) + part.text)
  }
}
