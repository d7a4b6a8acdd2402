import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why bytes could not be written.
enum OutputError: Error, Equatable {
  /// The reader of the pipe went away, as in `dossier … | head`.
  case closed
  /// Anything else, by its `errno`: a full disk, a closed descriptor.
  case system(Int32)
}

/// The one way to standard output: buffered, and every write is checked.
///
/// `print` ignores a full disk, so a script that lost its results would still end with 0.
struct CheckedOutput: ByteSink {
  private static let capacity = 1 << 16

  private let descriptor: Int32
  private let isInterrupted: @Sendable () -> Bool
  private var buffer: [UInt8] = []

  init(descriptor: Int32, isInterrupted: @escaping @Sendable () -> Bool = { false }) {
    self.descriptor = descriptor
    self.isInterrupted = isInterrupted
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity {
      if isInterrupted() { throw Interrupted() }
      try flush()
    }
  }

  /// Writes what is buffered; after a failure it is forgotten, so that one loss is told once.
  mutating func flush() throws {
    defer { discard() }
    try buffer.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        rest = rest.dropFirst(try writeSome(UnsafeRawBufferPointer(rebasing: rest)))
      }
    }
  }

  /// Forgets what is buffered.
  mutating func discard() {
    buffer.removeAll(keepingCapacity: true)
  }

  private func writeSome(_ bytes: UnsafeRawBufferPointer) throws -> Int {
    let written = systemWrite(descriptor, bytes.baseAddress, bytes.count)
    if written >= 0 { return written }
    switch errno {
    case EINTR:
      if isInterrupted() { throw Interrupted() }
    case EAGAIN:
      // Another program may have made the shared pipe non-blocking.
      var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&ready, 1, -1)
    case EPIPE: throw OutputError.closed
    case let code: throw OutputError.system(code)
    }
    return 0
  }
}

/// Standard error: written at once, and a failure to write there has nowhere to be told.
struct NoteOutput: ByteSink {
  let descriptor: Int32

  func write(_ bytes: UnsafeRawBufferPointer) {
    var output = CheckedOutput(descriptor: descriptor)
    try? output.write(bytes)
    try? output.flush()
  }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  func write(_ text: [UInt8]) {
    text.withUnsafeBytes { write($0) }
  }
}

extension ByteSink {
  /// Writes a text as UTF-8.
  mutating func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
