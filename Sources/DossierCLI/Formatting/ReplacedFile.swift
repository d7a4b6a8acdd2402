#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that holds its old text or its new one, and never a part of either.
struct ReplacedFile {
  /// The new text could not be put in place; the old one is.
  struct Unwritable: Error {
    let path: String
    let code: Int32

    var message: String { "cannot write '\(path)': \(systemMessage(code))" }
  }

  private let path: String

  init(_ path: String) { self.path = path }

  /// Writes the text to a new file beside the old one, if there is one, and puts it in its place.
  ///
  /// A link stays, what it leads to is replaced; the rights of the old file are kept.
  func write(_ text: String) throws {
    let target = try resolved()
    let mode = try mode(of: target)
    var name = Array((target + ".XXXXXX").utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw Unwritable(path: path, code: errno) }
    do {
      defer { close(file) }
      try fill(file, with: text, mode: mode)
      guard rename(name, target) == 0 else { throw Unwritable(path: path, code: errno) }
    } catch {
      unlink(name)
      throw error
    }
  }

  private func resolved() throws -> String {
    guard let real = realpath(path, nil) else {
      if errno == ENOENT { return path }
      throw Unwritable(path: path, code: errno)
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// The rights of the old file, or those that a new one gets.
  private func mode(of target: String) throws -> mode_t {
    var status = stat()
    if stat(target, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { throw Unwritable(path: path, code: EINVAL) }
      return status.st_mode & 0o7777
    }
    guard errno == ENOENT else { throw Unwritable(path: path, code: errno) }
    let mask = umask(0)
    umask(mask)
    return 0o666 & ~mask
  }

  private func fill(_ file: Int32, with text: String, mode: mode_t) throws {
    do {
      var output = CheckedOutput(descriptor: file)
      try output.write(text)
      try output.flush()
    } catch OutputError.system(let code) {
      throw Unwritable(path: path, code: code)
    }
    guard fchmod(file, mode) == 0, fsync(file) == 0 else {
      throw Unwritable(path: path, code: errno)
    }
  }
}
