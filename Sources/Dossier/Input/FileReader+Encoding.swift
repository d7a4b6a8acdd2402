/// Which encoding a file has: the script says it, or the mark at its beginning.
extension FileReader {
  /// The file's text as UTF-8.
  static func decoded(
    _ content: any FileContent, _ options: FileOptions
  ) throws(ReadError) -> any FileContent {
    let start: [UInt8]
    do { start = try content.bytes(from: 0, atMost: 3) } catch {
      throw .file(FileError(cause: .problem(error), name: content.name))
    }
    let marked = Encoding(markOf: start)
    if let marked, let given = options.encoding, marked != given {
      let cause = FileError.Cause.notText(marked.title, wanted: given)
      throw .file(FileError(cause: cause, name: content.name))
    }
    let encoding = marked ?? options.encoding ?? .utf8
    return encoding == .utf8 ? content : DecodedContent(content, encoding)
  }

  /// An error of bytes that stand for nothing says which encoding was expected, and which one would
  /// do.
  static func explained(
    _ error: ReadError, of content: any FileContent, _ options: FileOptions, _ path: String
  ) -> ReadError {
    guard case .file(var error) = error, error.cause == .notUTF8 else { return error }
    if let content = content as? DecodedContent {
      error.cause = .notEncoded(content.encoding)
    } else if options.encoding == nil, isWestern(content) {
      var changed = options
      changed.encoding = .windows1252
      error.help = changed.call(path)
    }
    return .file(error)
  }

  /// Whether the beginning holds bytes of windows-1252 and nothing else that isn't ASCII.
  private static func isWestern(_ content: any FileContent) -> Bool {
    guard let bytes = try? content.bytes(from: 0, atMost: 1 << 16) else { return false }
    let (text, _) = Encoding.windows1252.decoded(bytes, areLast: true)
    return bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      var index = 0
      while index < bytes.count {
        guard bytes[index] >= 0x80 else {
          index += 1
          continue
        }
        guard case .invalid(at: index) = UTF8Check(base, index..<bytes.count) else { return false }
        index += 1
      }
      return text.withUnsafeBufferPointer { text in
        text.baseAddress.map { UTF8Check($0, 0..<text.count) == .valid(upTo: text.count) } ?? false
      }
    }
  }
}
