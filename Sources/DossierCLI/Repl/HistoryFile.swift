import DossierFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The history on disk: one entry a line, as a JSON string.
///
/// So an entry of several lines stays one. Only its owner can read the file, and sessions side by
/// side share it.
struct HistoryFile {
  /// More entries than this are cut when the file is read.
  static let mostEntries = 10_000

  let path: String

  /// The entries could not be kept.
  struct Unwritable: Error {
    enum Reason {
      case system(Int32)
      /// A pipe or the like, which would keep the session waiting.
      case noFile
      /// Such as that of the user who became root for a while.
      case foreign
    }

    let path: String
    let reason: Reason
  }

  init(path: String) {
    self.path = path
  }

  /// The file that the environment names; nil where `DOSSIER_HISTORY` is empty or there is no home.
  init?(environment: (String) -> String?) {
    if let own = environment("DOSSIER_HISTORY") {
      if own.isEmpty { return nil }
      path = own
    } else if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      path = state + "/dossier/history"
    } else if let home = environment("HOME"), !home.isEmpty {
      path = home + "/.local/state/dossier/history"
    } else {
      return nil
    }
  }

  /// The entries, oldest first, each once where it stands last; none where there is no file.
  ///
  /// A line that is no JSON string is passed over.
  func load() -> [String] {
    guard let file = try? opened(O_RDWR) else { return [] }
    defer { close(file) }
    flock(file, LOCK_EX)
    guard let bytes = try? bytes(of: file, named: path) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let entries = Self.withoutRepeats(
      lines.compactMap { JSONText.decoded(String(decoding: $0, as: UTF8.self)[...]) })
    if lines.count > Self.mostEntries { rewrite(file, with: entries) }
    return entries
  }

  /// Adds an entry at the end.
  func append(_ entry: String) throws(Unwritable) {
    makeFolder()
    guard let file = try opened(O_RDWR | O_APPEND | O_CREAT) else { return }
    defer { close(file) }
    flock(file, LOCK_EX)
    do {
      var output = CheckedOutput(descriptor: file)
      try output.write(JSONText.encoded(entry) + "\n")
      try output.flush()
    } catch {
      guard case OutputError.system(let code) = error else { return }
      throw Unwritable(path: path, reason: .system(code))
    }
  }

  static func withoutRepeats(_ entries: [String]) -> [String] {
    var seen: Set<String> = []
    let latest = entries.reversed().filter { seen.insert($0).inserted }
    return latest.prefix(mostEntries).reversed()
  }

  /// Writes the kept entries over the old text, which is longer.
  ///
  /// Whatever stops it leaves whole lines but for one, and at most repeats. A new file in place of
  /// the old one would lose what another session is appending.
  private func rewrite(_ file: Int32, with entries: [String]) {
    let text = entries.map { JSONText.encoded($0) + "\n" }.joined()
    do {
      lseek(file, 0, SEEK_SET)
      var output = CheckedOutput(descriptor: file)
      try output.write(text)
      try output.flush()
      ftruncate(file, off_t(text.utf8.count))
    } catch {
      // The old lines are still readable; the next session tries again.
    }
  }

  /// Opens the file if it is one and the user's own, or a link to such.
  ///
  /// Nil for `/dev/null`: whoever names it wants none.
  private func opened(_ flags: Int32) throws(Unwritable) -> Int32? {
    // A pipe without a reader would wait for one; for reading and writing it opens at once.
    let file = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    guard file >= 0 else { throw Unwritable(path: path, reason: .system(errno)) }
    var status = stat()
    fstat(file, &status)
    let kind = status.st_mode & S_IFMT
    if kind == S_IFREG, status.st_uid == geteuid() { return file }
    close(file)
    if kind == S_IFCHR, path == "/dev/null" { return nil }
    throw Unwritable(path: path, reason: kind == S_IFREG ? .foreign : .noFile)
  }

  private func makeFolder() {
    for end in path.indices.dropFirst() where path[end] == "/" {
      mkdir(String(path[..<end]), 0o700)
    }
  }
}

extension HistoryFile.Unwritable {
  /// In the words of the system, or in ours.
  var message: String {
    switch reason {
    case .system(let code): "'\(path)': \(systemMessage(code))"
    case .noFile: "'\(path)' is no file"
    case .foreign: "'\(path)' belongs to somebody else"
    }
  }
}
