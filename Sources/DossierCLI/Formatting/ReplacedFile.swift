#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that holds its old text or its new one, and never a part of either.
///
/// The new text is written beside the old one and put in its place by `commit`; without that the old
/// one stays. A link stays, what it leads to is replaced; the rights of the old file are kept.
final class ReplacedFile {
  /// The new text could not be put in place; the old one is.
  struct Unwritable: Error {
    let path: String
    let code: Int32

    var message: String { "cannot write '\(path)': \(systemMessage(code))" }
  }

  /// What may stand at the path before.
  enum Place {
    /// A file or nothing.
    case file
    /// Also a pipe or a device, which is written to as it is.
    case anything
  }

  /// Where the new text is written.
  let descriptor: Int32
  private let path: String
  private let target: String
  /// The file beside the old one; nil if there is none, or none any more.
  private var draft: [CChar]?

  init(_ path: String, over place: Place) throws {
    self.path = path
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard isThere || Self.isFree(path) else {
      throw Unwritable(path: path, code: errno)
    }
    if isThere && status.st_mode & S_IFMT != S_IFREG {
      guard place == .anything else { throw Unwritable(path: path, code: EINVAL) }
      target = path
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Unwritable(path: path, code: errno) }
      return
    }
    target = isThere ? try Self.resolved(path) : path
    guard !isThere || access(target, W_OK) == 0 else { throw Unwritable(path: path, code: errno) }
    var name = Array((target + ".XXXXXX").utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw Unwritable(path: path, code: errno) }
    draft = name
    let mode = isThere ? status.st_mode & 0o7777 : 0o666 & ~Self.mask
    guard fchmod(descriptor, mode) == 0 else { throw Unwritable(path: path, code: errno) }
  }

  deinit {
    if let draft { unlink(draft) }
    close(descriptor)
  }

  /// Writes the whole text and puts it in place.
  func write(_ text: String) throws {
    do {
      var output = CheckedOutput(descriptor: descriptor)
      try output.write(text)
      try output.flush()
    } catch OutputError.system(let code) {
      throw Unwritable(path: path, code: code)
    }
    try commit()
  }

  /// Puts what was written in the place of the old text.
  func commit() throws {
    guard let draft else { return }
    guard fsync(descriptor) == 0, rename(draft, target) == 0 else {
      throw Unwritable(path: path, code: errno)
    }
    self.draft = nil
  }

  /// Whether nothing is there, and no link that leads nowhere.
  private static func isFree(_ path: String) -> Bool {
    var status = stat()
    if lstat(path, &status) == 0 {
      errno = ENOENT
      return false
    }
    return errno == ENOENT
  }

  private static func resolved(_ path: String) throws -> String {
    guard let real = realpath(path, nil) else { throw Unwritable(path: path, code: errno) }
    defer { free(real) }
    return String(cString: real)
  }

  /// The rights that new files don't get.
  private static var mask: mode_t {
    let mask = umask(0)
    umask(mask)
    return mask
  }
}
