import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A regular file that is open for reading.
package final class OpenFile: FileContent {
  package let name: String
  package let size: Int?
  private let descriptor: Int32

  /// Nothing waits at a pipe, and what is opened is no terminal of the program.
  static let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

  /// A file that the user names, wherever it lies.
  package convenience init(_ path: String, as name: String? = nil) throws(FileProblem) {
    try self.init(openat(AT_FDCWD, path, OpenFile.flags), name: name ?? path)
  }

  /// A file below a folder, without following a link on the way.
  ///
  /// - Parameter way: the components that lead from the folder to it.
  package convenience init(
    _ path: String, in root: OpenFolder, _ way: [String]
  ) throws(FileProblem) {
    try self.init(try root.open(way), name: path)
  }

  /// Takes a descriptor over, if it is of a regular file.
  private init(_ descriptor: Int32, name: String) throws(FileProblem) {
    guard descriptor >= 0 else { throw FileProblem(code: errno) }
    var status = stat()
    let result = fstat(descriptor, &status)
    let code = errno
    self.name = name
    self.descriptor = descriptor
    size = Int(status.st_size)
    if result != 0 { throw FileProblem(code: code) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory
    default: throw .notARegularFile
    }
  }

  deinit { close(descriptor) }

  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileProblem) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw FileProblem(code: errno) }
    }
  }
}

extension FileProblem {
  /// What a failed call of the system means.
  package init(code: Int32) {
    switch code {
    case ENOENT, ENOTDIR: self = .notFound
    case EISDIR: self = .isDirectory
    case ENXIO: self = .notARegularFile
    default: self = .failed(systemMessage(code))
    }
  }

  /// Why a component couldn't be opened, told right after the attempt.
  init(at component: String, in folder: Int32) {
    let code = errno
    var status = stat()
    let isLink =
      fstatat(folder, component, &status, AT_SYMLINK_NOFOLLOW) == 0
      && status.st_mode & S_IFMT == S_IFLNK
    self =
      isLink
      ? .notAllowed(hint: "'\(component)' is a link, and links aren't followed")
      : FileProblem(code: code)
  }
}
