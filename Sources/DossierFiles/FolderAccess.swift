import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files below one folder, for scripts of others.
///
/// ```swift
/// let query = try Facts.builtIn.prepare(text, files: .folder("uploads"))
/// ```
///
/// The folder is opened once and every path is walked from it, component by component and without
/// following links; the file is judged by the descriptor that is read from. So no `..`, link, device or
/// pipe leads out, whatever somebody changes meanwhile, the folder's own name included. Other names of a
/// file (hard links) are files of the folder.
public struct FolderAccess: FileAccess {
  private let root: OpenFolder

  /// Opens the folder; links in its own path are followed.
  ///
  /// - Throws: `FileProblem` if it can't be read or is no folder.
  public init(_ path: String) throws(FileProblem) { root = try OpenFolder(path) }

  /// Opens a regular file below the folder, beside the script that asks.
  ///
  /// - Throws: `FileProblem.notAllowed` for absolute paths, paths that lead out and links.
  public func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .notFound }
    let beside = script.map { FilePath($0).parent } ?? FilePath("")
    let wanted = beside.joined(FilePath(path))
    guard !wanted.isAbsolute, wanted.components.first != ".." else {
      throw .notAllowed(hint: "files lie below one folder here")
    }
    guard !wanted.components.isEmpty else { throw .isDirectory }
    return try OpenFile(path, in: root, wanted.components)
  }
}

extension FileAccess where Self == FolderAccess {
  /// The files below one folder.
  ///
  /// - Throws: as `FolderAccess.init`.
  public static func folder(_ path: String) throws(FileProblem) -> FolderAccess {
    try FolderAccess(path)
  }
}

/// A folder that stays the same one, whatever becomes of its name.
package final class OpenFolder: Sendable {
  private let descriptor: Int32

  /// - Throws: if it isn't there, or is no folder.
  package init(_ path: String) throws(FileProblem) {
    descriptor = openat(AT_FDCWD, path, OpenFolder.flags)
    guard descriptor >= 0 else {
      throw errno == ENOTDIR ? .failed("not a folder") : FileProblem(code: errno)
    }
  }

  deinit { close(descriptor) }

  /// Opens a file below it, without following a link on the way, and gives the descriptor.
  ///
  /// - Parameter way: the components that lead to it.
  func open(_ way: [String]) throws(FileProblem) -> Int32 {
    var folder = descriptor
    defer { if folder != descriptor { close(folder) } }
    for component in way.dropLast() {
      let next = openat(folder, component, OpenFolder.flags | O_NOFOLLOW)
      if next < 0 { throw FileProblem(at: component, in: folder) }
      if folder != descriptor { close(folder) }
      folder = next
    }
    let last = way.last ?? "."
    let file = openat(folder, last, OpenFile.flags | O_NOFOLLOW)
    if file < 0 { throw FileProblem(at: last, in: folder) }
    return file
  }

  private static let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
}
