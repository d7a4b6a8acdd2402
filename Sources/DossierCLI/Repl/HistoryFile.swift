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
    let path: String
    let code: Int32
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
    let file = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    guard isRegular(file) else { return [] }
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
    // Nobody waits for who reads a pipe.
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let file = open(path, flags, 0o600)
    guard file >= 0 else { throw Unwritable(path: path, code: errno) }
    defer { close(file) }
    guard isRegular(file) || path == "/dev/null" else {
      throw Unwritable(path: path, code: EINVAL)
    }
    flock(file, LOCK_EX)
    do {
      var output = CheckedOutput(descriptor: file)
      try output.write(JSONText.encoded(entry) + "\n")
      try output.flush()
    } catch {
      guard case OutputError.system(let code) = error else { return }
      throw Unwritable(path: path, code: code)
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

  /// A device named by the environment must not be read to its end.
  private func isRegular(_ file: Int32) -> Bool {
    var status = stat()
    return fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private func makeFolder() {
    for end in path.indices.dropFirst() where path[end] == "/" {
      mkdir(String(path[..<end]), 0o700)
    }
  }
}
