import Dossier
import DossierFiles
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard input as a file, which can be read again.
///
/// What comes through a pipe is kept in a file without a name, so that memory holds a block of it
/// only; what is a file already is read where it lies.
final class StandardInput: FileContent {
  let name = "standard input"

  private struct State {
    /// The file that keeps what came; nil before anything was asked for.
    var kept: Int32?
    /// Where the input begins in it.
    var start = 0
    var count = 0
    var isAtEnd = false
  }

  private let descriptor: Int32
  private let state = Mutex(State())

  init(descriptor: Int32 = STDIN_FILENO) { self.descriptor = descriptor }

  deinit {
    state.withLock { state in
      if let kept = state.kept, kept != descriptor { close(kept) }
    }
  }

  /// The input, unless people type it.
  func opened() throws(FileProblem) -> StandardInput {
    if isatty(descriptor) != 0 {
      throw .notAllowed(hint: "the standard input is the terminal: give it a file with <")
    }
    return self
  }

  /// A stream, even if it is a file: what others write to it goes on to come.
  var size: Int? { nil }

  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileProblem) -> Int {
    var result: Result<Int, FileProblem> = .success(0)
    state.withLock { state in
      do throws(FileProblem) {
        result = .success(try read(&state, at: offset, into: buffer))
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  private func read(
    _ state: inout State, at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileProblem) -> Int {
    let kept = try file(&state)
    if kept != descriptor, offset >= state.count, !state.isAtEnd {
      return try receive(&state, kept, into: buffer)
    }
    while true {
      let count = pread(kept, buffer.baseAddress, buffer.count, off_t(state.start + offset))
      if count >= 0 { return count }
      if errno != EINTR { throw FileProblem(code: errno) }
    }
  }

  /// Reads on, and keeps what came.
  private func receive(
    _ state: inout State, _ kept: Int32, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileProblem) -> Int {
    let count: Int
    do { count = try Interrupts.read(descriptor, into: buffer) } catch { throw .interrupted }
    if count < 0 { throw FileProblem(code: errno) }
    state.isAtEnd = count == 0
    var written = 0
    while written < count {
      let part = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[written..<count])
      let more = pwrite(kept, part.baseAddress, part.count, off_t(state.count + written))
      if more < 0, errno != EINTR { throw FileProblem(code: errno) }
      written += max(more, 0)
    }
    state.count += count
    return count
  }

  /// The input itself if it is a file, else a new one that vanishes with the program.
  private func file(_ state: inout State) throws(FileProblem) -> Int32 {
    if let kept = state.kept { return kept }
    var status = stat()
    let position = lseek(descriptor, 0, SEEK_CUR)
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, position >= 0 {
      (state.kept, state.start) = (descriptor, Int(position))
      return descriptor
    }
    let folder = Terminal.environment("TMPDIR") ?? "/tmp"
    let nameless = NamelessFile.open(in: folder)
    let kept = nameless >= 0 ? nameless : Self.openUnlinked(in: folder)
    if kept < 0 { throw FileProblem(code: errno) }
    state.kept = kept
    return kept
  }

  private static func openUnlinked(in folder: String) -> Int32 {
    var template = Array("\(folder)/dossier-XXXXXX".utf8CString)
    let kept = template.withUnsafeMutableBufferPointer { text in
      text.baseAddress.map { mkstemp($0) } ?? -1
    }
    if kept < 0 { return -1 }
    template.withUnsafeBufferPointer { text in
      if let path = text.baseAddress { _ = unlink(path) }
    }
    _ = fcntl(kept, F_SETFD, FD_CLOEXEC)
    return kept
  }
}
