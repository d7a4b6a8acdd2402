import Dossier
import DossierFiles

/// The files that scripts may read.
///
/// They lie under the script's own folder, under the current one, or under what `--allow-read` names.
/// A text that was typed reaches what the user can. A path is walked from one of those folders,
/// component by component and without following links, and the file is judged by the descriptor
/// that is read from: so no `..`, link, device or pipe leads out, whatever changes meanwhile.
struct ReachableFiles: FileAccess {
  /// The paths behind `--allow-read`.
  var allowed: [String] = []
  var standardInput = StandardInput()

  /// Folders that hold no data but the system's own state.
  private static let system = ["proc", "sys", "dev"]

  func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
    if path == "-" { return try standardInput.opened() }
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .notFound }
    guard let script else { return try OpenFile(path) }
    let current = FilePath.current
    let own = current.joined(FilePath(script).parent)
    let wanted = own.joined(FilePath(path))
    let named = allowed.map { current.joined(FilePath($0)) }
    for root in named {
      if let rest = wanted.components(under: root) {
        return try file(path, under: root, rest)
      }
    }
    for root in [own, current] {
      guard let rest = wanted.components(under: root) else { continue }
      let whole = root.real.joined(FilePath(components: rest))
      guard !ReachableFiles.system.contains(whole.components.first ?? "") else { break }
      return try file(path, under: root, rest)
    }
    throw .notAllowed(hint: "--allow-read \(wanted.text) lets scripts read it")
  }

  /// A file below a folder, which may be the file itself.
  private func file(
    _ path: String, under root: FilePath, _ rest: [String]
  ) throws(FileProblem) -> OpenFile {
    if rest.isEmpty { return try OpenFile(root.text, as: path) }
    do throws(FileProblem) {
      return try OpenFile(path, in: OpenFolder(root.text), rest)
    } catch {
      guard case .notAllowed(let hint?) = error else { throw error }
      throw .notAllowed(hint: hint + ": --allow-read the place that it leads to")
    }
  }
}
