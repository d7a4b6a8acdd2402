import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A regular file that is open for reading.
final class OpenFile: FileContent {
  let name: String
  let size: Int?
  private let descriptor: Int32

  /// Nothing waits at a pipe, and what is opened is no terminal of the program.
  private static let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

  /// A file that the user names, wherever it lies.
  convenience init(_ path: String) throws(FileProblem) {
    try self.init(openat(AT_FDCWD, path, OpenFile.flags), name: path)
  }

  /// A file below a folder, without following a link on the way.
  ///
  /// - Parameter rest: the components below the root, which may be a file itself.
  convenience init(
    _ path: String, under root: FilePath, _ rest: [String]
  ) throws(FileProblem) {
    guard let last = rest.last else {
      try self.init(openat(AT_FDCWD, root.text, OpenFile.flags), name: path)
      return
    }
    var folder = openat(AT_FDCWD, root.text, OpenFile.folderFlags)
    defer { if folder >= 0 { close(folder) } }
    for component in rest.dropLast() where folder >= 0 {
      let next = openat(folder, component, OpenFile.folderFlags | O_NOFOLLOW)
      let problem = next < 0 ? FileProblem(at: component, in: folder) : nil
      close(folder)
      folder = next
      if let problem { throw problem }
    }
    guard folder >= 0 else { throw FileProblem(code: errno) }
    let file = openat(folder, last, OpenFile.flags | O_NOFOLLOW)
    if file < 0 { throw FileProblem(at: last, in: folder) }
    try self.init(file, name: path)
  }

  private static let folderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC

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

  func read(
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
  init(code: Int32) {
    switch code {
    case ENOENT, ENOTDIR: self = .notFound
    case EISDIR: self = .isDirectory
    case ENXIO: self = .notARegularFile
    default: self = .failed(systemMessage(code))
    }
  }

  /// Why a component couldn't be opened, told right after the attempt.
  fileprivate init(at component: String, in folder: Int32) {
    let code = errno
    var status = stat()
    let isLink =
      fstatat(folder, component, &status, AT_SYMLINK_NOFOLLOW) == 0
      && status.st_mode & S_IFMT == S_IFLNK
    self =
      isLink
      ? .notAllowed(hint: "'\(component)' is a link: --allow-read the place that it leads to")
      : FileProblem(code: code)
  }
}
