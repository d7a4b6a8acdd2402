/// The way to files, which is the host's.
///
/// The core opens none by itself.
///
/// ```swift
/// struct Attachments: FileAccess {
///   let files: [String: any FileContent]
///   func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
///     guard let file = files[path] else { throw .notFound }
///     return file
///   }
/// }
/// ```
public protocol FileAccess: Sendable {
  /// Opens a file for reading.
  ///
  /// - Parameters:
  ///   - path: as `open(…)` has it; `-` is the standard input.
  ///   - script: the name of the script that asks; nil for a text that was typed.
  /// - Throws: `FileProblem`.
  func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent
}

/// The bytes of an open file.
///
/// What was read once can be read again: whoever gives a stream keeps what it gave. The core never
/// maps a file into memory, since one that shrinks would end the host.
public protocol FileContent: Sendable {
  /// What messages call it.
  var name: String { get }
  /// How many bytes it has; nil for a stream, whose end is found by reading.
  var size: Int? { get }
  /// Reads some bytes from a place on, and gives how many: 0 at the end only.
  ///
  /// A stream is never asked for a place behind what was read.
  ///
  /// - Throws: `FileProblem`.
  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileProblem) -> Int
}

/// Why a file can't be opened or read.
public enum FileProblem: Error, Sendable, Hashable {
  /// Nothing has this name.
  case notFound
  /// The host doesn't let the script reach it; `hint` says what would.
  case notAllowed(hint: String?)
  /// A folder.
  case isDirectory
  /// A device, a pipe or a socket.
  case notARegularFile
  /// It became shorter while it was read.
  case shrank
  /// What the system says, such as `permission denied`.
  case failed(String)
  /// The read was cancelled.
  case interrupted
}

/// The access of a session that was given none.
public struct NoFiles: FileAccess {
  /// Refuses every file.
  public init() {}

  /// Refuses the file.
  public func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
    throw .notAllowed(hint: nil)
  }
}

extension FileAccess where Self == NoFiles {
  /// No file at all.
  public static var none: NoFiles { NoFiles() }
}
