import DossierFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that holds its old text or its new one, and never a part of either.
///
/// The new text is put in the place of the old one by `commit`; without that the old one stays. Until
/// then it has no name where the system can do that, so that even a killed program leaves nothing
/// behind; else it stands beside the old one. A link stays, what it leads to is replaced; the rights
/// of the old file are kept.
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
    /// The same, but nobody waits for a reader of the pipe.
    case anythingReady
  }

  /// Where the new text is written.
  let descriptor: Int32
  private let path: String
  private let target: String
  private var draft: Draft

  /// Where the new text is before it takes its place.
  private enum Draft {
    /// Nowhere else: it is there, or a device gets it.
    case none
    /// In a file without a name.
    case nameless
    /// In a file beside the old one.
    case beside(String)
  }

  /// - Parameter namesDraft: whether the new text stands in a file with a name although it need not.
  init(_ path: String, over place: Place, namesDraft: Bool = false) throws {
    self.path = path
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard isThere || Self.isFree(path) else {
      throw Unwritable(path: path, code: errno)
    }
    if isThere && status.st_mode & S_IFMT != S_IFREG {
      guard place != .file else { throw Unwritable(path: path, code: EINVAL) }
      let flags = O_WRONLY | O_NOCTTY | O_CLOEXEC
      (target, draft) = (path, .none)
      descriptor = open(path, place == .anything ? flags : flags | O_NONBLOCK)
      guard descriptor >= 0 else { throw Unwritable(path: path, code: errno) }
      return
    }
    target = isThere ? try Self.resolved(path) : path
    guard !isThere || access(target, W_OK) == 0 else { throw Unwritable(path: path, code: errno) }
    let nameless = namesDraft ? -1 : NamelessFile.open(in: Self.folder(of: target))
    if nameless >= 0 {
      (descriptor, draft) = (nameless, .nameless)
    } else {
      var name = Array((target + ".XXXXXX").utf8CString)
      descriptor = mkstemp(&name)
      guard descriptor >= 0 else { throw Unwritable(path: path, code: errno) }
      let draftPath = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      draft = .beside(draftPath)
      Drafts.add(draftPath)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
    let mode = isThere ? status.st_mode & 0o7777 : 0o666 & ~Self.mask
    guard fchmod(descriptor, mode) == 0 else { throw Unwritable(path: path, code: errno) }
  }

  deinit {
    if case .beside(let draft) = draft {
      unlink(draft)
      Drafts.forget(draft)
    }
    if descriptor >= 0 { close(descriptor) }
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
    if case .none = draft { return }
    guard fsync(descriptor) == 0 else { throw Unwritable(path: path, code: errno) }
    if case .nameless = draft, try nameDraft() {
      draft = .none
      return
    }
    guard case .beside(let draft) = draft else { return }
    guard rename(draft, target) == 0 else { throw Unwritable(path: path, code: errno) }
    Drafts.forget(draft)
    self.draft = .none
  }

  /// Gives the nameless file its name if that is free, else one beside it; true if it was free.
  ///
  /// No call puts a nameless file over another, so it has a name of its own for a moment.
  private func nameDraft() throws -> Bool {
    if NamelessFile.link(descriptor, as: target) { return true }
    for _ in 0..<100 where errno == EEXIST {
      let name = "\(target).\(UInt32.random(in: .min ... .max))"
      Drafts.add(name)
      if NamelessFile.link(descriptor, as: name) {
        draft = .beside(name)
        return false
      }
      let code = errno
      Drafts.forget(name)
      errno = code
    }
    throw Unwritable(path: path, code: errno)
  }

  /// The folder of a path.
  private static func folder(of path: String) -> String {
    guard let end = path.lastIndex(of: "/") else { return "." }
    return end == path.startIndex ? "/" : String(path[..<end])
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
