#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lines read as they come, for a terminal that can't be edited on and for a pipe: no escape codes.
struct PlainLineSource: LineSource {
  private let descriptor: Int32
  private let prompt: (String) throws -> Void
  private var unread: [UInt8] = []
  private var isAtEnd = false

  /// - Parameter prompt: Shows a prompt; does nothing where nobody waits for one.
  init(descriptor: Int32 = STDIN_FILENO, prompt: @escaping (String) throws -> Void) {
    self.descriptor = descriptor
    self.prompt = prompt
  }

  mutating func next(_ context: EntryContext) throws -> Entry {
    var entry = ""
    while true {
      try prompt(entry.isEmpty ? Repl.prompt : Repl.continuation)
      switch readLine() {
      case .dropped:
        try prompt("\n")
        return .dropped
      case .end:
        try prompt("\n")
        return entry.isEmpty ? .end : .text(entry)
      case .text(let line):
        // An empty line is the way out of an entry that can't be finished.
        if !entry.isEmpty && line.trimmed.isEmpty { return .text(entry) }
        entry += entry.isEmpty ? line : "\n" + line
        if case .complete = context.completeness(of: entry) { return .text(entry) }
      }
    }
  }

  private mutating func readLine() -> Entry {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeFirst(end + 1)
        return .text(line)
      }
      if isAtEnd {
        defer { unread = [] }
        return unread.isEmpty ? .end : .text(String(decoding: unread, as: UTF8.self))
      }
      do {
        try readMore()
      } catch {
        unread = []
        return .dropped
      }
    }
  }

  private mutating func readMore() throws {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = try chunk.withUnsafeMutableBytes { try Interrupts.read(descriptor, into: $0) }
    if count > 0 { unread += chunk[..<count] } else { isAtEnd = true }
  }
}
