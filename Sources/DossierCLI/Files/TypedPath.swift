import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A path as it is typed behind a command: perhaps in quotes, perhaps from `~`.
enum TypedPath {
  /// The path that is meant.
  static func read(
    _ typed: String, environment: (String) -> String? = Terminal.environment
  ) -> String {
    guard typed == "~" || typed.hasPrefix("~/"), let home = environment("HOME") else {
      return unquoted(typed)
    }
    return home + typed.dropFirst()
  }

  /// A path as a text of the language.
  static func literal(_ path: String) -> String {
    let written = path.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      case "\t": "\\t"
      default: String(scalar)
      }
    }
    return "\"" + written.joined() + "\""
  }

  /// The paths that begin as the typed one, sorted; folders end with `/`.
  static func completions(of typed: String) -> [String] {
    let cut = typed.lastIndex(of: "/").map(typed.index(after:)) ?? typed.startIndex
    let folder = String(typed[..<cut])
    let beginning = typed[cut...]
    let place = folder.isEmpty ? "." : read(folder)
    return entries(of: place).filter { name in
      name.hasPrefix(beginning) && (!name.hasPrefix(".") || beginning.hasPrefix("."))
    }
    .map { folder + $0 + (isFolder(place + "/" + $0) ? "/" : "") }
    .sorted()
  }

  private static func unquoted(_ typed: String) -> String {
    guard typed.utf8.count > 1, let quote = typed.first, quote == "\"" || quote == "'",
      typed.last == quote
    else { return typed }
    return String(typed.dropFirst().dropLast())
  }

  private static func entries(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { bytes in
        bytes.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
